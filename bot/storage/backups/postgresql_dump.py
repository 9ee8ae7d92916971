"""Copying a PostgreSQL database and bringing a copy back, by PostgreSQL's own programs."""

import asyncio
import contextlib
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Iterable, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url, text

from bot.domain.errors import StorageUnavailable
from bot.storage.backups.contents import counted
from bot.storage.backups.folder import BackupDamaged
from bot.storage.db import migrate
from bot.storage.db.connections import AsyncEngine
from bot.storage.db.database import bare_engine
from bot.storage.db.tables import metadata

_DEBIAN: Final = Path("/usr/lib/postgresql")
_REVISION: Final = re.compile(r"^COPY .*alembic_version .*;\n(\S+)$", re.MULTILINE)
_TABLE: Final = re.compile(r"^\d+; \d+ \d+ TABLE \S+ (\S+) ", re.MULTILINE)
_DIFFERS: Final = re.compile(r"rows differ in (\w+)")
_OTHERS: Final = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
""")
# A bot that starts in the middle of it all waits for so long before it says that the database does not answer.
_LOCK_SECONDS: Final = 10


class ProgramMissing(Exception):
    """PostgreSQL's programs are not installed here; `name` is the one that was needed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class ProgramFailed(StorageUnavailable):
    """One of them did not do what it was asked for; `reason` is what it said."""


class RowsDiffer(Exception):
    """A table has not as many rows as were copied; `table` is its name, and nothing was changed."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


async def copy_database(engine: AsyncEngine, copy: Path) -> tuple[str, Mapping[str, int]]:
    """Write a copy of the database as it is at this moment; the bot goes on meanwhile.

    The result is its revision, and how many rows each table has. Raises `ProgramMissing`, `ProgramFailed` and
    `migrate.NewerDatabase`.
    """
    revision = await migrate.current(engine)
    if revision is None:
        raise StorageUnavailable("it is no database of Front Row")
    async with engine.execution_options(isolation_level="REPEATABLE READ").begin() as connection:
        snapshot = str(await connection.scalar(text("SELECT pg_export_snapshot()")))
        counts = await connection.run_sync(counted)  # what is counted is what is copied
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={copy}")
        await asyncio.to_thread(_run, "pg_dump", engine.url, *options)
    check(copy)
    return revision, counts


def check(copy: Path) -> str:
    """Read the whole copy; the result is its revision. Raises `BackupDamaged`, `ProgramMissing`, `NewerDatabase`."""
    try:
        listed = _run("pg_restore", None, "--list", str(copy))
        _run("pg_restore", None, f"--file={os.devnull}", str(copy))
        rows = _run("pg_restore", None, "--data-only", "--table=alembic_version", "--file=-", str(copy))
    except ProgramFailed as error:
        raise BackupDamaged(error.reason) from error
    if (found := _REVISION.search(rows)) is None or "alembic_version" not in _TABLE.findall(listed):
        raise BackupDamaged("it is no database of Front Row")
    if found[1] not in migrate.revisions():
        raise migrate.NewerDatabase(found[1], migrate.revisions()[-1])
    return found[1]


async def others(engine: AsyncEngine) -> int:
    """How many connections to the database there are beside this one."""
    async with engine.connect() as connection:
        return int(await connection.scalar(_OTHERS) or 0)


async def bring_back(url: URL, copy: Path, counts: Mapping[str, int]) -> None:
    """Put the copy in the place of all our tables, in one transaction: either is there, whatever happens.

    Raises `RowsDiffer` where a table then has not as many rows as `counts` says; `ProgramMissing`, `ProgramFailed`.
    """
    dropped = ", ".join(f'"{name}"' for name in _tables_in(copy))
    first = f"SET lock_timeout = '{_LOCK_SECONDS}s'; DROP TABLE IF EXISTS {dropped} CASCADE"
    with tempfile.TemporaryDirectory(prefix=".front-row-restore-") as folder:
        script = Path(folder) / "restore.sql"
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
        await asyncio.to_thread(_run, "pg_restore", None, *options)
        quiet = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--single-transaction", "--set=ON_ERROR_STOP=1")
        steps = (
            f"--command={first}",
            f"--file={script}",
            "--command=RESET search_path",
            *map(_check_of, counts.items()),
        )
        try:
            await asyncio.to_thread(_run, "psql", url, *quiet, *steps)
        except ProgramFailed as error:
            if (found := _DIFFERS.search(error.reason)) is not None:
                raise RowsDiffer(found[1]) from error
            raise


def _check_of(expected: tuple[str, int]) -> str:
    """What lets the transaction fail where the table has another number of rows."""
    name, rows = expected
    if name not in metadata.tables:
        return "--command=SELECT"
    differs = f"(SELECT count(*) FROM {name}) <> {rows:d}"  # noqa: S608  # a name of ours, and a number
    return f"--command=DO $$ BEGIN IF {differs} THEN RAISE EXCEPTION 'rows differ in {name}'; END IF; END $$"


@contextlib.asynccontextmanager
async def scratch_database(address: str) -> AsyncGenerator[str]:
    """The address of an empty database on the same server, which goes afterwards.

    Raises `StorageUnavailable` where the user of the address may make none.
    """
    name = f"front_row_drill_{secrets.token_hex(6)}"
    await _administer(address, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield make_url(address).set(database=name).render_as_string(hide_password=False)
    finally:
        await _administer(address, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _administer(address: str, statement: str) -> None:
    async with (
        bare_engine(address) as engine,
        engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection,
    ):
        await connection.execute(text(statement))


def _tables_in(copy: Path) -> Iterable[str]:
    """All that the copy has, and all that this version has, which may be more."""
    listed = _run("pg_restore", None, "--list", str(copy))
    return sorted({*_TABLE.findall(listed), *metadata.tables, "alembic_version"})


def _run(program: str, url: URL | None, *options: str) -> str:
    """What the program says. The address goes by its environment, which other users of the machine cannot read."""
    command = (_found(program), *(("--no-password",) if url is not None else ()), *options)
    done = subprocess.run(command, env=_environment(url), capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        wrong = next((line for line in said if "error" in line.lower()), said[0] if said else f"exit {done.returncode}")
        raise ProgramFailed(wrong.strip())
    return done.stdout.decode(errors="replace")


def _found(program: str) -> str:
    """The newest there is: an older one refuses a newer server."""
    installed = sorted(_DEBIAN.glob(f"*/bin/{program}"), key=lambda path: path.parts[-3].zfill(3))
    found = str(installed[-1]) if installed else shutil.which(program)
    if found is None:
        raise ProgramMissing(program)
    return found


def _environment(url: URL | None) -> dict[str, str]:
    if url is None:
        return {}
    mode = url.query.get("sslmode", url.query.get("ssl"))
    said = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": mode if isinstance(mode, str) else None,
        "PGCONNECT_TIMEOUT": _LOCK_SECONDS,
        "PGAPPNAME": "front-row backup",
    }
    return {name: str(value) for name, value in said.items() if value}
