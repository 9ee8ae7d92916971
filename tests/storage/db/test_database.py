"""Transactions: all or nothing, writers queue, readers never wait."""

import asyncio
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import StorageUnavailable
from bot.storage.db.database import Database
from bot.storage.db.tables import picks
from tests.conftest import POSTGRESQL, needs_postgresql, postgresql


async def count(database: Database) -> int:
    async with database.read() as tx:
        return await tx.scalar(select(func.count()).select_from(picks)) or 0


async def add(database: Database, *slugs: str, and_then: Callable[[], object] = lambda: None) -> None:
    async with database.begin() as tx:
        for slug in slugs:
            await tx.execute(insert(picks).values(guild_id=1, slug=slug))
        and_then()


async def test_a_failing_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await add(database, "a", and_then=lambda: 1 // 0)
    assert await count(database) == 0


async def test_a_refused_statement_takes_back_what_came_before_it(database: Database) -> None:
    await add(database, "b")
    with pytest.raises(DBAPIError):
        await add(database, "a", "b")
    assert await count(database) == 1


async def test_a_cancelled_transaction_leaves_nothing_and_keeps_nobody_waiting(database: Database) -> None:
    begun = asyncio.Event()

    async def stall() -> None:
        async with database.begin() as tx:
            await tx.execute(insert(picks).values(guild_id=1, slug="a"))
            begun.set()
            await asyncio.Event().wait()

    stalled = asyncio.ensure_future(stall())
    await begun.wait()
    stalled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stalled
    await asyncio.wait_for(add(database, "b"), 2)
    assert await count(database) == 1


async def test_what_was_typed_is_not_in_the_error_of_a_statement(database: Database) -> None:
    await add(database, "what somebody typed")
    with pytest.raises(DBAPIError) as refused:
        await add(database, "what somebody typed")
    assert refused.value.hide_parameters
    assert "[SQL parameters hidden" in str(refused.value)
    # PostgreSQL quotes the value in the detail, which is in the driver's own message.
    assert "what somebody typed" not in str(refused.value)


async def test_a_reader_does_not_wait_for_a_writer_and_sees_nothing_half_done(database: Database) -> None:
    await add(database, "a")
    async with database.begin() as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="b"))
        assert await asyncio.wait_for(count(database), 2) == 1
    assert await count(database) == 2


async def test_two_writers_wait_for_each_other(database_url: str) -> None:
    ours, theirs = await Database.open(database_url), await Database.open(database_url)
    try:
        async with asyncio.timeout(10), asyncio.TaskGroup() as at_once:
            for number in range(20):
                at_once.create_task(add((ours, theirs)[number % 2], str(number)))
        assert await count(ours) == 20
    finally:
        await ours.close()
        await theirs.close()


async def test_on_sqlite_a_writer_reads_what_the_one_before_it_wrote(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'test.db'}"
    ours, theirs = await Database.open(address), await Database.open(address)

    async def read_then_write(database: Database) -> None:
        async with database.begin() as tx:
            known = await tx.scalar(select(func.count()).select_from(picks))
            await asyncio.sleep(0.01)
            await tx.execute(insert(picks).values(guild_id=1, slug=f"after {known}"))

    try:
        await asyncio.gather(*(read_then_write(database) for database in (ours, theirs) * 5))
        async with ours.read() as tx:
            assert set(await tx.scalars(select(picks.c.slug))) == {f"after {number}" for number in range(10)}
    finally:
        await ours.close()
        await theirs.close()


async def test_sqlite_has_a_write_ahead_log_foreign_keys_and_patience(tmp_path: Path) -> None:
    opened = await Database.open(f"sqlite:///{tmp_path / 'test.db'}")
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000, "synchronous": 1}
    # Several connections at once, because each has settings of its own.
    async with opened.read() as first, opened.read() as second, opened.begin() as third:
        for tx in (first, second, third):
            assert {name: await tx.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    await opened.close()


async def test_closing_sqlite_leaves_one_file_and_nothing_beside_it(tmp_path: Path) -> None:
    opened = await Database.open(f"sqlite:///{tmp_path / 'new' / 'folder' / 'test.db'}")
    await add(opened, "a")
    await opened.close()
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["test.db"]


async def test_what_was_written_is_there_after_a_restart(database_url: str) -> None:
    first = await Database.open(database_url)
    await add(first, "a")
    await first.close()
    second = await Database.open(database_url)
    assert await count(second) == 1
    await second.close()


async def test_a_file_that_has_gone_is_a_failure_that_members_can_be_told(tmp_path: Path) -> None:
    folder, threads = tmp_path / "var", threading.active_count()
    opened = await Database.open(f"sqlite:///{folder / 'test.db'}")
    await opened.close()
    shutil.rmtree(folder)
    for work in (count(opened), add(opened, "a")):
        with pytest.raises(StorageUnavailable):
            await work
    async with asyncio.timeout(5):  # the driver's threads end in their own time, and need the loop for it
        while threading.active_count() > threads:  # noqa: ASYNC110  (a thread sets no event)
            await asyncio.sleep(0.01)


@needs_postgresql
async def test_a_connection_that_postgresql_ends_is_such_a_failure_and_the_next_one_works() -> None:
    assert POSTGRESQL is not None
    async with postgresql(POSTGRESQL) as address:
        opened = await Database.open(address)
        try:
            with pytest.raises(StorageUnavailable):
                await end_connection(opened)
            await add(opened, "a")
            assert await count(opened) == 1
        finally:
            await opened.close()


async def end_connection(database: Database) -> None:
    async with database.begin() as tx:
        await tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
