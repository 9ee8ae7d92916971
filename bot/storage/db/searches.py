"""What long searches asked for, as long as their pages can be turned."""

import datetime

from sqlalchemy import delete, insert, select

from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import searches


async def add(
    tx: AsyncConnection, search_id: str, guild_id: int, query: str, wanted: str, at: datetime.datetime
) -> None:
    """Keep the words and the filter, as it encodes itself, of a search in that server."""
    row = {"id": search_id, "guild_id": guild_id, "query": query, "wanted": wanted, "made_at": at}
    await tx.execute(insert(searches).values(row))


async def get(tx: AsyncConnection, search_id: str, guild_id: int, since: datetime.datetime) -> tuple[str, str] | None:
    """The words and the filter of a search that was made in that server, and not before that moment."""
    mine = (searches.c.id == search_id) & (searches.c.guild_id == guild_id) & (searches.c.made_at >= since)
    row = (await tx.execute(select(searches.c.query, searches.c.wanted).where(mine))).first()
    return None if row is None else (row.query, row.wanted)


async def forget_old(tx: AsyncConnection, before: datetime.datetime) -> None:
    """Forget all that were made before that moment."""
    await tx.execute(delete(searches).where(searches.c.made_at < before))
