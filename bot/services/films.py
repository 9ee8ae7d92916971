"""The list of films: brought up to date from the entry files, answered from memory, seen by each server as its own."""

import asyncio
import contextlib
from collections.abc import Mapping
from random import Random
from typing import Final, NamedTuple

from bot.domain.catalogue import Catalogue
from bot.domain.curated import Reading, SeedPlan, plan_seed
from bot.domain.errors import FilmNotFound, FilmRemoved, MemoryFailed, NothingMatches
from bot.domain.films import Film
from bot.domain.filters import FilmFilter
from bot.domain.overlays import Overlay, PackedOverlay
from bot.storage import films, picks
from bot.storage.database import Database
from bot.storage.tables import SHARED

_NOTHING_OWN = Overlay()


# Servers whose films are kept at hand. Unpacking those of another takes a few milliseconds, once.
_RECENT: Final = 32


class _Seen(NamedTuple):
    """What a server has made of the list, and the list as it sees it."""

    overlay: Overlay
    catalogue: Catalogue


class Films:
    """Answers which films there are.

    Look-ups are answered from memory, so they neither wait for the database nor fail with it. `refresh`
    exchanges what has been changed meanwhile, in this process or in another.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._catalogue = Catalogue.of(())
        self._overlays: dict[int, PackedOverlay] = {}
        self._revisions: Mapping[int, int] = {}
        self._seen: dict[int, _Seen] = {}  # the one asked for last at the end
        self._refreshing = asyncio.Lock()  # so that an older look never overwrites a newer one

    @property
    def catalogue(self) -> Catalogue:
        """The shared list as last seen."""
        return self._catalogue

    def overlay(self, guild_id: int) -> Overlay:
        """What the server has made of the shared list."""
        return self._recent(guild_id).overlay if guild_id in self._overlays else _NOTHING_OWN

    def seen_in(self, guild_id: int | None) -> Catalogue:
        """The list as this server sees it; a direct message sees the shared one."""
        if guild_id is None or guild_id not in self._overlays:
            return self._catalogue
        return self._recent(guild_id).catalogue

    def _recent(self, guild_id: int) -> "_Seen":
        seen = self._seen.pop(guild_id, None)
        if seen is None:
            overlay = self._overlays[guild_id].unpacked()
            seen = _Seen(overlay, overlay.over(self._catalogue))
        self._seen[guild_id] = seen
        if len(self._seen) > _RECENT:
            del self._seen[next(iter(self._seen))]
        return seen

    async def seed(self, reading: Reading) -> SeedPlan:
        """Make the stored shared list equal to the files, and look at it; tells what that took."""
        async with self._database.begin() as tx:
            await films.write(tx)
            plan = plan_seed(reading, await films.known(tx))
            if not plan.is_empty:
                await films.apply(tx, plan)
        await self.refresh()
        return plan

    async def refresh(self) -> bool:
        """Look whether any list has changed, and take it up if so; tells whether one had."""
        async with self._refreshing, self._database.read() as tx:
            revisions = await films.every_revision(tx)
            moved = {scope for scope, number in revisions.items() if self._revisions.get(scope) != number}
            gone = self._revisions.keys() - revisions.keys()
            if not (moved or gone):
                return False
            # One by one, so that never more than one server's films are there unpacked.
            overlays = {
                guild_id: PackedOverlay.of((await films.overlays(tx, (guild_id,)))[guild_id])
                for guild_id in moved - {SHARED}
            }
            shared = self._catalogue
            if SHARED in moved:
                present = await films.present(tx)
                shared = await asyncio.to_thread(shared.turned_into, present, revisions[SHARED])
            kept = {guild_id: overlay for guild_id, overlay in self._overlays.items() if guild_id not in gone}
            self._overlays = {**kept, **overlays}
            changed = moved | gone
            self._seen = {k: seen for k, seen in self._seen.items() if SHARED not in changed and k not in changed}
            self._catalogue, self._revisions = shared, revisions
        return True

    async def catch_up(self) -> None:
        """Take up what this process has just written.

        What is written stays written, so a database that fails only now is no failure of the act: `refresh`,
        which is asked again and again, finds it later.
        """
        with contextlib.suppress(MemoryFailed):
            await self.refresh()

    async def get(self, slug: str, guild_id: int | None = None) -> Film:
        """The film of that slug, as the server sees it. Raises `FilmRemoved` or `FilmNotFound`.

        Only a film that is not in the snapshot costs a look into the database: it may have been
        added elsewhere a moment ago, or taken off.
        """
        if (film := self.seen_in(guild_id).by_slug.get(slug)) is not None:
            return film
        await self.refresh()
        if (film := self.seen_in(guild_id).by_slug.get(slug)) is not None:
            return film
        async with self._database.read() as tx:
            own = None if guild_id is None else await films.get(tx, slug, guild_id)
            gone = own or await films.get(tx, slug)
        if gone is None:
            raise FilmNotFound(slug)
        raise FilmRemoved(gone.name)

    async def pick(self, guild_id: int | None, wanted: FilmFilter, chance: Random) -> Film:
        """A film by chance that this server has not been given since its list last ran out.

        A direct message (`guild_id` is None) has no such memory. Raises `NothingMatches`.
        """
        candidates = wanted.among(self.seen_in(guild_id).films)
        if not candidates:
            raise NothingMatches
        if guild_id is None:
            return chance.choice(candidates)
        async with self._database.begin() as tx:
            shown = await picks.shown(tx, guild_id)
            fresh = [film for film in candidates if film.slug not in shown]
            if not fresh:
                await picks.forget(tx, guild_id, [film.slug for film in candidates])
            film = chance.choice(fresh or candidates)
            await picks.add(tx, guild_id, film.slug)
        return film
