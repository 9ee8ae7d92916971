"""The films of the list that the addresses in a message lead to."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Final

from bot.domain.errors import TrailerRefused
from bot.domain.films import Film
from bot.domain.lookups import ImdbId, TmdbId, read
from bot.domain.trailers import read_address

_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]\"*|]{4,500}", re.IGNORECASE)
_MOST: Final = 50  # addresses that are looked at


def films_linked(text: str, films: Iterable[Film]) -> list[tuple[int, Film]]:
    """Where in the text an address of a film's trailer, or of its page at IMDb or TMDB, begins, and whose it is."""
    addresses = [match for match, _ in zip(_ADDRESS.finditer(text), range(_MOST), strict=False)]
    if not addresses:
        return []
    known: dict[Hashable, list[Film]] = defaultdict(list)
    for film in films:
        for trailer in film.trailers:
            known[trailer.provider, trailer.id].append(film)
        if film.ids.imdb is not None:
            known[ImdbId(film.ids.imdb)].append(film)
        if film.ids.tmdb is not None:
            known["tmdb", film.ids.tmdb].append(film)
    return [(match.start(), film) for match in addresses for film in known.get(_key(match[0].rstrip(".,;:!?'")), ())]


def _key(address: str) -> Hashable:
    meant = read(address)
    if isinstance(meant, TmdbId):
        return ("tmdb", meant.number)
    if isinstance(meant, ImdbId):
        return meant
    try:
        video = read_address(address)
    except TrailerRefused:
        return None
    return (video.provider, video.id)
