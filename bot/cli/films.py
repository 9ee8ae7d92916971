"""The commands that look after the entries."""

import argparse
import json
import sys
from typing import Any

from bot.cli.answers import add, report
from bot.cli.bulk import add_bulk_commands
from bot.cli.check import check_trailers
from bot.settings import Settings
from bot.storage.curated_files import entry_schema, read_films
from bot.ui.text import english


def add_commands(commands: Any) -> None:
    """`films validate|list|schema|check|import|export`."""
    films = commands.add_parser("films", help="look after the entries").add_subparsers(required=True, metavar="WHAT")
    add(films, "validate", "report every fault of every entry", _validate)
    add(films, "list", "list the entries", _list)
    add(films, "schema", "print the JSON schema of an entry", _schema)
    add(films, "check", "ask whether the trailers still play", check_trailers)
    add_bulk_commands(films)


def _validate(settings: Settings, _asked: argparse.Namespace) -> int:
    reading = read_films(settings.films_folder)
    if reading.faults:
        return report(reading.faults)
    sys.stdout.write(english().count("cli.films_fine", len(reading.films)) + "\n")
    return 0


def _list(settings: Settings, _asked: argparse.Namespace) -> int:
    reading = read_films(settings.films_folder)
    for film in reading.films:
        sys.stdout.write(f"{film.slug}\t{film.name}\t{', '.join(film.directors)}\n")
    return report(reading.faults) if reading.faults else 0


def _schema(_settings: Settings, _asked: argparse.Namespace) -> int:
    sys.stdout.write(json.dumps(entry_schema(), indent=2, ensure_ascii=False) + "\n")
    return 0
