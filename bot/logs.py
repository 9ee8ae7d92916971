"""Logs that an operator can read, and that never hold what a member typed."""

import datetime
import json
import logging
import sys
import traceback
from types import TracebackType
from typing import Final

from bot import __version__

# The message of an exception may quote what somebody typed. Those of the system and of Discord's
# answers do not; every other is written without its message.
_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_QUOTES_NOBODY: Final = (OSError, TimeoutError)
_QUOTES_NOBODY_BY_NAME: Final = ("discord.errors", "sqlalchemy.exc", "aiohttp.client_exceptions")

# What a line may say of where it belongs, by `extra`. Neither a member nor what one typed is among them.
_FIELDS: Final = ("reference", "command", "guild", "shard")


class LogFormatter(logging.Formatter):
    """One line for each event; exceptions with their frames, but without texts that may be a member's."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802  # the name is logging's
        """The frames of the exception and of its causes."""
        return "\n".join(_lines(ei[1])) if ei[1] is not None else ""


class JsonFormatter(LogFormatter):
    """The same as one JSON object for each event, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; `reference` is what a member quotes from an error."""
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        said: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "event": record.getMessage(),
            "logger": record.name,
            "version": __version__,
        }
        said |= {name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def _lines(error: BaseException, *after: BaseException) -> list[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    led = cause is not None and cause not in (error, *after)  # causes can be made to go round in a circle
    before = [*_lines(cause, error, *after), "which led to:"] if cause is not None and led else []
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return [*before, frames, f"{type(error).__module__}.{type(error).__qualname__}{_message(error)}"]


def _message(error: BaseException) -> str:
    known = isinstance(error, _QUOTES_NOBODY) or type(error).__module__ in _QUOTES_NOBODY_BY_NAME
    return f": {error}" if known else ""


def set_up(level: str, libraries: str = "WARNING", form: str = "text") -> None:
    """Send every log to standard error: ours at `level`, all others at `libraries`, as text or as json."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else LogFormatter())
    handler.addFilter(_is_of_use)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(libraries)
    for name in ("bot", "cogs"):
        logging.getLogger(name).setLevel(level)


def _is_of_use(record: logging.LogRecord) -> bool:
    """discord.py says at each start that it cannot speak; this bot has nothing to say aloud."""
    return not (record.name == "discord.client" and "voice" in record.getMessage())
