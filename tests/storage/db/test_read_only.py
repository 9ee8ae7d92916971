"""A database that cannot be written for a while: writing works again as soon as it can be."""

import asyncio
import contextlib
import os
import shutil
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from bot.domain.errors import StorageUnavailable
from bot.storage.db.database import Database, bare_engine
from bot.storage.db.tables import picks
from tests.cli.frontrow import UNPRIVILEGED, needs_modes
from tests.conftest import POSTGRESQL, needs_postgresql, postgresql

ROOT = Path(__file__).parents[3]
CONNECTIONS = 5  # that a pool keeps


async def write(database: Database, slug: str) -> bool:
    """Whether it could be written."""
    try:
        async with database.begin() as tx:
            await tx.execute(insert(picks).values(guild_id=1, slug=slug))
    except StorageUnavailable:
        return False
    return True


async def look(database: Database) -> int:
    async with database.read() as tx:
        return await tx.scalar(select(func.count()).select_from(picks)) or 0


async def look_at_once(database: Database) -> None:
    """With every connection that the pool keeps."""
    async with contextlib.AsyncExitStack() as held:
        for _ in range(CONNECTIONS):
            tx = await held.enter_async_context(database.read())
            await tx.scalar(select(func.count()).select_from(picks))


@contextlib.asynccontextmanager
async def opened(address: str) -> AsyncGenerator[Database]:
    database = await Database.open(address)
    try:
        yield database
    finally:
        await database.close()


def set_mode(path: Path, mode: int) -> None:
    for each in path.parent.glob(f"{path.name}*"):  # SQLite gives the files beside it the same mode
        each.chmod(mode)


async def sqlite_story(path: Path) -> None:
    """Run without the privilege to write everywhere: see below."""
    async with opened(f"sqlite:///{path}") as database:
        assert await write(database, "before")
        set_mode(path, 0o444)
        await look_at_once(database)  # these connections are opened to a file that is read-only
        set_mode(path, 0o644)
        for number in range(2 * CONNECTIONS):
            assert await write(database, f"after {number}")
    async with opened(f"sqlite:///{path}") as database:
        set_mode(path, 0o444)
        await look_at_once(database)
        failed = [not await write(database, f"never {number}") for number in range(2 * CONNECTIONS)]
        assert any(failed)  # otherwise nothing was tried
        await look(database)
        set_mode(path, 0o644)
        await look(database)
        for number in range(2 * CONNECTIONS):
            assert await write(database, f"then {number}")


@needs_modes
async def test_a_sqlite_file_is_written_as_soon_as_it_can_be(tmp_path: Path) -> None:
    prefix = UNPRIVILEGED if os.geteuid() == 0 and shutil.which("setpriv") else ()
    program = (
        "import asyncio, sys; from pathlib import Path; from tests.storage.db.test_read_only import sqlite_story; "
    )
    program += "asyncio.run(sqlite_story(Path(sys.argv[1])))"
    child = await asyncio.create_subprocess_exec(
        *prefix, sys.executable, "-c", program, str(tmp_path / "club.db"), cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    _, said = await child.communicate()
    assert child.returncode == 0, said.decode()


@needs_postgresql
@pytest.mark.parametrize("looks", [0, 3])
async def test_a_postgresql_is_written_as_soon_as_it_can_be(looks: int) -> None:
    assert POSTGRESQL is not None
    async with postgresql(POSTGRESQL) as address, bare_engine(address) as engine, opened(address) as database:
        name = address.rpartition("/")[2]
        assert await write(database, "before")

        async def set_read_only(value: str) -> None:
            async with engine.begin() as connection:
                await connection.execute(text("SET TRANSACTION READ WRITE"))
                await connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {value}'))

        await set_read_only("on")
        await database.close()  # as when the server was away for a moment
        await look_at_once(database)
        assert not await write(database, "never")
        for _ in range(looks):
            await look(database)
        await set_read_only("off")
        for number in range(2 * CONNECTIONS):
            assert await write(database, f"after {number}")
