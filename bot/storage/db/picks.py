"""What /films random has shown a server, so that nothing comes twice before all has come once."""

from collections.abc import Iterable

from sqlalchemy import BindParameter, bindparam, delete, insert, select

from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import picks


async def shown(tx: AsyncConnection, guild_id: int) -> frozenset[str]:
    """The slugs shown since the list last began anew. Until the transaction ends, no other press adds one."""
    await serialize(tx, f"picks {guild_id}")
    rows = await tx.scalars(select(picks.c.slug).where(picks.c.guild_id == guild_id))
    return frozenset(rows)


async def add(tx: AsyncConnection, guild_id: int, slug: str) -> None:
    """Note that the film has been shown."""
    await tx.execute(insert(picks).values(guild_id=guild_id, slug=slug))


async def forget(tx: AsyncConnection, guild_id: int, slugs: Iterable[str]) -> None:
    """Let these films come up again."""
    again: BindParameter[str] = bindparam("again")
    if gone := [{"again": slug} for slug in slugs]:
        await tx.execute(delete(picks).where(picks.c.guild_id == guild_id, picks.c.slug == again), gone)
