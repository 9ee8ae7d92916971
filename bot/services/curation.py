"""What curators do to the list of their server: each act is one transaction with its change record."""

import dataclasses
import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, NamedTuple

from bot.domain.curation.changes import Change, ChangeKind, GuildFilmState, film_of, reverted
from bot.domain.errors import AlreadyDone, ChangedSince, FilmNotFound, NotShared
from bot.domain.guilds.settings import Actor
from bot.services.background import in_thread, put_off_collection
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.db import changes, films
from bot.storage.db.database import Database, Transaction

# How a standing becomes another, given the shared film's body.
_Step = Callable[[GuildFilmState, str | None], GuildFilmState]
_ABSENT: Final = GuildFilmState()


class BatchUndone(NamedTuple):
    """How many films of an import were taken back, and the names of those that have been changed since."""

    undone: int
    left: tuple[str, ...]


class Curation:
    """Takes films off a server's list and puts them back, remembers who did what, and takes it back.

    Each method raises `CuratorsOnly`, and `AlreadyDone` where nothing would change.
    """

    def __init__(self, database: Database, all_films: Films, guilds: Guilds) -> None:
        self._database = database
        self._films = all_films
        self._guilds = guilds

    async def remove(self, actor: Actor, slug: str, now: datetime.datetime) -> Change:
        """Take a film off this server's list: its own, or its own version of a shared one. Else as `hide`."""

        def step(standing: GuildFilmState, shared: str | None) -> GuildFilmState:
            return _set(standing, removed=True) if standing.own is not None else _hidden(standing, shared)

        return await self._alter(actor, slug, ChangeKind.REMOVE, step, now)

    async def restore(self, actor: Actor, slug: str, now: datetime.datetime) -> Change:
        """Put a removed film back on the list."""
        return await self._alter(
            actor, slug, ChangeKind.RESTORE, lambda standing, _: _set(standing, removed=False), now
        )

    async def hide(self, actor: Actor, slug: str, now: datetime.datetime) -> Change:
        """Take a shared film off this server's list. Raises `NotShared`."""
        return await self._alter(actor, slug, ChangeKind.HIDE, _hidden, now)

    async def unhide(self, actor: Actor, slug: str, now: datetime.datetime) -> Change:
        """Put a hidden film back on the list."""
        return await self._alter(actor, slug, ChangeKind.UNHIDE, lambda standing, _: _set(standing, hidden=False), now)

    async def reset(self, actor: Actor, slug: str, now: datetime.datetime) -> Change:
        """Give up this server's own version of a shared film. Raises `NotShared`."""

        def step(standing: GuildFilmState, shared: str | None) -> GuildFilmState:
            if shared is None:
                raise NotShared
            return _set(standing, own=None, removed=False)

        return await self._alter(actor, slug, ChangeKind.RESET, step, now)

    async def history(self, actor: Actor, slug: str | None, below: int | None, limit: int) -> tuple[Change, ...]:
        """Changes of the list or of one film, the latest first; `below` goes on after that number."""
        self._guilds.require_curator(actor)
        async with self._database.read() as tx:
            return await changes.latest(tx, actor.guild_id, slug=slug, below=below, limit=limit)

    async def undo(self, actor: Actor, number: int, now: datetime.datetime) -> Change:
        """Take one change back, and nothing that came after it. Raises `ChangedSince`."""
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            await films.write(tx, actor.guild_id)
            change = await changes.get(tx, actor.guild_id, number)
            if change is None:
                raise AlreadyDone
            if change.settings is not None:
                undone = await self._guilds.take_back(tx, actor, change, now)
            else:
                slug = change.slug or ""
                standing, shared = await films.standing(tx, actor.guild_id, slug), await films.shared_body(tx, slug)
                undone = await record(tx, _undone(actor, change, standing, shared, now))
        await self._films.refresh_if_possible()
        await self._guilds.refresh_if_possible()
        return undone

    async def undo_batch(self, actor: Actor, batch: str, undo_id: str, now: datetime.datetime) -> BatchUndone:
        """Take back all that one import did, as the batch `undo_id`; films changed since are left as they are."""
        self._guilds.require_curator(actor)
        with put_off_collection():
            undone, left = await self._undo_batch(actor, batch, undo_id, now)
        await self._films.refresh_if_possible()
        return BatchUndone(len(undone), tuple(left))

    async def _undo_batch(
        self, actor: Actor, batch: str, undo_id: str, now: datetime.datetime
    ) -> tuple[list[Change], list[str]]:
        async with self._database.begin() as tx:
            await films.write(tx, actor.guild_id)
            standings, shared = await films.standings(tx, actor.guild_id), await films.known(tx)
            done = await changes.of_batch(tx, actor.guild_id, batch)
            undone, left = await in_thread(_all_undone, actor, undo_id, done, standings, shared, now)
            if not (undone or left):
                raise AlreadyDone
            await record_all(tx, actor.guild_id, undone)
        return undone, left

    async def _alter(self, actor: Actor, slug: str, act: ChangeKind, step: _Step, now: datetime.datetime) -> Change:
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            await films.write(tx, actor.guild_id)
            before, shared = await films.standing(tx, actor.guild_id, slug), await films.shared_body(tx, slug)
            if before == _ABSENT and shared is None:
                raise FilmNotFound(slug)
            after = step(before, shared)
            change = Change(actor.guild_id, now, actor.member_id, act, slug, before, after, shared)
            change = await record(tx, change)
        await self._films.refresh_if_possible()
        return change


