"""The digest of the command definitions that Discord was last given, and by which version."""

from sqlalchemy import delete, insert, select

from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import command_sets


async def digest(tx: AsyncConnection, application_id: int) -> str | None:
    """What the application was last given."""
    return await tx.scalar(select(command_sets.c.digest).where(command_sets.c.application_id == application_id))


async def version(tx: AsyncConnection, application_id: int) -> str | None:
    """Which version has given it that."""
    return await tx.scalar(select(command_sets.c.version).where(command_sets.c.application_id == application_id))


async def remember(tx: AsyncConnection, application_id: int, digest: str, version: str) -> None:
    """Note what the application has been given."""
    await serialize(tx, "commands")
    await tx.execute(delete(command_sets).where(command_sets.c.application_id == application_id))
    values = {"application_id": application_id, "digest": digest, "version": version}
    await tx.execute(insert(command_sets).values(values))
