"""Copying a SQLite database while it is used, by SQLite's own backup."""

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from bot.domain.errors import StorageUnavailable
from bot.storage.db.migrate import NewerDatabase, revisions
from bot.storage.db.tables import metadata


def copy_database(path: Path, copy: Path) -> tuple[str, Mapping[str, int]]:
    """Write a copy of the database as it is at this moment, all in one file; readers and writers go on meanwhile.

    The result is its revision, and how many rows each table has in the database itself. Raises `StorageUnavailable`
    where either cannot be read or written, or the copy is not whole; and `NewerDatabase`.
    """
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as source:
            source.isolation_level = None
            source.execute("BEGIN")  # what is counted is what is copied
            revision = _revision(source)
            with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
                [(found,), *_] = target.execute("PRAGMA integrity_check")
            counts = rows_of(source)
        if found != "ok" or rows_in(copy) != counts:
            raise StorageUnavailable(f"the copy is not whole ({str(found).partition(chr(10))[0]})")
    except sqlite3.Error as error:
        raise StorageUnavailable(str(error)) from error
    return revision, counts


def rows_in(path: Path) -> dict[str, int]:
    """How many rows each table of that file has."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return rows_of(connection)


def rows_of(connection: sqlite3.Connection) -> dict[str, int]:
    """The same for an open connection, in its transaction if it is in one."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = sorted(there & metadata.tables.keys())
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ours}  # noqa: S608


def _revision(connection: sqlite3.Connection) -> str:
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        raise StorageUnavailable("it is no database of Front Row") from error
    if found is None:
        raise StorageUnavailable("it is no database of Front Row")
    if found[0] not in revisions():
        raise NewerDatabase(found[0], revisions()[-1])
    return found[0]
