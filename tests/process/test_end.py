"""A process that always ends: after a start that fails, and after SIGTERM at any moment, whatever hangs.

TEST_ENDS says how often each way is tried; `make test-deep` tries thirty times.
"""

import asyncio
import contextlib
import logging
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text as sql

from bot.storage.db.database import bare_engine
from tests import on_loopback, postgresql
from tests.conftest import ENDS
from tests.discord_gateway import Gateway
from tests.discord_payloads import Json, Refusal
from tests.discord_server import DiscordServer, Request

logger = logging.getLogger(__name__)

TOKEN = "MTA0-a-loopback-token.Gx"
# Twice the documented five seconds: whoever is there then, is left over. On a busy machine a second is soon gone.
LEFT_OVER = 10.0
START = 60.0
ENDED, NOT_YET_STARTED = 0, -signal.SIGTERM


class Troubled(DiscordServer):
    """A Discord that ends a start."""

    def __init__(self, *, close_code: int | None = None, refused: str = "", status: int = 401) -> None:
        super().__init__(token=TOKEN)
        self._close_code, self._refused_path, self._status = close_code, refused, status

    def _reply(self, asked: Request) -> Any:
        if self._refused_path and asked.path.endswith(self._refused_path):
            raise Refusal(self._status, 0, "refused")
        return super()._reply(asked)

    async def _identify(self, gateway: Gateway, d: Json) -> None:
        if self._close_code is None:
            await super()._identify(gateway, d)
        else:
            await gateway.socket.close(code=self._close_code, message=b"No.")


FAILURES: list[Callable[[], Troubled]] = [
    lambda: Troubled(close_code=4004),
    lambda: Troubled(close_code=4014),
    lambda: Troubled(close_code=4013),
    lambda: Troubled(refused="/users/@me"),
    lambda: Troubled(refused="/gateway/bot", status=404),
    lambda: Troubled(refused="/oauth2/applications/@me", status=403),
]


