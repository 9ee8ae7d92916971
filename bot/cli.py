"""The command line: run · demo · films validate|list · db upgrade|check.

Every failure that an operator can mend is one sentence on standard error and exit status 1; a wrong
argument is status 2, which is argparse's.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

from pydantic import ValidationError

from bot import __version__, logs
from bot.domain.curated import Fault
from bot.domain.errors import MemoryFailed
from bot.runner import CannotStart, run
from bot.settings import Settings
from bot.storage import migrate
from bot.storage.curated_files import FilmsUnreadable, entry_schema, read_films
from bot.storage.database import DatabaseUnavailable, bare_engine, exists
from bot.ui.fault_lines import fault_lines
from bot.ui.text import english

_TOKEN: Final = re.compile(r"[A-Za-z0-9._-]+")  # nothing else may stand in the header that carries it
_LAST_PORT: Final = 65_535
_DEMO_PORT: Final = 8765
_DEMO_PACKAGES: Final = frozenset({"simcord", "PIL"})  # a production install has neither


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    asked = _parser().parse_args(arguments)
    logs.set_up("INFO")
    try:
        settings = Settings()
    except (OSError, UnicodeDecodeError) as error:
        return _refuse("cli.env_unreadable", reason=str(error))
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        return _refuse("cli.settings_wrong", name=str(wrong["loc"][0]).upper(), reason=wrong["msg"])
    logs.set_up(settings.log_level)
    command: Callable[[Settings, argparse.Namespace], int] = asked.command
    try:
        return command(settings, asked)
    except CannotStart as error:
        return _refuse(error.key, **error.values)
    except DatabaseUnavailable as error:
        return _refuse("cli.database_unavailable", address=error.address, reason=error.reason)
    except migrate.NewerDatabase as error:
        return _refuse("cli.database_newer", found=error.found, known=error.known)
    except MemoryFailed as error:
        return _refuse("cli.database_failed", reason=error.reason)
    except FilmsUnreadable as error:
        return _refuse("cli.films_unreadable", folder=str(error.folder), reason=error.reason)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontrow", description="A Discord bot for film clubs.")
    parser.add_argument("--version", action="version", version=f"Front Row {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "run", "connect to Discord", _run)
    demo = _add(commands, "demo", "show the bot in a browser, without Discord", _demo)
    demo.add_argument("--port", type=_port, default=_DEMO_PORT, help=f"where to serve it (default {_DEMO_PORT})")
    films = commands.add_parser("films", help="look after the entries").add_subparsers(required=True, metavar="WHAT")
    _add(films, "validate", "report every fault of every entry", _validate)
    _add(films, "list", "list the entries", _list)
    _add(films, "schema", "print the JSON schema of an entry", _schema)
    database = commands.add_parser("db", help="look after the database").add_subparsers(required=True, metavar="WHAT")
    _add(database, "upgrade", "bring the tables up to date", _upgrade)
    _add(database, "check", "tell whether the tables are up to date", _check)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _add(commands: Any, name: str, about: str, command: Callable[..., int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=command)
    return parser


def _run(settings: Settings, _asked: argparse.Namespace) -> int:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        return _refuse("cli.token_missing")
    if not _TOKEN.fullmatch(token):
        return _refuse("cli.token_refused")
    _in_fast_loop(run(settings, token))
    return 0


def _demo(settings: Settings, asked: argparse.Namespace) -> int:
    logs.set_up("WARNING", libraries="ERROR")
    try:
        from bot.demo import run_demo
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _DEMO_PACKAGES:
            raise
        return _refuse("cli.demo_missing")
    try:
        asyncio.run(run_demo(settings, asked.port, lambda address: _say("cli.demo_ready", address=address)))
    except OSError as error:
        return _refuse("cli.demo_port", port=asked.port, reason=error.strerror or str(error))
    return 0


def _validate(settings: Settings, _asked: argparse.Namespace) -> int:
    reading = read_films(settings.films_folder)
    if reading.faults:
        return _report(reading.faults)
    sys.stdout.write(english().count("cli.films_fine", len(reading.films)) + "\n")
    return 0


def _list(settings: Settings, _asked: argparse.Namespace) -> int:
    reading = read_films(settings.films_folder)
    for film in reading.films:
        sys.stdout.write(f"{film.slug}\t{film.name}\t{', '.join(film.directors)}\n")
    return _report(reading.faults) if reading.faults else 0


def _report(faults: Sequence[Fault]) -> int:
    words = english()
    for line in fault_lines(faults, words):
        sys.stderr.write(f"{line}\n")
    files = words.count("cli.files", len({fault.file for fault in faults}))
    sys.stderr.write(words.count("cli.faults", len(faults), files=files) + "\n")
    return 1


def _schema(_settings: Settings, _asked: argparse.Namespace) -> int:
    sys.stdout.write(json.dumps(entry_schema(), indent=2, ensure_ascii=False) + "\n")
    return 0


def _upgrade(settings: Settings, _asked: argparse.Namespace) -> int:
    async def upgrade() -> bool:
        async with bare_engine(settings.database_url) as engine:
            return await migrate.upgrade(engine)

    changed = asyncio.run(upgrade())
    _say("cli.db_upgraded" if changed else "cli.db_current", revision=migrate.revisions()[-1])
    return 0


def _check(settings: Settings, _asked: argparse.Namespace) -> int:
    async def check() -> tuple[str | None, list[str]]:
        if not exists(settings.database_url):
            return None, []
        async with bare_engine(settings.database_url) as engine:
            revision = await migrate.current(engine)
            return revision, await migrate.differences(engine) if revision == migrate.revisions()[-1] else []

    revision, differences = asyncio.run(check())
    if revision != migrate.revisions()[-1]:
        return _refuse("cli.db_behind", revision=revision or "-")
    if differences:
        _refuse("cli.db_differs")
        sys.stderr.write("\n".join(differences) + "\n")
        return 1
    _say("cli.db_current", revision=migrate.revisions()[-1])
    return 0


def _in_fast_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop, which there is for all but Windows."""
    if sys.platform == "win32":
        asyncio.run(work)
    else:
        import uvloop

        uvloop.run(work)


def _say(key: str, **values: str | int) -> None:
    sys.stdout.write(english().plain(key, **values) + "\n")
    sys.stdout.flush()


def _refuse(key: str, **values: str | int) -> int:
    sys.stderr.write(english().plain(key, **values) + "\n")
    return 1
