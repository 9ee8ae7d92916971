"""The command line: run · demo · films validate|list|schema|import|export · db upgrade|check.

Every failure that an operator can mend is one sentence on standard error and exit status 1; a wrong
argument is status 2, which is argparse's.
"""

import argparse
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from bot import __version__, logs
from bot.cli import database, films, serving
from bot.cli.answers import refuse, refuse_upload
from bot.domain.errors import MemoryFailed, UploadRefused
from bot.runner import CannotStart
from bot.settings import Settings
from bot.storage import migrate
from bot.storage.curated_files import FilmsUnreadable
from bot.storage.database import DatabaseUnavailable
from bot.storage.film_folder import FilmsUnwritable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    asked = _parser().parse_args(arguments)
    logs.set_up("INFO")
    try:
        settings = Settings()
    except (OSError, UnicodeDecodeError) as error:
        return refuse("cli.env_unreadable", reason=str(error))
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        return refuse("cli.settings_wrong", name=str(wrong["loc"][0]).upper(), reason=wrong["msg"])
    logs.set_up(settings.log_level)
    command: Callable[[Settings, argparse.Namespace], int] = asked.command
    try:
        return command(settings, asked)
    except CannotStart as error:
        return refuse(error.key, **error.values)
    except DatabaseUnavailable as error:
        return refuse("cli.database_unavailable", address=error.address, reason=error.reason)
    except migrate.NewerDatabase as error:
        return refuse("cli.database_newer", found=error.found, known=error.known)
    except MemoryFailed as error:
        return refuse("cli.database_failed", reason=error.reason)
    except FilmsUnreadable as error:
        return refuse("cli.films_unreadable", folder=str(error.folder), reason=error.reason)
    except FilmsUnwritable as error:
        return refuse("cli.films_unwritable", folder=str(error.folder), reason=error.reason)
    except UploadRefused as error:
        return refuse_upload(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontrow", description="A Discord bot for film clubs.")
    parser.add_argument("--version", action="version", version=f"Front Row {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving.add_commands(commands)
    films.add_commands(commands)
    database.add_commands(commands)
    return parser
