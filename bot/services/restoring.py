"""Bringing a backup back: in the place of the database, or elsewhere to see whether it would work."""

import asyncio
import datetime
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bot.services.backups import back_up
from bot.storage.backups import postgresql_dump, sqlite_copy
from bot.storage.backups.contents import counted, erase_again
from bot.storage.backups.erasures import ErasureJournal
from bot.storage.backups.folder import BackupDamaged, Manifest, read_manifest
from bot.storage.db import migrate
from bot.storage.db.connections import AsyncEngine
from bot.storage.db.database import Database, bare_engine, file_of, serves_many
from bot.storage.db.restore import CannotRestore, restore


@dataclass(frozen=True)
class Restored:
    """What came of it: how many rows there are, how many members and servers were erased again, what was put aside."""

    rows: int
    erased: int
    aside: Path | None = None


@dataclass(frozen=True)
class Restorer:
    """Brings copies back. `former` is what is written in place of the name of a member who is erased again."""

    journal: ErasureJournal | None
    former: str
    now: datetime.datetime

    async def restore(self, address: str, backup: Path) -> Restored:
        """Put the copy in the place of the database, which nobody may use meanwhile; what was there is kept.

        Raises `CannotRestore`, `NewerDatabase`, `KeyLost`, `StorageUnavailable` and `ProgramMissing`.
        """
        self._require_key()
        if (path := file_of(address)) is not None:
            return await self._put_file(backup, path, await asyncio.to_thread(_manifest, backup))
        _require_server(address)
        manifest = await asyncio.to_thread(_checked, backup)
        aside = await self._put_aside(address, backup)
        return await self._bring_back(address, backup, manifest, aside)

    async def drill(self, address: str, backup: Path) -> Restored:
        """Do the same elsewhere, which is thrown away, and compare: `CannotRestore` where anything is amiss."""
        self._require_key()
        if file_of(address) is not None:
            manifest = await asyncio.to_thread(_manifest, backup)
            with tempfile.TemporaryDirectory(prefix=".drill-", dir=backup.parent) as folder:
                return await self._put_file(backup, Path(folder) / "drill.db", manifest)
        _require_server(address)
        manifest = await asyncio.to_thread(_checked, backup)
        async with postgresql_dump.scratch_database(address) as elsewhere:
            return await self._bring_back(elsewhere, backup, manifest, None)

    async def _put_file(self, backup: Path, path: Path, manifest: Manifest | None) -> Restored:
        found: list[Restored] = []

        def prepare(copy: Path) -> None:
            rows = sqlite_copy.rows_in(copy)
            _compare(backup, rows, manifest)
            found.append(Restored(sum(rows.values()), asyncio.run(self._erase_again(f"sqlite:///{copy}", manifest))))

        aside = await asyncio.to_thread(restore, backup, path, prepare)
        return Restored(found[0].rows, found[0].erased, aside)

    async def _bring_back(self, address: str, backup: Path, manifest: Manifest | None, aside: Path | None) -> Restored:
        async with bare_engine(address) as engine:
            try:
                await postgresql_dump.bring_back(engine.url, backup, {} if manifest is None else manifest.counts)
            except postgresql_dump.RowsDiffer as error:
                raise CannotRestore("cli.restore_differs", file=str(backup), tables=error.table) from error
            rows = await _rows(engine)
        erased = await self._erase_again(address, manifest)
        return Restored(sum(rows.values()), erased, aside)

    async def _put_aside(self, address: str, backup: Path) -> Path | None:
        """A copy of what is there now. Raises `CannotRestore` where somebody uses it."""
        async with bare_engine(address) as engine:
            if number := await postgresql_dump.others(engine):
                reason = f"{number} connections"
                raise CannotRestore("cli.restore_in_use", database=engine.url.database or "", reason=reason)
            if await migrate.current(engine) is None:
                return None
        names = (backup.with_name(f"before-restore-{number}.dump") for number in count(1))
        return await back_up(address, next(name for name in names if not name.exists()), self.now)

    def _require_key(self) -> None:
        if self.journal is not None:
            self.journal.require_key()

    async def _erase_again(self, address: str, manifest: Manifest | None) -> int:
        """Bring the tables up to date, and erase those who were erased since."""
        database = await Database.open(address)
        try:
            if self.journal is None:
                return 0
            made_at = None if manifest is None else manifest.made_at
            async with database.begin() as tx:
                return await erase_again(tx, self.journal, made_at, self.former, self.now)
        finally:
            await database.close()


def _require_server(address: str) -> None:
    if not serves_many(address):
        raise CannotRestore("cli.restore_in_memory")


def _manifest(backup: Path) -> Manifest | None:
    try:
        return read_manifest(backup) if backup.is_file() else None
    except BackupDamaged as error:
        raise CannotRestore("cli.restore_changed", file=str(backup)) from error


def _checked(backup: Path) -> Manifest | None:
    """The same for a dump, which is read to its end first."""
    if not backup.is_file():
        raise CannotRestore("cli.restore_missing", file=str(backup))
    manifest = _manifest(backup)
    try:
        postgresql_dump.check(backup)
    except BackupDamaged as error:
        raise CannotRestore("cli.restore_damaged", file=str(backup), reason=str(error)) from error
    return manifest


def _compare(backup: Path, rows: Mapping[str, int], manifest: Manifest | None) -> None:
    """Raise `CannotRestore` where a table does not have the rows that it had when it was copied."""
    wanted = rows if manifest is None else manifest.counts
    if other := sorted(name for name in {*rows, *wanted} if rows.get(name) != wanted.get(name)):
        raise CannotRestore("cli.restore_differs", file=str(backup), tables=", ".join(other))


async def _rows(engine: AsyncEngine) -> dict[str, int]:
    async with engine.connect() as connection:
        return await connection.run_sync(counted)
