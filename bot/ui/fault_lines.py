"""Faults of entry files as lines for a terminal: where, what is wrong, what would be right."""

from collections.abc import Iterable, Iterator

from bot.domain.curated import Fault
from bot.ui.text import Words


def fault_lines(faults: Iterable[Fault], words: Words) -> Iterator[str]:
    """One line for each fault, in the order of the files."""
    for fault in faults:
        place = ":".join(str(part) for part in (fault.file, fault.line, fault.path) if part)
        yield words.plain("cli.fault_line", place=place, what=_what(fault, words))


def _what(fault: Fault, words: Words) -> str:
    values = dict(fault.values)
    if fault.kind == "trailer_address":
        values["reason"] = words.plain(f"trailer_refused.{values['reason']}")
    key = f"fault.{fault.kind}"
    return words.plain(key if words.has(key) else "fault.other", **values)
