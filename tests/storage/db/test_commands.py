"""The digest of the commands that each application was given."""

from bot.storage.db import commands
from bot.storage.db.database import Database

FIRST, SECOND = "a" * 64, "b" * 64


async def test_an_application_has_been_given_nothing_at_first(database: Database) -> None:
    async with database.read() as tx:
        assert await commands.digest(tx, 1) is None


async def test_the_last_digest_counts_for_its_application_alone(database: Database) -> None:
    for digest in (FIRST, SECOND, SECOND):
        async with database.begin() as tx:
            await commands.remember(tx, 1, digest, "0.1.0")
    async with database.begin() as tx:
        await commands.remember(tx, 2**63 - 1, FIRST, "0.1.0")
    async with database.read() as tx:
        assert await commands.digest(tx, 1) == SECOND
        assert await commands.digest(tx, 2**63 - 1) == FIRST
