"""The record of changes: only ever added to."""

import asyncio
import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, func, insert, or_, select

from bot.domain.curation.changes import Change, ChangeKind, GuildFilmState
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import changes


async def add(tx: AsyncConnection, change: Change) -> int:
    """Record the change; the result is its number, which grows."""
    number = await tx.scalar(insert(changes).values(_values(change)).returning(changes.c.number))
    assert number is not None  # the database gives every row one
    return number


async def add_all(tx: AsyncConnection, made: Collection[Change]) -> None:
    """Record many changes."""
    await tx.execute_many(insert(changes), map(_values, made))


async def get(tx: AsyncConnection, guild_id: int, number: int) -> Change | None:
    """The change, where it was made in that server."""
    rows = await tx.execute(select(changes).where(changes.c.number == number, changes.c.guild_id == guild_id))
    row = rows.first()
    return None if row is None else _change(row)


async def latest(
    tx: AsyncConnection, guild_id: int, *, slug: str | None = None, below: int | None = None, limit: int
) -> tuple[Change, ...]:
    """Changes of the server or of one film, the latest first; `below` leaves out that number and what came after.

    Of the server's, a whole batch is one: its last change, with the number of films in the batch.
    """
    mine = changes.c.guild_id == guild_id
    query = select(changes).where(mine)
    if slug is None:
        heads = select(func.max(changes.c.number)).where(mine, changes.c.batch.is_not(None)).group_by(changes.c.batch)
        query = query.where(or_(changes.c.batch.is_(None), changes.c.number.in_(heads)))
    else:
        query = query.where(changes.c.slug == slug)
    if below is not None:
        query = query.where(changes.c.number < below)
    found = [_change(row) for row in await tx.execute(query.order_by(changes.c.number.desc()).limit(limit))]
    if slug is None:
        found = [await _with_batch(tx, change) for change in found]
    return tuple(found)


async def of_batch(tx: AsyncConnection, guild_id: int, batch: str) -> tuple[Change, ...]:
    """All that one import did, the latest first."""
    rows = await tx.execute(
        select(changes)
        .where(changes.c.guild_id == guild_id, changes.c.batch == batch)
        .order_by(changes.c.number.desc())
    )
    return await asyncio.to_thread(lambda: tuple(map(_change, rows)))


async def _with_batch(tx: AsyncConnection, change: Change) -> Change:
    if change.batch is None:
        return change
    same = changes.c.guild_id == change.guild_id, changes.c.batch == change.batch
    return replace(change, films=await tx.scalar(select(func.count()).where(*same)) or 1)


def _values(change: Change) -> dict[str, object]:
    standings = change.before.model_dump_json(), change.after.model_dump_json()
    before, after = change.settings or standings
    return {
        "guild_id": change.guild_id,
        "at": change.at,
        "actor_id": change.actor_id,
        "act": change.act.value,
        "slug": change.slug,
        "before": before,
        "after": after,
        "shared": change.shared,
        "batch": change.batch,
    }


def _change(row: Row[Any]) -> Change:
    about_settings = row.slug is None
    return Change(
        guild_id=row.guild_id,
        at=row.at,
        actor_id=row.actor_id,
        act=ChangeKind(row.act),
        slug=row.slug,
        before=GuildFilmState() if about_settings else GuildFilmState.model_validate(json.loads(row.before)),
        after=GuildFilmState() if about_settings else GuildFilmState.model_validate(json.loads(row.after)),
        shared=row.shared,
        settings=(row.before, row.after) if about_settings else None,
        batch=row.batch,
        number=row.number,
    )
