"""What /films random has shown a server, so that nothing comes twice before all has come once."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import picks


async def shown(tx: AsyncConnection, guild_id: int) -> frozenset[str]:
    """The slugs shown since the list last began anew."""
    rows = await tx.scalars(select(picks.c.slug).where(picks.c.guild_id == guild_id))
    return frozenset(rows)


async def add(tx: AsyncConnection, guild_id: int, slug: str) -> bool:
    """Note that the film has been shown; False where somebody else's press showed it just now."""
    try:
        async with tx.begin_nested():
            await tx.execute(insert(picks).values(guild_id=guild_id, slug=slug))
    except IntegrityError:
        return False
    return True


async def forget(tx: AsyncConnection, guild_id: int, slugs: Iterable[str]) -> None:
    """Let these films come up again."""
    for slug in slugs:
        await tx.execute(delete(picks).where(picks.c.guild_id == guild_id, picks.c.slug == slug))
