"""Opening the database and its transactions: SQLite by default, PostgreSQL with the same code."""

import contextlib
import sqlite3
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import MemoryFailed
from bot.storage import migrate

# Every spelling of the two databases that we know, and the driver that each is opened with.
_SQLITE: Final = "sqlite+aiosqlite"
_POSTGRESQL: Final = "postgresql+asyncpg"
_DRIVERS: Final = {
    "sqlite": _SQLITE,
    _SQLITE: _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}
_BUSY_MILLISECONDS: Final = 5000
# What a storage function works in; services hand it on and do nothing else with it.
Transaction = AsyncConnection
# A server that has vanished without a word would otherwise be waited for until TCP gives up.
_CONNECT_SECONDS: Final = 5
_LAST_PORT: Final = 65_535
_STATEMENT_SECONDS: Final = 10


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
                await _use_write_ahead_log(engine)
        except (DatabaseUnavailable, migrate.NewerDatabase):
            await engine.dispose()
            raise
        return cls(engine)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that only looks. Raises `MemoryFailed`."""
        with _outages_named():
            async with self._engine.connect() as connection:
                yield connection

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that writes: all of it is kept at the end, or nothing where an error leaves it.

        Raises `MemoryFailed`.
        """
        with _outages_named():
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


def exists(address: str) -> bool:
    """False for a SQLite file that nobody has made yet. Raises `DatabaseUnavailable`."""
    url = _url(address)
    return url.drivername != _SQLITE or not url.database or Path(url.database).exists()


@contextlib.contextmanager
def _outages_named() -> Generator[None]:
    try:
        yield
    except (DataError, IntegrityError):
        raise  # a mistake of ours, which is no outage
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise MemoryFailed(_first_line(error)) from error


@contextlib.contextmanager
def _failures_named(engine: AsyncEngine) -> Generator[None]:
    try:
        yield
    except (
        DBAPIError,
        sqlite3.Error,
        OSError,
        OverflowError,  # a port beyond the last one, in the address's options
        TypeError,
    ) as error:  # TypeError: an option that the driver does not know
        raise DatabaseUnavailable(_shown(engine.url.render_as_string()), _first_line(error)) from error


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable(_shown(address), _first_line(error)) from error
    if url.port is not None and not 0 < url.port <= _LAST_PORT:
        raise DatabaseUnavailable(_shown(address), f"there is no port {url.port}; the last one is {_LAST_PORT}")
    if url.drivername not in _DRIVERS:
        raise DatabaseUnavailable(_shown(address), "it is neither SQLite nor PostgreSQL")
    return url.set(drivername=_DRIVERS[url.drivername])


def _engine(address: str) -> AsyncEngine:
    url = _url(address)
    try:
        if url.drivername == _SQLITE:
            return _sqlite(url)
        # Hosting companies write libpq's name of the option; asyncpg calls it by its own.
        options = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
        # What a member typed is among the parameters of a failing statement; it must not reach a log.
        return create_async_engine(
            url.set(query=options),
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": _CONNECT_SECONDS, "command_timeout": _STATEMENT_SECONDS},
        )
    except (ArgumentError, sqlite3.Error, OSError, TypeError, ValueError) as error:
        raise DatabaseUnavailable(_shown(address), _first_line(error)) from error


def _sqlite(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        # The asynchronous driver leaves a thread behind when it cannot open the file; this one does not.
        sqlite3.connect(url.database).close()
    engine = create_async_engine(url, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _configure_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    # The driver's own way of beginning transactions is switched off; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


async def _use_write_ahead_log(engine: AsyncEngine) -> None:
    """Let readers and the writer work side by side. The file keeps the setting, so a newer one is never asked."""
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction: inside one the mode cannot be changed.
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            try:
                await driver.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:  # otherwise somebody else is just setting it
                    raise


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: one that finds out later that it has to
    # write cannot wait for the lock, it fails.
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _first_line(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).strip().partition("\n")[0] or type(cause).__name__


def _shown(address: str) -> str:
    """The address without user, password and options."""
    scheme, mark, rest = address.partition("://")
    place = (rest if mark else scheme).rpartition("@")[2].partition("?")[0]
    return f"{scheme.partition('+')[0]}://{place}" if mark else place
