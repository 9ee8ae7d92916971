"""The list of films: brought up to date from the entry files, answered from memory, seen by each server as its own."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.facets import Facets
from bot.domain.catalogue.filters import FilmFilter
from bot.domain.catalogue.orders import Order
from bot.domain.catalogue.overlays import Overlay
from bot.domain.errors import FilmNotFound, FilmRemoved, NothingMatches, StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.films.loading import LoadResult, SeedPlan, plan_seed
from bot.services.background import in_thread
from bot.services.mentions import MentionIndexes
from bot.services.own_lists import Change, OwnLists
from bot.storage.db import films, picks, revisions
from bot.storage.db.database import Database, Transaction
from bot.storage.db.tables import SHARED

_NOTHING: Final = Catalogue.of(())


class _News(NamedTuple):
    """What a look into the database has found."""

    number: int  # of the last change
    # The slugs that have changed on the shared list, or None for all, and the films that there are of them.
    shared: tuple[frozenset[str] | None, tuple[Film, ...]] | None
    own: Mapping[int, Change]  # of the servers at hand


_NOTHING_LEFT: Final[Change] = None, Overlay()


class Films:
    """Answers which films there are.

    Look-ups are answered from memory, so they neither wait for the database nor fail with it: the shared list is
    always there, a server's own once it has been loaded. `refresh` takes up, film by film, what has been changed
    meanwhile, in this process or in another, as far as it is in memory here.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lists = OwnLists(database, _NOTHING)
        self._mentions = MentionIndexes()
        self._number: int | None = None  # of the last change that has been taken up; None before the first look
        self._refreshing = asyncio.Lock()  # so that an older look never overwrites a newer one

    @property
    def catalogue(self) -> Catalogue:
        """The shared list as last seen."""
        return self._lists.shared

    @property
    def revision(self) -> int:
        """The number of the last change that has been taken up; 0 before the first look."""
        return self._number or 0

    def overlay(self, guild_id: int) -> Overlay:
        """What the server has made of the shared list. To be woken first."""
        return self._lists.seen(guild_id).overlay

    def catalogue_for(self, guild_id: int | None) -> Catalogue:
        """The list as this server sees it, to be woken first; a direct message sees the shared one."""
        return self.catalogue if guild_id is None else self._lists.seen(guild_id).catalogue

    async def ensure_loaded(self, guild_id: int | None) -> None:
        """Have a server's list at hand before anybody waits for it. Raises `StorageUnavailable`."""
        if guild_id is not None:
            await self._lists.ensure_loaded(guild_id)

    async def announce(self, guild_ids: Iterable[int]) -> None:
        """Find out which of these servers have nothing of their own, so that they can be answered in an outage, too.

        Raises `StorageUnavailable`.
        """
        async with self._refreshing, self._database.read() as tx:
            await self._lists.announce(tx, list(guild_ids))

    def let_go(self, guild_ids: Iterable[int]) -> None:
        """Keep nothing more of these servers in memory."""
        self._lists.let_go(guild_ids)

    async def seed(self, reading: LoadResult) -> SeedPlan:
        """Make the stored shared list equal to the files, and look at it; tells what that took."""
        async with self._database.begin() as tx:
            await films.write(tx)
            plan = plan_seed(reading, await films.known(tx))
            if not plan.is_empty:
                await films.apply(tx, plan)
        await self.refresh()
        return plan

    def hints(self) -> AsyncGenerator[None]:
        """A turn whenever there may be something to take up, as far as the database tells."""
        return self._database.hints()

    async def refresh(self) -> bool:
        """Look whether any list has changed, and take it up if so; tells whether one had."""
        async with self._refreshing:
            async with self._database.read() as tx:
                news = await (self._first_look(tx) if self._number is None else self._look_for_news(tx, self._number))
            if news is None:
                return False
            shared = self.catalogue
            if news.shared is not None:
                slugs, put = news.shared
                base, gone = (_NOTHING, ()) if slugs is None else (shared, slugs)
                shared = await in_thread(base.changed, put, gone)
            changed = {each: await self._lists.changed(each, change, shared) for each, change in news.own.items()}
            ready = {guild_id: seen for guild_id, seen in changed.items() if seen is not None}
            self._lists.take_up(shared, ready)
            self._number = news.number
        return True

    async def _first_look(self, tx: Transaction) -> _News:
        """The shared list as it stands, however much has happened before."""
        number = await revisions.latest(tx)  # first: what changes from here on is found by the next look
        return _News(number, (None, await films.present(tx)), {})

    async def _look_for_news(self, tx: Transaction, since: int) -> _News | None:
        moved = await revisions.after(tx, since)
        if not moved:
            return None
        shared, own = None, dict[int, Change]()
        if SHARED in moved:
            slugs = await _changed_in(tx, SHARED, since)
            shared = slugs, await films.present(tx, None if slugs is None else since)
        is_erased = revisions.ERASED in moved
        if is_erased:  # whose films are gone is not told, so what has changed since is taken whole
            with_own = self._lists.with_own
            own = dict.fromkeys(with_own - await revisions.changed_among(tx, with_own), _NOTHING_LEFT)
        for guild_id in self._lists.followed(moved):
            slugs = None if is_erased else await _changed_in(tx, guild_id, since)
            own[guild_id] = slugs, await films.overlay(tx, guild_id, None if slugs is None else since)
        return _News(max(moved.values()), shared, own)

    async def refresh_if_possible(self) -> None:
        """Take up what this process has just written.

        What is written stays written, so a database that fails only now is no failure of the act: `refresh`,
        which is asked again and again, finds it later.
        """
        with contextlib.suppress(StorageUnavailable):
            await self.refresh()

    async def get(self, slug: str, guild_id: int | None = None) -> Film:
        """The film of that slug, as the server sees it. Raises `FilmRemoved` or `FilmNotFound`.

        Only a film that is not in the snapshot costs a look into the database: it may have been
        added elsewhere a moment ago, or taken off.
        """
        await self.ensure_loaded(guild_id)
        if (film := self.catalogue_for(guild_id).by_slug.get(slug)) is not None:
            return film
        await self.refresh()
        await self.ensure_loaded(guild_id)
        if (film := self.catalogue_for(guild_id).by_slug.get(slug)) is not None:
            return film
        async with self._database.read() as tx:
            own = None if guild_id is None else await films.get(tx, slug, guild_id)
            gone = own or await films.get(tx, slug)
        if gone is None:
            raise FilmNotFound(slug)
        raise FilmRemoved(gone.name)

    async def facets(self, guild_id: int | None, wanted: FilmFilter, order: Order = Order.NEWEST) -> Facets:
        """The server's list through a filter, in this order; worked out in a thread, unless it is known."""
        seen = self.catalogue_for(guild_id)
        if not wanted.asked and order is Order.NEWEST:
            return seen.facets(wanted)
        return await asyncio.to_thread(lambda: seen.facets(wanted).ordered(order))

    async def mentioned(self, texts: Sequence[str], guild_id: int | None) -> tuple[Film, ...]:
        """The films of the server's list that the texts name, in the order in which they do; found in a thread."""
        overlay = Overlay() if guild_id is None else self.overlay(guild_id)
        index = await self._mentions.over(self.catalogue, guild_id, overlay)
        return await asyncio.to_thread(index.find, *texts)

    def require_any(self, guild_id: int | None, wanted: FilmFilter) -> None:
        """Raise `NothingMatches` where no film of the server's list, to be woken first, passes the filter."""
        if not wanted.among(self.catalogue_for(guild_id).films):
            raise NothingMatches

    async def pick(self, guild_id: int | None, wanted: FilmFilter, chance: Random) -> Film:
        """A film by chance that this server has not been given since its list last ran out.

        A direct message (`guild_id` is None) has no such memory. Raises `NothingMatches`.
        """
        await self.ensure_loaded(guild_id)
        candidates = wanted.among(self.catalogue_for(guild_id).films)
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


async def _changed_in(tx: Transaction, scope: int, since: int) -> frozenset[str] | None:
    """The films that have changed there; None for all, as whoever changes a list by hand may not say in which films."""
    return await films.changed_since(tx, scope, since) or None