@contextlib.asynccontextmanager
async def process(port: int, log: Path, database: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    clean = dict.fromkeys(("SHARD_COUNT", "LOG_LEVEL", "FILMS_FOLDER", "RUN_BY", "CONTACT", "TMDB_TOKEN"), "")
    env = clean | {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": database}
    async with on_loopback.process(port, "run", env=env, log=log) as bot:
        yield bot


async def end_of(bot: asyncio.subprocess.Process, log: Path, within: float = LEFT_OVER) -> int:
    """Its exit status; it must not be left over."""
    began = time.perf_counter()
    try:
        status = await asyncio.wait_for(bot.wait(), within)
    except TimeoutError:
        bot.kill()
        pytest.fail(f"left over after {within} s; its log:\n{text(log)[-3000:]}")
    way = "by the watchdog" if "left behind" in text(log) else "of itself"
    logger.info("%s: status %d after %.2f s %s", log.stem, status, time.perf_counter() - began, way)
    return status


def text(log: Path) -> str:
    return log.read_text(encoding="utf-8")


async def each(times: int, work: Callable[[int], Awaitable[None]]) -> None:
    """So often, two at a time."""
    turns = asyncio.Semaphore(2)

    async def once(number: int) -> None:
        async with turns:
            await work(number)

    async with asyncio.TaskGroup() as group:
        for number in range(times):
            group.create_task(once(number))


async def ask(server: DiscordServer, number: int) -> None:
    """Press something that writes, and don't care for the answer."""
    for _ in range(number):
        with contextlib.suppress(TimeoutError, ConnectionError, LookupError):
            await server.slash("films random", timeout=0.2)


async def moment(server: DiscordServer, number: int, chance: Random) -> None:
    """Before the first request, about the login, or at rest."""
    match number % 3:
        case 0:
            await server.ready(START)
            await asyncio.sleep(chance.uniform(0, 3))
        case 1:
            await server.asked(lambda _: True, START)
            await asyncio.sleep(chance.uniform(0, 0.5))
        case _:
            await asyncio.sleep(chance.uniform(1, 6))


@pytest.fixture
def chance() -> Random:
    return Random(1959)  # noqa: S311  (when a signal comes is no secret)


async def test_a_start_that_fails_ends(database_url: str, tmp_path: Path) -> None:
    async def fail(number: int) -> None:
        log = tmp_path / f"failure-{number}.log"
        async with FAILURES[number % len(FAILURES)]() as server, process(server.port, log, database_url) as bot:
            assert await end_of(bot, log, START) == 1
            assert "Traceback" not in text(log)
            assert server.requests

    await each(max(ENDS, len(FAILURES)), fail)


async def test_a_discord_that_nobody_reaches_ends_it(database_url: str, tmp_path: Path) -> None:
    async with DiscordServer(token=TOKEN) as gone:
        port = gone.port

    async def fail(number: int) -> None:
        log = tmp_path / f"unreachable-{number}.log"
        async with process(port, log, database_url) as bot:
            assert await end_of(bot, log, START) == 1

    await each(ENDS // 4, fail)


async def test_a_signal_at_any_moment_ends_it(database_url: str, tmp_path: Path, chance: Random) -> None:
    async def stop(number: int) -> None:
        log = tmp_path / f"moment-{number}.log"
        async with DiscordServer(token=TOKEN) as server, process(server.port, log, database_url) as bot:
            await moment(server, number, chance)
            bot.send_signal(signal.SIGTERM)
            assert await end_of(bot, log) in (ENDED, NOT_YET_STARTED)

    await each(ENDS, stop)


async def test_a_signal_while_commands_are_registered_ends_it(
    database_url: str, tmp_path: Path, chance: Random
) -> None:
    async def stop(number: int) -> None:
        log = tmp_path / f"registering-{number}.log"
        async with DiscordServer(token=TOKEN) as server, process(server.port, log, database_url) as bot:
            await server.asked(lambda asked: asked.path.endswith("/commands"), START)
            await asyncio.sleep(chance.uniform(0, 0.1))
            bot.send_signal(signal.SIGTERM)
            assert await end_of(bot, log) == ENDED

    await each(ENDS, stop)


@contextlib.asynccontextmanager
async def held(database: str) -> AsyncGenerator[None]:
    """Nobody else can write."""
    if database.startswith("sqlite"):
        other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
        with contextlib.closing(other):
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
    else:
        async with bare_engine(database) as engine, engine.begin() as connection:
            await connection.execute(sql("LOCK TABLE picks IN EXCLUSIVE MODE"))
            yield


async def test_a_signal_while_others_hold_the_lock_ends_it(database_url: str, tmp_path: Path, chance: Random) -> None:
    for number in range(max(1, ENDS // 4)):
        log = tmp_path / f"held-{number}.log"
        async with DiscordServer(token=TOKEN) as server, process(server.port, log, database_url) as bot:
            await server.ready(START)
            async with held(database_url):
                await ask(server, 4)
                await asyncio.sleep(chance.uniform(0, 2))
                bot.send_signal(signal.SIGTERM)
                assert await end_of(bot, log) == ENDED


@pytest.fixture
def frozen_server() -> Generator[postgresql.Server]:
    if postgresql.programs() is None:
        pytest.skip("there is no PostgreSQL to start")
    with postgresql.server() as running:
        yield running


async def test_a_database_that_hears_nothing_does_not_keep_it(
    frozen_server: postgresql.Server, tmp_path: Path, chance: Random
) -> None:
    async def stop(number: int) -> None:
        log = tmp_path / f"frozen-{number}.log"
        async with DiscordServer(token=TOKEN) as server, process(server.port, log, frozen_server.address) as bot:
            await moment(server, number, chance)
            try:
                frozen_server.freeze()
                await ask(server, number % 4)
                bot.send_signal(signal.SIGTERM)
                assert await end_of(bot, log) in (ENDED, NOT_YET_STARTED)
            finally:
                frozen_server.thaw()

    for number in range(max(3, ENDS // 4)):
        await stop(number)


HANGS = {
    "the event loop": "threading.Event().wait()",
    "a thread that Python waits for": "threading.Thread(target=threading.Event().wait).start()",
    "whoever holds the log": "logging.getLogger().handlers[0].acquire(); threading.Event().wait()",
}


@pytest.mark.parametrize("hanging", HANGS.values(), ids=HANGS)
@pytest.mark.parametrize("status", [0, 1])
async def test_the_watchdog_ends_whatever_hangs(hanging: str, status: int) -> None:
    program = f"""
import logging, threading
from bot.watchdog import Watchdog
logging.basicConfig()
watchdog = Watchdog(0.5)
watchdog.start()
watchdog.start({status}, "the reason")
{hanging}
"""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=on_loopback.ROOT, stderr=asyncio.subprocess.PIPE
    )
    _, said = await asyncio.wait_for(child.communicate(), 30)
    assert child.returncode == status
    assert ("the reason" in said.decode()) == ("acquire" not in hanging)
