"""The commands that look after the database."""

import argparse
import asyncio
import sys

from bot.cli.answers import add, refuse, say
from bot.cli.backups import add_backup_commands
from bot.settings import Settings
from bot.storage.db import migrate
from bot.storage.db.database import bare_engine, exists


def add_commands(parser: argparse.ArgumentParser) -> None:
    """`db upgrade|check|backup|restore|drill`."""
    database = parser.add_subparsers(required=True, metavar="WHAT")
    upgrading = add(database, "upgrade", "bring the tables up to date", _upgrade)
    upgrading.add_argument("--force", action="store_true", help="even if processes are running that this breaks")
    add(database, "check", "tell whether the tables are up to date", _check)
    add_backup_commands(database)


def _upgrade(settings: Settings, asked: argparse.Namespace) -> int:
    async def upgrade() -> bool:
        async with bare_engine(settings.database_url.get_secret_value()) as engine:
            return await migrate.upgrade(engine, may_break=asked.force)

    changed = asyncio.run(upgrade())
    say("cli.db_upgraded" if changed else "cli.db_current", revision=migrate.revisions()[-1])
    return 0


def _check(settings: Settings, _asked: argparse.Namespace) -> int:
    address = settings.database_url.get_secret_value()

    async def check() -> tuple[str | None, list[str]]:
        if not exists(address):
            return None, []
        async with bare_engine(address) as engine:
            revision = await migrate.current(engine)
            return revision, await migrate.differences(engine) if revision == migrate.revisions()[-1] else []

    revision, differences = asyncio.run(check())
    if not migrate.is_current(revision):
        return refuse("cli.db_behind", revision=revision or "-")
    if differences:
        refuse("cli.db_differs")
        sys.stderr.write("\n".join(differences) + "\n")
        return 1
    say("cli.db_current", revision=migrate.revisions()[-1])
    return 0
