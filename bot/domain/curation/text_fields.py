"""How a text of a form stands for keys of an entry: a line, paragraphs, lines, or words between commas."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from bot.domain.text.normalize import one_line

Values = Mapping[str, Any]

_T = TypeVar("_T")
_BETWEEN: Final = re.compile(r"[,;\n]")


class UnreadableLine(Exception):
    """A text is not what its field asks for; `kind` is a key of the `fault` texts.

    `line` counts from 1 where several things were typed.
    """

    def __init__(self, kind: str, **values: str | int) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values
        self.line: int | None = None


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

    def written(values: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for value in values:
            found[value if write(value) in found else write(value)] = value  # "Chinese, zh-Hant"
        return found

    def read(text: str, known: Values) -> dict[str, Any]:
        before = written(known.get(key, ()))  # "Chinese" goes on meaning traditional script where it did
        found = list(dict.fromkeys(before.get(word) or read_one(word) for word in words_of(text)))
        return {key: found} if len(found) >= least else {}

    return TextField(lambda values: ", ".join(written(values[key])), read)


def each_line(text: str, read_one: Callable[[str], _T]) -> list[_T]:
    """What is read of each line that says something; `UnreadableLine` names the line."""
    found: list[_T] = []
    for number, line in enumerate(lines_of(text), 1):
        try:
            found.append(read_one(line))
        except UnreadableLine as error:
            error.line = number
            raise
    return found


def words_of(text: str) -> Iterable[str]:
    """What stands between commas, cleaned."""
    return (clean for word in _BETWEEN.split(text) if (clean := one_line(word)))


def lines_of(text: str) -> Iterable[str]:
    """The lines that say something, cleaned."""
    return (clean for line in text.splitlines() if (clean := one_line(line)))
