"""The film of the week as curators keep it: when, where, from what, and what comes next."""

import datetime
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from bot.domain.errors import AlreadyDone
from bot.domain.films.films import Film
from bot.domain.guilds.settings import Actor
from bot.domain.spotlight.draws import Chosen, Waiting, draws, skipped
from bot.domain.spotlight.plans import (
    MOST_QUEUED,
    SHOWN,
    NothingToDraw,
    PicksChanged,
    Plan,
    QueueFull,
    SpotlightNeedsChannel,
    Trouble,
)
from bot.domain.spotlight.sources import Order, SourceKind, order_of
from bot.services.collections import Collections
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.db import film_counts, guilds, spotlight
from bot.storage.db.database import Database, Transaction
from bot.storage.db.spotlight import Spotlight as Stored


class Upcoming(NamedTuple):
    """A film that is to come, and when."""

    slot: datetime.date
    at: datetime.datetime
    film: Film
    how: Chosen


class Overview(NamedTuple):
    """All that a curator is shown."""

    plan: Plan
    trouble: Trouble | None
    upcoming: Sequence[Upcoming]
    queue: Sequence[Film]


class _View(NamedTuple):
    """What is stored, as far as an act needs it."""

    stored: Stored
    waiting: Waiting
    zone: str
    order: Order


_Step = Callable[[Transaction, _View], Awaitable[None]]


