"""Tables of films: which column is which, and the values of every row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from bot.domain.curation.uploads import SOURCE, Note
from bot.domain.errors import UploadRefused
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import one_line
from bot.storage.transfer.uploads.columns import column_of, entry_of, folded_name
from bot.storage.transfer.uploads.csv_text import Record, records
from bot.storage.transfer.uploads.elsewhere import Reader, begins_list, reader_of
from bot.storage.transfer.uploads.kinds import Sort, kind_from, sort_of
from bot.storage.transfer.uploads.rows import Values
from bot.storage.transfer.uploads.titles import titles_in, untangled

_FIELD_OF: Final = {"synopsis_source": SOURCE, "imdb": "ids", "tmdb": "ids"}
_MAX_NAMES: Final = 300
_THROWN_AWAY: Final = frozenset({"deleted", "orphaned"})  # folders of a Letterboxd account's export
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{4}(?:-[0-9]+)?")
_IMDB: Final = re.compile(r"tt[0-9]{7,10}")


@dataclass
class Table:
    """The rows, what was passed over, and what in rows could not be read."""

    rows: list[Values] = field(default_factory=list[Values])
    notes: list[Note] = field(default_factory=list[Note])
    left_out: list[tuple[ValidationIssue, str]] = field(default_factory=list[tuple[ValidationIssue, str]])
    not_films: int = 0
    cut: int = 0


def read_table(path: str, file: str, text: str, limit: int) -> Table | None:
    """The table in this text; None where it has no columns for title and year. Raises `UploadRefused`."""
    found = _within(limit, records(file, text))
    head = next(found, None)
    if head is not None and begins_list(head.cells):
        head = next((record for record in found if _is_head_of_list(record.cells)), None)
    if head is None:
        return None
    reader = reader_of(head.cells)
    if reader is not None and _THROWN_AWAY & set(PurePosixPath(path.lower()).parts):
        return Table(notes=[Note("deleted", {"file": file})])
    if reader is not None:
        table = _foreign(file, head.cells, reader, found)
    else:
        table = _own(file, head.cells, found) or _titles(file, text, limit)
    if table is not None:
        table.notes += _counted(file, table)
    return table


def _is_head_of_list(cells: list[str]) -> bool:
    return {"position", "name", "year"} <= {folded_name(cell) for cell in cells}


def _own(file: str, names: list[str], found: Iterator[Record]) -> Table | None:
    columns: dict[int, str] = {}
    for index, name in enumerate(names):
        key = column_of(name)
        if key is not None and key not in columns.values():
            columns[index] = key
    if "title" not in columns.values():
        return None
    rows = list(found)
    _settle_id(names, columns, rows)
    if "year" not in columns.values() and not any(_year_behind(row.cells, columns) for row in rows):
        return None
    unknown = [one_line(name[:80]) or "?" for i, name in enumerate(names) if i not in columns and name.strip()]
    silent = frozenset(Film.model_fields) - {_FIELD_OF.get(key, key) for key in columns.values()} - {"year"}
    table = Table()
    for record in rows:
        _take(table, file, record, len(names), columns, silent)
    if unknown:
        table.notes.append(Note("unknown_columns", {"file": file, "columns": ", ".join(unknown)[:_MAX_NAMES]}))
    return table


def _settle_id(names: list[str], columns: dict[int, str], rows: list[Record]) -> None:
    """A column "id" may hold slugs, ids of IMDb, or the numbers of a program that mean nothing here."""
    index = next((i for i, key in columns.items() if key == "slug" and folded_name(names[i]) == "id"), None)
    if index is None:
        return
    cells = [cell for row in rows if index < len(row.cells) and (cell := row.cells[index].strip())]
    if cells and all(map(_IMDB.fullmatch, cells)) and "imdb" not in columns.values():
        columns[index] = "imdb"
    elif not all(map(_SLUG.fullmatch, cells)):
        del columns[index]


def _year_behind(cells: list[str], columns: Mapping[int, str]) -> bool:
    title = next((cells[i] for i, key in columns.items() if key == "title" and i < len(cells)), "")
    return untangled(title, None)[1] is not None


def _take(
    table: Table, file: str, record: Record, width: int, columns: Mapping[int, str], silent: frozenset[str]
) -> None:
    cells = record.cells
    entry = entry_of({key: cells[index] for index, key in columns.items() if index < len(cells)})
    if "slug" not in entry and "title" in entry:  # a row that names its slug is of an export, and exact
        entry["title"], year = untangled(str(entry["title"]), entry.get("year"))
        entry |= {} if year is None else {"year": year}
    sort = sort_of(word) if (word := entry.pop("kind", "")) else Sort.FILM
    if sort is Sort.NO_FILM:
        table.not_films += 1
        return
    if isinstance(sort, Sort):
        entry["kind"] = kind_from(entry.get("genres", ()))
    else:
        entry["kind"] = sort.value
    if sort is Sort.FILM:
        silent |= {"kind"}
    _note_damage(table, file, record, width)
    asked = word if sort is Sort.UNKNOWN else ""
    table.rows.append(Values(entry, file, record.line, is_table=True, silent=silent - {"slug"}, word=asked))


def _note_damage(table: Table, file: str, record: Record, width: int) -> None:
    if record.is_damaged:
        table.left_out.append((ValidationIssue(file, "", "row_quotes", record.line), ""))
    if more := [cell for cell in record.cells[width:] if cell.strip()]:
        table.left_out.append((ValidationIssue(file, "", "row_cells", record.line), more[0]))


def _titles(file: str, text: str, limit: int) -> Table | None:
    """A text that is no table, but has a title and a year on each line."""
    found = titles_in(text)
    if found is None:
        return None
    if len(found) > limit:
        raise UploadRefused("too_many_table_rows", limit=limit)
    table = Table()
    for line, entry, rest in found:
        table.rows.append(Values(entry, file, line, is_table=True, is_foreign=True))
        if rest:
            table.left_out.append((ValidationIssue(file, "", "behind_year", line), rest))
    return table


def _foreign(file: str, names: list[str], reader: Reader, found: Iterator[Record]) -> Table:
    table = Table()
    keys = [folded_name(name) for name in names]
    for record in found:
        read = reader({key: cell.strip() for key, cell in zip(keys, record.cells, strict=False)})
        if read.entry is None:
            table.not_films += 1
            continue
        table.cut += read.is_cut
        _note_damage(table, file, record, len(names))
        entry = dict(read.entry)
        table.rows.append(Values(entry, file, record.line, is_table=True, is_foreign=True, word=read.word))
    return table


def _counted(file: str, table: Table) -> Iterator[Note]:
    if table.not_films:
        yield Note("not_films", {"file": file, "n": table.not_films})
    if table.cut:
        yield Note("why_cut", {"file": file, "n": table.cut})


def _within(limit: int, found: Iterator[Record]) -> Iterator[Record]:
    for number, record in enumerate(found):
        if number > limit:  # the names of the columns are one of them
            raise UploadRefused("too_many_table_rows", limit=limit)
        yield record
