"""Reading what a curator typed to have a film looked up: an address, an id, or a title."""

import re
from typing import Final, NamedTuple

from bot.domain.errors import FrontRowError
from bot.domain.text.normalize import has_ink, one_line

MAX_TITLE: Final = 150
_TMDB: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?themoviedb\.org/movie/|tmdb:\s*)(?P<id>0*[1-9][0-9]{0,8})(?:[-/?#].*)?", re.IGNORECASE
)
_IMDB: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.|m\.)?imdb\.com/(?:[a-z]{2}(?:-[a-z]{2})?/)?title/)?(?P<id>tt[0-9]{7,10})(?:[/?#].*)?",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:www\.|m\.)?(?:themoviedb\.org|imdb\.com)(?:/|$)|tmdb:).*", re.IGNORECASE
)
_YEAR: Final = r"(?P<year>(?:1[89]|2[01])[0-9]{2})"
_YEAR_IN_BRACKETS: Final = re.compile(rf"(?P<title>.*\S)\s*\({_YEAR}\)")
_YEAR_BEHIND: Final = re.compile(rf"(?P<title>.*[^\s,]),?\s+{_YEAR}")


class LookupFailed(FrontRowError):
    """TMDB did not answer in time, or not with anything that could be used."""

    key = "error.lookup_failed"


class NothingLookedUp(FrontRowError):
    """TMDB knows no film by that title, address or id."""

    key = "error.nothing_looked_up"


class TmdbId(NamedTuple):
    """A film's number at TMDB."""

    number: int


class ImdbId(NamedTuple):
    """A title's id at IMDb, as in "tt1845773"."""

    id: str


class Title(NamedTuple):
    """A title, and the year in which the film came out where that was typed too."""

    title: str
    year: int | None = None


Typed = TmdbId | ImdbId | tuple[Title, ...]


def parse_lookup(text: str) -> Typed | None:
    """What was meant, or None where it is neither a text nor an address of a film.

    A number is a title, as in "1917". A year without brackets may belong to the title, as in "Blade Runner
    2049"; both readings come back then, the one with the year first.
    """
    typed = one_line(text).removeprefix("<").removesuffix(">").strip()
    if match := _TMDB.fullmatch(typed):
        return TmdbId(int(match["id"]))
    if match := _IMDB.fullmatch(typed):
        return ImdbId(match["id"].lower())
    if _ADDRESS.fullmatch(typed) or not has_ink(typed) or len(typed) > MAX_TITLE:
        return None
    if match := _YEAR_IN_BRACKETS.fullmatch(typed):
        return (_with_year(match),)
    if match := _YEAR_BEHIND.fullmatch(typed):
        return (_with_year(match), Title(typed))
    return (Title(typed),)


def _with_year(match: re.Match[str]) -> Title:
    return Title(match["title"], int(match["year"]))
