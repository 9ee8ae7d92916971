"""The columns of a table of films: what they may be called, and what their cells mean in an entry."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from bot.domain.films.lengths import minutes_in
from bot.domain.films.places import country_code, language_tag
from bot.domain.films.trailers import holds_videos
from bot.domain.text.normalize import fold
from bot.storage.transfer.uploads.cells import armed, parted, several
from bot.storage.transfer.uploads.dates import day_in, year_in

# Every name is compared without case, accents, spaces and punctuation; a column's own name counts too.
_ALSO: Final[Mapping[str, str]] = {
    "title": "name film filmtitle movie movietitle",
    "original_title": "originalname",
    "other_titles": "othertitle alsoknownas aka alternativetitles alternativetitle",
    "year": "releaseyear yearofrelease released",
    "directors": "director directedby by",
    "kind": "type sort",
    "runtime": "length minutes runtimemins runtimeminutes duration mins",
    "countries": "country countryoforigin",
    "languages": "language",
    "genres": "genre",
    "themes": "theme tags tag keywords",
    "why": "reason whywatch whyitishere review",
    "synopsis": "story plot summary",
    "synopsis_source": "synopsisby source storyby",
    "trailers": "trailer youtube video videos trailerurl traileraddress",
    "picture": "image poster still pictureurl",
    "links": "link url urls website homepage",
    "imdb": "imdbid imdburl",
    "tmdb": "tmdbid tmdburl",
    "praise": "awards prizes lists",
    "content_notes": "contentnote contentwarnings contentwarning warnings",
    "light": "nothingtoodark nottoodark",
    "prompts": "prompt questions question",
    "pairs_with": "pairs pairings pairing",
    "curator": "pickedby chosenby",
    "suggested_by": "suggestion",
    "added": "addedon dateadded",
    "slug": "id",
}
COLUMNS: Final = tuple(_ALSO)
_BY_NAME: Final = {name: key for key, also in _ALSO.items() for name in (key.replace("_", ""), *also.split())}
_LONGEST_NAME: Final = 100
_LABELLED: Final = re.compile(r"(?P<label>.*)<(?P<address>[^<>\s]*)>", re.DOTALL)
_SNIPPET: Final = re.compile(r"<\w+\s|\[|&\w+;")
_ADDRESSES: Final = re.compile(r"[\s,]+(?=https?://)")


def folded_name(name: str) -> str:
    """A column's name for comparing."""
    return fold(name[:_LONGEST_NAME]).replace(" ", "")


def column_of(name: str) -> str | None:
    """The column that is meant by this name; None where there is none such."""
    return _BY_NAME.get(folded_name(name))


def entry_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """The entry that these cells make, by column. What cannot be read is left for the model to refuse."""
    said = {key: value for key, cell in cells.items() if (value := armed(cell).strip())}
    entry = {key: _READ.get(key, _as_it_stands)(value) for key, value in said.items()}
    synopsis = {
        key: entry.pop(name) for key, name in (("text", "synopsis"), ("source", "synopsis_source")) if name in entry
    }
    ids = {name: entry.pop(name) for name in ("imdb", "tmdb") if name in entry}
    return {**entry, **({"synopsis": synopsis} if "text" in synopsis else {}), **({"ids": ids} if ids else {})}


def tag(text: str) -> str:
    """A genre or theme in the spelling of an entry."""
    return fold(text).replace(" ", "-") if len(text) <= _LONGEST_NAME else text


def _as_it_stands(cell: str) -> str:
    return cell


def _whole(cell: str) -> int | str:
    match = re.fullmatch(r"(\d{1,9})(?:\.0+)?", cell)  # spreadsheets like to make 1959.0 of a year
    return int(match[1]) if match else cell


def _minutes(cell: str) -> int | str:
    minutes = minutes_in(cell)
    return cell if minutes is None else minutes


def _values(cell: str) -> list[str]:
    return list(dict.fromkeys(several(cell)))


def _people(cell: str) -> list[str]:
    return list(dict.fromkeys(several(cell, commas=True)))


def _tags(cell: str) -> list[str]:
    return list(dict.fromkeys(tag(value) or value for value in several(cell, commas=True)))


def _countries(cell: str) -> list[str]:
    return list(dict.fromkeys(country_code(value[:_LONGEST_NAME]) or value for value in several(cell, commas=True)))


def _languages(cell: str) -> list[str]:
    return list(dict.fromkeys(language_tag(value[:_LONGEST_NAME]) or value for value in several(cell, commas=True)))


def _trailers(cell: str) -> list[dict[str, Any]]:
    parts = several(cell)
    found = [_trailer(value) for value in parts]
    # Pasted code has its own ; and |, which separate nothing in it.
    is_one = bool(_SNIPPET.search(cell)) and not all(map(holds_videos, parts)) and holds_videos(cell)
    return [{"address": cell}] if is_one else found


def _trailer(value: str) -> dict[str, Any]:
    label, address = _labelled(value)
    return (
        {"address": address, "label": label}
        if label and holds_videos(address) and not holds_videos(label)
        else {"address": value}
    )


def _links(cell: str) -> list[dict[str, Any]]:
    return [
        {"label": label or _host(address), "address": address} for label, address in map(_labelled, _addresses(cell))
    ]


def _addresses(cell: str) -> list[str]:
    """The values of a cell in which several addresses may stand one behind the other."""
    found: list[str] = []
    for value in several(cell):
        found += [value] if _LABELLED.fullmatch(value) else _ADDRESSES.split(value)
    return found


def _labelled(value: str) -> tuple[str, str]:
    match = _LABELLED.fullmatch(value)
    return (match["label"].strip(), match["address"]) if match else ("", value)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")[:80] or "Link"
    except ValueError:
        return "Link"


def _praise(cell: str) -> list[dict[str, Any]]:
    keys = ("year", "publication", "listed_as")
    found = [dict(zip(keys, parts, strict=False)) for parts in parted(cell, 3)]
    return [{**praise, "year": _whole(praise["year"])} for praise in found]


def _pairs(cell: str) -> list[dict[str, Any]]:
    return [dict(zip(("slug", "why"), parts, strict=False)) for parts in parted(cell, 2)]


def _imdb(cell: str) -> str:
    match = re.search(r"tt[0-9]{7,10}", cell)
    return match[0] if match else cell


def _tmdb(cell: str) -> int | str:
    match = re.fullmatch(r"https://www\.themoviedb\.org/movie/(\d{1,9})\b.*", cell)
    return int(match[1]) if match else _whole(cell)


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "year": year_in,
    "runtime": _minutes,
    "added": day_in,
    "imdb": _imdb,
    "tmdb": _tmdb,
    "other_titles": _values,
    "content_notes": _values,
    "prompts": several,
    "directors": _people,
    "countries": _countries,
    "languages": _languages,
    "genres": _tags,
    "themes": _tags,
    "trailers": _trailers,
    "links": _links,
    "praise": _praise,
    "pairs_with": _pairs,
}
