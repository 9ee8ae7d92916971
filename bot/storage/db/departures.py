"""Servers that the bot has been removed from, and the erasing of all that is kept of one."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import delete, insert, select

from bot.storage.db import films, guilds, revisions
from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.kept_data import of_servers
from bot.storage.db.tables import SHARED, departures

_OWNERS: Final = of_servers()


async def with_data(tx: AsyncConnection) -> frozenset[int]:
    """Every server of which anything is kept, but for the day on which the bot was removed."""
    found: set[int] = set()
    for table, owner in _OWNERS.items():
        if table is not departures:
            found.update((await tx.scalars(select(owner).distinct())).all())
    return frozenset(found - {SHARED, revisions.ERASED})


async def noted(tx: AsyncConnection) -> Mapping[int, datetime.datetime]:
    """Every server that the bot has left, and when."""
    rows = await tx.execute(select(departures.c.guild_id, departures.c.left_at))
    return {row.guild_id: row.left_at for row in rows}


async def note(tx: AsyncConnection, guild_ids: Iterable[int], left_at: datetime.datetime) -> None:
    """Remember when the bot left these servers, unless it had been noticed before."""
    mine = await _held(tx, guild_ids)
    known = set(await tx.scalars(select(departures.c.guild_id).where(departures.c.guild_id.in_(mine))))
    if new := [{"guild_id": guild_id, "left_at": left_at} for guild_id in mine if guild_id not in known]:
        await tx.execute(insert(departures), new)


async def forget(tx: AsyncConnection, guild_ids: Iterable[int]) -> None:
    """The bot is back in these servers."""
    mine = await _held(tx, guild_ids)
    await tx.execute(delete(departures).where(departures.c.guild_id.in_(mine)))


async def left_before(tx: AsyncConnection, guild_id: int, moment: datetime.datetime) -> bool:
    """Whether the bot left the server by then, and has stayed away; nobody changes that before the transaction ends."""
    await _held(tx, [guild_id])
    mine = departures.c.guild_id == guild_id
    return await tx.scalar(select(departures.c.guild_id).where(mine, departures.c.left_at <= moment)) is not None


async def erase(tx: AsyncConnection, guild_id: int) -> None:
    """Erase all that is kept of the server. What all servers share is nobody's: `ValueError` for that."""
    if guild_id == SHARED:
        raise ValueError(guild_id)
    await films.write(tx, guild_id)
    await guilds.write(tx, guild_id)
    await revisions.note(tx, revisions.ERASED)  # before the highest number may be gone
    for table, owner in _OWNERS.items():
        await tx.execute(delete(table).where(owner == guild_id))


async def _held(tx: AsyncConnection, guild_ids: Iterable[int]) -> Sequence[int]:
    """The servers in an order that is the same for all, each of them nobody else's until the transaction ends."""
    mine = sorted(guild_ids)
    for guild_id in mine:
        await serialize(tx, f"departure {guild_id}")
    return mine
