"""Running the bot against Discord, from the login to a clean end."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from typing import Any, Final

import aiohttp
import discord

from bot.app import open_app
from bot.client import FilmBot
from bot.settings import Settings

log = logging.getLogger(__name__)

# The end as a whole may take five seconds; a manager such as systemd or Docker waits ten.
_ANSWERS: Final = 3.0
_FAREWELL: Final = 1.5
# The sentence for each code with which Discord closes the gateway for good
# (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
_CLOSED: Final = {
    4004: "cli.token_refused",
    4010: "cli.shard_invalid",
    4011: "cli.shards_needed",
    4012: "cli.gateway_outdated",
    4013: "cli.intents_unknown",
    4014: "cli.intents_refused",
}
_TOO_MANY_REQUESTS: Final = 429
# Seconds for which a thread at work on a list may keep the event loop waiting; Python itself takes ten times that.
TURN: Final = 0.0005


class CannotStart(Exception):
    """Discord did not let the bot in; `key` and `values` name the sentence that says why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


async def run(settings: Settings, token: str) -> None:
    """Run until SIGINT or SIGTERM, then let answers under way finish and close the database.

    Raises `CannotStart`, and what `open_app` raises.
    """
    stop = asyncio.Event()
    stop_on_signals(stop)
    sys.setswitchinterval(TURN)
    async with open_app(settings) as app:
        # The list stays, so there is no use in looking through it for cycles ever again.
        gc.collect()
        gc.freeze()
        running = asyncio.ensure_future(_connect(app.bot, token))
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                log.info("stopping")
                await app.bot.finish_answers(_ANSWERS)
        finally:
            stopping.cancel()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(app.bot.close(), _FAREWELL)
            await _ended(running)


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set the event when somebody asks the program to end."""
    loop = asyncio.get_running_loop()

    def ask(*_: Any) -> None:
        loop.call_soon_threadsafe(stop.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, ask)
        except NotImplementedError:  # event loops on Windows know no signals; Python itself does
            signal.signal(number, ask)


async def _connect(bot: FilmBot, token: str) -> None:
    try:
        await bot.start(token)
    except discord.LoginFailure:
        raise CannotStart("cli.token_refused") from None
    except discord.PrivilegedIntentsRequired:
        raise CannotStart("cli.intents_refused") from None
    except discord.ConnectionClosed as error:
        raise CannotStart(_CLOSED.get(error.code, "cli.gateway_closed"), code=str(error.code)) from None
    except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
        raise CannotStart(_unreached(error), reason=_reason(error)) from error


def _unreached(error: Exception) -> str:
    """The sentence for a Discord that could not be reached, or that sends the bot away."""
    if isinstance(error, discord.GatewayNotFound) or (isinstance(error, discord.HTTPException) and error.status >= 500):
        return "cli.discord_down"
    if isinstance(error, discord.HTTPException) and error.status == _TOO_MANY_REQUESTS:
        return "cli.discord_slow_down"
    return "cli.discord_unreachable"


def _reason(error: Exception) -> str:
    """The error's own words on one line; where a proxy answers for Discord, they are a whole page."""
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__


async def _ended(running: asyncio.Future[None]) -> None:
    """Wait for the connection to be gone, and pass on why it could not be made."""
    if not running.done():
        running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
