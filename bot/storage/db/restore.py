"""Putting a backup in the place of the SQLite file, which nobody may have open meanwhile."""

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Generator
from itertools import count
from pathlib import Path
from typing import Final

from bot.storage.db import migrate

# Tables that there have been since the first revision. Other programs number their revisions, too.
_OURS: Final = frozenset({"alembic_version", "command_sets", "discussions", "picks"})
_BESIDE: Final = ("-wal", "-shm", "-journal")
_UNREADABLE: Final = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class CannotRestore(Exception):
    """Nothing was changed; `key` and `values` name the sentence that says why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def restore(backup: Path, path: Path, prepare: Callable[[Path], object] = lambda _copy: None) -> Path | None:
    """Put a copy of the backup at `path`. The result is where the file that was there is now, if there was one.

    The copy is checked first and handed to `prepare`, and the place changes hands in one step, so that whatever happens
    one of the two is there. Raises `CannotRestore`, `migrate.NewerDatabase`, and what `prepare` raises.
    """
    try:
        if not backup.is_file():
            raise CannotRestore("cli.restore_missing", file=str(backup))
        if path.exists() and backup.samefile(path):
            raise CannotRestore("cli.restore_same", file=str(backup))
        path = path.resolve()  # a link to the file stays
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=path.parent) as folder:
            copy = _checked_copy(backup, Path(folder))
            prepare(copy)
            _make_one_file(copy)
            with _unused(path):
                aside = _put_aside(path)
                if aside is not None:
                    _give_to_owner_of(aside, copy)
                copy.replace(path)
                return aside
    except OSError as error:
        raise CannotRestore("cli.restore_failed", file=str(backup), reason=error.strerror or str(error)) from error


def _checked_copy(backup: Path, folder: Path) -> Path:
    copy = folder / "restored.db"
    shutil.copyfile(backup, copy)
    beside = backup.with_name(f"{backup.name}-wal")
    if beside.exists():  # a copy of the files of a bot that was killed: the end of the story is in there
        shutil.copyfile(beside, copy.with_name(f"{copy.name}-wal"))
    try:
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            _check(connection, backup)
    except sqlite3.DatabaseError as error:
        raise CannotRestore("cli.restore_damaged", file=str(backup), reason=str(error)) from error
    return copy


def _make_one_file(copy: Path) -> None:
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _check(connection: sqlite3.Connection, backup: Path) -> None:
    [(found,), *_] = connection.execute("PRAGMA integrity_check")
    if found != "ok":
        raise CannotRestore("cli.restore_damaged", file=str(backup), reason=str(found).partition("\n")[0])
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _OURS:
        raise CannotRestore("cli.restore_foreign", file=str(backup))
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None:
        raise CannotRestore("cli.restore_foreign", file=str(backup))
    if revision[0] not in migrate.revisions():
        raise migrate.NewerDatabase(revision[0], migrate.revisions()[-1])


@contextlib.contextmanager
def _unused(path: Path) -> Generator[None]:
    """Hold the file so that nobody opens it meanwhile. Raises `CannotRestore` where somebody has it open.

    A connection of a running bot holds a shared lock for as long as there is a write-ahead log, and only who is alone
    can put the log away. Where the file is no database, no bot runs on it.
    """
    if not path.exists():
        yield
        return
    with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _UNREADABLE:
                raise CannotRestore("cli.restore_in_use", database=str(path), reason=str(error)) from error
        yield


def _give_to_owner_of(aside: Path, copy: Path) -> None:
    """Let the bot write it, though it may have been root who restored it."""
    shutil.copymode(aside, copy)
    if sys.platform != "win32":
        owner = aside.stat()
        with contextlib.suppress(PermissionError):  # others than root give nothing away
            os.chown(copy, owner.st_uid, owner.st_gid)


def _put_aside(path: Path) -> Path | None:
    """Move what is there to a name that is free: the file, and what SQLite keeps beside it."""
    aside = next(free for number in count(1) if not (free := path.with_name(f"{path.name}.before-{number}")).exists())
    for ending in _BESIDE:  # a log that stays would be taken for the backup's
        with contextlib.suppress(FileNotFoundError):
            path.with_name(f"{path.name}{ending}").rename(aside.with_name(f"{aside.name}{ending}"))
    try:
        path.rename(aside)
    except FileNotFoundError:
        return None
    return aside
