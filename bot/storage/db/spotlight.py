"""What servers have decided about their film of the week, what was posted when, and what waits for its turn.

Whoever changes any of it holds the server's settings (`guilds.write`), so that one does at a time; the primary key of
a slot decides besides.
"""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from bot.domain.spotlight.draws import Waiting
from bot.domain.spotlight.plans import Plan, Trouble
from bot.domain.spotlight.posts import UNFINISHED, Post, PostState
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import spotlight_films, spotlight_slots, spotlights


class Spotlight(NamedTuple):
    """One server's plan, and when it is to be looked after next; never where it is off."""

    plan: Plan
    next_slot: datetime.date | None = None
    next_at: datetime.datetime | None = None
    trouble: Trouble | None = None


async def due(
    tx: AsyncConnection, now: datetime.datetime, after: tuple[datetime.datetime, int], limit: int
) -> Sequence[tuple[datetime.datetime, int]]:
    """When and of which servers something is due, the longest first, those after the given one."""
    row, (at, guild_id) = spotlights.c, after
    later = or_(row.next_at > at, and_(row.next_at == at, row.guild_id > guild_id))
    query = select(row.next_at, row.guild_id).where(row.next_at.between(at, now), later)
    found = await tx.execute(query.order_by(row.next_at, row.guild_id).limit(limit))
    return [(each.next_at, each.guild_id) for each in found if each.next_at is not None]


async def running(tx: AsyncConnection, after: int, limit: int) -> Sequence[tuple[int, Spotlight]]:
    """Servers in which it is on, in the order of their ids, after that one."""
    row = spotlights.c
    query = select(spotlights).where(row.guild_id > after, row.next_at.is_not(None))
    return [(each.guild_id, _read(each)) for each in await tx.execute(query.order_by(row.guild_id).limit(limit))]


async def get(tx: AsyncConnection, guild_id: int) -> Spotlight:
    """What the server has decided; the beginning where it has not."""
    found = (await tx.execute(select(spotlights).where(spotlights.c.guild_id == guild_id))).first()
    return Spotlight(Plan()) if found is None else _read(found)


async def put(tx: AsyncConnection, guild_id: int, spotlight: Spotlight) -> None:
    """Keep it."""
    values = {
        "body": spotlight.plan.model_dump_json(exclude_defaults=True),
        "next_slot": spotlight.next_slot,
        "next_at": spotlight.next_at,
        "trouble": spotlight.trouble,
    }
    done = await tx.execute(update(spotlights).where(spotlights.c.guild_id == guild_id).values(**values))
    if not done.rowcount:
        await tx.execute(insert(spotlights).values(guild_id=guild_id, round=0, **values))


async def replan(tx: AsyncConnection, guild_id: int, zone: str, now: datetime.datetime) -> None:
    """Find the next slot anew, because the clocks of the server or its plan are others."""
    spotlight = await get(tx, guild_id)
    if spotlight.plan.is_on and await unfinished(tx, guild_id) is None:
        await put(tx, guild_id, await planned(tx, guild_id, spotlight, zone, now))


async def planned(
    tx: AsyncConnection, guild_id: int, spotlight: Spotlight, zone: str, now: datetime.datetime
) -> Spotlight:
    """With the next slot that is still to come and was never claimed."""
    schedule = spotlight.plan.schedule
    slot = schedule.next_slot(now, zone, await last_slot(tx, guild_id))
    at = schedule.moment(slot, zone) if spotlight.plan.is_on else None
    return Spotlight(spotlight.plan, slot, at, spotlight.trouble)


async def last_slot(tx: AsyncConnection, guild_id: int) -> datetime.date | None:
    """The latest slot that was claimed."""
    return await tx.scalar(select(func.max(spotlight_slots.c.slot)).where(spotlight_slots.c.guild_id == guild_id))


