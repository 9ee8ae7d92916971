"""Tables of films: which column is which, and the values of every row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bot.domain.curated import Fault
from bot.domain.errors import UploadRefused
from bot.domain.films import Film
from bot.domain.uploads import SOURCE, Faulty, Note
from bot.domain.words import one_line
from bot.storage.uploads.columns import column_of, entry_of, folded_name, kind_from
from bot.storage.uploads.csv_text import Record, records
from bot.storage.uploads.elsewhere import Reader, begins_list, reader_of
from bot.storage.uploads.rows import Values

_FIELD_OF: Final = {"synopsis_source": SOURCE, "imdb": "ids", "tmdb": "ids"}
_MAX_NAMES: Final = 300
_THROWN_AWAY: Final = frozenset({"deleted", "orphaned"})  # folders of a Letterboxd account's export


@dataclass(frozen=True)
class Table:
    """The rows, and what was passed over."""

    rows: list[Values | Faulty]
    notes: tuple[Note, ...] = ()


def read_table(path: str, file: str, text: str, limit: int) -> Table | None:
    """The table in this text; None where it has no columns for title and year. Raises `UploadRefused`."""
    found = records(file, text)
    head = next(found, None)
    if head is not None and begins_list(head.cells):
        head = next((record for record in found if _is_head_of_list(record.cells)), None)
    if head is None:
        return None
    reader = reader_of(head.cells)
    if reader is None:
        return _own(file, head.cells, found, limit)
    if _THROWN_AWAY & set(PurePosixPath(path.lower()).parts):
        return Table([], (Note("deleted", {"file": file}),))
    return _foreign(file, head.cells, reader, found, limit)


def _is_head_of_list(cells: list[str]) -> bool:
    return {"position", "name", "year"} <= {folded_name(cell) for cell in cells}


def _own(file: str, names: list[str], found: Iterator[Record], limit: int) -> Table | None:
    columns: dict[int, str] = {}
    unknown: list[str] = []
    for index, name in enumerate(names):
        key = column_of(name)
        if key is not None and key not in columns.values():
            columns[index] = key
        elif name.strip():
            unknown.append(one_line(name[:80]) or "?")
    if not {"title", "year"} <= set(columns.values()):
        return None
    silent = frozenset(Film.model_fields) - {_FIELD_OF.get(key, key) for key in columns.values()}
    rows = [_row(file, record, len(names), columns, silent) for record in _within(limit, found)]
    note = Note("unknown_columns", {"file": file, "columns": ", ".join(unknown)[:_MAX_NAMES]})
    return Table(rows, (note,) if unknown else ())


def _row(file: str, record: Record, width: int, columns: Mapping[int, str], silent: frozenset[str]) -> Values | Faulty:
    cells = record.cells
    if any(cell.strip() for cell in cells[width:]):
        return Faulty((Fault(file, "", "row_cells", record.line),), file, record.line)
    entry = entry_of({key: cells[index] for index, key in columns.items() if index < len(cells)})
    if "kind" not in entry:
        entry["kind"] = kind_from(entry.get("genres", ()))
        silent |= {"kind"}
    return Values(entry, file, record.line, is_table=True, silent=silent - {"slug"})


def _foreign(file: str, names: list[str], reader: Reader, found: Iterator[Record], limit: int) -> Table:
    rows: list[Values | Faulty] = []
    counts = {"not_films": 0, "why_cut": 0}
    keys = [folded_name(name) for name in names]
    for record in _within(limit, found):
        read = reader({key: cell.strip() for key, cell in zip(keys, record.cells, strict=False)})
        if read.entry is None:
            counts["not_films"] += 1
        else:
            counts["why_cut"] += read.is_cut
            rows.append(Values(read.entry, file, record.line, is_table=True, is_foreign=True))
    notes: list[Note] = []
    if counts["not_films"]:
        notes.append(Note("not_films", {"file": file, "n": counts["not_films"]}))
    if counts["why_cut"]:
        notes.append(Note("why_cut", {"file": file, "n": counts["why_cut"]}))
    return Table(rows, tuple(notes))


def _within(limit: int, found: Iterator[Record]) -> Iterator[Record]:
    for number, record in enumerate(found):
        if number == limit:
            raise UploadRefused("too_many_rows", limit=limit)
        yield record
