"""Whether Discord may have carried a request out without saying so.

discord.py asks again by itself after a status of 500 and above, and tells nobody that it did. The trace of
its session does: so it is known which answer belongs to a second try, and what must not be done twice is
asked for only once. It also lets what nobody waits for go out at a pace.
"""

import asyncio
import contextlib
from collections.abc import Generator
from contextvars import ContextVar
from typing import Any, Final

import aiohttp
import discord

from bot.domain.pace import Pace

# Discord takes 50 requests a second from a bot (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).
# What nobody waits for has this share of them.
BACKGROUND_PER_SECOND: Final = 0.4 * 50
_BROKEN: Final = 500


class OutcomeUnknown(aiohttp.ClientError):
    """Discord failed over a request that must not be made twice; it may have been carried out."""


class Watch:
    """What became of the requests of one delivery."""

    def __init__(self, *, once: bool) -> None:
        self.once = once
        self.unsure = False  # one of them may have been carried out


_WATCH: Final[ContextVar[Watch | None]] = ContextVar("_WATCH", default=None)
_PACE: Final[ContextVar[Pace | None]] = ContextVar("_PACE", default=None)


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


class Background:
    """What a bot sends of its own accord: it gives way to the answers that members wait for."""

    def __init__(self) -> None:
        self._pace = Pace(BACKGROUND_PER_SECOND)

    @contextlib.contextmanager
    def requests(self, share: float) -> Generator[None]:
        """Let every request made inside wait for its turn, those that discord.py makes by itself too.

        `share` is the part of the bot's shards that this process runs, so that all processes together keep the rate.
        """
        self._pace.per_second = BACKGROUND_PER_SECOND * share
        token = _PACE.set(self._pace)
        try:
            yield
        finally:
            _PACE.reset(token)


def may_be_done(error: BaseException) -> bool:
    """Whether Discord may have carried out what failed like this: it broke, or the connection did."""
    if isinstance(error, discord.HTTPException):
        return error.status >= _BROKEN
    return isinstance(error, aiohttp.ClientError | OSError)


def trace() -> aiohttp.TraceConfig:
    """What a bot's session has to be given, so that its requests can be watched."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_asked)
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_broken)
    return config


async def _asked(_session: aiohttp.ClientSession, _context: Any, _what: aiohttp.TraceRequestStartParams) -> None:
    if (pace := _PACE.get()) is not None:
        await asyncio.sleep(pace.delay(asyncio.get_running_loop().time()))


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
