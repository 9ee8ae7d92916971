"""PostgreSQL tells other processes that something was written, also after their connection was lost."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import pytest
from sqlalchemy import text

from bot.domain.curation.changes import GuildFilmState
from bot.domain.guilds.settings import GuildSettings
from bot.storage.db import departures, films, guilds, hints
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.database import Database

GUILD = 7


@pytest.fixture
async def postgresql(database_url: str) -> AsyncGenerator[tuple[Database, Database]]:
    """One process that listens and one that writes."""
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite gives no hints")
    databases = [await Database.open(database_url) for _ in range(2)]
    try:
        yield databases[0], databases[1]
    finally:
        for database in databases:
            await database.close()


@contextlib.asynccontextmanager
async def listening(database: Database) -> AsyncGenerator[AsyncGenerator[None]]:
    """Hints from now on."""
    async with contextlib.aclosing(database.hints()) as turns:
        await turn(turns)
        yield turns


async def turn(turns: AsyncGenerator[None]) -> None:
    async with asyncio.timeout(20):
        await anext(turns)


async def put(tx: AsyncConnection, slug: str) -> None:
    await films.put(tx, GUILD, slug, GuildFilmState(hidden=True))


async def listeners(database: Database) -> list[int]:
    async with database.read() as tx:
        # Those of other tests listen in databases of their own.
        here = "datname = current_database() AND query LIKE 'LISTEN %'"
        return list(await tx.scalars(text(f"SELECT pid FROM pg_stat_activity WHERE {here}")))  # noqa: S608  # ours


async def test_whatever_a_look_finds_is_hinted_at_once_it_is_committed(
    postgresql: tuple[Database, Database],
) -> None:
    mine, theirs = postgresql
    async with listening(mine) as turns:
        async with theirs.begin() as tx:
            await put(tx, "a-1900")
            waiting = asyncio.ensure_future(turn(turns))
            await asyncio.sleep(0.3)
            assert not waiting.done()
        await waiting
        async with theirs.begin() as tx:
            await guilds.put(tx, GUILD, GuildSettings(archive_after=60))
        await turn(turns)
        async with theirs.begin() as tx:
            await departures.erase(tx, GUILD)
        await turn(turns)


async def test_what_is_taken_back_is_not_hinted_at(postgresql: tuple[Database, Database]) -> None:
    mine, theirs = postgresql
    async with listening(mine) as turns:
        with contextlib.suppress(ZeroDivisionError):
            async with theirs.begin() as tx:
                await put(tx, "a-1900")
                raise ZeroDivisionError
        waiting = asyncio.ensure_future(turn(turns))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        async with theirs.begin() as tx:
            await put(tx, "a-1900")
        await waiting


async def test_hints_that_come_while_a_turn_is_taken_make_one(postgresql: tuple[Database, Database]) -> None:
    mine, theirs = postgresql
    async with listening(mine) as turns:
        for number in range(20):
            async with theirs.begin() as tx:
                await put(tx, f"a-{number}")
        await asyncio.sleep(0.3)
        await turn(turns)
        waiting = asyncio.ensure_future(turn(turns))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        async with theirs.begin() as tx:
            await put(tx, "b-1900")
        await waiting


async def test_a_lost_connection_is_made_anew_and_what_was_missed_is_looked_for(
    postgresql: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "_FIRST_PAUSE", 0.1)
    mine, theirs = postgresql
    async with listening(mine) as turns:
        for _ in range(3):
            [lost] = await listeners(theirs)
            async with theirs.begin() as tx:
                await tx.execute(text(f"SELECT pg_terminate_backend({lost})"))
                await put(tx, "a-1900")
            while not set(await listeners(theirs)) - {lost}:
                await turn(turns)
            async with theirs.begin() as tx:
                await put(tx, "b-1900")
            await turn(turns)


async def test_a_connection_on_which_nothing_arrives_is_asked_whether_it_is_there(
    postgresql: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "_CHECK", 0.05)
    mine, theirs = postgresql
    async with listening(mine) as turns:
        waiting = asyncio.ensure_future(turn(turns))
        await asyncio.sleep(0.5)
        assert not waiting.done()
        async with theirs.begin() as tx:
            await put(tx, "a-1900")
        await waiting


async def test_listening_takes_no_place_in_the_pool_and_leaves_no_connection_behind(
    postgresql: tuple[Database, Database],
) -> None:
    mine, theirs = postgresql
    async with listening(mine):
        assert len(await listeners(theirs)) == 1
        async with contextlib.AsyncExitStack() as readers:
            for _ in range(15):  # as many as the pool has
                await readers.enter_async_context(mine.read())
    while await listeners(theirs):  # noqa: ASYNC110  # what the server sees of it tells no event of ours
        await asyncio.sleep(0.05)


async def test_sqlite_gives_no_hints() -> None:
    database = await Database.open("sqlite://")
    assert [each async for each in database.hints()] == []
    await database.close()
