"""What SQLite needs: a line of writers that keeps nobody from reading, and a file that stays where it is."""

import asyncio
import contextlib
import logging
import shutil
import sqlite3
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select

from bot.domain.errors import StorageUnavailable
from bot.storage.db import revisions
from bot.storage.db.database import Database
from bot.storage.db.sqlite import DatabaseReplaced
from bot.storage.db.tables import picks

WRITERS = 100


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "club.db"


@pytest.fixture
async def database(path: Path) -> AsyncGenerator[Database]:
    opened = await Database.open(f"sqlite:///{path}")
    yield opened
    await opened.close()


async def add(
    database: Database, slug: str, *, nap: float = 0.0, and_then: Callable[[], object] = lambda: None
) -> None:
    async with database.begin() as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug=slug))
        await asyncio.sleep(nap)
        and_then()


async def count(database: Database) -> int:
    async with database.read() as tx:
        return await tx.scalar(select(func.count()).select_from(picks)) or 0


def stored(path: Path) -> set[str]:
    """What another process finds."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {slug for (slug,) in connection.execute("SELECT slug FROM picks")}


def copy_of(path: Path) -> Path:
    """A backup as docs/operations.md makes it."""
    copy = path.with_name("copy.db")
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


async def test_a_hundred_writers_come_one_after_the_other_and_readers_go_between_them(database: Database) -> None:
    done: list[str] = []

    async def write(number: int) -> None:
        await add(database, str(number), nap=0.01)
        done.append(str(number))

    async def read() -> None:
        await count(database)
        done.append("read")

    async with asyncio.TaskGroup() as at_once:
        for number in range(WRITERS):
            at_once.create_task(write(number))
        for _ in range(WRITERS):
            at_once.create_task(read())
    # In the order in which they came; and nobody who only reads was behind a tenth of the writers.
    assert [who for who in done if who != "read"] == [str(number) for number in range(WRITERS)]
    assert "read" not in done[-WRITERS * 9 // 10 :]
    assert await count(database) == WRITERS


async def test_writers_who_stand_in_line_behind_a_held_lock_give_up_together(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.db.sqlite.PATIENCE", 0.5)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        failed = await asyncio.gather(*(add(database, str(n)) for n in range(10)), return_exceptions=True)
        assert [type(each) for each in failed] == [StorageUnavailable] * 10
        assert {each.reason for each in failed if isinstance(each, StorageUnavailable)} == {"database is locked"}
        assert await count(database) == 0
    await add(database, "afterwards")
    assert await count(database) == 1


async def test_a_writer_who_waits_for_somebody_elses_lock_can_be_called_back(database: Database, path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = [asyncio.ensure_future(add(database, str(number))) for number in range(4)]
        await asyncio.sleep(0.1)
        for task in waiting:
            task.cancel()
        assert {type(each) for each in await asyncio.gather(*waiting, return_exceptions=True)} == {
            asyncio.CancelledError
        }
        assert other.in_transaction
    await add(database, "afterwards")
    assert stored(path) == {"afterwards"}


def put_aside(path: Path) -> None:
    path.rename(path.with_name("aside.db"))


def put_back(path: Path) -> None:
    path.with_name("aside.db").rename(path)


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def deleted(path: Path) -> None:
    path.unlink()


def deleted_with_its_log(path: Path) -> None:
    for each in path.parent.glob("club.db*"):
        each.unlink()


def replaced(path: Path) -> None:
    copy_of(path).replace(path)


def replaced_by_a_copy(path: Path) -> None:
    copy = copy_of(path)
    path.unlink()
    shutil.copy(copy, path)


def moved_with_its_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def linked_elsewhere(path: Path) -> None:
    copy = copy_of(path)
    path.unlink()
    path.symlink_to(copy)


def log_deleted(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def log_exchanged(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    shutil.copyfile(log, path.with_name("other-wal"))
    path.with_name("other-wal").replace(log)


ENDS: list[Callable[[Path], None]] = [
    deleted,
    deleted_with_its_log,
    replaced,
    replaced_by_a_copy,
    moved_with_its_folder,
    linked_elsewhere,
    log_deleted,
    log_exchanged,
]


@pytest.mark.parametrize("end", ENDS)
async def test_nothing_is_written_into_a_file_that_is_not_there_any_more(
    database: Database, path: Path, end: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    await add(database, "kept")
    end(path)
    with pytest.raises(DatabaseReplaced):
        await add(database, "would be gone")
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert await count(database) == 1  # what was read is as good as before


@pytest.mark.parametrize("end", ENDS)
async def test_nothing_is_committed_into_a_file_that_goes_meanwhile(
    database: Database, path: Path, end: Callable[[Path], None]
) -> None:
    await add(database, "kept")
    with pytest.raises(StorageUnavailable):  # SQLite itself finds out some of them
        await add(database, "would be gone", and_then=lambda: end(path))
    assert await count(database) == 1


async def test_a_look_for_news_notices_it_and_tells_the_operator_once(
    database: Database, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await add(database, "kept")
    put_aside(path)
    for _ in range(3):
        await count(database)
    [told] = caplog.records
    assert (told.levelno, str(path) in told.getMessage()) == (logging.ERROR, True)
    assert names(path) == ["aside.db", "club.db-shm", "club.db-wal"]  # and no empty one is made in its place


async def publish(database: Database) -> None:
    async with database.begin() as tx:
        await revisions.note(tx, 1)


def into_the_file(path: Path) -> None:
    """Have everything that is in the log moved into the file, as SQLite does now and then."""
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


async def test_a_copy_written_over_the_same_file_is_noticed(
    database: Database, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await publish(database)
    copy = copy_of(path)
    await publish(database)
    into_the_file(path)
    await publish(database)
    shutil.copyfile(copy, path)
    with pytest.raises(DatabaseReplaced):
        await publish(database)
    await count(database)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


@pytest.mark.parametrize("over", [b"", b"no database", b"SQLite format 3\0"])
async def test_what_is_no_database_is_not_taken_for_ours(database: Database, path: Path, over: bytes) -> None:
    await publish(database)
    into_the_file(path)
    await publish(database)
    write(path, over)
    with pytest.raises(StorageUnavailable):
        await publish(database)


async def test_a_copy_of_what_is_there_is_no_replacement(database: Database, path: Path) -> None:
    for _ in range(3):
        await publish(database)
        shutil.copyfile(copy_of(path), path)
    await publish(database)
    into_the_file(path)
    shutil.copyfile(copy_of(path), path)
    await publish(database)


async def test_pages_that_go_into_the_file_are_no_replacement(database: Database, path: Path) -> None:
    await asyncio.gather(*(publish(database) for _ in range(200)), *(count(database) for _ in range(50)))
    for _ in range(20):
        into_the_file(path)
        async with database.begin() as tx:
            await tx.execute(
                insert(picks), [{"guild_id": 1, "slug": f"{number} {'x' * 2000}"} for number in range(900)]
            )
        async with database.begin() as tx:
            await tx.execute(delete(picks))
        await publish(database)


@pytest.mark.parametrize("end", [log_deleted, log_exchanged])
async def test_a_look_notices_a_log_that_was_deleted_or_exchanged_alone(
    database: Database, path: Path, end: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    await add(database, "kept")
    end(path)
    for _ in range(3):
        await count(database)
    [told] = caplog.records
    assert (told.levelno, f"{path}-wal" in told.getMessage()) == (logging.ERROR, True)


async def test_a_file_that_comes_back_is_written_again(
    database: Database, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await add(database, "a")
    put_aside(path)
    with pytest.raises(DatabaseReplaced):
        await add(database, "b")
    put_back(path)
    await add(database, "c")
    assert stored(path) == {"a", "c"}
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.WARNING]


async def test_connections_that_come_and_go_are_no_replacement(database: Database, path: Path) -> None:
    for number in range(3):
        stalled = asyncio.ensure_future(add(database, f"never {number}", nap=30))
        await asyncio.sleep(0.1)
        stalled.cancel()  # which ends its connection; the last one takes the log with it
        await asyncio.wait([stalled])
        await add(database, str(number))
    assert stored(path) == {"0", "1", "2"}


async def test_a_database_in_memory_has_no_file_to_lose() -> None:
    opened = await Database.open("sqlite://")
    await add(opened, "a")
    assert await count(opened) == 1
    await opened.close()
