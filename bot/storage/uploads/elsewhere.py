"""Tables that Letterboxd and IMDb export: recognised by their columns, and read for what an entry can use.

Letterboxd: a list begins with a line "Letterboxd list export v7" and the list's own two lines; then
"Position,Name,Year,URL,Description". An account's tables have "Letterboxd URI" (watched, watchlist,
ratings), the diary and the reviews "Watched Date" too; there the address is that of the diary's page.
IMDb: "Const", "Title" and "Title Type" among other columns; the directors are separated by commas.
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from bot.domain.fields import MAX_TAG, MAX_WHY
from bot.domain.films import Kind
from bot.domain.words import fold, paragraphs
from bot.storage.uploads.cells import several
from bot.storage.uploads.columns import entry_of, folded_name, kind_from, tag

# In any of the languages in which IMDb writes its types.
_NOT_FILMS: Final = ("serie", "episode", "episodio", "game", "podcast", "special")
_MARKUP: Final = re.compile(r"<[^<>]{0,500}>")
_BREAK: Final = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)


class Foreign(NamedTuple):
    """A row of such a table; `entry` is None where it is no film."""

    entry: dict[str, Any] | None
    is_cut: bool = False


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
    return _imdb if {"const", "title", "titletype"} <= columns else None


def _letterboxd(row: Mapping[str, str]) -> Foreign:
    address = row.get("url") or row.get("letterboxduri") or ""
    links = [{"label": "Letterboxd", "address": address}] if address.startswith("https://") else []
    why, is_cut = _why(row.get("review") or row.get("description") or "")
    entry = entry_of({"title": row.get("name", ""), "year": row.get("year", "")})
    return Foreign({**entry, **why, **({"links": links} if links else {})}, is_cut)


def _letterboxd_diary(row: Mapping[str, str]) -> Foreign:
    return _letterboxd({**row, "letterboxduri": "", "url": ""})


def _imdb(row: Mapping[str, str]) -> Foreign:
    kind = fold(row["titletype"]).replace(" ", "")
    if any(word in kind for word in _NOT_FILMS):
        return Foreign(None)
    genres = [name for genre in several(row.get("genres", ""), commas=True) if (name := tag(genre))]
    why, is_cut = _why(row.get("description", ""))
    cells = {
        "title": row["title"],
        "year": row.get("year", ""),
        "runtime": row.get("runtimemins", ""),
        "directors": row.get("directors", ""),
        "imdb": row["const"],
    }
    original = row.get("originaltitle", "")
    return Foreign(
        {
            **entry_of(cells),
            **({"original_title": original} if original not in {"", row["title"]} else {}),
            "kind": Kind.SHORT.value if "short" in kind else kind_from(genres),
            **({"genres": [name for name in genres if len(name) <= MAX_TAG][:6]} if genres else {}),
            **why,
        },
        is_cut,
    )


def _why(text: str) -> tuple[dict[str, str], bool]:
    """What somebody wrote of the film, as a reason to watch it; cut on a word's end where it is too long."""
    plain = paragraphs(html.unescape(_MARKUP.sub("", _BREAK.sub("\n\n", text))))
    if len(plain) <= MAX_WHY:
        return ({"why": plain} if plain else {}), False
    cut = plain[: MAX_WHY - 1]
    return {"why": (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-\n") + "…"}, True
