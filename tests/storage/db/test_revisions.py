"""The line of numbers: what is committed later has a higher number, so that a look misses nothing."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import make_url, text

from bot.domain.curation.changes import GuildFilmState
from bot.domain.guilds.settings import GuildSettings
from bot.storage.db import films, guilds, revisions
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.database import Database, bare_engine

FIRST, SECOND = 7, 8


async def put(tx: AsyncConnection, guild_id: int) -> None:
    await films.put(tx, guild_id, "none-1900", GuildFilmState(hidden=True))


async def seen(database: Database, since: int) -> dict[int, int]:
    async with database.read() as tx:
        return dict(await revisions.after(tx, since))


@contextlib.asynccontextmanager
async def three(address: str) -> AsyncGenerator[list[Database]]:
    databases = [await Database.open(address) for _ in range(3)]
    try:
        yield databases
    finally:
        for database in databases:
            await database.close()


async def make_strict(address: str) -> None:
    """From now on transactions there see, unless told otherwise, what there was when they began."""
    setting = f"\"{make_url(address).database}\" SET default_transaction_isolation = 'repeatable read'"
    async with bare_engine(address) as engine, engine.begin() as connection:
        await connection.execute(text(f"ALTER DATABASE {setting}"))


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize("is_kept", [True, False])
async def test_a_later_number_is_never_seen_before_an_earlier_one(
    database_url: str, is_kept: bool, is_strict: bool
) -> None:
    if is_strict and database_url.startswith("postgresql"):
        await make_strict(database_url)
    async with three(database_url) as (first, second, reader):
        numbered, write = asyncio.Event(), asyncio.Event()

        async def slow() -> None:
            async with first.begin() as tx:
                await put(tx, FIRST)
                numbered.set()
                await write.wait()
                if not is_kept:
                    raise ZeroDivisionError

        async def quick() -> None:
            async with second.begin() as tx:
                await revisions.after(tx, 0)  # where a transaction sees one moment only, that is which
                await put(tx, SECOND)

        slowly = asyncio.ensure_future(slow())
        await numbered.wait()
        quickly = asyncio.ensure_future(quick())
        await asyncio.sleep(0.3)
        assert await seen(reader, 0) == {}
        assert not quickly.done()
        write.set()
        await asyncio.gather(slowly, quickly, return_exceptions=True)
        assert quickly.exception() is None
        assert await seen(reader, 0) == ({FIRST: 1, SECOND: 2} if is_kept else {SECOND: 1})


async def test_films_and_settings_share_the_line_also_between_two_who_write_at_once(database_url: str) -> None:
    async with three(database_url) as databases:

        async def change(number: int) -> int | None:
            async with databases[number % 3].begin() as tx:
                if number % 2:
                    return await guilds.put(tx, number, GuildSettings(archive_after=60))
                return await put(tx, number)

        given = await asyncio.gather(*map(change, range(1, 25)))
        scopes = await seen(databases[0], 0)
        numbers = [*scopes.values(), *(number for number in given if number is not None)]
        assert sorted(numbers) == list(range(1, 25))
        async with databases[0].read() as tx:
            assert await revisions.latest(tx) == 24


async def test_servers_that_have_changed_something_are_told_from_others(database: Database) -> None:
    async with database.begin() as tx:
        for guild_id in (FIRST, SECOND):
            await put(tx, guild_id)
    async with database.read() as tx:
        assert await revisions.changed_among(tx, range(2000)) == {FIRST, SECOND}
        assert await revisions.changed_among(tx, ()) == frozenset()
