"""From the values of a row to a film, an unfinished row or its faults."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError

from bot.domain.curated import Fault
from bot.domain.fields import Name
from bot.domain.films import Film, slug_for
from bot.domain.uploads import SOURCE, Complete, Faulty, Row, Unfinished
from bot.domain.words import one_line
from bot.storage.entries import film_of

_TITLE: Final = TypeAdapter[str](Name)
_YEAR: Final = TypeAdapter[int](Annotated[int, Field(ge=1870, le=2200)])
_REQUIRED: Final = frozenset({"title", "year"})
_LISTS: Final = frozenset({"trailers", "links", "praise", "pairs_with"})


@dataclass(frozen=True)
class Values:
    """What a row holds, before it is checked.

    `silent` are fields that its table has no column for. `is_foreign`: the row is of another site, whose
    facts are left out where an entry cannot hold them.
    """

    entry: Mapping[str, Any]
    file: str
    line: int | None = None
    is_table: bool = False
    is_foreign: bool = False
    silent: frozenset[str] = frozenset()


class Checker:
    """Makes rows, filling in who chose a film and when it came on the list where that is not said."""

    def __init__(self, curator: str, added: datetime.date) -> None:
        self._given: dict[str, Any] = {"curator": curator, "added": added}
        self.left_out: dict[str, int] = {}

    def row(self, values: Values) -> Row:
        """The row, checked."""
        entry, silent = self._filled(values)
        named = "slug" in entry
        if not named and (slug := _slug(entry)) is not None:
            entry["slug"] = slug
        found = film_of(values.file, entry, values.line)
        if isinstance(found, Film):
            return Complete(found, values.file, values.line, values.is_table, named, silent)
        faults = [fault for fault in found if not _is_no_slug(fault, named)]
        if values.is_foreign and (spoilt := _optional(faults)):
            self.left_out[values.file] = self.left_out.get(values.file, 0) + 1
            kept = {key: value for key, value in values.entry.items() if key not in spoilt}
            return self.row(replace(values, entry=kept))
        return _unfinished(values, entry, faults) or _faulty(values, faults)

    def _filled(self, values: Values) -> tuple[dict[str, Any], frozenset[str]]:
        entry = dict(values.entry)
        filled = {key for key in self._given if key not in entry}
        entry.update({key: self._given[key] for key in filled})
        synopsis = entry.get("synopsis")
        if values.is_table and isinstance(synopsis, dict) and "source" not in synopsis:
            entry["synopsis"] = {**synopsis, "source": entry["curator"]}
            filled.add(SOURCE)
        return entry, values.silent | filled


def _slug(entry: Mapping[str, Any]) -> str | None:
    """The slug that title and year make, where they are fit for one."""
    try:
        title = _TITLE.validate_python(entry.get("title"))
        return slug_for(title, _YEAR.validate_python(entry.get("year")))
    except ValidationError:
        return None


def _is_no_slug(fault: Fault, named: bool) -> bool:
    return fault.path == "slug" and not named


def _optional(faults: Iterable[Fault]) -> set[str]:
    """The keys whose values are of no use, but for those without which there is nothing to go by."""
    return {fault.path.partition(".")[0] for fault in faults if fault.kind != "missing"} - _REQUIRED - {""}


def _unfinished(values: Values, entry: Mapping[str, Any], faults: Iterable[Fault]) -> Unfinished | None:
    """The row as one to be completed, where nothing is wrong with it but what is missing."""
    paths = [fault.path for fault in faults]
    whole = all(fault.kind == "missing" and fault.path.partition(".")[0] not in _LISTS for fault in faults)
    if not whole or not paths or _REQUIRED & set(paths):
        return None
    said = {key: value for key, value in entry.items() if key in values.entry}
    title, year = _TITLE.validate_python(entry["title"]), _YEAR.validate_python(entry["year"])
    return Unfinished(title, year, said, tuple(paths), values.file, values.line)


def _faulty(values: Values, faults: Iterable[Fault]) -> Faulty:
    title, year = values.entry.get("title"), values.entry.get("year")
    name = one_line(str(title)[:150]) if isinstance(title, str) else ""
    known = isinstance(year, int) and not isinstance(year, bool)
    return Faulty(tuple(faults), values.file, values.line, f"{name} ({year})" if name and known else name)
