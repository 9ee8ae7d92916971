"""From the values of a row to a film, an unfinished row or its faults."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError

from bot.domain.curation.uploads import SOURCE, Asked, Complete, Faulty, Row, Unfinished
from bot.domain.films.field_types import MAX_NAME, Name
from bot.domain.films.films import Film, slug_for
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import one_line
from bot.storage.content.entries import film_of
from bot.storage.transfer.uploads.left_out import REQUIRED, LeftOuts, is_of_a_value, spared, value_at

_TITLE: Final = TypeAdapter[str](Name)
_YEAR: Final = TypeAdapter[int](Annotated[int, Field(ge=1870, le=2200)])


@dataclass(frozen=True)
class Values:
    """What a row holds, before it is checked.

    `silent` are fields that its table has no column for. `is_foreign`: the row is of another site, which tells of one
    film in several rows. `word` is what it calls the sort of thing that it is, where nobody knows that word. `kept`
    are values that make no film, but that a draft can hold.
    """

    entry: Mapping[str, Any]
    file: str
    line: int | None = None
    is_table: bool = False
    is_foreign: bool = False
    silent: frozenset[str] = frozenset()
    word: str = ""
    kept: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Checker:
    """Makes rows, filling in who chose a film and when it came on the list where that is not said.

    A row of a table comes in without what is wrong in it, which is noted; only without title or year it cannot.
    """

    def __init__(self, curator: str, added: datetime.date, left_out: LeftOuts) -> None:
        self._given: dict[str, Any] = {"curator": curator, "added": added}
        self._left_out = left_out

    def row(self, values: Values) -> Row:
        """The row, checked."""
        if values.is_table and (reason := _nameless(values)) is not None:
            return _faulty(values, (reason,))
        entry, silent = self._filled(values)
        named = "slug" in entry
        if not named and (slug := _slug(entry)) is not None:
            entry["slug"] = slug
        found = film_of(values.file, entry, values.line)
        if isinstance(found, Film):
            film = Complete(found, values.file, values.line, values.is_table, named, silent)
            return Asked(values.word, film) if values.word else film
        faults = [fault for fault in found if not _is_no_slug(fault, named)]
        if values.is_table and (lighter := self._without(values, faults)) is not None:
            return self.row(lighter)
        unfinished = _unfinished(values, entry, faults)
        if unfinished is None:
            return _faulty(values, faults)
        return Asked(values.word, unfinished) if values.word else unfinished

    def _without(self, values: Values, faults: Iterable[ValidationIssue]) -> Values | None:
        """The row without what is wrong in it; None where that would not change it."""
        wrong = [fault for fault in faults if is_of_a_value(fault)]
        kept = spared(values.entry, wrong)
        if not wrong or kept == values.entry:
            return None
        places = {".".join(fault.path.split(".")[:2]): fault for fault in reversed(wrong)}
        for fault in reversed(places.values()):  # of all that is wrong with one value the first is told
            self._left_out.add(_in_words(fault), value_at(values.entry, fault.path))
        lost = {key: values.entry[key] for key in values.entry if key in REQUIRED and key not in kept}
        return replace(values, entry=kept, kept={**values.kept, **lost})

    def _filled(self, values: Values) -> tuple[dict[str, Any], frozenset[str]]:
        entry = dict(values.entry)
        filled = {key for key in self._given if key not in entry}
        entry.update({key: self._given[key] for key in filled})
        synopsis = entry.get("synopsis")
        if values.is_table and isinstance(synopsis, dict) and "source" not in synopsis:
            entry["synopsis"] = {**synopsis, "source": entry["curator"]}
            filled.add(SOURCE)
        return entry, values.silent | filled


def name_of(entry: Mapping[str, Any]) -> tuple[str, int] | None:
    """Title and year, where they are fit for a film."""
    title = entry.get("title")
    try:
        short = one_line(title)[:MAX_NAME] if isinstance(title, str) else title
        return _TITLE.validate_python(short), _YEAR.validate_python(entry.get("year"))
    except ValidationError:
        return None


def _nameless(values: Values) -> ValidationIssue | None:
    """The one reason for which there is nothing to go by."""
    if name_of(values.entry) is not None:
        return None
    title, year = values.entry.get("title"), values.entry.get("year")
    has_title = name_of({"title": title, "year": 2000}) is not None
    if not has_title:
        kind = "row_without_title" if name_of({"title": "A", "year": year}) is not None else "row_without_name"
    else:
        kind = "row_with_no_year" if year else "row_without_year"
    return ValidationIssue(values.file, "", kind, values.line, {"year": one_line(str(year or ""))[:40]})


def _in_words(fault: ValidationIssue) -> ValidationIssue:
    return replace(fault, kind="length") if fault.path == "runtime" and fault.kind == "int_parsing" else fault


def _slug(entry: Mapping[str, Any]) -> str | None:
    """The slug that title and year make, where they are fit for one."""
    name = name_of(entry)
    return None if name is None else slug_for(*name)


def _is_no_slug(fault: ValidationIssue, named: bool) -> bool:
    return fault.path == "slug" and not named


def _unfinished(values: Values, entry: Mapping[str, Any], faults: Iterable[ValidationIssue]) -> Unfinished | None:
    """The row as one to be completed, where nothing is wrong with it but what is missing."""
    paths = [fault.path for fault in faults]
    name = name_of(entry)
    if name is None or not paths or any(is_of_a_value(fault) for fault in faults):
        return None
    said = {key: value for key, value in entry.items() if key in values.entry}
    return Unfinished(*name, {**said, **values.kept}, tuple(paths), values.file, values.line)


def _faulty(values: Values, faults: Iterable[ValidationIssue]) -> Faulty:
    title, year = values.entry.get("title"), values.entry.get("year")
    name = one_line(str(title)[:150]) if isinstance(title, str) else ""
    known = isinstance(year, int) and not isinstance(year, bool)
    return Faulty(tuple(faults), values.file, values.line, f"{name} ({year})" if name and known else name)
