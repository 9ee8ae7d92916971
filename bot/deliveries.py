"""Whether Discord may have carried a request out without saying so.

discord.py asks again by itself after a status of 500 and above, and tells nobody that it did. The trace of
its session does: so it is known which answer belongs to a second try, and what must not be done twice is
asked for only once.
"""

import contextlib
from collections.abc import Generator
from contextvars import ContextVar
from typing import Any, Final

import aiohttp
import discord

_BROKEN: Final = 500


class OutcomeUnknown(aiohttp.ClientError):
    """Discord failed over a request that must not be made twice; it may have been carried out."""


class Watch:
    """What became of the requests of one delivery."""

    def __init__(self, *, once: bool) -> None:
        self.once = once
        self.unsure = False  # one of them may have been carried out


_WATCH: Final[ContextVar[Watch | None]] = ContextVar("_WATCH", default=None)


@contextlib.contextmanager
def watched(*, once: bool = False) -> Generator[Watch]:
    """Look after the requests made inside; with `once`, none is made again after a failure of Discord's.

    Raises `OutcomeUnknown` in place of the second try.
    """
    watch = Watch(once=once)
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


def trace() -> aiohttp.TraceConfig:
    """What a bot's session has to be given, so that its requests can be watched."""
    config = aiohttp.TraceConfig()
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_broken)
    return config


async def _answered(_session: aiohttp.ClientSession, _context: Any, answer: aiohttp.TraceRequestEndParams) -> None:
    if (watch := _WATCH.get()) is None or answer.response.status < _BROKEN:
        return
    watch.unsure = True
    if watch.once:
        answer.response.close()
        raise OutcomeUnknown(answer.response.status)


async def _broken(_session: aiohttp.ClientSession, _context: Any, _what: aiohttp.TraceRequestExceptionParams) -> None:
    if (watch := _WATCH.get()) is not None:
        watch.unsure = True
