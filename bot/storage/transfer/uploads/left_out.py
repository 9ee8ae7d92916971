"""What of a row nobody could read, and the row without it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, cast

from bot.domain.curation.uploads import LeftOut
from bot.domain.films.field_types import MAX_NAME
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import one_line

REQUIRED: Final = frozenset({"directors", "why", "synopsis"})  # kept in a draft, faults and all
_LISTS: Final = frozenset({"trailers", "links", "praise", "pairs_with"})
_LONGEST_CELL: Final = 60


class LeftOuts:
    """Everything that was left out of an upload, each kind of it named once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], LeftOut] = {}

    def add(self, fault: ValidationIssue, cell: object = "") -> None:
        key = (fault.file, fault.path.partition(".")[0], fault.kind)
        if (first := self._found.get(key)) is not None:
            self._found[key] = replace(first, more=first.more + 1)
            return
        text = one_line(str(cell)[: 4 * _LONGEST_CELL]) if isinstance(cell, str | int | float) else ""
        shown = text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
        self._found[key] = LeftOut(fault, shown)

    def all(self) -> tuple[LeftOut, ...]:
        """In the order in which they were met."""
        return tuple(self._found.values())


def is_of_a_value(fault: ValidationIssue) -> bool:
    """Whether something is wrong with what is there, and not only missing."""
    return fault.kind != "missing" or fault.path.partition(".")[0] in _LISTS


def value_at(entry: Mapping[str, Any], path: str) -> object:
    """What stands at this place of the entry; None where nothing does."""
    value: Any = entry
    for part in path.split("."):
        if isinstance(value, dict):
            value = cast("dict[str, Any]", value).get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(cast("list[Any]", value)):
            value = cast("list[Any]", value)[int(part)]
        else:
            break
    return cast("object", value)


def spared(entry: Mapping[str, Any], faults: Iterable[ValidationIssue]) -> dict[str, Any]:
    """The entry without what is wrong in it, and without nothing more than that."""
    kept = dict(entry)
    wrong: dict[str, set[int]] = {}
    for fault in faults:
        key, _, rest = fault.path.partition(".")
        part = rest.partition(".")[0]
        value = kept.get(key)
        if isinstance(value, list) and part.isdecimal():
            wrong.setdefault(key, set()).add(int(part))
        else:
            _mend(kept, key, part, fault)
    for key, numbers in wrong.items():
        values = cast("list[Any]", kept.get(key) or [])
        kept[key] = [value for number, value in enumerate(values) if number not in numbers]
    return {key: each for key, each in kept.items() if each or not isinstance(each, list | dict)}


def _mend(entry: dict[str, Any], key: str, part: str, fault: ValidationIssue) -> None:
    value = entry.get(key)
    if isinstance(value, dict) and part in value and part != "text":
        entry[key] = {name: each for name, each in cast("dict[str, Any]", value).items() if name != part}
    elif isinstance(value, list) and fault.kind == "too_long":
        entry[key] = cast("list[Any]", value)[: int(fault.values.get("max_length", 0))]
    elif isinstance(value, list) and fault.kind == "twice":
        entry[key] = cast("list[Any]", value)[:1]
    elif key == "title" and fault.kind == "string_too_long":
        entry[key] = one_line(str(cast("object", value)))[: MAX_NAME - 1].rstrip() + "…"
    else:
        entry.pop(key, None)
