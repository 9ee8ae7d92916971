"""Tables in a text: what separates the cells, and the rows with their lines, under limits of our own.

A quotation mark that stands where none belongs costs no more than it must. Python's csv module either gives up on the
whole file there or runs on into the next rows, so cells are told apart here: as RFC 4180 says, with spaces around a
quoted cell, and each damaged row in the way in which it has as many cells as there are columns.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.domain.errors import UploadRefused

MAX_FIELD: Final = 64 * 1024
MAX_RECORD: Final = 256 * 1024
MAX_COLUMNS: Final = 200
MAX_LINES: Final = 250_000
MAX_SECOND_LOOKS: Final = 500  # of damaged rows: each may go over many lines that are rows of their own
MAX_SECOND_LOOK: Final = 16 * 1024
_SEPARATORS: Final = ",;\t"
_QUOTED: Final = re.compile(r'"[^"]*"')
_HINT: Final = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # Excel's own first line
_END: Final = re.compile(r"\r\n?|\n|\Z")


class Record(NamedTuple):
    """A row, and the line on which it begins; `is_damaged` where a quotation mark in it stands in the wrong place."""

    line: int
    cells: list[str]
    is_damaged: bool = False


def records(file: str, text: str) -> Iterator[Record]:
    """Every row that is not blank, the one with the names among them. Raises `UploadRefused`."""
    first = re.split(r"[\r\n]", text[:MAX_RECORD], maxsplit=1)[0].strip(" ")
    hint = _HINT.fullmatch(first)
    reader = _Reader(text, hint[1] if hint else _separator(first))
    at, line, width = 0, 1, 0
    while at < len(text):
        cells, end, is_damaged = reader.row(at, width)
        if any(len(cell) > MAX_FIELD for cell in cells) or end - at > MAX_RECORD:
            raise UploadRefused("field_too_long", file=file, limit=MAX_FIELD // 1024)
        if len(cells) > MAX_COLUMNS:
            raise UploadRefused("csv_too_wide", file=file, limit=MAX_COLUMNS)
        if line > MAX_LINES:
            raise UploadRefused("csv_too_long", file=file, limit=MAX_LINES)
        if any(cell.strip() for cell in cells) and not (hint and line == 1):
            width = width or len(cells)
            yield Record(line, cells, is_damaged)
        line += len(_END.findall(text, at, end)) - 1  # the end of the searched part counts as one
        at = end


class _Reader:
    """Takes rows out of a text."""

    def __init__(self, text: str, separator: str) -> None:
        self._text = text
        mark = re.escape(separator)
        after = rf" *+(?:(?P<mark>{mark})|(?P<end>\r\n?|\n|\Z))"
        self._plain = re.compile(rf"(?P<cell>[^{mark}\r\n]*+){after}")
        self._quoted = re.compile(rf' *+"(?P<cell>(?:[^"]|"")*+)"{after}')
        # A mark inside that neither ends the cell nor begins another; programmers put a backslash before it.
        inside = rf'\\"|[^"]|(?<![{mark}\r\n])"(?:"|(?! *(?:{mark}|\r|\n|\Z)))'
        self._lenient = re.compile(rf' *+"(?P<cell>(?:{inside})*+)"{after}')
        self._second_looks = MAX_SECOND_LOOKS

    def row(self, at: int, width: int) -> tuple[list[str], int, bool]:
        """The cells that begin here, where the next row does, and whether a quotation mark was in the wrong place.

        A damaged row is read in that way in which it has `width` cells: with the marks as parts of the text, or else
        with all that stands between the first and the last of them as one cell.
        """
        cells, end, is_damaged = self._cells(at, None)
        if is_damaged and width and len(cells) != width and self._second_looks:
            self._second_looks -= 1
            other = self._cells(at, self._lenient)
            if len(other[0]) == width:
                return other
        return cells, end, is_damaged

    def _cells(self, at: int, damaged: "re.Pattern[str] | None") -> tuple[list[str], int, bool]:
        text, start = self._text, at
        cells: list[str] = []
        is_damaged = False
        while True:
            match = self._quoted.match(text, at)
            if match is not None:
                cells.append(match["cell"].replace('""', '"'))
            else:
                is_odd = text.startswith('"', at + _spaces(text, at))
                match = damaged.match(text, at, at + MAX_SECOND_LOOK) if is_odd and damaged else None
                cells.append(match["cell"].replace('\\"', '"').replace('""', '"') if match else "")
                if match is None:
                    match = self._plain_at(at)
                    cells[-1] = _without_stray_mark(match["cell"]) if is_odd else match["cell"]
                is_damaged = is_damaged or is_odd
            at = match.end()
            if match["mark"] is None or at - start > MAX_RECORD:
                return cells, at, is_damaged

    def _plain_at(self, at: int) -> "re.Match[str]":
        match = self._plain.match(self._text, at)
        assert match is not None  # it may be empty, and something always ends it
        return match


def _without_stray_mark(cell: str) -> str:
    """The cell without the mark at its beginning where that has no other to go with."""
    return cell.lstrip(" ")[1:] if cell.count('"') % 2 else cell


def _spaces(text: str, at: int) -> int:
    end = at
    while text.startswith(" ", end):
        end += 1
    return end - at


def _separator(first: str) -> str:
    """What stands most often between the names of the columns."""
    bare = _QUOTED.sub("", first)
    return max(_SEPARATORS, key=bare.count)
