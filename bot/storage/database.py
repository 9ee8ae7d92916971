"""Opening the database and its transactions: SQLite by default, PostgreSQL with the same code."""

import contextlib
import sqlite3
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage import migrate

_DRIVERS: Final = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
_BUSY_MILLISECONDS: Final = 5000


class DatabaseUnavailable(Exception):
    """The database cannot be opened or written; `address` hides the password, `reason` is the driver's."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class Database:
    """Hands out transactions. Whoever opened it closes it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(write=True)

    @classmethod
    async def open(cls, address: str) -> "Database":
        """Connect, and bring the tables up to date.

        Raises `DatabaseUnavailable`, or `migrate.NewerDatabase` without having touched anything.
        """
        engine = _engine(address)
        try:
            with _failures_named(engine):
                await migrate.upgrade(engine)
        except (DatabaseUnavailable, migrate.NewerDatabase):
            await engine.dispose()
            raise
        return cls(engine)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that only looks."""
        async with self._engine.connect() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that writes: all of it is kept at the end, or nothing where an error leaves it."""
        async with self._writer.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Wait for the driver to let go of every connection."""
        await self._engine.dispose()


@contextlib.asynccontextmanager
async def bare_engine(address: str) -> AsyncGenerator[AsyncEngine]:
    """A connection pool as it is, for looking after the tables. Raises `DatabaseUnavailable`."""
    engine = _engine(address)
    try:
        with _failures_named(engine):
            yield engine
    finally:
        await engine.dispose()


@contextlib.contextmanager
def _failures_named(engine: AsyncEngine) -> Generator[None]:
    try:
        yield
    except (DBAPIError, OSError, sqlite3.Error) as error:
        raise DatabaseUnavailable(engine.url.render_as_string(), _first_line(error)) from error


def _engine(address: str) -> AsyncEngine:
    try:
        url = make_url(address)
        # What a member typed is among the parameters of a failing statement; it must not reach a log.
        url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
        if url.get_backend_name() == "sqlite":
            return _sqlite(url)
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, OSError) as error:
        raise DatabaseUnavailable(_without_password(address), _first_line(error)) from error


def _sqlite(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _configure_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    # The driver's own way of beginning transactions is switched off; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: one that finds out later that it has to
    # write cannot wait for the lock, it fails.
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _first_line(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).strip().partition("\n")[0] or type(cause).__name__


def _without_password(address: str) -> str:
    return address.rpartition("@")[2] if "@" in address else address
