"""A member's own export from Letterboxd, IMDb or TMDB: what they saw, when, how they rated it, what they still want.

Files are taken under the same limits as those of curators, and told by their columns. Letterboxd's account is a zip
with watched.csv, diary.csv, ratings.csv, reviews.csv and watchlist.csv; stars go by halves to 5. IMDb's ratings go to
10; a list of its own has positions, and what nobody has rated there is still to be seen.
"""

import datetime
import html
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple, cast

from bot.domain.curation.uploads import MAX_BYTES
from bot.domain.errors import UploadRefused
from bot.domain.films.dates import day_in
from bot.domain.shelves.imports import BroughtMark, BroughtRow, BroughtShelf
from bot.domain.shelves.marks import MAX_REVIEW, Review
from bot.domain.text.normalize import has_ink, paragraphs
from bot.storage.transfer.uploads import MAX_TABLE_ROWS
from bot.storage.transfer.uploads.archive import Member, is_other_archive, is_zip, members, shown_path
from bot.storage.transfer.uploads.cells import armed
from bot.storage.transfer.uploads.columns import column_of, entry_of, folded_name
from bot.storage.transfer.uploads.csv_text import records
from bot.storage.transfer.uploads.elsewhere import reader_of
from bot.storage.transfer.uploads.rows import name_of
from bot.storage.transfer.uploads.texts import TextKind, is_no_text, kind_of, text_of

_TABLE: Final = re.compile(r"\.(csv|tsv|txt)$", re.IGNORECASE)
_PASSED_OVER: Final = frozenset({"deleted", "orphaned", "lists", "likes"})  # folders of a Letterboxd account
_MARKUP: Final = re.compile(r"<[^<>]{0,500}>")
_NUMBER: Final = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
# The columns, as folded names, in which sites tell a day and a rating; the first that is there counts.
_DAYS: Final = ("watcheddate", "watchedat", "daterated", "lastwatcheddate")
_RATINGS: Final = ("yourrating", "rating10", "rating")


class _Told(NamedTuple):
    row: BroughtRow | None
    is_cut: bool = False


def read_shelf(name: str, content: bytes) -> BroughtShelf:
    """Every row about a film. Raises `UploadRefused`. It takes up to some seconds of pure computing."""
    if len(content) > MAX_BYTES:
        raise UploadRefused("too_large", limit=MAX_BYTES // 1024 // 1024)
    if not content.strip():
        raise UploadRefused("empty")
    if is_other_archive(content):
        raise UploadRefused("other_archive")
    files = members(content) if is_zip(content) else (Member(name, content),)
    rows, cut, passed, room, is_known = list[BroughtRow](), 0, 0, MAX_TABLE_ROWS, False
    for file in files:
        told = _table(file, room, is_alone=len(files) == 1 and not is_zip(content))
        if told is None:
            continue
        is_known, room = True, room - len(told)
        rows += [each.row for each in told if each.row is not None]
        cut += sum(each.is_cut for each in told)
        passed += sum(each.row is None for each in told)
    if not is_known:
        raise UploadRefused("no_films")
    return BroughtShelf(tuple(rows), cut, passed)


def _table(file: Member, room: int, *, is_alone: bool) -> list[_Told] | None:
    """The rows of a table; None for anything else in a zip. Raises `UploadRefused`."""
    shown, path = shown_path(file.name), PurePosixPath(file.name.lower())
    if not is_alone and (not _TABLE.search(file.name) or _PASSED_OVER & set(path.parts)):
        return None
    if is_no_text(file.content):
        raise UploadRefused("unknown_kind", file=shown)
    text = text_of(shown, file.content)
    if kind_of(file.name, text) is not TextKind.TABLE:
        raise UploadRefused("unknown_kind", file=shown)
    found = records(shown, text)
    head = next(found, None)
    keys = [folded_name(cell) for cell in head.cells] if head is not None else []
    reader = reader_of(head.cells) if head is not None else None
    is_own = {"title", "year"} <= {column_of(key) for key in keys}
    if reader is None and not is_own:
        if is_alone:
            raise UploadRefused("csv_columns", file=shown)
        return None
    told: list[_Told] = []
    for record in found:
        if len(told) >= room:
            raise UploadRefused("too_many_table_rows", limit=MAX_TABLE_ROWS)
        cells = {key: armed(cell).strip() for key, cell in zip(keys, record.cells, strict=False)}
        entry = reader(cells).entry if reader is not None else _own_entry(cells)
        told.append(_Told(None) if entry is None else _row(entry, cells, path.stem, is_letterboxd=_is_letterboxd(keys)))
    return told


def _own_entry(cells: Mapping[str, str]) -> dict[str, Any]:
    named = {column: cell for key, cell in cells.items() if (column := column_of(key)) is not None}
    wanted = {"title", "year", "directors", "imdb", "tmdb"}
    return entry_of({key: cell for key, cell in named.items() if key in wanted})


def _is_letterboxd(keys: list[str]) -> bool:
    """Whether stars are told by halves to 5, as Letterboxd and what is exported here do."""
    return "letterboxduri" in keys or ("watcheddate" in keys and "yourrating" not in keys)


def _row(entry: Mapping[str, Any], cells: Mapping[str, str], stem: str, *, is_letterboxd: bool) -> _Told:
    name = name_of(entry)
    if name is None:
        return _Told(None)
    rating = _rating(cells, is_letterboxd=is_letterboxd)
    day = next((read for key in _DAYS if isinstance(read := day_in(cells.get(key, "")), datetime.date)), None)
    review, is_cut = _review(cells.get("review", ""))
    is_wanted = "watchlist" in stem or ("position" in cells and rating is None and not is_letterboxd)
    mark = BroughtMark(is_wanted=True) if is_wanted else BroughtMark(day=day, rating=rating, review=review)
    ids = cast("Mapping[str, Any]", entry.get("ids") or {})
    imdb, tmdb = ids.get("imdb"), ids.get("tmdb")
    directors = tuple(each for each in cast("list[Any]", entry.get("directors") or []) if isinstance(each, str))
    row = BroughtRow(
        *name,
        mark,
        imdb if isinstance(imdb, str) else None,
        tmdb if isinstance(tmdb, int) else None,
        directors,
    )
    return _Told(row, is_cut)


def _rating(cells: Mapping[str, str], *, is_letterboxd: bool) -> int | None:
    """Half stars; None where there is no rating, or one that is none."""
    for key in _RATINGS:
        if _NUMBER.fullmatch(cell := cells.get(key, "")):
            number = float(cell.replace(",", "."))
            half_stars = round(2 * number) if is_letterboxd and key == "rating" else round(number)
            return half_stars if 1 <= half_stars <= 10 else None
    return None


def _review(cell: str) -> tuple[Review | None, bool]:
    """What was written, without markup; cut at a word where it is longer than a review here may be."""
    text = paragraphs(html.unescape(_MARKUP.sub(" ", cell)))
    if len(text) <= MAX_REVIEW:
        return (Review(text=text) if has_ink(text) else None), False
    cut = text[: MAX_REVIEW - 1]
    return Review(text=(cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-\n") + "…"), True
