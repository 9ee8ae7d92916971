"""Opening the database and its transactions: SQLite by default, PostgreSQL with the same code."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import StorageUnavailable
from bot.storage.db import hints, migrate, sqlite, statements
from bot.storage.db.connections import AsyncConnection, AsyncEngine, create_engine

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
_LAST_PORT: Final = 65_535
# What a storage function works in; services hand it on and do nothing else with it.
Transaction = AsyncConnection
# A server that has vanished without a word would otherwise be waited for until TCP gives up.
_CONNECT_SECONDS: Final = 5
_STATEMENT_SECONDS: Final = 10
_CLOSE_SECONDS: Final = 1
# What PostgreSQL calls "read_only_sql_transaction".
_READ_ONLY: Final = "25006"


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
        self._writer = engine.execution_options(write=True, patience=sqlite.SLICE)
        self._is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time. Ours wait here, in order, and keep no connection from the readers.
        self._line = asyncio.Lock()
        self._could_write = True

    @classmethod
    async def open(cls, address: str) -> "Database":
        """Connect, and bring the tables up to date.

        Raises `DatabaseUnavailable`, or without having touched anything `migrate.NewerDatabase` or `BreaksRunning`.
        """
        engine = _engine(address)
        async with contextlib.AsyncExitStack() as where_it_fails:
            where_it_fails.push_async_callback(engine.dispose)
            with _failures_named(engine):
                await migrate.upgrade(engine)
                if engine.dialect.name == "sqlite":
                    await sqlite.use_write_ahead_log(engine)
            where_it_fails.pop_all()
        return cls(engine)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that only looks. Raises `StorageUnavailable`."""
        with _outages_named():
            async with self._engine.connect() as connection:
                yield connection

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that writes: all of it is kept at the end, or nothing where an error leaves it.

        Raises `StorageUnavailable`, or its kind `DatabaseReplaced`.
        """
        with _outages_named():
            try:
                async with contextlib.AsyncExitStack() as transaction:
                    yield await self._begin(transaction)
            except DBAPIError as error:
                self._could_write = not _is_read_only(error)
                raise
            self._could_write = True

    async def _begin(self, transaction: contextlib.AsyncExitStack) -> AsyncConnection:
        if not self._could_write:  # a connection that was opened to a read-only database stays so
            await self._engine.dispose()
        if not self._is_sqlite:
            return await transaction.enter_async_context(self._writer.begin())
        until = asyncio.get_running_loop().time() + sqlite.PATIENCE
        await transaction.enter_async_context(self._line)
        while True:
            try:
                return await transaction.enter_async_context(self._writer.begin())
            except DBAPIError as error:
                if sqlite.is_read_only(error) and self._could_write:
                    self._could_write = False
                    await self._engine.dispose()
                elif not sqlite.is_locked(error) or asyncio.get_running_loop().time() > until:
                    raise

    async def revision(self) -> str | None:
        """The revision of its tables. Raises `StorageUnavailable` and `migrate.NewerDatabase`."""
        with _outages_named():
            return await migrate.current(self._engine)

    @property
    def connections_in_use(self) -> int:
        """How many of the pool somebody has."""
        return statements.connections_in_use(self._engine)

    def observe(self, note: Callable[[float], object]) -> None:
        """Have the seconds of each statement noted from now on."""
        statements.observe(self._engine, note)

    def hints(self) -> AsyncGenerator[None]:
        """A turn whenever another process may have written something; SQLite gives none."""
        return hints.heard(self._engine)

    async def close(self) -> None:
        """Wait for the driver to let go of every connection, but not for ever: the server may not answer."""
        closing = asyncio.ensure_future(self._engine.dispose())
        await asyncio.wait({closing}, timeout=_CLOSE_SECONDS)
        if closing.done():
            await closing


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
    path = file_of(address)
    return path is None or path.exists()


def file_of(address: str) -> Path | None:
    """The file of a SQLite database; None for one in memory, and for PostgreSQL. Raises `DatabaseUnavailable`."""
    url = _url(address)
    return Path(url.database) if url.drivername == _SQLITE and url.database not in (None, "", ":memory:") else None


def serves_many(address: str) -> bool:
    """Whether several processes may work on the database side by side. Raises `DatabaseUnavailable`."""
    return _url(address).drivername == _POSTGRESQL


@contextlib.contextmanager
def _outages_named() -> Generator[None]:
    try:
        yield
    except (DataError, IntegrityError):
        raise  # a mistake of ours, which is no outage
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise StorageUnavailable(_first_line(error)) from error


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
        raise DatabaseUnavailable(_shown(engine.url), _first_line(error)) from error


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise _no_address() from None
    if url.drivername not in _DRIVERS:
        raise DatabaseUnavailable(_shown(url), "it is neither SQLite nor PostgreSQL")
    url = url.set(drivername=_DRIVERS[url.drivername])
    # A file has no host, no user and no port; where one is read, something else was meant.
    is_odd_file = url.drivername == _SQLITE and any((url.host, url.username, url.password, url.port))
    # An @ of a password that should have been written as %40 ends up in the host.
    if is_odd_file or "@" in (url.host or "") or (url.port or 0) > _LAST_PORT:
        raise _no_address()
    return url


def _no_address() -> DatabaseUnavailable:
    """For an address that cannot be read: no part of it is quoted, as any may be a password."""
    return DatabaseUnavailable("in DATABASE_URL", "that is no address, such as sqlite:///club.db or postgresql://…")


def _engine(address: str) -> AsyncEngine:
    url = _url(address)
    try:
        if url.drivername == _SQLITE:
            return sqlite.open_engine(url)
        # Hosting companies write libpq's name of the option; asyncpg calls it by its own.
        options = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
        # What a member typed is among the parameters of a failing statement; it must not reach a log.
        return create_engine(
            url.set(query=options),
            pool_pre_ping=True,
            # Whoever has waited for a number of a change has to see what the one before has written.
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            connect_args={"timeout": _CONNECT_SECONDS, "command_timeout": _STATEMENT_SECONDS},
        )
    except (ArgumentError, sqlite3.Error, OSError, TypeError, ValueError) as error:
        raise DatabaseUnavailable(_shown(url), _first_line(error)) from error


def _is_read_only(error: DBAPIError) -> bool:
    return sqlite.is_read_only(error) or getattr(error.orig, "sqlstate", None) == _READ_ONLY


def _first_line(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).strip().partition("\n")[0] or type(cause).__name__


def _shown(url: URL) -> str:
    """The address without user, password and options."""
    bare = URL.create(url.get_backend_name(), host=url.host, port=url.port, database=url.database)
    return bare.render_as_string()
