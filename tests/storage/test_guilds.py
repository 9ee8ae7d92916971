"""What each server has set: kept whole, counted, and changed by one process at a time."""

import asyncio

from sqlalchemy import text

from bot.domain.guilds import GuildSettings
from bot.storage import guilds
from bot.storage.database import Database

GUILD, OTHER = 2**63 - 1, 7
SET = GuildSettings(curator_role=2**63 - 1, archive_after=60, language="pt-BR", trailer="on_request")


async def put(database: Database, guild_id: int, settings: GuildSettings) -> int:
    async with database.begin() as tx:
        return await guilds.put(tx, guild_id, settings)


async def test_a_server_that_has_set_nothing_has_no_row(database: Database) -> None:
    async with database.begin() as tx:
        assert await guilds.revisions(tx) == {}
        assert await guilds.load(tx, [GUILD]) == {}
        assert await guilds.write(tx, GUILD) == GuildSettings()


async def test_settings_come_back_and_every_change_is_counted(database: Database) -> None:
    assert await put(database, GUILD, GuildSettings(archive_after=1440)) == 1
    assert await put(database, GUILD, SET) == 2
    assert await put(database, OTHER, GuildSettings()) == 1
    async with database.begin() as tx:
        assert await guilds.revisions(tx) == {GUILD: 2, OTHER: 1}
        assert await guilds.load(tx, [GUILD, OTHER, 99]) == {GUILD: SET, OTHER: GuildSettings()}
        assert await guilds.load(tx, [OTHER]) == {OTHER: GuildSettings()}
        assert await guilds.write(tx, GUILD) == SET


async def test_what_equals_the_default_is_not_stored(database: Database) -> None:
    # A default that a later version changes is then changed for every server that never chose.
    await put(database, GUILD, GuildSettings(archive_after=60))
    async with database.read() as tx:
        assert await tx.scalar(text("SELECT body FROM guild_settings")) == '{"archive_after":60}'


async def test_two_processes_that_change_settings_wait_for_each_other(database_url: str) -> None:
    databases = [await Database.open(database_url) for _ in range(2)]

    async def change(database: Database, **values: object) -> None:
        async with database.begin() as tx:
            before = await guilds.write(tx, GUILD)
            await asyncio.sleep(0.01)  # long enough for the other to read what is about to change
            await guilds.put(tx, GUILD, before.model_copy(update=values))

    try:
        first, second = databases
        await asyncio.gather(
            change(first, archive_after=60), change(second, curator_role=5), change(first, language="pl")
        )
        async with first.read() as tx:
            assert await guilds.revisions(tx) == {GUILD: 3}
            whole = GuildSettings(archive_after=60, curator_role=5, language="pl")
            assert await guilds.load(tx, [GUILD]) == {GUILD: whole}
    finally:
        for database in databases:
            await database.close()
