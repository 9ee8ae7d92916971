"""Backups: made, tried and brought back."""

import asyncio
import datetime
import logging
from pathlib import Path

from bot import __version__
from bot.domain.backups import EVERY, backup_name
from bot.domain.errors import StorageUnavailable
from bot.storage.backups import postgresql_dump, sqlite_copy
from bot.storage.backups.erasures import ErasureJournal
from bot.storage.backups.folder import Manifest, failures_named, last_drill, newest, part_of, put, thin_out
from bot.storage.db.database import bare_engine, file_of, serves_many

log = logging.getLogger(__name__)


class Backups:
    """Copies of one database in one folder, which whoever runs the bot has chosen."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address = address
        self._folder = folder

    @property
    def are_made_here(self) -> bool:
        """Whether the bot makes them itself: of a SQLite file it does."""
        return file_of(self._address) is not None

    async def age(self, now: datetime.datetime) -> datetime.timedelta | None:
        """How long ago the last was made; None where there is none. Raises `StorageUnavailable`."""
        with failures_named():
            made = await asyncio.to_thread(newest, self._folder, now)
        return None if made is None else now - made

    async def drill_age(self, now: datetime.datetime) -> datetime.timedelta | None:
        """How long ago one was last brought back on trial; None where that never was."""
        tried = await asyncio.to_thread(last_drill, self._folder)
        return None if tried is None else now - tried

    async def make(self, now: datetime.datetime) -> Path:
        """Make one, and let go of those that are not kept any longer. Raises `StorageUnavailable`."""
        ending = "db" if self.are_made_here else "dump"
        target = await back_up(self._address, self._folder / backup_name(now, ending), now)
        with failures_named():
            gone = await asyncio.to_thread(thin_out, self._folder, now)
        log.info("backed up to %s, %d older ones deleted", target, gone)
        return target

    async def make_if_due(self, now: datetime.datetime) -> bool:
        """The same once a day; tells whether it was due."""
        age = await self.age(now)
        if not self.are_made_here or (age is not None and age < EVERY):
            return False
        await self.make(now)
        return True


async def back_up(address: str, target: Path, now: datetime.datetime) -> Path:
    """Write a whole copy of the database to a file that there is not yet, or none at all.

    Raises `StorageUnavailable`, `DatabaseUnavailable`, `NewerDatabase` and PostgreSQL's `ProgramMissing`.
    """
    path = file_of(address)
    if path is None and not serves_many(address):
        raise StorageUnavailable("a database in memory is kept nowhere")
    with failures_named(), part_of(target) as part:
        if path is not None:
            if not path.is_file():
                raise StorageUnavailable(f"there is no file {path}")
            revision, counts = await asyncio.to_thread(sqlite_copy.copy_database, path, part)
        else:
            async with bare_engine(address) as engine:
                revision, counts = await postgresql_dump.copy_database(engine, part)
        await asyncio.to_thread(put, part, target, Manifest(now, __version__, revision, counts))
    return target


def journal_for(address: str, folder: Path | None) -> ErasureJournal | None:
    """The list of erasures: in the folder of backups, else beside the SQLite file; PostgreSQL has no such place."""
    if folder is None and (path := file_of(address)) is not None:
        folder = path.parent
    return None if folder is None else ErasureJournal(folder)
