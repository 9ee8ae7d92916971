"""Carrying a command out: with the settings, and with a sentence for whatever an operator can mend."""

import argparse
from collections.abc import Callable

from pydantic import ValidationError

from bot import logs
from bot.cli.answers import refuse, refuse_upload
from bot.domain.errors import StorageUnavailable, UploadRefused
from bot.runner import CannotStart
from bot.settings import Settings
from bot.storage.content.film_folder import FilmsUnwritable
from bot.storage.content.films import FilmsUnreadable
from bot.storage.db import migrate
from bot.storage.db.database import DatabaseUnavailable
from bot.storage.db.restore import CannotRestore


def carried_out(asked: argparse.Namespace) -> int:
    """Run the command that was asked for; the result is the exit status."""
    logs.set_up("INFO")
    try:
        settings = Settings()
    except (OSError, UnicodeDecodeError) as error:
        return refuse("cli.env_unreadable", reason=str(error))
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        return refuse("cli.settings_wrong", name=str(wrong["loc"][0]).upper(), reason=wrong["msg"])
    logs.set_up(settings.log_level, form=settings.log_format)
    command: Callable[[Settings, argparse.Namespace], int] = asked.command
    try:
        return command(settings, asked)
    except (CannotStart, CannotRestore, migrate.BreaksRunning) as error:
        return refuse(error.key, **error.values)
    except DatabaseUnavailable as error:
        return refuse("cli.database_unavailable", address=error.address, reason=error.reason)
    except migrate.NewerDatabase as error:
        return refuse("cli.database_newer", found=error.found, known=error.known)
    except StorageUnavailable as error:
        return refuse("cli.database_failed", reason=error.reason)
    except FilmsUnreadable as error:
        return refuse("cli.films_unreadable", folder=str(error.folder), reason=error.reason)
    except FilmsUnwritable as error:
        return refuse("cli.films_unwritable", folder=str(error.folder), reason=error.reason)
    except UploadRefused as error:
        return refuse_upload(error)
