"""Entries of JSON files that other sites export, read for what an entry of ours can use.

Trakt: {"type": "movie", "movie": {"title", "year", "ids": {"imdb", "tmdb"}}, "notes"}, in lists, ratings, history,
watchlist and collection alike; what was watched has no type. Simkl is the same with a memo, in lists called "movies",
"shows" and "anime". MUBI: {"film": {"title", "year", "directors": [{"name"}], "duration"}, "body"}. TMDB: {"title",
"release_date", "id"} beside "media_type" or "genre_ids".
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from bot.storage.transfer.uploads.elsewhere import Foreign, film_of_site

_NOT_FILMS: Final = ("show", "season", "episode", "person", "list")


def foreign_entry(entry: Mapping[str, Any]) -> Foreign | None:
    """The entry of another site; None where it is of none that we know."""
    sort = _text(entry.get("type"))
    for name in ("movie", "film"):
        if isinstance(entry.get(name), dict):
            inner = cast("dict[str, Any]", entry[name])
            review = next((said for key in ("notes", "memo", "body") if (said := _text(entry.get(key)))), "")
            return film_of_site(_cells(inner), sort or "movie", review, tells_kind="genres" in inner)
    if any(isinstance(entry.get(name), dict) for name in _NOT_FILMS):
        # Simkl has an anime's name under "show", be it a film or a series.
        inner = cast("dict[str, Any]", entry.get("show") or {})
        if _text(entry.get("anime_type")):
            return film_of_site(_cells(inner), _text(entry.get("anime_type")))
        return Foreign(None)
    if "release_date" in entry and "title" in entry and ("media_type" in entry or "genre_ids" in entry):
        return film_of_site(
            _cells({**entry, "ids": {"tmdb": entry.get("id")}}), _text(entry.get("media_type")) or "movie"
        )
    return Foreign(None) if entry.get("media_type") == "tv" and "first_air_date" in entry else None


def _cells(film: Mapping[str, Any]) -> dict[str, str]:
    ids = film.get("ids")
    known = cast("dict[str, Any]", ids) if isinstance(ids, dict) else {}
    return {
        "title": _text(film.get("title")),
        "original_title": _text(film.get("original_title")),
        "year": _text(film.get("year")) or _text(film.get("release_date")) or _text(film.get("released")),
        "runtime": _text(film.get("runtime")) or _text(film.get("duration")),
        "directors": _several(film.get("directors")),
        "countries": _several(film.get("country") or film.get("historic_countries")),
        "genres": _several(film.get("genres")),
        "imdb": _text(known.get("imdb")),
        "tmdb": _text(known.get("tmdb")),
    }


def _several(value: object) -> str:
    values = cast("list[Any]", value) if isinstance(value, list) else [value]
    named = (cast("dict[str, Any]", each).get("name") if isinstance(each, dict) else each for each in values)
    return "; ".join(text for each in named if (text := _text(each)))


def _text(value: object) -> str:
    if isinstance(value, dict):  # Simkl's memo
        value = cast("dict[str, Any]", value).get("text")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
