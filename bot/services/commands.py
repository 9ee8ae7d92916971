"""Which command definitions Discord has been given."""

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

    async def remember(self, application_id: int, digest: str) -> None:
        """Note that Discord has accepted the definitions with this digest."""
        async with self._database.begin() as tx:
            await commands.remember(tx, application_id, digest)
