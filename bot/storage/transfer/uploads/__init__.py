"""Reading a file of films that somebody sent: TOML, JSON, CSV, or a zip of them.

Nothing here trusts the file. What it is, is told by what stands in it; every limit is one of ours; and
a file that cannot be taken as a whole is refused with `UploadRefused` before anything comes of it.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final, cast

from bot.domain.curation.uploads import MAX_BYTES, Complete, Faulty, Note, Row, Unfinished, Upload
from bot.domain.errors import UploadRefused
from bot.domain.films.identity import title_key
from bot.domain.films.loading import ValidationIssue
from bot.storage.content.entries import MAX_ENTRY_BYTES, parse_toml
from bot.storage.transfer.uploads.archive import is_other_archive, is_zip, members, shown_path
from bot.storage.transfer.uploads.json_sites import foreign_entry
from bot.storage.transfer.uploads.json_text import entries_in
from bot.storage.transfer.uploads.left_out import LeftOuts, value_at
from bot.storage.transfer.uploads.rows import Checker, Values, name_of
from bot.storage.transfer.uploads.tables import read_table
from bot.storage.transfer.uploads.texts import TextKind, is_no_text, kind_of, text_of

MAX_FILMS: Final = 5_000  # told in however many rows, as an account's overlapping tables do
MAX_TABLE_ROWS: Final = 30_000
_MAX_SPOILT: Final = 2 * 1024 * 1024
_OF_FILMS: Final = re.compile(r"\.(toml|json|csv|tsv)$", re.IGNORECASE)
_IMDB: Final = re.compile(r"tt[0-9]{7,10}")
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
    reading = _Reading(curator, added)
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

    def __init__(self, curator: str, added: datetime.date) -> None:
        self._left_out = LeftOuts()
        self._checker = Checker(curator, added, self._left_out)
        self._rows: list[Row | Values] = []
        self._notes: list[Note] = []
        self._films: set[object] = set()
        self._foreign: dict[object, int] = {}
        self._room = MAX_TABLE_ROWS
        self._spoilt = 0
        self._is_of_films = False

    def upload(self) -> Upload:
        if not self._is_of_films:
            raise UploadRefused("no_films")
        for index, row in enumerate(self._rows):  # one for the other, so that they never all stand in memory twice
            if isinstance(row, Values):
                self._rows[index] = self._checker.row(row)
        rows = tuple(row for row in self._rows if not isinstance(row, Values))
        return Upload(rows, tuple(self._notes), self._left_out.all())

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
            self._put(self._toml(name, file, text, is_member=is_member))
        elif kind is TextKind.JSON:
            self._json(file, text)
        elif kind is TextKind.TABLE:
            self._table(name, file, text, is_member=is_member)
        else:
            raise UploadRefused("unknown_kind", file=file)

    def _put(self, row: Row | Values) -> None:
        """Keep a row, as long as there are not too many films; what other sites tell of one in several rows is one."""
        self._is_of_films = True
        key = _film_told(row, len(self._rows))
        self._films.add(key)
        if len(self._films) > MAX_FILMS:
            raise UploadRefused("too_many_rows", limit=MAX_FILMS)
        last = len(self._rows)
        index = self._foreign.setdefault(key, last) if isinstance(row, Values) and row.is_foreign else last
        if index == last or not isinstance(row, Values):
            self._rows.append(row)
        else:
            first = self._rows[index]
            assert isinstance(first, Values)
            self._rows[index] = replace(first, entry={**row.entry, **first.entry})

    def _json(self, file: str, text: str) -> None:
        self._is_of_films = True
        not_films = cut = 0
        for number, entry in enumerate(entries_in(file, text, MAX_TABLE_ROWS), 1):
            foreign = foreign_entry(cast("dict[str, Any]", entry)) if isinstance(entry, dict) else None
            if foreign is None:
                self._put(self._entry(file, number, entry))
            elif foreign.entry is None:
                not_films += 1
            else:
                cut += foreign.is_cut
                found = Values(foreign.entry, file, number, is_table=True, is_foreign=True, word=foreign.word)
                self._put(found)
        counts = {"not_films": not_films, "why_cut": cut}
        self._notes += [Note(kind, {"file": file, "n": number}) for kind, number in counts.items() if number]

    def _toml(self, path: str, file: str, text: str, *, is_member: bool) -> Row:
        if len(text.encode()) > MAX_ENTRY_BYTES:
            raise UploadRefused("entry_too_large", file=file, limit=MAX_ENTRY_BYTES // 1024)
        entry = parse_toml(file, text)
        stem = PurePosixPath(path).name.removesuffix(".toml")
        if isinstance(entry, ValidationIssue):
            row: Row = Faulty((entry,), file, name=shown_path(stem))
        elif "slug" in entry:
            row = Faulty((ValidationIssue(file, "slug", "slug_is_file_name"),), file, name=shown_path(stem))
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
            return Faulty((ValidationIssue(file, "", "model_type", number),), file, number)
        return self._checker.row(Values(cast("dict[str, Any]", entry), file, number))

    def _table(self, name: str, file: str, text: str, *, is_member: bool) -> None:
        table = read_table(name, file, text, self._room)
        if table is None and not is_member:
            raise UploadRefused("csv_columns", file=file)
        if table is None:
            self._notes.append(Note("passed_over", {"file": file}))
            return
        self._is_of_films = True
        self._room -= len(table.rows)
        for fault, cell in table.left_out:
            self._left_out.add(fault, cell)
        for row in table.rows:
            self._put(row)
        self._notes += table.notes


def _film_told(row: Row | Values, number: int) -> object:
    """What tells the film of a row apart from others as long as nothing is known of it but its name and id."""
    if isinstance(row, Values):
        imdb, name = value_at(row.entry, "ids.imdb"), name_of(row.entry)
        if row.is_foreign and isinstance(imdb, str) and _IMDB.fullmatch(imdb):
            return imdb
        return (title_key(name[0]), name[1]) if name else number
    if isinstance(row, Complete):
        return title_key(row.film.title), row.film.year
    return (title_key(row.title), row.year) if isinstance(row, Unfinished) else number
