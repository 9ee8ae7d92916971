r"""How values stand in the cells of a table, both ways.

Several values in a cell are separated by ";" or "|" or stand on lines of their own; what
belongs to a value has a backslash before it. A spreadsheet takes a cell that begins with =, +, -, @, a tab or
a line's end for a formula, so an apostrophe goes before it, and comes off again on the way in. Where ";"
separates columns the same is true after every ";".
"""

import itertools
import re
from collections.abc import Iterable
from typing import Final

_FORMULA: Final = re.compile(r"(^|; *)(?='*[=+\-@\t\r\n＝＋－＠])")
_DISARMED: Final = re.compile(r"(^|; *)'(?='*[=+\-@\t\r\n＝＋－＠])")
_ESCAPED: Final = re.compile(r"\\([\\;|,:])")
_ENOUGH: Final = 40  # more than any field may have, so that the model refuses them


def disarmed(text: str) -> str:
    """The cell as no spreadsheet will run it."""
    return _FORMULA.sub(r"\1'", text)


def armed(cell: str) -> str:
    """The text that `disarmed` was given."""
    return _DISARMED.sub(r"\1", cell)


def joined(values: Iterable[str]) -> str:
    """A cell of several values."""
    return "; ".join(escaped(value) for value in values)


def escaped(value: str, also: str = "") -> str:
    """A value that may stand beside others, with these characters escaped too."""
    return re.sub(rf"[\\;|{re.escape(also)}]", r"\\\g<0>", value)


def several(cell: str, *, commas: bool = False) -> list[str]:
    """The values of a cell. With `commas` a comma separates too, where nothing else does."""
    found = _split(cell, ";|\r\n")
    if commas and len(found) == 1:
        found = _split(cell, ",")
    return [_ESCAPED.sub(r"\1", value) for value in found]


def parted(cell: str, parts: int) -> list[list[str]]:
    """The values of a cell, each in at most so many parts, which "::" separates."""
    return [[_ESCAPED.sub(r"\1", part.strip()) for part in _parts(value, parts)] for value in _split(cell, ";|")]


def _split(cell: str, separators: str) -> list[str]:
    bits = re.finditer(rf"((?:\\.|[^{separators}])*+)(?:[{separators}]|\Z)", cell, re.DOTALL)
    return list(itertools.islice((value for bit in bits if (value := bit[1].strip())), _ENOUGH))


def _parts(value: str, most: int) -> list[str]:
    bits: list[str] = []
    rest = value
    while len(bits) < most - 1 and (match := re.match(r"((?:\\.|(?!::).)*+)::", rest, re.DOTALL)):
        bits.append(match[1])
        rest = rest[match.end() :]
    return [*bits, rest]
