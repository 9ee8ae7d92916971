"""Who answers on which shard, until when: one row for each shard, decided by PostgreSQL and its clock.

A process holds a shard until its lease runs out, and renews it. Somebody else gets it in one of two ways: its lease
has run out, or the holder has given it up to whoever has asked for it, and told up to which interaction it answers.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import processes, shard_leases

# Not `now()`, which is when the transaction began: it may have waited for another since.
NOW: Final[ColumnElement[datetime.datetime]] = func.clock_timestamp()
_LONG_AGO: Final = datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC)
_row: Final = shard_leases.c


class Held(NamedTuple):
    """A shard that somebody holds, and the version of who does."""

    shard_id: int
    holder: str
    version: str


async def prepare(tx: AsyncConnection, shard_count: int) -> None:
    """Have a row for each shard, and keep the others who claim or ask waiting until the transaction ends."""
    await serialize(tx, "shard leases")
    blank = {"shard_count": shard_count, "expires_at": _LONG_AGO, "answered": 0}
    rows = [{"shard_id": shard_id, **blank} for shard_id in range(shard_count)]
    await tx.execute(insert(shard_leases).on_conflict_do_nothing(), rows)


async def other_count(tx: AsyncConnection, shard_count: int) -> int | None:
    """Into how many shards others who answer have parted the servers, if not into as many."""
    return await tx.scalar(select(_row.shard_count).where(_row.shard_count != shard_count, _is_live()).limit(1))


async def held(tx: AsyncConnection) -> Collection[Held]:
    """Every shard whose lease has not run out."""
    who = shard_leases.join(processes, processes.c.id == _row.holder)
    rows = await tx.execute(select(_row.shard_id, _row.holder, processes.c.version).select_from(who).where(_is_live()))
    return [Held(*row) for row in rows]


async def claim(
    tx: AsyncConnection, me: str, shard_count: int, shard_ids: Collection[int], seconds: float
) -> Mapping[int, int]:
    """Take those that nobody holds, or that have been given to me; with each, up to where the last has answered."""
    is_free = or_(_row.holder == me, _row.holder.is_(None), _row.expires_at <= NOW)
    taking = (
        update(shard_leases)
        .where(_row.shard_id.in_(shard_ids), is_free)
        .values(holder=me, shard_count=shard_count, expires_at=_after(seconds))
        .values(successor=case((_row.successor == me, None), else_=_row.successor))
        .returning(_row.shard_id, _row.answered)
    )
    return {row.shard_id: row.answered for row in await tx.execute(taking)}


async def ask(tx: AsyncConnection, me: str, shard_ids: Collection[int]) -> None:
    """Ask the holders to give these up to me, unless somebody else who is there has asked before."""
    is_there = select(processes.c.id).where(processes.c.id == _row.successor, processes.c.expires_at > NOW).exists()
    nobody = or_(_row.successor.is_(None), ~is_there)
    await tx.execute(update(shard_leases).where(_row.shard_id.in_(shard_ids), nobody).values(successor=me))


async def renew(tx: AsyncConnection, me: str, seconds: float) -> Mapping[int, str | None]:
    """Hold on to what I hold; tells who asks for each. What has run out is not among it, whoever has it now."""
    renewing = (
        update(shard_leases)
        .where(_row.holder == me, _is_live())
        .values(expires_at=_after(seconds))
        .returning(_row.shard_id, _row.successor)
    )
    return {row.shard_id: row.successor for row in await tx.execute(renewing)}


async def give_up(
    tx: AsyncConnection, me: str, shard_ids: Collection[int], answered: int, seconds: float
) -> frozenset[int]:
    """Let those have these who have asked for them, or nobody; tells which were still mine.

    `answered` is the last interaction that is answered here. Whoever is next answers from the one after it.
    """
    giving = (
        update(shard_leases)
        .where(_row.shard_id.in_(shard_ids), _row.holder == me)
        .values(holder=_row.successor, successor=None, answered=func.greatest(_row.answered, answered))
        .values(expires_at=_after(seconds))
        .returning(_row.shard_id)
    )
    return frozenset((await tx.scalars(giving)).all())


def _is_live() -> ColumnElement[bool]:
    return _row.holder.is_not(None) & (_row.expires_at > NOW)


def _after(seconds: float) -> ColumnElement[datetime.datetime]:
    return NOW + datetime.timedelta(seconds=seconds)
