"""What a command says, and how a command is added to the line."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.domain.errors import UploadRefused
from bot.domain.films.loading import ValidationIssue
from bot.ui.errors.validation_lines import fault_lines
from bot.ui.kit.text import english


def add(commands: Any, name: str, about: str, command: Callable[..., int]) -> argparse.ArgumentParser:
    """A command that is carried out by a function of the settings and the arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=command)
    return parser


def say(key: str, **values: str | int) -> None:
    """A sentence on standard output."""
    sys.stdout.write(english().plain(key, **values) + "\n")
    sys.stdout.flush()


def refuse(key: str, **values: str | int) -> int:
    """A sentence on standard error, and the exit status that goes with it."""
    sys.stderr.write(english().plain(key, **values) + "\n")
    return 1


def refuse_upload(error: UploadRefused) -> int:
    """The sentence for a file of films that cannot be taken."""
    return refuse(error.key, reason=english().plain(f"upload_refused.{error.reason}", **error.values))


def report(faults: Sequence[ValidationIssue]) -> int:
    """Every fault on standard error, and how many there are."""
    words = english()
    warn(fault_lines(faults, words))
    files = words.count("cli.files", len({fault.file for fault in faults}))
    sys.stderr.write(words.count("cli.faults", len(faults), files=files) + "\n")
    return 1


def warn(lines: Iterable[str]) -> None:
    """These lines on standard error."""
    for line in lines:
        sys.stderr.write(f"{line}\n")
