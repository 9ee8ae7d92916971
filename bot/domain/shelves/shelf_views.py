"""A member's shelf as it is looked at: a part of it, in an order, through the list's filters; and a year in numbers."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.films.films import Film
from bot.domain.shelves.marks import Mark

_T = TypeVar("_T", int, str)
_EVER: Final = datetime.datetime.min.replace(tzinfo=datetime.UTC)
_TELLING: Final = 3  # so many films say something of a year


class Part(StrEnum):
    """Which films of a shelf."""

    ALL = "all"
    WANT = "want"
    SEEN = "seen"
    RATED = "rated"
    REVIEWED = "texts"

    def holds(self, mark: Mark) -> bool:
        """Whether a film with this mark is among them."""
        match self:
            case Part.WANT:
                return mark.wanted is not None
            case Part.SEEN:
                return mark.is_seen
            case Part.RATED:
                return mark.rating is not None
            case Part.REVIEWED:
                return mark.review is not None
            case Part.ALL:
                return True


class ShelfOrder(StrEnum):
    """In which order. The first letters tell them apart in custom ids."""

    LATEST = "latest"
    RATING = "rating"
    TITLE = "title"
    YEAR = "year"


class Shelved(NamedTuple):
    """A film and its mark."""

    film: Film
    mark: Mark


class Year(NamedTuple):
    """A member's year: viewings by month, and which decades and themes the films were of, the most first."""

    months: tuple[int, ...]
    decades: tuple[int, ...]
    themes: tuple[str, ...]


def shelved(
    marks: Mapping[str, Mark], films: Mapping[str, Film], part: Part, order: ShelfOrder, wanted: FilmFilter
) -> list[Shelved]:
    """The films of that part that the filter lets through."""
    held = {slug: mark for slug, mark in marks.items() if slug in films and part.holds(mark)}
    fitting = wanted.among([films[slug] for slug in held])
    found = sorted((Shelved(film, held[film.slug]) for film in fitting), key=lambda each: each.film.slug)
    match order:
        case ShelfOrder.RATING:
            found.sort(key=lambda each: -(each.mark.rating or 0))
        case ShelfOrder.TITLE:
            found.sort(key=lambda each: each.film.title.casefold())
        case ShelfOrder.YEAR:
            found.sort(key=lambda each: -each.film.year)
        case ShelfOrder.LATEST:
            found.sort(key=lambda each: _latest(each.mark), reverse=True)
    return found


def year_of(marks: Mapping[str, Mark], films: Mapping[str, Film], year: int) -> Year | None:
    """What was seen in that year; None where that is too little to say anything."""
    days = [
        (slug, day) for slug, mark in marks.items() for day in mark.viewings if day is not None and day.year == year
    ]
    if len(days) < _TELLING:
        return None
    months = Counter(day.month for _, day in days)
    seen = [films[slug] for slug in dict.fromkeys(slug for slug, _ in days) if slug in films]
    decades = Counter(film.decade for film in seen)
    themes = Counter(theme for film in seen for theme in film.themes)
    return Year(tuple(months[month] for month in range(1, 13)), _first(decades), _first(themes))


def _first(counted: Counter[_T]) -> tuple[_T, ...]:
    return tuple(value for value, _ in sorted(counted.items(), key=lambda item: (-item[1], str(item[0])))[:3])


def _latest(mark: Mark) -> datetime.datetime:
    seen = mark.last_seen
    at = datetime.datetime.combine(seen, datetime.time(), datetime.UTC) if seen else _EVER
    return max(at, mark.wanted or _EVER)


def bars(months: Sequence[int]) -> str:
    """A bar for each month, from none to the most."""
    most = max(months) or 1
    return "".join("▁▂▃▄▅▆▇█"[round(7 * number / most)] for number in months)
