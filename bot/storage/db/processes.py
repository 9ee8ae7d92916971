"""The processes that run on this database beside each other: which versions, with which shards and servers."""

import datetime
from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.db.connections import AsyncConnection
from bot.storage.db.shard_leases import NOW
from bot.storage.db.tables import processes, shard_leases

# Those that are gone are kept so long for whoever wants to know what happened.
_KEPT: Final = datetime.timedelta(days=1)
_row: Final = processes.c


class Process(NamedTuple):
    """A process as the others know it. `revision` is the newest of the database that it knows; `shards` as written."""

    id: str
    version: str
    revision: str
    shards: str
    guilds: int


async def note(tx: AsyncConnection, process: Process, seconds: float) -> None:
    """Tell the others that the process is there, and will be for so long."""
    values = {**process._asdict(), "expires_at": NOW + datetime.timedelta(seconds=seconds)}
    await tx.execute(insert(processes).values(values).on_conflict_do_update(index_elements=["id"], set_=values))


async def forget(tx: AsyncConnection, process_id: str) -> None:
    """The process ends; and those that ended without a word long ago are forgotten with it."""
    await tx.execute(delete(processes).where((_row.id == process_id) | (_row.expires_at < NOW - _KEPT)))


async def running(tx: AsyncConnection) -> Sequence[Process]:
    """Every process that is there."""
    columns = (_row.id, _row.version, _row.revision, _row.shards, _row.guilds)
    rows = await tx.execute(select(*columns).where(_row.expires_at > NOW).order_by(_row.shards, _row.id))
    return [Process(*row) for row in rows]


async def served(tx: AsyncConnection) -> int:
    """How many servers they are in, all together; who only waits to take over from another is not counted."""
    holders = select(shard_leases.c.holder).where(shard_leases.c.expires_at > NOW)
    counted = select(func.coalesce(func.sum(_row.guilds), 0)).where(_row.id.in_(holders))
    return int(await tx.scalar(counted) or 0)
