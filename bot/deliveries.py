"""Whether Discord may have carried a request out without saying so.

discord.py asks again by itself after a status of 500 and above, and tells nobody that it did. The trace of
its session does: so it is known which answer belongs to a second try, and what must not be done twice is
asked for only once.
"""

import contextlib
import re
from collections.abc import Generator
from contextvars import ContextVar
from typing import Any, Final

import aiohttp
import discord
from discord.http import json_or_text

_BROKEN: Final = 500
_TOO_MANY_REQUESTS: Final = 429


class OutcomeUnknown(aiohttp.ClientError):
    """Discord failed over a request that must not be made twice; it may have been carried out."""


class Watch:
    """What became of the requests of one delivery."""

    def __init__(self, *, once: bool, waits: bool) -> None:
        self.once = once
        self.waits = waits
        self.unsure = False  # one of them may have been carried out


_WATCH: Final[ContextVar[Watch | None]] = ContextVar("_WATCH", default=None)


@contextlib.contextmanager
def watched(*, once: bool = False, waits: bool = True) -> Generator[Watch]:
    """Look after the requests made inside; with `once`, none is made again after a failure of Discord's.

    Raises `OutcomeUnknown` in place of the second try. Without `waits`, a request for which Discord wants a pause
    raises `discord.HTTPException` in place of waiting for as long as that.
    """
    watch = Watch(once=once, waits=waits)
    token = _WATCH.set(watch)
    try:
        yield watch
    finally:
        _WATCH.reset(token)


def may_be_done(error: BaseException) -> bool:
    """Whether Discord may have carried out what failed like this: it broke, or the connection did."""
    if isinstance(error, discord.HTTPException):
        return error.status >= _BROKEN
    return isinstance(error, aiohttp.ClientError | OSError)


def pause_wanted(error: BaseException) -> float:
    """The seconds for which Discord wants to be left alone; 0 where it says nothing of that."""
    said = error.response.headers.get("Retry-After", "") if isinstance(error, discord.HTTPException) else ""
    return float(said) if re.fullmatch(r"\d+(\.\d+)?", said) else 0.0


def trace() -> aiohttp.TraceConfig:
    """What a bot's session has to be given, so that its requests can be watched."""
    config = aiohttp.TraceConfig()
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_broken)
    return config


async def _answered(_session: aiohttp.ClientSession, _context: Any, answer: aiohttp.TraceRequestEndParams) -> None:
    if (watch := _WATCH.get()) is None:
        return
    if answer.response.status == _TOO_MANY_REQUESTS and not watch.waits:
        raise discord.HTTPException(answer.response, await json_or_text(answer.response))
    if answer.response.status < _BROKEN:
        return
    watch.unsure = True
    if watch.once:
        answer.response.close()
        raise OutcomeUnknown(answer.response.status)


async def _broken(_session: aiohttp.ClientSession, _context: Any, _what: aiohttp.TraceRequestExceptionParams) -> None:
    if (watch := _WATCH.get()) is not None:
        watch.unsure = True
