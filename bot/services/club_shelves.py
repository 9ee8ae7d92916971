"""What the members of a server see of each other's shelves."""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from bot.domain.errors import StorageUnavailable
from bot.domain.shelves.counts import NO_COUNTS, FilmCounts
from bot.domain.shelves.marks import ALONE, Mark
from bot.storage.db import club_shelves, film_counts
from bot.storage.db.database import Database
from bot.storage.db.film_counts import Changed

log = logging.getLogger(__name__)

# Servers whose counts are at hand: of 5,000 films that are counted, about a megabyte each.
_SERVERS: Final = 500
# Seconds for which a card waits for counts that are not at hand yet; it can do without them.
_PATIENCE: Final = 0.3


class Interested(NamedTuple):
    """The ids of those who agreed to be seen: who wants a film, the longest first, and who has seen it."""

    wants: tuple[int, ...]
    seen: tuple[int, ...]


class ClubShelves:
    """Answers what a card says of the club from memory, as look-ups do."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = OrderedDict[int, Changed]()
        self._loading: dict[int, asyncio.Future[None]] = {}

    async def counts(self, guild_id: int | None, slug: str) -> FilmCounts:
        """What the server sees of the film; nothing in a direct message, and while the database does not answer."""
        if guild_id is None or guild_id == ALONE:
            return NO_COUNTS
        if guild_id not in self._known:
            if guild_id not in self._loading:
                self._loading[guild_id] = asyncio.ensure_future(self._load(guild_id))
            await asyncio.wait({self._loading[guild_id]}, timeout=_PATIENCE)
        known = self._known.get(guild_id)
        return NO_COUNTS if known is None else known.counts.get(slug, NO_COUNTS)

    async def refresh(self) -> None:
        """Look whether the shelves of any server that is at hand have changed in another process."""
        if not self._known:
            return
        async with self._database.read() as tx:
            numbers = await film_counts.revisions(tx, self._known)
        for guild_id, known in list(self._known.items()):
            number = numbers.get(guild_id, 0)
            if number > known.number:
                await self._take_up(guild_id)
            elif number < known.number:  # all of the server's was erased
                self._known.pop(guild_id, None)

    async def take_up(self, guild_id: int) -> None:
        """Take up what this process has just written, where the server's counts are at hand."""
        if guild_id in self._known:
            with contextlib.suppress(StorageUnavailable):  # it stays written, and `refresh` finds it later
                await self._take_up(guild_id)

    def forget(self) -> None:
        """Look everything up anew: something was erased."""
        self._known.clear()

    async def interested(self, guild_id: int, slug: str) -> Interested:
        """Who of those who agreed wants to see the film, and who has seen it."""
        async with self._database.read() as tx:
            wants, seen = await club_shelves.interested(tx, guild_id, slug)
        return Interested(tuple(wants), tuple(seen))

    async def of_several(self, guild_id: int, members: Collection[int]) -> Mapping[int, Mapping[str, Mark]]:
        """The marks of those of these members who agreed."""
        async with self._database.read() as tx:
            return await club_shelves.of_several(tx, guild_id, members)

    async def _load(self, guild_id: int) -> None:
        try:
            await self._take_up(guild_id)
        except StorageUnavailable as failure:
            log.warning("a card goes without counts (%s)", failure.reason)
        finally:
            del self._loading[guild_id]

    async def _take_up(self, guild_id: int) -> None:
        known = self._known.get(guild_id, Changed({}, 0))
        async with self._database.read() as tx:
            changed = await film_counts.changed_since(tx, guild_id, known.number)
        newest = self._known.get(guild_id, known)
        if changed.number >= newest.number:
            self._known[guild_id] = Changed({**newest.counts, **changed.counts}, changed.number)
            self._known.move_to_end(guild_id)
        while len(self._known) > _SERVERS:
            self._known.popitem(last=False)