class Spotlight:
    """Keeps what curators decide.

    All but `order` and `plan` raise `CuratorsOnly`; each act gives back what is shown then.
    """

    def __init__(self, database: Database, films: Films, collections: Collections, all_guilds: Guilds) -> None:
        self._database = database
        self._films = films
        self._collections = collections
        self._guilds = all_guilds

    async def plan(self, guild_id: int) -> Plan:
        """What is decided in that server."""
        async with self._database.read() as tx:
            return (await spotlight.get(tx, guild_id)).plan

    async def overview(self, actor: Actor, now: datetime.datetime) -> Overview:
        """What is decided, and the next films; as they would come, where it is off."""
        self._guilds.require_curator(actor)
        await self._films.ensure_loaded(actor.guild_id)
        async with self._database.read() as tx:
            zone = self._guilds.settings(actor.guild_id).time_zone
            return await self._overview(tx, actor.guild_id, await self._view(tx, actor.guild_id, zone), now)

    async def change(self, actor: Actor, values: Mapping[str, Any], now: datetime.datetime) -> Overview:
        """Decide some of it; to switch it on also forgets why it had stopped.

        Raises `SpotlightNeedsChannel`, `NothingToDraw`, or pydantic's `ValidationError`.
        """

        async def step(tx: Transaction, view: _View) -> None:
            before = view.stored.plan
            plan = Plan.model_validate({**before.model_dump(), **values})
            if plan.is_on and plan.channel_id is None:
                raise SpotlightNeedsChannel
            if plan.is_on and not (await self.order(tx, actor.guild_id, plan))(view.waiting.round):
                raise NothingToDraw
            trouble = None if values.get("is_on") else view.stored.trouble
            kept = Stored(plan, view.stored.next_slot, view.stored.next_at or now, trouble)
            # What is due just now, or being posted, is not missed because of a change that leaves the days alone.
            is_same = before.is_on and plan.is_on and before.schedule == plan.schedule
            is_idle = not plan.is_on or await spotlight.unfinished(tx, actor.guild_id) is None
            if is_idle and not is_same:
                kept = await spotlight.planned(tx, actor.guild_id, kept, view.zone, now)
            await spotlight.put(tx, actor.guild_id, kept)

        return await self._act(actor, step, now)

    async def skip(self, actor: Actor, slot: datetime.date, slug: str, now: datetime.datetime) -> Overview:
        """Let the film of that day wait until all others have come. Raises `PicksChanged` or `NothingToDraw`."""

        async def step(tx: Transaction, view: _View) -> None:
            upcoming = await self._upcoming(tx, actor.guild_id, view, now)
            if (slot, slug) not in [(each.slot, each.film.slug) for each in upcoming]:
                raise PicksChanged
            coming = {each.film.slug for each in upcoming}
            passed = skipped(view.waiting, view.order, slot, slug, coming)
            await spotlight.put_waiting(tx, actor.guild_id, view.waiting, passed)

        return await self._act(actor, step, now)

    async def choose(self, actor: Actor, slot: datetime.date, slug: str, now: datetime.datetime) -> Overview:
        """Have this film on that day; what would have come then comes next. Raises `PicksChanged`, `FilmNotFound`."""
        film = await self._films.get(slug, actor.guild_id)

        async def step(tx: Transaction, view: _View) -> None:
            upcoming = await self._upcoming(tx, actor.guild_id, view, now)
            if slot not in [each.slot for each in upcoming]:
                raise PicksChanged
            there = view.waiting.chosen.get(slot)
            waiting = _taken_out(view.waiting, film.slug)
            # What a curator had chosen for the day before is not lost.
            queue = waiting.queue if there in (None, film.slug) else (there, *waiting.queue)
            chosen = {**waiting.chosen, slot: film.slug}
            await spotlight.put_waiting(tx, actor.guild_id, view.waiting, waiting._replace(queue=queue, chosen=chosen))

        return await self._act(actor, step, now)

    async def queue(self, actor: Actor, slug: str, now: datetime.datetime) -> Overview:
        """Have this film as soon as those queued before it have come. Raises `QueueFull`, `AlreadyDone`."""
        film = await self._films.get(slug, actor.guild_id)

        async def step(tx: Transaction, view: _View) -> None:
            waiting = view.waiting
            if film.slug in (*waiting.queue, *waiting.chosen.values()):
                raise AlreadyDone
            if len(waiting.queue) >= MOST_QUEUED:
                raise QueueFull
            queued = _taken_out(waiting, film.slug)
            await spotlight.put_waiting(tx, actor.guild_id, waiting, queued._replace(queue=(*queued.queue, film.slug)))

        return await self._act(actor, step, now)

    async def unqueue(self, actor: Actor, slug: str, now: datetime.datetime) -> Overview:
        """Take a film out of the queue, or from the day that it was chosen for; it comes again by lot."""

        async def step(tx: Transaction, view: _View) -> None:
            await spotlight.put_waiting(tx, actor.guild_id, view.waiting, _taken_out(view.waiting, slug))

        return await self._act(actor, step, now)

    async def order(self, tx: Transaction, guild_id: int, plan: Plan) -> Order:
        """In which order the plan's source is drawn from. The server's list is to be loaded before."""
        films, wants, source = self._films.catalogue_for(guild_id).films, dict[str, int](), plan.source
        if source.kind is SourceKind.COLLECTION:
            known = self._collections.catalogue_for(guild_id)
            found = next((each.films for each in known if each.collection.slug == source.name), ())
            films = tuple(film for film, _ in found)
        elif source.kind is SourceKind.THEME:
            films = tuple(film for film in films if source.name in film.themes)
        elif source.kind is SourceKind.WANTED:
            wants = dict(await film_counts.wants(tx, guild_id))
        return order_of(source, guild_id, films, wants)

    async def _act(self, actor: Actor, step: _Step, now: datetime.datetime) -> Overview:
        self._guilds.require_curator(actor)
        guild_id = actor.guild_id
        await self._films.ensure_loaded(guild_id)
        async with self._database.begin() as tx:
            zone = (await guilds.write(tx, guild_id)).time_zone
            await step(tx, await self._view(tx, guild_id, zone))
            return await self._overview(tx, guild_id, await self._view(tx, guild_id, zone), now)

    async def _view(self, tx: Transaction, guild_id: int, zone: str) -> _View:
        stored = await spotlight.get(tx, guild_id)
        waiting = await spotlight.waiting(tx, guild_id)
        present = self._films.catalogue_for(guild_id).by_slug
        return _View(stored, waiting.among(present), zone, await self.order(tx, guild_id, stored.plan))

    async def _overview(self, tx: Transaction, guild_id: int, view: _View, now: datetime.datetime) -> Overview:
        by_slug = self._films.catalogue_for(guild_id).by_slug
        queue = [by_slug[slug] for slug in view.waiting.queue]
        return Overview(view.stored.plan, view.stored.trouble, await self._upcoming(tx, guild_id, view, now), queue)

    async def _upcoming(
        self, tx: Transaction, guild_id: int, view: _View, now: datetime.datetime
    ) -> Sequence[Upcoming]:
        by_slug, schedule = self._films.catalogue_for(guild_id).by_slug, view.stored.plan.schedule
        first = schedule.next_slot(now, view.zone, await spotlight.last_slot(tx, guild_id))
        slots = islice(schedule.slots(first), SHOWN)
        found = draws(view.waiting, view.order, slots)
        return [Upcoming(d.slot, schedule.moment(d.slot, view.zone), by_slug[d.slug], d.how) for d in found]


def _taken_out(waiting: Waiting, slug: str) -> Waiting:
    """Without the film, wherever it waits."""
    queue = tuple(other for other in waiting.queue if other != slug)
    return waiting._replace(queue=queue, chosen={day: s for day, s in waiting.chosen.items() if s != slug})
