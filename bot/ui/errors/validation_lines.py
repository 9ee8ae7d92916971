"""Faults as lines, for a terminal or below a form: where, what is wrong, what would be right."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.domain.films.loading import ValidationIssue
from bot.ui.kit.text import Markup, Words

_MISSPELT: Final = "string_pattern_mismatch"  # of which nobody wants to read the pattern
_SPELLINGS: Final = {"slug": "slug_spelling", "imdb": "imdb_spelling"}
_OF_FILMS: Final = {"slug", "films", "pairs_with"}  # of which a slug is the film's; else it is a word's


def fault_lines(faults: Iterable[ValidationIssue], words: Words) -> Iterator[str]:
    """One line for each fault, in the order of the files."""
    for fault in faults:
        place = ":".join(str(part) for part in (fault.file, fault.line, fault.path) if part)
        yield words.plain("cli.fault_line", place=place, what=_what(fault, words))


def field_fault_lines(faults: Iterable[ValidationIssue], words: Words) -> Iterator[Markup]:
    """One line for each fault of what was typed into forms, with the labels that the forms have."""
    for fault in faults:
        name, _, number = fault.path.partition(".")
        label = words.plain(f"text.{name}.label")
        line = number.partition(".")[0]
        # Most texts have one line, of which it would be odd to say so.
        shown = words("fault_line.numbered", label=label, number=line) if line not in {"", "1"} else label
        yield words("fault_line.field", label=shown, what=fault_words(fault, words))


def fault_words(fault: ValidationIssue, words: Words) -> Markup:
    """What is wrong, and what would be right, to follow the name of what it is about."""
    return words(_key(fault, words), **_values(fault, words))


def _what(fault: ValidationIssue, words: Words) -> str:
    return words.plain(_key(fault, words), **_values(fault, words))


def _key(fault: ValidationIssue, words: Words) -> str:
    kind = fault.kind
    if kind == _MISSPELT:
        kind = _SPELLINGS.get(fault.path.rpartition(".")[2], kind)
    if kind == "slug_spelling" and fault.path.partition(".")[0] not in _OF_FILMS:
        kind = _MISSPELT
    key = f"fault.{kind}"
    return key if words.has(key) else "fault.other"


def _values(fault: ValidationIssue, words: Words) -> dict[str, str | int]:
    values = dict(fault.values)
    if fault.kind == "trailer_address":
        values["reason"] = words.plain(f"trailer_refused.{values['reason']}")
    return values
