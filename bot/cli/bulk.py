"""`films import` and `films export`: whole lists of films into and out of the films folder."""

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Final

from discord.utils import utcnow

from bot.cli.answers import add, refuse, report, say, warn
from bot.domain.curation.import_plans import Answers, ImportPlan, Mode
from bot.domain.curation.imports import plan_import
from bot.domain.curation.uploads import MAX_BYTES, Upload
from bot.domain.films.loading import film_body
from bot.domain.text.normalize import has_ink, one_line
from bot.settings import Settings
from bot.storage.content.film_folder import write_films
from bot.storage.content.films import read_films
from bot.storage.content.vocabulary import read_vocabulary
from bot.storage.transfer.exports import export_zip
from bot.storage.transfer.uploads import read_upload
from bot.ui.curation.import_lines import (
    asked_line,
    count_line,
    faulty_lines,
    left_out_line,
    note_lines,
    unfinished_line,
    year_off_line,
)
from bot.ui.kit.text import english

_NOBODY: Final = "Front Row"
_LONGEST_NAME: Final = 150
Step = Callable[[int, int], object]


def add_bulk_commands(films: Any) -> None:
    """`import` and `export`."""
    taking = add(films, "import", "take in films from a TOML, JSON, CSV or zip file", _import)
    taking.add_argument("file", type=Path, metavar="FILE", help="the file; docs/importing.md says what it may hold")
    taking.add_argument(
        "--mode",
        choices=[mode.value for mode in Mode],
        default=Mode.ADD.value,
        help="add: only new films (the default); update: change those that are there too",
    )
    taking.add_argument(
        "--unknown-sorts", choices=["films", "leave"], help="what rows are of whose sort of thing nobody knows"
    )
    taking.add_argument(
        "--year-off", choices=["same", "other"], help="what films are that are there with the year before or after"
    )
    taking.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    taking.add_argument("--curator", type=_name, help="who chose the films for which the file does not say it")
    giving = add(films, "export", "write all entries into a zip, with a table for spreadsheets", _export)
    giving.add_argument("file", type=Path, metavar="FILE.zip", help="where to write it")


def _name(text: str) -> str:
    name = one_line(text)
    if not has_ink(name) or len(name) > _LONGEST_NAME:
        raise argparse.ArgumentTypeError(text)
    return name


def _import(settings: Settings, asked: argparse.Namespace) -> int:
    entries = read_films(settings.films_folder)
    if entries.faults:  # what a faulty entry is meant to say is not known, so nothing may take its place
        return report(entries.faults)
    file: Path = asked.file
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        return refuse("cli.file_unreadable", file=str(file), reason=error.strerror or type(error).__name__)
    curator: str = asked.curator or one_line(settings.run_by)[:_LONGEST_NAME].strip() or _NOBODY
    with _progress("imports.reading") as step:
        upload = read_upload(file.name, content, curator, utcnow().date(), step)
    known = {film.slug: film_body(film) for film in entries.films}
    answers = Answers(
        None if asked.unknown_sorts is None else asked.unknown_sorts == "films",
        None if asked.year_off is None else asked.year_off == "same",
    )
    binding = read_vocabulary(settings.films_folder.parent).vocabulary
    plan = plan_import(upload, known, Mode(asked.mode), answers, binding)
    _tell(upload, plan)
    if asked.dry_run:
        say("cli.import_dry")
    else:
        with _progress("imports.writing") as step:
            write_films(settings.films_folder, plan.films, step)
        sys.stdout.write(english().count("cli.imported", len(plan.films)) + "\n")
    return 1 if plan.faulty or plan.unfinished or plan.asked or plan.year_off else 0


def _tell(upload: Upload, plan: ImportPlan) -> None:
    words = english()
    warn(note_lines(upload.notes, words))
    warn(left_out_line(each, words) for each in upload.left_out + plan.left_out)
    warn(unfinished_line(row, words) for row in plan.unfinished)
    warn(asked_line(row, words) for row in plan.asked)
    warn(year_off_line(question, words) for question in plan.year_off)
    for row in plan.faulty:
        warn(faulty_lines(row, words))
    sys.stdout.write(count_line(plan, words) + "\n")
    if plan.asked:
        say("cli.import_asked")
    if plan.year_off:
        say("cli.import_year_off")


def _export(settings: Settings, asked: argparse.Namespace) -> int:
    entries = read_films(settings.films_folder)
    if entries.faults:  # a list that is not whole would be taken for one that is
        return report(entries.faults)
    file: Path = asked.file
    with _progress("imports.writing") as step:
        content = export_zip(entries.films, step)
    try:
        _write(file, content)
    except OSError as error:
        return refuse("cli.file_unwritable", file=str(file), reason=error.strerror or type(error).__name__)
    sys.stdout.write(english().count("cli.exported", len(entries.films), file=str(file)) + "\n")
    return 0


def _write(file: Path, content: bytes) -> None:
    """The whole file or nothing of it."""
    handle, made = tempfile.mkstemp(prefix=f".{file.name[:40]}-", dir=file.parent)
    path = Path(made)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        path.chmod(0o644)
        path.replace(file)
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _progress(key: str) -> Generator[Step]:
    """A bar on standard error while something goes on; nothing where nobody would see it."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(english().plain(key), total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
