"""The films of the list that the addresses in a message lead to."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from bot.domain.curation.lookups import ImdbId, TmdbId, parse_lookup
from bot.domain.errors import TrailerRefused
from bot.domain.films.films import Film
from bot.domain.films.trailers import read_address
from bot.domain.mentions.titles import numbers, put

_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]\"*|]{4,500}", re.IGNORECASE)
_MOST: Final = 50  # addresses that are looked at


class LinkIndex:
    """The films of a list by what addresses lead to them."""

    def __init__(self, films: Sequence[Film]) -> None:
        self._films = films
        self._known: dict[str, tuple[int, ...] | int] = {}
        for number, film in enumerate(films):
            for key in _keys_of(film):
                put(self._known, key, number)

    def linked(self, text: str) -> Iterator[tuple[int, Film]]:
        """Where in the text an address of a film's trailer, or of its page at IMDb or TMDB, begins, and whose it is."""
        for match in islice(_ADDRESS.finditer(text), _MOST):
            key = _key(match[0].rstrip(".,;:!?'"))
            for number in numbers(self._known.get(key, ())):
                yield match.start(), self._films[number]


def _keys_of(film: Film) -> Iterator[str]:
    for trailer in film.trailers:
        yield f"{trailer.provider} {trailer.id}"
    if film.ids.imdb is not None:
        yield f"imdb {film.ids.imdb}"
    if film.ids.tmdb is not None:
        yield f"tmdb {film.ids.tmdb}"


def _key(address: str) -> str:
    meant = parse_lookup(address)
    if isinstance(meant, TmdbId):
        return f"tmdb {meant.number}"
    if isinstance(meant, ImdbId):
        return f"imdb {meant.id}"
    try:
        video = read_address(address)
    except TrailerRefused:
        return ""
    return f"{video.provider} {video.id}"
