"""Which films go with which, and what to see tonight, as each server sees the list."""

import asyncio
from collections import OrderedDict
from random import Random
from typing import Final

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.films.films import Film
from bot.domain.recommend.recommender import Recommendation, Recommender
from bot.domain.recommend.watch_requests import Moods, Tonight, WatchRequest, loosened, tonight
from bot.services.background import in_thread
from bot.services.films import Films
from bot.storage.db.full_text_similarity import FullTextSimilarity

# Maps of servers' lists that are kept: of one with texts of its own, a megabyte for 141 films, three for 5,000.
_SERVERS: Final = 8


class Recommendations:
    """Answers what goes with what.

    A map of the list is made once for each snapshot of it. All work is done in a thread, so that however long the
    list, nobody else waits.
    """

    def __init__(self, films: Films, moods: Moods) -> None:
        self._films = films
        self._moods = moods
        self._shared: Recommender | None = None
        self._own = OrderedDict[int, tuple[Recommender, Recommender]]()  # the map of the shared list, and the server's
        self._making = asyncio.Lock()

    async def prepare(self) -> None:
        """Have the map of the shared list ready before anybody asks; costs nothing where it is."""
        await self._map_of_shared()

    async def like(self, film: Film, guild_id: int | None, limit: int) -> tuple[Recommendation, ...]:
        """At most `limit` films of this server's list to see after `film`, each with what there is to say for it."""
        known = await self._map(guild_id)
        return await asyncio.to_thread(known.like, film, limit)

    async def tonight(self, evening: WatchRequest, guild_id: int | None, seed: int, turn: int) -> Tonight:
        """A handful of films for the evening; the same for the same seed and turn. Raises `NothingMatches`."""
        known = await self._map(guild_id)
        chance = Random(seed).random  # noqa: S311  # no secret hangs on it
        return await asyncio.to_thread(tonight, known, evening, self._moods, chance, turn)

    async def recommender(self, guild_id: int | None) -> Recommender:
        """What goes with what on the server's list."""
        return await self._map(guild_id)

    def fitting(self, known: Recommender, evening: WatchRequest) -> tuple[Film, ...]:
        """The films that are all that is asked of the evening."""
        return tuple(film for film in known.catalogue.films if evening.accepts(film, self._moods))

    async def loosened(self, evening: WatchRequest, guild_id: int | None) -> dict[str, int]:
        """Which single wish, given up, would leave films, and how many."""
        await self._films.ensure_loaded(guild_id)
        seen = self._films.catalogue_for(guild_id)
        return await asyncio.to_thread(lambda: loosened(seen.films, evening, self._moods))

    async def _map(self, guild_id: int | None) -> Recommender:
        await self._films.ensure_loaded(guild_id)
        shared = await self._map_of_shared()
        seen = self._films.catalogue_for(guild_id)
        if guild_id is None or seen is shared.catalogue:
            return shared
        base, known = self._own.get(guild_id, (None, None))
        if known is None or base is not shared or known.catalogue is not seen:
            known = await in_thread(_map, seen, shared)
            self._own[guild_id] = shared, known
        self._own.move_to_end(guild_id)
        while len(self._own) > _SERVERS:
            self._own.popitem(last=False)
        return known

    async def _map_of_shared(self) -> Recommender:
        async with self._making:
            catalogue = self._films.catalogue
            if self._shared is None or self._shared.catalogue is not catalogue:
                self._shared = await in_thread(_map, catalogue)
            return self._shared


def _map(catalogue: Catalogue, base: Recommender | None = None) -> Recommender:
    if base is not None and all(film is base.catalogue.by_slug.get(film.slug) for film in catalogue.films):
        return Recommender(catalogue, base.told, base)  # which may tell of films that are hidden here
    return Recommender(catalogue, FullTextSimilarity(catalogue.films).near, base)
