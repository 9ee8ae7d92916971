"""Tables in a text: what separates the cells, and the rows with their lines, under limits of our own.

The csv module's own limit for a field is one for the whole process, so it is left alone: our smaller
ones are kept by what the reader is fed.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.domain.errors import UploadRefused

MAX_FIELD: Final = 64 * 1024
MAX_RECORD: Final = 256 * 1024
MAX_COLUMNS: Final = 200
MAX_LINES: Final = 250_000
_SEPARATORS: Final = ",;\t"
_QUOTED: Final = re.compile(r'"[^"]*"')
_HINT: Final = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # Excel's own first line


class Record(NamedTuple):
    """A row, and the line on which it begins."""

    line: int
    cells: list[str]


def records(file: str, text: str) -> Iterator[Record]:
    """Every row that is not blank, the one with the names among them. Raises `UploadRefused`."""
    first = re.split(r"[\r\n]", text[:MAX_RECORD], maxsplit=1)[0].strip(" ")
    hint = _HINT.fullmatch(first)
    feed = _Feed(file, text)
    reader = csv.reader(feed, delimiter=hint[1] if hint else _separator(first), strict=True)
    while True:
        line = reader.line_num + 1
        feed.length = 0
        try:
            cells = next(reader, None)
        except csv.Error:
            if feed.length > MAX_FIELD:
                raise UploadRefused("field_too_long", file=file, limit=MAX_FIELD // 1024) from None
            raise UploadRefused("csv_broken", file=file, line=line) from None
        if cells is None:
            return
        if any(len(cell) > MAX_FIELD for cell in cells):
            raise UploadRefused("field_too_long", file=file, limit=MAX_FIELD // 1024)
        if len(cells) > MAX_COLUMNS:
            raise UploadRefused("csv_too_wide", file=file, limit=MAX_COLUMNS)
        if any(cell.strip() for cell in cells) and not (hint and line == 1):
            yield Record(line, cells)


class _Feed:
    """The lines of a text, as long as no row is made of too many."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._lines = io.StringIO(text, newline="")
        self._number = 0
        self.length = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.length += len(line)
        self._number += 1
        if self._number > MAX_LINES:
            raise UploadRefused("csv_too_long", file=self._file, limit=MAX_LINES)
        if self.length > MAX_RECORD:
            raise UploadRefused("field_too_long", file=self._file, limit=MAX_FIELD // 1024)
        return line


def _separator(first: str) -> str:
    """What stands most often between the names of the columns."""
    bare = _QUOTED.sub("", first)
    return max(_SEPARATORS, key=bare.count)
