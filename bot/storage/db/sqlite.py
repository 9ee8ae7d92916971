"""What SQLite needs and PostgreSQL does not: each connection's settings, the lock to write, a file that stays there."""

import contextlib
import logging
import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import StorageUnavailable
from bot.storage.db.connections import AsyncEngine, create_engine

log = logging.getLogger(__name__)

# How long another process may keep the lock before a writer gives up.
PATIENCE: Final = 5.0
# It waits in slices of this where it may have to be called back, which a thread waiting inside SQLite cannot be.
SLICE: Final = 0.2
# A connection that was opened to a read-only file begins all the same; only what writes fails.
_WRITE_NOTHING: Final = "DELETE FROM alembic_version WHERE false"
# A statement that the driver keeps for the next time keeps its values too, such as an upload of 8 MB.
_CACHED_STATEMENTS: Final = 0
# Kilobytes of the file that each connection keeps in memory; the system keeps all of it that there is room for anyway.
_PAGES_KEPT: Final = 256
# A file's device and inode.
_Identity = tuple[int, int]
# When a file was last written, and its size.
_Stamp = tuple[int, int]
_NUMBERS: Final = """
    SELECT (SELECT coalesce(max(number), 0) FROM revisions) + (SELECT coalesce(sum(seq), 0) FROM sqlite_sequence)
"""


class DatabaseReplaced(StorageUnavailable):
    """The database's file was deleted or replaced under the running bot: what it wrote now would be gone."""

    key = "error.database_replaced"

    def __init__(self) -> None:
        super().__init__("its file was deleted or replaced while the bot runs")


class _File:
    """The file of a database. Who deletes it or puts another in its place leaves our connections with the old one."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._log = Path(f"{path}-wal")  # it holds what has been written last
        self._opened = _identity(self._path)
        self._is_in_place = self._is_log_in_place = True
        self._number = 0  # the highest that has been seen in the file itself
        self._seen: _Stamp | None = None
        self._is_older = False

    def look(self) -> bool:
        """Whether it is still the file that was opened; tells the operator when that changes."""
        in_place = _identity(self._path) == self._opened and not self._was_written_over()
        if self._is_in_place and not in_place:
            log.error("%s was deleted or replaced while the bot runs: nothing is written. Restart the bot", self._path)
        elif in_place and not self._is_in_place:
            log.warning("%s is in its place again", self._path)
        self._is_in_place = in_place
        return in_place

    def _was_written_over(self) -> bool:
        """Whether a copy from before stands in the very same file.

        SQLite does not notice, as long as its log is there. But numbers that only grow do not go back: neither when we
        move pages from the log into the file nor when another process does, all others leave the file alone.
        """
        stamp = _stamp(self._path)
        if stamp != self._seen and (number := _last_number(self._path)) is not None:
            self._seen, self._is_older = stamp, number < self._number
            self._number = max(number, self._number)
        return self._is_older

    def require(self) -> None:
        """Raise `DatabaseReplaced` where it is not the file that was opened."""
        if not self.look():
            raise DatabaseReplaced

    def look_at_log(self, connection: Connection) -> bool:
        """The same for the write-ahead log, which a connection keeps open once it has used it."""
        found = _identity(self._log)
        if found is not None:
            connection.info.setdefault(_File, found)
        in_place = connection.info.get(_File) == found
        if self._is_log_in_place and not in_place:
            log.error("%s was deleted or replaced while the bot runs: nothing is written. Restart the bot", self._log)
        self._is_log_in_place = in_place
        return in_place

    def require_log(self, connection: Connection) -> None:
        """Raise `DatabaseReplaced` where it is not the log that the connection has."""
        if not self.look_at_log(connection):
            raise DatabaseReplaced

    def watch(self, engine: AsyncEngine) -> None:
        """Look after it whenever a transaction begins, and refuse to write where it has gone."""

        def connect(*_: object) -> None:
            self.require()  # otherwise SQLite would make an empty file where ours was

        def begin(connection: Connection) -> None:
            if _writes(connection):
                self.require()
                _begin(connection)
                self.require_log(connection)
            else:
                self.look()
                _begin(connection)
                self.look_at_log(connection)

        def commit(connection: Connection) -> None:
            if _writes(connection):
                self.require()
                self.require_log(connection)

        event.listen(engine.sync_engine, "do_connect", connect)
        event.listen(engine.sync_engine, "begin", begin)
        event.listen(engine.sync_engine, "commit", commit)


def open_engine(url: URL) -> AsyncEngine:
    """A pool of connections to the file, which is made if need be, or to a database in memory."""
    engine = create_engine(url, hide_parameters=True, connect_args={"cached_statements": _CACHED_STATEMENTS})
    event.listen(engine.sync_engine, "connect", _configure)
    if not url.database or url.database == ":memory:":
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # The asynchronous driver leaves a thread behind when it cannot open the file; this one does not.
    sqlite3.connect(url.database).close()
    _File(url.database).watch(engine)
    return engine


def is_locked(error: DBAPIError) -> bool:
    """Whether another process has the lock."""
    return _code(error) == sqlite3.SQLITE_BUSY


def is_read_only(error: DBAPIError) -> bool:
    """Whether the file could not be written when the connection was opened, which the connection never forgets."""
    return _code(error) == sqlite3.SQLITE_READONLY


async def use_write_ahead_log(engine: AsyncEngine) -> None:
    """Let readers and the writer work side by side. The file keeps the setting, so a newer one is never asked."""
    async with engine.connect() as connection:
        await connection.run_sync(_set_write_ahead_log)


def _set_write_ahead_log(connection: Connection) -> None:
    # Past SQLAlchemy, which would begin a transaction: inside one the mode cannot be changed.
    cursor = connection.connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:  # otherwise somebody else is just setting it
            raise
    finally:
        cursor.close()


def _configure(connection: Any, _record: object) -> None:
    # The driver's own way of beginning transactions is switched off; the "begin" listener does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(_busy_timeout(PATIENCE))
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{_PAGES_KEPT}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if not _writes(connection):
        connection.exec_driver_sql("BEGIN")
        return
    options = connection.get_execution_options()
    # The lock at once: a transaction that finds out later that it has to write cannot wait for it, it fails.
    connection.exec_driver_sql(_busy_timeout(options.get("patience", PATIENCE)))
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(_busy_timeout(PATIENCE))
    if "patience" in options:  # whoever would try again
        connection.exec_driver_sql(_WRITE_NOTHING)


def _writes(connection: Connection) -> bool:
    return connection.get_execution_options().get("write", False)


def _busy_timeout(seconds: float) -> str:
    return f"PRAGMA busy_timeout = {round(seconds * 1000)}"


def _code(error: DBAPIError) -> int | None:
    extended: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return None if extended is None else extended & 0xFF


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _last_number(path: Path) -> int | None:
    """The numbers that only grow, summed up, in the file without its log; None where it is just being written."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            return connection.execute(_NUMBERS).fetchone()[0]
    except sqlite3.DatabaseError as error:
        # No such tables (yet), or no database at all.
        return 0 if error.sqlite_errorcode in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB) else None
