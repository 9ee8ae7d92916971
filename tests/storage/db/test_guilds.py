"""What each server has set: kept whole, counted, and changed by one process at a time."""

import asyncio

import pytest
from sqlalchemy import text

from bot.domain.guilds.settings import GuildSettings
from bot.storage.db import guilds
from bot.storage.db.database import Database
from tests.services.house import statements

GUILD, OTHER = 2**63 - 1, 7
SET = GuildSettings(curator_role=2**63 - 1, archive_after=60, language="pt-BR", trailer="on_request")


async def put(database: Database, guild_id: int, settings: GuildSettings) -> int:
    async with database.begin() as tx:
        return await guilds.put(tx, guild_id, settings)


async def test_a_server_that_has_set_nothing_has_no_row(database: Database) -> None:
    async with database.begin() as tx:
        assert await guilds.load(tx, [GUILD]) == {}
        assert await guilds.changed_since(tx, 0) == ({}, 0)
        assert await guilds.write(tx, GUILD) == GuildSettings()


async def test_settings_come_back_and_every_change_is_counted(database: Database) -> None:
    assert await put(database, GUILD, GuildSettings(archive_after=1440)) == 1
    assert await put(database, GUILD, SET) == 2
    assert await put(database, OTHER, GuildSettings()) == 3
    async with database.begin() as tx:
        assert await guilds.changed_since(tx, 0) == ({GUILD: SET, OTHER: GuildSettings()}, 3)
        assert await guilds.changed_since(tx, 2) == ({OTHER: GuildSettings()}, 3)
        assert await guilds.changed_since(tx, 3) == ({}, 3)
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
            whole = GuildSettings(archive_after=60, curator_role=5, language="pl")
            assert await guilds.changed_since(tx, 0) == ({GUILD: whole}, 3)
    finally:
        for database in databases:
            await database.close()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"archive_after": 61}', '{"curator_role": "secret"}'])
async def test_settings_that_cannot_be_read_are_the_defaults_of_that_server_alone(
    database: Database, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    await put(database, GUILD, SET)
    await put(database, OTHER, SET)
    async with database.begin() as tx:
        await tx.execute(text("UPDATE guild_settings SET body = :body WHERE guild_id = 7"), {"body": body})
    async with database.begin() as tx:
        assert await guilds.load(tx, [GUILD, OTHER]) == {GUILD: SET, OTHER: GuildSettings()}
        assert await guilds.write(tx, OTHER) == GuildSettings()
        await guilds.put(tx, OTHER, SET)
        assert await guilds.load(tx, [GUILD, OTHER]) == {GUILD: SET, OTHER: SET}
    assert f"server {OTHER} has the defaults" in caplog.text
    assert "secret" not in caplog.text


async def test_settings_of_any_number_of_servers_are_loaded_in_few_statements(database: Database) -> None:
    for guild_id in range(1, 30):
        await put(database, guild_id, SET)
    with statements("guild_settings") as asked:
        async with database.read() as tx:
            assert await guilds.load(tx, range(20, 400)) == dict.fromkeys(range(20, 30), SET)
            assert len(asked) == 1
            assert len(await guilds.load(tx, range(40_000))) == 29
