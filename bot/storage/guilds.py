"""What each server has set for itself."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.guilds import GuildSettings
from bot.storage.queue import queue
from bot.storage.tables import guild_settings


async def revisions(tx: AsyncConnection) -> Mapping[int, int]:
    """A number for each server that has settings of its own; it grows with every change."""
    rows = await tx.execute(select(guild_settings.c.guild_id, guild_settings.c.revision))
    return {row.guild_id: row.revision for row in rows}


async def load(tx: AsyncConnection, guild_ids: Iterable[int]) -> Mapping[int, GuildSettings]:
    """The settings of these servers."""
    found: dict[int, GuildSettings] = {}
    for guild_id in guild_ids:
        body = await tx.scalar(select(guild_settings.c.body).where(guild_settings.c.guild_id == guild_id))
        if body is not None:
            found[guild_id] = GuildSettings.model_validate_json(body)
    return found


async def write(tx: AsyncConnection, guild_id: int) -> GuildSettings:
    """The settings to be changed; until the transaction ends, nobody else changes them."""
    await queue(tx, f"settings {guild_id}")
    body = await tx.scalar(select(guild_settings.c.body).where(guild_settings.c.guild_id == guild_id))
    return GuildSettings() if body is None else GuildSettings.model_validate_json(body)


async def put(tx: AsyncConnection, guild_id: int, settings: GuildSettings) -> int:
    """Keep the settings; the result is their new revision."""
    mine = guild_settings.c.guild_id == guild_id
    revision = (await tx.scalar(select(guild_settings.c.revision).where(mine)) or 0) + 1
    await tx.execute(delete(guild_settings).where(mine))
    body = settings.model_dump_json(exclude_defaults=True)
    await tx.execute(insert(guild_settings).values(guild_id=guild_id, body=body, revision=revision))
    return revision
