"""Years and days as spreadsheets and other sites write them."""

import datetime
import re
from typing import Final

from bot.domain.films.field_types import FIRST_YEAR, LAST_YEAR

_LONGEST: Final = 60
_YEAR: Final = re.compile(r"(?<!\d)(\d{4})(?:\.0+)?(?!\d)")  # spreadsheets like to make 1959.0 of a year
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d).*", re.DOTALL)
_NAMED: Final = (re.compile(r"(\d{1,2})\.? (\w+)\.?,? (\d{4})"), re.compile(r"(\w+)\.? (\d{1,2}),? (\d{4})"))
_MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


def year_in(cell: str) -> int | str:
    """The first year in the cell that a film can be of, be it within a date; the cell itself where there is none."""
    found = (int(match[1]) for match in _YEAR.finditer(cell[:_LONGEST]))
    return next((year for year in found if FIRST_YEAR <= year <= LAST_YEAR), cell)


def day_in(cell: str) -> datetime.date | str:
    """The day in the cell, whatever time stands behind it; the cell itself where that is not certain.

    Of 08/11/2014 nobody can tell which number is the month.
    """
    text = cell[:_LONGEST].strip()
    for read in (_iso, _numbers, _named):
        try:
            if (day := read(text)) is not None:
                return day
        except ValueError:
            continue
    return cell


def _iso(text: str) -> datetime.date | None:
    match = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", text)
    return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numbers(text: str) -> datetime.date | None:
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if mark == "." or first > 12 or first == second:
        return datetime.date(year, second, first)
    return datetime.date(year, first, second) if second > 12 else None


def _named(text: str) -> datetime.date | None:
    for pattern in _NAMED:
        if match := pattern.match(text):
            day, month = (match[1], match[2]) if match[1].isdigit() else (match[2], match[1])
            number = _MONTHS.get(month[:3].lower())
            return datetime.date(int(match[3]), number, int(day)) if number else None
    return None
