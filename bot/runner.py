"""Running the bot against Discord, from the login to a clean end."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from collections.abc import AsyncGenerator
from typing import Any, Final

import aiohttp
import discord

from bot.app import App, open_app
from bot.client import FilmBot
from bot.domain.errors import StorageUnavailable
from bot.service_manager import reported
from bot.services.background import configure_malloc
from bot.services.shard_leases import End
from bot.session_starts import await_session_starts
from bot.settings import ServiceManager, Settings
from bot.storage.db.connections import CLOSING
from bot.storage.db.database import serves_many
from bot.ui.kit.text import english
from bot.watchdog import Watchdog

log = logging.getLogger(__name__)

# The end as a whole may take five seconds; a manager such as systemd or Docker waits ten. Where these do not suffice
# because something hangs, the watchdog ends the process.
_ANSWERS: Final = 3.0
_FAREWELL: Final = 1.0
_BACKGROUND: Final = 0.5
_END: Final = 4.75
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
_UNAUTHORIZED: Final = 401
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

    From the signal or a failure on, the process has five seconds. Raises `CannotStart`, and what `open_app` raises.
    """
    if settings.shard_ids is not None and not serves_many(settings.database_url.get_secret_value()):
        raise CannotStart("cli.shards_need_postgresql")
    configure_malloc()
    stop, watchdog = asyncio.Event(), Watchdog(_END)
    stop_on_signals(stop, watchdog)
    sys.setswitchinterval(TURN)
    async with contextlib.AsyncExitStack() as opened:
        opening = asyncio.ensure_future(opened.enter_async_context(open_app(settings)))
        if not await _done_before(stop, opening):
            log.info("stopping")
            await _end_tasks()
            return
        app = await opening
        bot = app.bot
        await opened.enter_async_context(_watched(app, settings))
        # The list stays, so there is no use in looking through it for cycles ever again.
        gc.collect()
        gc.freeze()
        running = asyncio.ensure_future(_serve(bot, token))
        try:
            if await _done_before(stop, running) and (failure := running.exception()) is not None:
                watchdog.start(1, _reason(failure))
                raise failure
            log.info("stopping")
            watchdog.start()
            await bot.finish_answers(_ANSWERS)
        finally:
            await asyncio.wait({asyncio.ensure_future(work) for work in (bot.close(), _leave(bot))}, timeout=_FAREWELL)
            await _end_tasks()


@contextlib.asynccontextmanager
async def _watched(app: App, settings: Settings) -> AsyncGenerator[None]:
    """Tell systemd, and answer at the port that was asked for. Raises `CannotStart` where that is taken."""
    async with contextlib.AsyncExitStack() as opened:
        await opened.enter_async_context(reported(app.bot, ServiceManager()))
        if settings.metrics_port is not None:
            from bot.monitoring import monitored

            host, port = settings.metrics_host, settings.metrics_port
            try:
                address = await opened.enter_async_context(monitored(app.bot, app.database, host, port))
            except OSError as error:
                reason = error.strerror or str(error)
                raise CannotStart("cli.metrics_port", host=host, port=str(port), reason=reason) from error
            log.info("health and metrics at %s", address)
        yield


def stop_on_signals(stop: asyncio.Event, watchdog: Watchdog | None = None) -> None:
    """Set the event when somebody asks the program to end, and start the watchdog even if nobody hears the event."""
    loop = asyncio.get_running_loop()

    def ask(*_: Any) -> None:
        if watchdog is not None:
            watchdog.start()
        loop.call_soon_threadsafe(stop.set)

    # Python's own handlers, not the loop's: they are called while something keeps the loop, and on Windows too.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)


async def _done_before(stop: asyncio.Event, work: asyncio.Future[Any]) -> bool:
    """Wait for either; whether the work was done before somebody asked the program to end."""
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    return work.done()


async def _serve(bot: FilmBot, token: str) -> None:
    """Answer until Discord closes the connection, or until another process has taken over all shards of this one."""
    leases = bot.services.shard_leases
    if leases is None:
        return await _connect(bot, token)
    bot.shard_ids = [*await leases.join()]
    keeping = asyncio.ensure_future(leases.keep(bot.is_ready, lambda: len(bot.memberships)))
    connecting = asyncio.ensure_future(_connect(bot, token))
    await asyncio.wait({keeping, connecting}, return_when=asyncio.FIRST_COMPLETED)
    if connecting.done():
        return await connecting
    if await keeping is End.LOST:
        raise CannotStart("cli.shards_lost")
    return None


async def _leave(bot: FilmBot) -> None:
    """Let other processes have the shards at once."""
    leases = bot.services.shard_leases
    if leases is not None:
        try:
            await leases.leave()
        except StorageUnavailable as failure:
            log.warning("the shards are others' only when their lease has run out (%s)", failure.reason)


async def _connect(bot: FilmBot, token: str) -> None:
    try:
        await bot.login(token)
        await await_session_starts(bot)
        await bot.connect()
    except discord.LoginFailure:
        raise CannotStart("cli.token_refused") from None
    except discord.PrivilegedIntentsRequired:
        raise CannotStart("cli.intents_refused") from None
    except discord.ConnectionClosed as error:
        raise CannotStart(_CLOSED.get(error.code, "cli.gateway_closed"), code=str(error.code)) from None
    except (aiohttp.ClientError, OSError, discord.HTTPException, discord.GatewayNotFound) as error:
        if isinstance(error.__cause__, discord.HTTPException) and error.__cause__.status == _UNAUTHORIZED:
            raise CannotStart("cli.token_refused") from None
        raise CannotStart(_unreached(error), reason=_first_line(error)) from error


def _unreached(error: Exception) -> str:
    """The sentence for a Discord that could not be reached, or that sends the bot away."""
    if isinstance(error, discord.GatewayNotFound) or (isinstance(error, discord.HTTPException) and error.status >= 500):
        return "cli.discord_down"
    if isinstance(error, discord.HTTPException) and error.status == _TOO_MANY_REQUESTS:
        return "cli.discord_slow_down"
    return "cli.discord_unreachable"


def _first_line(error: Exception) -> str:
    """The error's own words on one line; where a proxy answers for Discord, they are a whole page."""
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__


async def _end_tasks() -> None:
    """Cancel all that is under way and wait for it, because the database closes next.

    Each task is cancelled once. SQLAlchemy then closes the connection that the task had; cancelled a second time, it
    stops the driver's thread, and the closing that it has begun waits for that thread for ever.
    """
    cancelled = {task for task in _others() if task.cancelling()}
    await _wait(cancelled)
    under_way = {task for task in _others() if not task.cancelling() and task.get_name() != CLOSING}
    for task in under_way:
        task.cancel()
    await _wait(under_way)
    for task in cancelled | under_way:
        if task.done() and not task.cancelled():
            task.exception()  # what went wrong because of the end is nobody's business


async def _wait(tasks: set[asyncio.Task[Any]]) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=_BACKGROUND)


def _others() -> set[asyncio.Task[Any]]:
    return asyncio.all_tasks() - {asyncio.current_task()}


def _reason(error: BaseException) -> str:
    """What the operator is told of a failure even if the process cannot end in order."""
    if isinstance(error, CannotStart):
        return english().plain(error.key, **error.values)
    return f"the bot ended with {type(error).__name__}"
