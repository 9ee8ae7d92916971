"""`frontrow init`: asks what a new installation needs, or takes it from flags, and writes `.env`."""

import argparse
import base64
import binascii
import os
import re
import secrets
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from bot.cli.answers import refuse, say
from bot.settings import DEFAULT_DATABASE
from bot.storage.db.database import DatabaseUnavailable, serves_many
from bot.ui.kit.text import english

# The application's id in base64, when the token was made, and a signature.
_TOKEN: Final = re.compile(r"([A-Za-z0-9_-]{18,44})\.[A-Za-z0-9_-]{5,10}\.[A-Za-z0-9_-]{20,80}")
_CLIENT_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_LONGEST: Final = 200
_INTERRUPTED: Final = 130  # what shells call an end by Ctrl-C
_SECRET: Final = "DISCORD_TOKEN"  # noqa: S105  # what it is called
_ENV: Final = Path(".env")


class Wrong(Exception):
    """What was answered will not do; `key` and `values` name the sentence that says why."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Question(NamedTuple):
    """A setting, the sentence that asks for it, what is taken for no answer (None: there has to be one)."""

    setting: str
    key: str
    default: str | None
    check: Callable[[str], str]

    @property
    def flag(self) -> str:
        """What answers it on the command line."""
        return f"--{self.key.removeprefix('init.').replace('_', '-')}"


def application_id(token: str) -> int | None:
    """The application that a token belongs to; None where it has not the form of one."""
    if (match := _TOKEN.fullmatch(token)) is None:
        return None
    try:
        number = base64.urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(number) if re.fullmatch(r"\d{15,20}", number) else None


def _token(text: str) -> str:
    if application_id(text) is None:
        raise Wrong("init.token_secret" if _CLIENT_SECRET.fullmatch(text) else "init.token_wrong")
    return text


def _database(text: str) -> str:
    try:
        serves_many(text)
    except DatabaseUnavailable as error:
        raise Wrong("init.database_wrong", reason=error.reason) from error
    return _line(text)


def _line(text: str) -> str:
    if len(text) > _LONGEST or not text.isprintable():
        raise Wrong("init.value_wrong", limit=_LONGEST)
    return text


_QUESTIONS: Final = (
    Question(_SECRET, "init.token", None, _token),
    Question("DATABASE_URL", "init.database", DEFAULT_DATABASE, _database),
    Question("RUN_BY", "init.run_by", "", _line),
    Question("CONTACT", "init.contact", "", _line),
    Question("BACKUP_FOLDER", "init.backups", "var/backups", _line),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A flag for each question."""
    parser.set_defaults(without_settings=_init)
    for question in _QUESTIONS:
        about = "- reads it from standard input" if question.default is None else f"default: {question.default or '-'}"
        parser.add_argument(question.flag, dest=question.setting, metavar="TEXT", help=about)
    parser.add_argument("--overwrite", action="store_true", help="keep a .env that is there aside, and write a new one")


def _init(asked: argparse.Namespace) -> int:
    try:
        return _carried_out(asked)
    except Wrong as error:
        return refuse(error.key, **error.values)
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\n")
        refuse("init.stopped")
        return _INTERRUPTED
    except OSError as error:
        return refuse("init.unwritable", file=str(_ENV), reason=error.strerror or type(error).__name__)


def _carried_out(asked: argparse.Namespace) -> int:
    is_asking = sys.stdin.isatty()
    if _ENV.exists() and not asked.overwrite and not (is_asking and _agrees()):
        return refuse("init.kept", file=str(_ENV))
    given = {each.setting: getattr(asked, each.setting) for each in _QUESTIONS}
    if given[_SECRET] == "-":
        given[_SECRET] = sys.stdin.readline().strip()
    missing = [each.flag for each in _QUESTIONS if each.default is None and given[each.setting] is None]
    if missing and not is_asking:
        return refuse("init.missing", flags=", ".join(missing))
    answers = {each.setting: _answer(each, given[each.setting], is_asking=is_asking) for each in _QUESTIONS}
    _write(answers)
    say("init.done", file=str(_ENV))
    say("init.link", link=_install_link(answers[_SECRET]))
    return 0


def _answer(question: Question, given: str | None, *, is_asking: bool) -> str:
    if given is not None:
        return question.check(given.strip())
    if not is_asking:
        return question.default or ""
    from rich.console import Console
    from rich.prompt import Prompt

    console = Console(stderr=True)
    while True:
        sentence, is_secret = english().plain(question.key), question.default is None
        if question.default:
            text = Prompt.ask(sentence, console=console, default=question.default)
        else:
            text = Prompt.ask(sentence, console=console, password=is_secret, default="", show_default=False)
        try:
            return question.check(text.strip())
        except Wrong as error:
            refuse(error.key, **error.values)


def _agrees() -> bool:
    from rich.console import Console
    from rich.prompt import Confirm

    return Confirm.ask(english().plain("init.overwrite", file=str(_ENV)), console=Console(stderr=True), default=False)


def _write(answers: dict[str, str]) -> None:
    """The whole file or nothing of it, for nobody else to read. What was there is kept."""
    lines = [f"{name}={_quoted(value)}\n" for name, value in answers.items() if value]
    part = _ENV.with_name(f".env-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.writelines(lines)
        if _ENV.exists():
            names = (_ENV.with_name(f".env.before-{number}") for number in count(1))
            aside = next(name for name in names if not name.exists())
            _ENV.rename(aside)
            aside.chmod(0o600)
        part.replace(_ENV)
    finally:
        part.unlink(missing_ok=True)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _install_link(token: str) -> str:
    from discord.utils import oauth_url

    from bot.client import PERMISSIONS

    return oauth_url(application_id(token) or 0, permissions=PERMISSIONS)
