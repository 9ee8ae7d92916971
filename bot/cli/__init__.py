"""The command line: init · run · demo · health · status · films and db, which look after the entries and the database.

Only what was asked for is loaded. Every failure that an operator can mend is one sentence on standard error and exit
status 1; a wrong argument is status 2, which is argparse's.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from bot import __version__

_COMMANDS: Final = {
    "init": "write .env, by questions or by flags",
    "run": "connect to Discord",
    "demo": "show the bot in a browser, without Discord",
    "health": "ask the running bot whether it lives",
    "status": "tell what there is to know and to do about the bot",
    "films": "look after the entries",
    "db": "look after the database",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    asked = _parser(sys.argv[1:] if arguments is None else arguments).parse_args(arguments)
    if "without_settings" in asked:  # it makes them
        return asked.without_settings(asked)
    from bot.cli.outcome import carried_out

    return carried_out(asked)


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontrow", description="A Discord bot for film clubs.")
    parser.add_argument("--version", action="version", version=f"Front Row {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, about in _COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name in words:
            _fill(name, command)
    return parser


def _fill(name: str, command: argparse.ArgumentParser) -> None:
    match name:
        case "films":
            from bot.cli import films

            films.add_commands(command)
        case "db":
            from bot.cli import database

            database.add_commands(command)
        case "init":
            from bot.cli import init

            init.add_arguments(command)
        case "health":
            from bot.cli import watching

            watching.add_health_arguments(command)
        case "status":
            from bot.cli import status

            status.add_status_arguments(command)
        case _:
            from bot.cli import serving

            serving.add_arguments(name, command)
