"""Tables that other sites export: recognised by their columns, and read for what an entry can use.

Letterboxd: a list begins with a line "Letterboxd list export v7" and the list's own two lines; then
"Position,Name,Year,URL,Description". An account's tables have "Letterboxd URI" (watched, watchlist,
ratings), the diary and the reviews "Watched Date" too; there the address is that of the diary's page.
IMDb: "Const", "Title" and "Title Type" among other columns; the directors are separated by commas.
TMDB: "TMDb ID", "IMDb ID", "Type", "Name" and "Release Date". Trakt: "trakt_id", with "type", "title" and "year".
Simkl: "SIMKL_ID", "Title", "Type" and "Year", with an episode in "LastEpWatched". Criticker: "Film ID" or "Mini Review"
beside "Film Name" and "Year". MUBI, as its exporters write it: "film.title" and "film.year", or "title" and "year"
beside "default_editorial".
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from bot.domain.films.field_types import MAX_TAG, MAX_WHY
from bot.domain.text.normalize import paragraphs
from bot.storage.transfer.uploads.cells import several
from bot.storage.transfer.uploads.columns import entry_of, folded_name, tag
from bot.storage.transfer.uploads.kinds import Sort, kind_from, sort_of
from bot.storage.transfer.uploads.titles import untangled

_MARKUP: Final = re.compile(r"<[^<>]{0,500}>")
_BREAK: Final = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)


class Foreign(NamedTuple):
    """A row of such a table; `entry` is None where it is no film, and `word` the sort that nobody knows."""

    entry: dict[str, Any] | None
    is_cut: bool = False
    word: str = ""


Reader = Callable[[Mapping[str, str]], Foreign]


def begins_list(cells: list[str]) -> bool:
    """Whether this is the first line of a Letterboxd list."""
    return cells[0].strip().lower().startswith("letterboxd list export")


def reader_of(names: list[str]) -> Reader | None:
    """What reads the rows under these columns; None where they are of no site."""
    columns = {folded_name(name) for name in names}
    if "letterboxduri" in columns and {"name", "year"} <= columns:
        return _letterboxd_diary if "watcheddate" in columns else _letterboxd
    if {"position", "name", "year", "url", "description"} == columns:
        return _letterboxd
    if {"const", "title", "titletype"} <= columns:
        return _imdb
    return next((reader for needed, reader in _SITES if needed <= columns), None)


def _letterboxd(row: Mapping[str, str]) -> Foreign:
    address = row.get("url") or row.get("letterboxduri") or ""
    links = [{"label": "Letterboxd", "address": address}] if address.startswith("https://") else []
    why, is_cut = _why(row.get("review") or row.get("description") or "")
    entry = entry_of({"title": row.get("name", ""), "year": row.get("year", "")})
    return Foreign({**entry, **why, **({"links": links} if links else {})}, is_cut)


def _letterboxd_diary(row: Mapping[str, str]) -> Foreign:
    return _letterboxd({**row, "letterboxduri": "", "url": ""})


def _imdb(row: Mapping[str, str]) -> Foreign:
    cells = {
        "title": row.get("title", ""),
        "original_title": row.get("originaltitle", ""),
        "year": row.get("year", ""),
        "runtime": row.get("runtimemins", ""),
        "directors": row.get("directors", ""),
        "imdb": row.get("const", ""),
        "genres": row.get("genres", ""),
    }
    return film_of_site(cells, row.get("titletype", ""), row.get("description", ""), tells_kind=True)


def _tmdb(row: Mapping[str, str]) -> Foreign:
    cells = {"title": "name", "year": "releasedate", "imdb": "imdbid", "tmdb": "tmdbid"}
    return film_of_site(_picked(row, cells), row.get("type", ""))


def _trakt(row: Mapping[str, str]) -> Foreign:
    cells = {"title": "title", "year": "year", "imdb": "imdbid", "tmdb": "tmdbid", "genres": "genres"}
    return film_of_site(_picked(row, cells), row.get("type", ""), row.get("notes", ""), tells_kind="genres" in row)


def _simkl(row: Mapping[str, str]) -> Foreign:
    if row.get("lastepwatched"):
        return Foreign(None)
    cells = {"title": "title", "year": "year", "imdb": "imdb", "tmdb": "tmdb"}
    imdb = row.get("imdb") or row.get("imdbid", "")
    return film_of_site({**_picked(row, cells), "imdb": imdb}, row.get("type", ""), row.get("memo", ""))


def _criticker(row: Mapping[str, str]) -> Foreign:
    cells = {"title": "filmname", "year": "year", "imdb": "imdbid"}
    return film_of_site(_picked(row, cells), row.get("type", ""), row.get("minireview") or row.get("quip", ""))


def _mubi(row: Mapping[str, str]) -> Foreign:
    whole = {name.removeprefix("film"): cell for name, cell in row.items()}
    cells = {"title": "title", "original_title": "originaltitle", "year": "year", "runtime": "duration"}
    cells |= {"directors": "directors", "genres": "genres", "countries": "historiccountries"}
    picked = _picked(whole, cells)
    picked["directors"] = "; ".join(re.findall(r"'name': '([^']+)'", picked["directors"])) or picked["directors"]
    review = whole.get("review") or whole.get("body", "")
    return film_of_site(picked, "", review, tells_kind=True)


_SITES: Final[tuple[tuple[frozenset[str], Reader], ...]] = (
    (frozenset({"tmdbid", "name", "releasedate", "type"}), _tmdb),
    (frozenset({"simklid", "title", "type"}), _simkl),
    (frozenset({"traktid", "title", "year"}), _trakt),
    (frozenset({"filmname", "filmid", "year"}), _criticker),
    (frozenset({"filmname", "minireview", "year"}), _criticker),
    (frozenset({"filmname", "quip", "year"}), _criticker),
    (frozenset({"filmtitle", "filmyear"}), _mubi),
    (frozenset({"title", "year", "defaulteditorial"}), _mubi),
)


def film_of_site(cells: Mapping[str, str], sort_named: str, review: str = "", *, tells_kind: bool = False) -> Foreign:
    """The row of another site by the columns of our own; `tells_kind` where its genres say what sort of film it is."""
    sort = sort_of(sort_named) if sort_named.strip() else Sort.FILM
    if sort is Sort.NO_FILM:
        return Foreign(None)
    entry = entry_of(cells)
    if "title" in entry:
        entry["title"], year = untangled(entry["title"], entry.get("year"))
        entry |= {} if year is None else {"year": year}
    if entry.get("original_title") == entry.get("title"):
        entry.pop("original_title", None)
    entry |= _genres(cells.get("genres", ""))
    if not isinstance(sort, Sort):
        entry["kind"] = sort.value
    elif tells_kind:
        entry["kind"] = kind_from(entry.get("genres", ()))
    why, is_cut = _why(review)
    return Foreign({**entry, **why}, is_cut, sort_named if sort is Sort.UNKNOWN else "")


def _genres(cell: str) -> dict[str, list[str]]:
    genres = dict.fromkeys(name for genre in several(cell, commas=True) if (name := tag(genre)))
    kept = [name for name in genres if len(name) <= MAX_TAG][:6]
    return {"genres": kept} if kept else {}


def _picked(row: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    return {ours: row.get(theirs, "") for ours, theirs in cells.items()}


def _why(text: str) -> tuple[dict[str, str], bool]:
    """What somebody wrote of the film, as a reason to watch it; cut on a word's end where it is too long."""
    plain = paragraphs(html.unescape(_MARKUP.sub("", _BREAK.sub("\n\n", text))))
    if len(plain) <= MAX_WHY:
        return ({"why": plain} if plain else {}), False
    cut = plain[: MAX_WHY - 1]
    return {"why": (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-\n") + "…"}, True