async def unfinished(tx: AsyncConnection, guild_id: int) -> tuple[Post, PostState] | None:
    """The post that was begun and has come to no end yet."""
    row = spotlight_slots.c
    query = select(spotlight_slots).where(row.guild_id == guild_id, row.state.in_(UNFINISHED))
    found = (await tx.execute(query.order_by(row.slot.desc()).limit(1))).first()
    if found is None:
        return None
    before = await _newest(tx, guild_id, row.slot < found.slot)
    post = Post(
        guild_id,
        found.slot,
        found.slug,
        (await get(tx, guild_id)).plan,
        found.channel_id,
        found.claimed_at,
        found.tries,
        found.message_id,
        before,
    )
    return post, PostState(found.state)


async def claim(tx: AsyncConnection, post: Post) -> None:
    """Take the slot. Raises `IntegrityError` where somebody has."""
    values = {"slot": post.slot, "slug": post.slug, "claimed_at": post.claimed_at, "channel_id": post.channel_id}
    await tx.execute(
        insert(spotlight_slots).values(guild_id=post.guild_id, state=PostState.CLAIMED, tries=post.tries, **values)
    )


async def advance(tx: AsyncConnection, post: Post, state: PostState) -> None:
    """Note how far the post has come."""
    values = {"state": state, "tries": post.tries, "message_id": post.message_id}
    mine = and_(spotlight_slots.c.guild_id == post.guild_id, spotlight_slots.c.slot == post.slot)
    await tx.execute(update(spotlight_slots).where(mine).values(**values))


async def waiting(tx: AsyncConnection, guild_id: int) -> Waiting:
    """What was shown in this round, and what waits."""
    draw_round = await tx.scalar(select(spotlights.c.round).where(spotlights.c.guild_id == guild_id)) or 0
    row = spotlight_films.c
    query = select(row.slug, row.place, row.day).where(row.guild_id == guild_id).order_by(row.place, row.slug)
    films = (await tx.execute(query)).all()
    return Waiting(
        draw_round,
        frozenset(each.slug for each in films if each.place is None and each.day is None),
        tuple(each.slug for each in films if each.place is not None),
        {each.day: each.slug for each in films if each.day is not None},
        await _newest(tx, guild_id),
    )


async def put_waiting(tx: AsyncConnection, guild_id: int, before: Waiting, after: Waiting) -> None:
    """Keep what waits now, in place of what did. The server's plan is kept already."""
    known, wanted = _rows(before), _rows(after)
    mine = spotlight_films.c.guild_id == guild_id
    if changed := [slug for slug in known if wanted.get(slug) != known[slug]]:
        await tx.execute(delete(spotlight_films).where(mine, spotlight_films.c.slug.in_(changed)))
    if new := [slug for slug in wanted if wanted[slug] != known.get(slug)]:
        rows = [{"guild_id": guild_id, "slug": s, "place": wanted[s][0], "day": wanted[s][1]} for s in new]
        await tx.execute(insert(spotlight_films), rows)
    if after.round != before.round:
        await tx.execute(update(spotlights).where(spotlights.c.guild_id == guild_id).values(round=after.round))


def _rows(waiting: Waiting) -> dict[str, tuple[int | None, datetime.date | None]]:
    """Place and day of each film; one that waits has not been passed."""
    rows: dict[str, tuple[int | None, datetime.date | None]] = dict.fromkeys(waiting.passed, (None, None))
    rows |= {slug: (place, None) for place, slug in enumerate(waiting.queue)}
    return rows | {slug: (None, day) for day, slug in waiting.chosen.items()}


async def _newest(tx: AsyncConnection, guild_id: int, *more: ColumnElement[bool]) -> str | None:
    """The film of the latest slot whose card was seen."""
    row = spotlight_slots.c
    mine = and_(row.guild_id == guild_id, row.message_id.is_not(None), *more)
    found = await tx.execute(select(row.slug).where(mine).order_by(row.slot.desc()).limit(1))
    return next((each.slug for each in found), None)


def _read(row: Any) -> Spotlight:
    trouble = None if row.trouble is None else Trouble(row.trouble)
    return Spotlight(Plan.model_validate_json(row.body), row.next_slot, row.next_at, trouble)
