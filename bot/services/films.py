"""The list of films: brought up to date from the entry files, answered from memory, seen by each server as its own."""

import asyncio
import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, NamedTuple

from bot.domain.catalogue import Catalogue
from bot.domain.curated import Reading, SeedPlan, plan_seed
from bot.domain.errors import FilmNotFound, FilmRemoved, MemoryFailed, NothingMatches
from bot.domain.facets import Facets
from bot.domain.films import Film
from bot.domain.filters import FilmFilter
from bot.domain.orders import Order
from bot.domain.overlays import Overlay, PackedOverlay
from bot.services.long_work import in_thread
from bot.services.mentions import MentionIndexes
from bot.storage import films, picks
from bot.storage.database import Database
from bot.storage.tables import SHARED

_NOTHING: Final = Catalogue.of(())
_NOTHING_OWN: Final = Overlay()
# Servers whose lists are kept at hand. Having another one's at hand takes a few milliseconds, once.
_RECENT: Final = 32


# The slugs that have changed in a server, or None for all, and how they stand now.
_Changes = tuple[frozenset[str] | None, Overlay]


class _Seen(NamedTuple):
    """What a server has made of the list, and the list as it sees it."""

    overlay: Overlay
    catalogue: Catalogue

    @classmethod
    def of(cls, overlay: Overlay, shared: Catalogue) -> "_Seen":
        """Over this shared list."""
        return cls(overlay, overlay.over(shared))


@dataclass
class _News:
    """What a look into the database has found: films of the shared list, and of servers."""

    revisions: Mapping[int, films.Revision]
    gone: Collection[int]
    # The slugs that have changed, or None for all, and the films that there are of them.
    shared: tuple[frozenset[str] | None, tuple[Film, ...]] | None = None
    whole: dict[int, PackedOverlay] = field(default_factory=dict[int, PackedOverlay])
    changes: dict[int, _Changes] = field(default_factory=dict[int, _Changes])


class Films:
    """Answers which films there are.

    Look-ups are answered from memory, so they neither wait for the database nor fail with it. `refresh`
    takes up, film by film, what has been changed meanwhile, in this process or in another.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._catalogue = _NOTHING
        self._overlays: dict[int, PackedOverlay] = {}
        self._revisions: Mapping[int, films.Revision] = {}
        self._seen: dict[int, _Seen] = {}  # the one asked for last at the end
        self._mentions = MentionIndexes()
        self._waking: dict[int, asyncio.Future[None]] = {}
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
        """Have a server's list at hand before anybody waits for it, made in a thread; costs nothing where it is."""
        while guild_id is not None and guild_id in self._overlays and guild_id not in self._seen:
            if guild_id not in self._waking:
                self._waking[guild_id] = asyncio.ensure_future(self._unpack(guild_id))
            await asyncio.shield(self._waking[guild_id])

    async def _unpack(self, guild_id: int) -> None:
        packed, shared = self._overlays[guild_id], self._catalogue
        try:
            seen = await in_thread(_unpacked, packed, shared)
        finally:
            del self._waking[guild_id]
        if self._overlays.get(guild_id) is packed and self._catalogue is shared:  # nothing has changed meanwhile
            self._keep(guild_id, seen)

    def _recent(self, guild_id: int) -> _Seen:
        seen = self._seen.pop(guild_id, None)
        return self._keep(guild_id, seen or _Seen.of(self._overlays[guild_id].unpacked(), self._catalogue))

    def _keep(self, guild_id: int, seen: _Seen) -> _Seen:
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
        async with self._refreshing:
            news = await self._look_for_news()
            if news is None:
                return False
            shared = self._catalogue
            if news.shared is not None:
                slugs, put = news.shared
                base, gone = (_NOTHING, ()) if slugs is None else (shared, slugs)
                shared = await in_thread(base.changed, put, gone)
            changed: dict[int, tuple[PackedOverlay, _Seen]] = {}
            for guild_id, (slugs, now) in news.changes.items():
                known = self._seen[guild_id].overlay if guild_id in self._seen else self._overlays.get(guild_id)
                before = _NOTHING_OWN if slugs is None or known is None else known
                changed[guild_id] = await in_thread(_taken_up, before, slugs or frozenset(), now, shared)
            self._take_up(shared, news, changed)
        return True

    async def _look_for_news(self) -> _News | None:
        async with self._database.read() as tx:
            revisions = await films.every_revision(tx)
            moved = {scope for scope, revision in revisions.items() if self._revisions.get(scope) != revision}
            gone = self._revisions.keys() - revisions.keys()
            if not (moved or gone):
                return None
            news = _News(revisions, gone)
            # One by one, so that never more than one server's films are there unpacked.
            for scope in moved:
                since = revisions[scope].since(self._revisions.get(scope))
                slugs = None if since is None else await films.changed_since(tx, scope, since)
                if scope == SHARED:
                    news.shared = slugs, await films.present(tx, since)
                elif not self._revisions:  # the first look: all servers at once, and nobody waits for any
                    news.whole[scope] = await in_thread(PackedOverlay.of, await films.overlay(tx, scope))
                else:
                    news.changes[scope] = slugs, await films.overlay(tx, scope, since)
        return news

    def _take_up(self, shared: Catalogue, news: _News, changed: Mapping[int, tuple[PackedOverlay, _Seen]]) -> None:
        packed = {**self._overlays, **news.whole, **{guild_id: each for guild_id, (each, _) in changed.items()}}
        self._overlays = {guild_id: each for guild_id, each in packed.items() if guild_id not in news.gone}
        recent = {} if news.shared is not None else self._seen
        self._seen = {k: seen for k, seen in recent.items() if not (k in news.gone or k in news.whole or k in changed)}
        for guild_id, (_, seen) in changed.items():
            self._keep(guild_id, seen)
        self._catalogue, self._revisions = shared, news.revisions

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

    async def mentioned(self, texts: Sequence[str], guild_id: int | None) -> tuple[Film, ...]:
        """The films of the server's list that the texts name, in the order in which they do; found in a thread."""
        overlay = _NOTHING_OWN if guild_id is None else self.overlay(guild_id)
        index = await self._mentions.over(self._catalogue, guild_id, overlay)
        return await asyncio.to_thread(index.find, *texts)

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


def _unpacked(packed: PackedOverlay, shared: Catalogue) -> _Seen:
    seen = _Seen.of(packed.unpacked(), shared)
    seen.overlay.removed.warmed()
    seen.catalogue.warmed()
    return seen


def _taken_up(
    known: Overlay | PackedOverlay, slugs: frozenset[str], now: Overlay, shared: Catalogue
) -> tuple[PackedOverlay, _Seen]:
    """A server's list once these slugs stand as they do now: packed, and at hand."""
    before = known.unpacked() if isinstance(known, PackedOverlay) else known
    seen = _Seen.of(before.changed(slugs, now), shared)
    seen.catalogue.warmed()
    return PackedOverlay.of(seen.overlay), seen
