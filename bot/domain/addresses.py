"""The films of the list that the addresses in a message lead to."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from bot.domain.errors import TrailerRefused
from bot.domain.films import Film
from bot.domain.lookups import ImdbId, TmdbId, read
from bot.domain.trailers import read_address

_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]\"*|]{4,500}", re.IGNORECASE)
_MOST: Final = 50  # addresses that are looked at


class LinkIndex:
    """The films of a list by what addresses lead to them."""

    def __init__(self, known: Mapping[Hashable, Sequence[Film]]) -> None:
        self._known = known

    @classmethod
    def of(cls, films: Iterable[Film]) -> "LinkIndex":
        """The index of these films by trailers and by pages at IMDb and TMDB."""
        known: dict[Hashable, list[Film]] = defaultdict(list)
        for film in films:
            for trailer in film.trailers:
                known[trailer.provider, trailer.id].append(film)
            if film.ids.imdb is not None:
                known[ImdbId(film.ids.imdb)].append(film)
            if film.ids.tmdb is not None:
                known["tmdb", film.ids.tmdb].append(film)
        return cls(dict(known))

    def linked(self, text: str) -> Iterator[tuple[int, Film]]:
        """Where in the text an address of a film begins, and whose it is."""
        for match in islice(_ADDRESS.finditer(text), _MOST):
            for film in self._known.get(_key(match[0].rstrip(".,;:!?'")), ()):
                yield match.start(), film


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
