"""`frontrow db backup|restore|drill`: copies of the database, and their way back."""

import argparse
import asyncio
import datetime
from pathlib import Path
from typing import Any

from bot.cli.answers import add, refuse, say
from bot.domain.backups import backup_name
from bot.domain.errors import StorageUnavailable
from bot.services.backups import Backups, back_up, journal_for
from bot.services.restoring import Restorer
from bot.settings import Settings
from bot.storage.backups.erasures import KeyLost
from bot.storage.backups.folder import backups, note_drill
from bot.storage.backups.postgresql_dump import ProgramMissing
from bot.storage.db.database import serves_many
from bot.ui.kit.text import english


def add_backup_commands(database: Any) -> None:
    """Those of `db` that make and use copies."""
    backup = add(database, "backup", "write a copy of the database, also while the bot runs", _backup)
    backup.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a new file (default: in BACKUP_FOLDER)")
    restore = add(database, "restore", "put a backup in the place of the database", _restore)
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup, which stays as it is")
    drill = add(database, "drill", "restore a backup elsewhere and compare, to know that it works", _drill)
    drill.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the backup (default: the newest there is)")


def _backup(settings: Settings, asked: argparse.Namespace) -> int:
    address, now = settings.database_url.get_secret_value(), _now()
    file: Path | None = asked.file
    if file is None and settings.backup_folder is None:
        return refuse("cli.backup_nowhere")
    if file is not None and file.is_dir():
        file = file / backup_name(now, "dump" if serves_many(address) else "db")
    if file is not None and file.exists():
        return refuse("cli.backup_exists", file=str(file))
    try:
        if file is not None:
            made = asyncio.run(back_up(address, file, now))
        else:
            assert settings.backup_folder is not None  # else it was refused
            made = asyncio.run(Backups(address, settings.backup_folder).make(now))
    except StorageUnavailable as error:
        return refuse("cli.backup_failed", reason=error.reason)
    except ProgramMissing as error:
        return refuse("cli.program_missing", name=error.name)
    say("cli.backed_up", file=str(made), size=_megabytes(made))
    return 0


def _restore(settings: Settings, asked: argparse.Namespace) -> int:
    address = settings.database_url.get_secret_value()
    restorer = _restorer(settings)
    try:
        done = asyncio.run(restorer.restore(address, asked.file))
    except ProgramMissing as error:
        return refuse("cli.program_missing", name=error.name)
    except KeyLost:
        return refuse("cli.restore_key_lost")
    if done.aside is None:
        say("cli.restored", file=str(asked.file), rows=done.rows)
    else:
        say("cli.restored_aside", file=str(asked.file), rows=done.rows, aside=str(done.aside))
    _tell_erased(restorer, done.erased)
    return 0


def _drill(settings: Settings, asked: argparse.Namespace) -> int:
    file: Path | None = asked.file
    if file is None:
        there = backups(settings.backup_folder) if settings.backup_folder else []
        if not there:
            return refuse("cli.drill_nothing")
        file = there[0]
    restorer = _restorer(settings)
    try:
        done = asyncio.run(restorer.drill(settings.database_url.get_secret_value(), file))
    except ProgramMissing as error:
        return refuse("cli.program_missing", name=error.name)
    except KeyLost:
        return refuse("cli.restore_key_lost")
    if settings.backup_folder is not None:
        note_drill(settings.backup_folder, file, _now())
    say("cli.drilled", file=str(file), rows=done.rows)
    _tell_erased(restorer, done.erased)
    return 0


def _restorer(settings: Settings) -> Restorer:
    journal = journal_for(settings.database_url.get_secret_value(), settings.backup_folder)
    return Restorer(journal, english().plain("member.former"), _now())


def _tell_erased(restorer: Restorer, erased: int) -> None:
    if restorer.journal is None:
        say("cli.restore_no_list")
    elif erased:
        say("cli.restored_erased", number=erased)


def _megabytes(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f}"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)  # noqa: TID251  # a command is run when it is run
