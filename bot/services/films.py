"""The list of films: brought up to date from the entry files, answered from memory, seen by each server as its own."""

import asyncio
import contextlib
from collections.abc import Collection, Mapping
from random import Random
from typing import Final, NamedTuple

from bot.domain.catalogue import Catalogue
from bot.domain.curated import Reading, SeedPlan, plan_seed
from bot.domain.errors import FilmNotFound, FilmRemoved, MemoryFailed, NothingMatches
from bot.domain.facets import Facets
from bot.domain.films import Film
from bot.domain.filters import FilmFilter
from bot.domain.mentions import mentioned
from bot.domain.orders import Order
from bot.domain.overlays import Overlay, PackedOverlay
from bot.services.long_work import in_thread
from bot.storage import films, picks
from bot.storage.database import Database, Transaction
from bot.storage.tables import SHARED

_NOTHING: Final = Catalogue.of(())
_NOTHING_OWN: Final = Overlay()
# Servers whose lists are kept at hand. Having another one's at hand takes a few milliseconds, once.
_RECENT: Final = 32


class _Seen(NamedTuple):
    """What a server has made of the list, and the list as it sees it."""

    overlay: Overlay
    catalogue: Catalogue


class _Now(NamedTuple):
    """A server's list as it is kept, and as it is at hand if it was so before."""

    packed: PackedOverlay
    overlay: Overlay | None


class Films:
    """Answers which films there are.

    Look-ups are answered from memory, so they neither wait for the database nor fail with it. `refresh`
    takes up, film by film, what has been changed meanwhile, in this process or in another.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._catalogue = _NOTHING
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

    async def wake(self, guild_id: int | None) -> None:
        """Have a server's long list at hand, in a thread, before anybody waits for it; costs nothing where it is."""
        packed = None if guild_id is None else self._overlays.get(guild_id)
        if guild_id is None or packed is None or packed.is_small or guild_id in self._seen:
            return
        overlay = await in_thread(packed.unpacked)
        if self._overlays.get(guild_id) is packed:  # nothing has changed meanwhile
            self._keep(guild_id, overlay)

    def _recent(self, guild_id: int) -> _Seen:
        seen = self._seen.pop(guild_id, None)
        if seen is None:
            return self._keep(guild_id, self._overlays[guild_id].unpacked())
        self._seen[guild_id] = seen
        return seen

    def _keep(self, guild_id: int, overlay: Overlay) -> _Seen:
        seen = self._seen[guild_id] = _Seen(overlay, overlay.over(self._catalogue))
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
            shared = await self._shared_now(tx, revisions[SHARED]) if SHARED in moved else self._catalogue
            # One by one, so that never more than one server's films are there unpacked.
            now = {scope: await self._overlay_now(tx, scope, revisions[scope]) for scope in moved - {SHARED}}
            self._take_up(shared, now, gone)
            self._revisions = revisions
        return True

    async def _shared_now(self, tx: Transaction, number: int) -> Catalogue:
        since = self._since(SHARED, number)
        if since is None:
            return await in_thread(_NOTHING.changed, await films.present(tx), (), number)
        slugs, put = await films.changed_since(tx, SHARED, since), await films.present(tx, since)
        gone = slugs - {film.slug for film in put}
        return await in_thread(self._catalogue.changed, put, gone, number)

    async def _overlay_now(self, tx: Transaction, guild_id: int, number: int) -> "_Now":
        """A server's list as it is stored, unpacked where it was."""
        seen, since = self._seen.get(guild_id), self._since(guild_id, number)
        if since is None:
            return await in_thread(_now, await films.overlay(tx, guild_id), seen)
        slugs, changes = await films.changed_since(tx, guild_id, since), await films.overlay(tx, guild_id, since)
        before = seen.overlay if seen is not None else await in_thread(self._overlays[guild_id].unpacked)
        return await in_thread(_now, await in_thread(before.changed, slugs, changes), seen)

    def _since(self, scope: int, number: int) -> int | None:
        """The revision from which on a list is taken up; None where all of it is, as when it was begun anew."""
        known = self._revisions.get(scope)
        return known if known is not None and known < number else None

    def _take_up(self, shared: Catalogue, now: Mapping[int, "_Now"], gone: Collection[int]) -> None:
        self._catalogue = shared
        packed = {**self._overlays, **{guild_id: each.packed for guild_id, each in now.items()}}
        self._overlays = {guild_id: each for guild_id, each in packed.items() if guild_id not in gone}
        recent, self._seen = self._seen, {}
        for guild_id, seen in recent.items():
            each = now.get(guild_id)
            overlay = seen.overlay if each is None else each.overlay
            if overlay is not None and guild_id in self._overlays:
                self._keep(guild_id, overlay)

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

    async def look(self, guild_id: int | None, wanted: FilmFilter, order: Order = Order.NEWEST) -> Facets:
        """The server's list through a filter, in this order; worked out in a thread, unless it is known."""
        seen = self.seen_in(guild_id)
        if not wanted.asked and order is Order.NEWEST:
            return seen.facets(wanted)
        return await asyncio.to_thread(lambda: seen.facets(wanted).ordered(order))

    async def mentioned(self, text: str, guild_id: int | None) -> tuple[Film, ...]:
        """The films of the server's list that the text names, in the order in which it does; in a thread."""
        return await asyncio.to_thread(mentioned, text, self.seen_in(guild_id).films)

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


def _now(overlay: Overlay, seen: _Seen | None) -> _Now:
    return _Now(PackedOverlay.of(overlay), overlay if seen is not None else None)
