"""Which command definitions Discord has been given."""

from bot.domain.versions import is_older
from bot.storage.db import commands
from bot.storage.db.database import Database


class Commands:
    """Remembers what was registered, so that a start registers nothing anew."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def registered(self, application_id: int) -> str | None:
        """The digest of the definitions that this application was last given."""
        async with self._database.read() as tx:
            return await commands.digest(tx, application_id)

    async def is_outdated(self, application_id: int, version: str) -> bool:
        """Whether a newer version has given the application its commands."""
        async with self._database.read() as tx:
            return is_older(version, await commands.version(tx, application_id) or "")

    async def remember(self, application_id: int, digest: str, version: str) -> None:
        """Note that Discord has accepted that version's definitions, which have this digest."""
        async with self._database.begin() as tx:
            await commands.remember(tx, application_id, digest, version)
