"""How a text of a form stands for keys of an entry: a line, paragraphs, lines, or words between commas."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.words import one_line

Values = Mapping[str, Any]

_BETWEEN: Final = re.compile(r"[,;\n]")


class UnreadableLine(Exception):
    """A text is not what its field asks for; `kind` is a key of the `fault` texts."""

    def __init__(self, kind: str, **values: str | int) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values


@dataclass(frozen=True)
class TextField:
    """How one text is made of an entry's values, and read again given the values that it is to replace.

    Reading gives the entry's keys that the text stands for, and may raise `UnreadableLine`.
    """

    write: Callable[[Values], str]
    read: Callable[[str, Values], dict[str, Any]]


def single_line(key: str) -> TextField:
    """A single line or nothing."""

    def read(text: str, _known: Values) -> dict[str, Any]:
        return {key: one_line(text) or None}

    return TextField(lambda values: str(values[key] or ""), read)


def paragraphs_of(key: str) -> TextField:
    """Paragraphs; nothing typed leaves the key out."""

    def read(text: str, _known: Values) -> dict[str, Any]:
        return {key: text} if text else {}

    return TextField(lambda values: str(values[key]), read)


def several_lines(key: str) -> TextField:
    """Things on lines of their own."""

    def read(text: str, _known: Values) -> dict[str, Any]:
        return {key: list(lines_of(text))}

    return TextField(lambda values: "\n".join(values[key]), read)


def several_words(
    key: str, write: Callable[[str], str], read_one: Callable[[str], str], *, least: int = 0
) -> TextField:
    """Short things between commas; without the `least` of them the key is left out."""

    def read(text: str, known: Values) -> dict[str, Any]:
        # "Chinese" goes on meaning traditional script where it did.
        before = {write(value): str(value) for value in known.get(key, ())}
        words = (one_line(word) for word in _BETWEEN.split(text))
        found = list(dict.fromkeys(before.get(word) or read_one(word) for word in words if word))
        return {key: found} if len(found) >= least else {}

    return TextField(lambda values: ", ".join(write(value) for value in values[key]), read)


def lines_of(text: str) -> Iterable[str]:
    """The lines that say something, cleaned."""
    return (clean for line in text.splitlines() if (clean := one_line(line)))
