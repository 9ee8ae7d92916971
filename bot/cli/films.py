"""The commands that look after the entries."""

import argparse
import json
import sys

from bot.cli.answers import add, report
from bot.cli.bulk import add_bulk_commands
from bot.cli.check import check_trailers
from bot.domain.catalogue.cross_checks import faults_between, faults_of_collections, known_slugs
from bot.settings import Settings
from bot.storage.content.collections import collection_file, collection_schema, read_collections
from bot.storage.content.films import entry_schema, read_films
from bot.storage.content.vocabulary import read_vocabulary
from bot.ui.kit.text import english


def add_commands(parser: argparse.ArgumentParser) -> None:
    """`films validate|list|schema|check|import|export`."""
    films = parser.add_subparsers(required=True, metavar="WHAT")
    add(films, "validate", "report every fault of entries, themes and collections", _validate)
    add(films, "list", "list the entries", _list)
    schema = add(films, "schema", "print the JSON schema of an entry", _schema)
    schema.add_argument("--collections", action="store_true", help="of a collection instead")
    add(films, "check", "ask whether the trailers still play", check_trailers)
    add_bulk_commands(films)


def _validate(settings: Settings, _asked: argparse.Namespace) -> int:
    reading = read_films(settings.films_folder)
    collected = read_collections(settings.films_folder)
    words = read_vocabulary(settings.films_folder.parent)
    named = ((collection_file(each), each) for each in collected.collections)
    faults = (
        *reading.faults,
        *faults_between(reading, words.vocabulary),
        *words.faults,
        *collected.faults,
        *faults_of_collections(named, known_slugs(reading)),
    )
    if faults:
        return report(faults)
    sys.stdout.write(english().count("cli.films_fine", len(reading.films)) + "\n")
    if collected.collections:
        sys.stdout.write(english().count("cli.collections_fine", len(collected.collections)) + "\n")
    return 0


def _list(settings: Settings, _asked: argparse.Namespace) -> int:
    reading = read_films(settings.films_folder)
    for film in reading.films:
        sys.stdout.write(f"{film.slug}\t{film.name}\t{', '.join(film.directors)}\n")
    return report(reading.faults) if reading.faults else 0


def _schema(_settings: Settings, asked: argparse.Namespace) -> int:
    schema = collection_schema() if asked.collections else entry_schema()
    sys.stdout.write(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return 0
