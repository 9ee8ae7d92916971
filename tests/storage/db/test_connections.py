"""Connections that are awaited: what is begun is ended, whoever is cancelled meanwhile."""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.db.connections import AsyncConnection, AsyncEngine
from bot.storage.db.database import Database, bare_engine

ROOT = Path(__file__).resolve().parents[3]
INSERT = text("INSERT INTO command_sets (application_id, digest) VALUES (:number, 'x')")
COUNT = text("SELECT count(*) FROM command_sets")


async def numbers(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return await connection.scalar(COUNT)


@contextlib.asynccontextmanager
async def made(address: str) -> AsyncGenerator[AsyncEngine]:
    await (await Database.open(address)).close()
    async with bare_engine(address) as engine:
        yield engine


def test_the_bot_loads_no_orm_and_no_data_of_babel() -> None:
    program = """
import sys, bot.runner, cogs.films, cogs.curation, sqlalchemy.dialects.sqlite.aiosqlite
from babel import localedata
print(sorted({"sqlalchemy.orm", "alembic"} & set(sys.modules)), sorted(localedata._cache))
"""
    done = subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert done.stdout.decode() == "[] []\n"


async def test_a_transaction_is_kept_or_taken_back_as_a_whole(empty_database_url: str) -> None:
    async with made(empty_database_url) as engine:
        async with engine.begin() as connection:
            await connection.execute(INSERT, [{"number": 1}, {"number": 2}])
        with contextlib.suppress(ZeroDivisionError):
            async with engine.begin() as connection:
                await connection.execute(INSERT, {"number": 3})
                divmod(1, 0)
        async with engine.connect() as connection:
            await connection.execute(INSERT, {"number": 4})  # nobody says that it should be kept
        assert await numbers(engine) == 2


async def test_a_savepoint_is_taken_back_alone(empty_database_url: str) -> None:
    async with made(empty_database_url) as engine:
        async with engine.begin() as connection:
            await connection.execute(INSERT, {"number": 1})
            with contextlib.suppress(ZeroDivisionError):
                async with connection.begin_nested():
                    await connection.execute(INSERT, {"number": 2})
                    divmod(1, 0)
            async with connection.begin_nested():
                await connection.execute(INSERT, {"number": 3})
        assert await numbers(engine) == 2


@pytest.mark.parametrize("times", [1, 2, 5])
async def test_who_is_cancelled_leaves_neither_a_lock_nor_a_connection(empty_database_url: str, times: int) -> None:
    async with made(empty_database_url) as engine:

        async def write(number: int) -> None:
            async with engine.execution_options(write=True).begin() as connection:
                await connection.execute(INSERT, {"number": number})
                await asyncio.sleep(60)

        for number in range(20):  # more than the pool has
            writing = asyncio.ensure_future(write(number))
            await asyncio.sleep(0.002 * number)
            for _ in range(times):
                writing.cancel()
                await asyncio.sleep(0)
            with pytest.raises(asyncio.CancelledError):
                await writing
        async with engine.execution_options(write=True).begin() as connection:
            await connection.execute(INSERT, {"number": 99})
        assert await numbers(engine) == 1


async def test_what_fails_while_a_connection_is_used_is_what_is_told(empty_database_url: str) -> None:
    async def use(connection: AsyncConnection) -> None:
        await connection.execute(INSERT, {"number": 1})
        await connection.run_sync(lambda _: divmod(1, 0))

    async with made(empty_database_url) as engine:
        with pytest.raises(ZeroDivisionError):
            async with engine.begin() as connection:
                await use(connection)
        assert await numbers(engine) == 0