async def record(tx: Transaction, change: Change) -> Change:
    """Let the film stand as the change says, and record it. Raises `AlreadyDone` where it stands so."""
    if change.before == change.after or change.slug is None:
        raise AlreadyDone
    await films.put(tx, change.guild_id, change.slug, change.after)
    return dataclasses.replace(change, number=await changes.add(tx, change))


async def record_all(tx: Transaction, guild_id: int, made: Collection[Change]) -> None:
    """Let many films stand as their changes say, and record it."""
    if made:
        await films.put_all(tx, guild_id, {change.slug: change.after for change in made if change.slug})
        await changes.add_all(tx, made)


def _all_undone(
    actor: Actor,
    batch: str,
    made: Iterable[Change],
    standings: Mapping[str, GuildFilmState],
    shared: Mapping[str, str | None],
    at: datetime.datetime,
) -> tuple[list[Change], list[str]]:
    """The batch of changes that takes others back, and the names of the films that have been changed since."""
    undone, left = list[Change](), list[str]()
    for change in made:
        slug = change.slug or ""
        try:
            taken = _undone(actor, change, standings.get(slug, _ABSENT), shared.get(slug), at)
            undone.append(dataclasses.replace(taken, batch=batch))
        except AlreadyDone:
            continue
        except ChangedSince:
            left.append(change.film.name if change.film else slug)
    return undone, left


def _undone(
    actor: Actor, change: Change, now_standing: GuildFilmState, shared: str | None, at: datetime.datetime
) -> Change:
    """The change that takes another one back."""
    if now_standing == change.before and now_standing != change.after:
        raise AlreadyDone
    wanted = reverted(change, now_standing, shared)
    if wanted.own is not None and film_of(wanted.own) is None:  # by today's rules it is no film any more
        raise ChangedSince
    return Change(actor.guild_id, at, actor.member_id, ChangeKind.UNDO, change.slug, now_standing, wanted, shared)


def _hidden(standing: GuildFilmState, shared: str | None) -> GuildFilmState:
    if shared is None or standing.own is not None:
        raise NotShared
    return _set(standing, hidden=True)


def _set(standing: GuildFilmState, **values: bool | None) -> GuildFilmState:
    return standing.model_copy(update=values)
