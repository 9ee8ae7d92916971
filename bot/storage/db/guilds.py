"""What each server has set for itself."""

import logging
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import ValidationError
from sqlalchemy import delete, insert, select

from bot.domain.guilds.settings import GuildSettings
from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection, in_parts
from bot.storage.db.revisions import following
from bot.storage.db.tables import guild_settings

log = logging.getLogger(__name__)


class Changed(NamedTuple):
    """Settings by server, and the number of the latest change among them."""

    settings: Mapping[int, GuildSettings]
    number: int


async def load(tx: AsyncConnection, guild_ids: Iterable[int]) -> Mapping[int, GuildSettings]:
    """The settings of those of the servers that have set anything."""
    row, found = guild_settings.c, dict[int, GuildSettings]()
    for some in in_parts(guild_ids):
        rows = await tx.execute(select(row.guild_id, row.body).where(row.guild_id.in_(some)))
        found |= {each.guild_id: _read(each.guild_id, each.body) for each in rows}
    return found


async def changed_since(tx: AsyncConnection, number: int) -> Changed:
    """The settings that have changed since that number."""
    row = guild_settings.c
    rows = (await tx.execute(select(row.guild_id, row.body, row.revision).where(row.revision > number))).all()
    settings = {each.guild_id: _read(each.guild_id, each.body) for each in rows}
    return Changed(settings, max((each.revision for each in rows), default=number))


async def write(tx: AsyncConnection, guild_id: int) -> GuildSettings:
    """The settings to be changed; until the transaction ends, nobody else changes them."""
    await serialize(tx, f"settings {guild_id}")
    body = await tx.scalar(select(guild_settings.c.body).where(guild_settings.c.guild_id == guild_id))
    return GuildSettings() if body is None else _read(guild_id, body)


async def put(tx: AsyncConnection, guild_id: int, settings: GuildSettings) -> int:
    """Keep the settings; the result is the number of the change."""
    revision = await following(tx)
    await tx.execute(delete(guild_settings).where(guild_settings.c.guild_id == guild_id))
    body = settings.model_dump_json(exclude_defaults=True)
    await tx.execute(insert(guild_settings).values(guild_id=guild_id, body=body, revision=revision))
    return revision


def _read(guild_id: int, body: str) -> GuildSettings:
    """The settings; the defaults where they are none by today's rules, so that no other server has to suffer."""
    try:
        return GuildSettings.model_validate_json(body)
    except ValidationError as error:
        faulty = sorted({str(part) for each in error.errors() for part in each["loc"][:1]})
        log.error(  # noqa: TRY400  # what pydantic says would quote the values
            "server %d has the defaults: what it has set cannot be read (%s)", guild_id, ", ".join(faulty) or "no JSON"
        )
        return GuildSettings()
