"""Reading a file of films that somebody sent: TOML, JSON, CSV, or a zip of them.

Nothing here trusts the file. What it is, is told by what stands in it; every limit is one of ours; and
a file that cannot be taken as a whole is refused with `UploadRefused` before anything comes of it.
"""

import datetime
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, Final, cast

from bot.domain.curated import Fault
from bot.domain.errors import UploadRefused
from bot.domain.uploads import Faulty, Note, Row, Upload
from bot.storage.entries import MAX_ENTRY_BYTES, parse_toml
from bot.storage.uploads.archive import is_other_archive, is_zip, members, shown_path
from bot.storage.uploads.json_text import entries_in
from bot.storage.uploads.rows import Checker, Values
from bot.storage.uploads.tables import read_table
from bot.storage.uploads.texts import TextKind, is_no_text, kind_of, text_of

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_ROWS: Final = 5_000  # of entries, and of tables' rows
_MAX_SPOILT: Final = 2 * 1024 * 1024
_OF_FILMS: Final = re.compile(r"\.(toml|json|csv|tsv)$", re.IGNORECASE)
_SLUG: Final = re.compile(r"[a-z0-9-]+-[0-9]{4}(-[0-9]+)?")

Step = Callable[[int, int], object]


def read_upload(
    name: str, content: bytes, curator: str, added: datetime.date, step: Step = lambda _done, _of: None
) -> Upload:
    """Every row of the file, checked, and what was passed over. Raises `UploadRefused`.

    `curator` and `added` stand in where an entry does not say them. `step` is told how many of how many
    parts are done. It takes up to some seconds of pure computing: not for an event loop.
    """
    if len(content) > MAX_BYTES:
        raise UploadRefused("too_large", limit=MAX_BYTES // 1024 // 1024)
    if not content.strip():
        raise UploadRefused("empty")
    if is_other_archive(content):
        raise UploadRefused("other_archive")
    reading = _Reading(Checker(curator, added))
    if is_zip(content):
        files = members(content)
        for done, (path, unpacked) in enumerate(files):
            reading.read(path, unpacked, is_member=True)
            step(done + 1, len(files))
    else:
        reading.read(name, content, is_member=False)
        step(1, 1)
    return reading.upload()


class _Reading:
    """An upload while it is read."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._rows: list[Row] = []
        self._notes: list[Note] = []
        self._room = {"entries": MAX_ROWS, "rows": MAX_ROWS}
        self._spoilt = 0
        self._is_of_films = False

    def upload(self) -> Upload:
        left_out = (Note("facts_left_out", {"file": file, "n": n}) for file, n in self._checker.left_out.items())
        if not self._is_of_films:
            raise UploadRefused("no_films")
        return Upload(tuple(self._rows), (*self._notes, *left_out))

    def read(self, name: str, content: bytes, *, is_member: bool) -> None:
        """Read one file; within a zip, one that is no film's business is only noted."""
        file = shown_path(name)
        if is_member and not _OF_FILMS.search(name):
            self._notes.append(Note("passed_over", {"file": file}))
            return
        if not _OF_FILMS.search(name) and is_no_text(content):
            raise UploadRefused("unknown_kind", file=file)
        text = text_of(file, content)
        kind = kind_of(name, text)
        if kind is TextKind.TOML:
            self._take("entries", 1)
            self._rows.append(self._toml(name, file, text, is_member=is_member))
        elif kind is TextKind.JSON:
            found = entries_in(file, text, MAX_ROWS)
            self._take("entries", len(found))
            self._rows += [self._entry(file, number, entry) for number, entry in enumerate(found, 1)]
        elif kind is TextKind.TABLE:
            self._table(name, file, text, is_member=is_member)
        else:
            raise UploadRefused("unknown_kind", file=file)

    def _take(self, what: str, number: int) -> None:
        self._is_of_films = True
        self._room[what] -= number
        if self._room[what] < 0:
            raise UploadRefused("too_many_rows", limit=MAX_ROWS)

    def _toml(self, path: str, file: str, text: str, *, is_member: bool) -> Row:
        if len(text.encode()) > MAX_ENTRY_BYTES:
            raise UploadRefused("entry_too_large", file=file, limit=MAX_ENTRY_BYTES // 1024)
        entry = parse_toml(file, text)
        stem = PurePosixPath(path).name.removesuffix(".toml")
        if isinstance(entry, Fault):
            row: Row = Faulty((entry,), file, name=shown_path(stem))
        elif "slug" in entry:
            row = Faulty((Fault(file, "slug", "slug_is_file_name"),), file, name=shown_path(stem))
        else:
            slug = {"slug": stem} if is_member or _SLUG.fullmatch(stem) else {}
            row = self._checker.row(Values({**entry, **slug}, file))
        if isinstance(row, Faulty):  # torn entries cost the reader much more than good ones of that size
            self._spoilt += len(text)
            if self._spoilt > _MAX_SPOILT:
                raise UploadRefused("mostly_faulty")
        return row

    def _entry(self, file: str, number: int, entry: Any) -> Row:
        if not isinstance(entry, dict):
            return Faulty((Fault(file, "", "model_type", number),), file, number)
        return self._checker.row(Values(cast("dict[str, Any]", entry), file, number))

    def _table(self, name: str, file: str, text: str, *, is_member: bool) -> None:
        table = read_table(name, file, text, MAX_ROWS)
        if table is None and not is_member:
            raise UploadRefused("csv_columns", file=file)
        if table is None:
            self._notes.append(Note("passed_over", {"file": file}))
            return
        self._take("rows", len(table.rows))
        self._rows += [self._checker.row(row) if isinstance(row, Values) else row for row in table.rows]
        self._notes += table.notes
