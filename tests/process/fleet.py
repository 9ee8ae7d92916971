"""Several processes of the bot on one PostgreSQL database, and a Discord on loopback that knows their shards."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncGenerator, Callable, Sequence
from itertools import cycle, pairwise
from pathlib import Path
from typing import NamedTuple, Self

from tests import on_loopback
from tests.discord_exchange import Exchange
from tests.discord_payloads import CLUB, Json
from tests.discord_server import DiscordServer, Identified

TOKEN = "MTA0-a-loopback-token.Gx"
FLAGSHIP = "ai-weiwei-never-sorry-2012"
_UNSET = ("SHARD_COUNT", "SHARD_IDS", "SHARD_LEASE", "LOG_LEVEL", "FILMS_FOLDER", "RUN_BY", "CONTACT", "TMDB_TOKEN")


def server_on(shard_id: int, number: int = 1, *, of: int) -> Json:
    """A server that Discord tells of on that shard."""
    guild_id = str((number * of + shard_id) << 22)
    return CLUB | {"id": guild_id, "name": f"Club {number}", "roles": [CLUB["roles"][0] | {"id": guild_id}]}


class Member:
    """A running process of the bot."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process, self._log = process, log

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> int | None:
        return self._process.returncode

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def says(self, what: str, seconds: float = 40) -> None:
        await until(lambda: what in self.said, seconds)

    async def ended(self, seconds: float = 10) -> int:
        return await asyncio.wait_for(self._process.wait(), seconds)


class Fleet:
    """Starts processes against one Discord and one database, and ends those that are left."""

    def __init__(self, server: DiscordServer, database: str, folder: Path) -> None:
        self.server = server
        self._database, self._folder = database, folder
        self._running = contextlib.AsyncExitStack()
        self._started = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._running.aclose()

    async def start(self, shard_ids: str, shard_count: int, *, version: str = "", **settings: str) -> Member:
        self._started += 1
        log = self._folder / f"process-{self._started}.log"
        env = dict.fromkeys(_UNSET, "") | {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": self._database}
        env |= {"SHARD_COUNT": str(shard_count), "SHARD_IDS": shard_ids} | settings
        argv = (f"--version={version}", "run") if version else ("run",)
        process = on_loopback.process(self.server.port, *argv, env=env, log=log)
        return Member(await self._running.enter_async_context(process), log)

    async def answering(self, shard_ids: str, shard_count: int, *, version: str = "", **settings: str) -> Member:
        """A process that is ready, and answers on its shards."""
        member = await self.start(shard_ids, shard_count, version=version, **settings)
        await member.says("ready: ")
        return member


class Told(NamedTuple):
    """What became of what was asked."""

    once: int
    twice: int
    unanswered: int


class Traffic:
    """Members of these servers who keep asking in turn, without waiting for each other, until the block ends."""

    def __init__(self, server: DiscordServer, guilds: Sequence[Json], gap: float = 0.05) -> None:
        self._server, self._guilds, self._gap = server, guilds, gap
        self._asked: list[asyncio.Future[Exchange]] = []
        self._asking: asyncio.Future[None] | None = None

    async def _keep_asking(self) -> None:
        for guild in cycle(self._guilds):
            self._asked.append(asyncio.ensure_future(self._ask(guild["id"])))
            await asyncio.sleep(self._gap)

    async def _ask(self, guild_id: str) -> Exchange:
        # Whether it is answered is asked here, not how soon: the machine may be busy.
        self._server.asking_in = guild_id  # nobody else's, up to the first await
        return await self._server.slash("film", {"title": FLAGSHIP}, timeout=15.0)

    async def __aenter__(self) -> Self:
        self._asking = asyncio.ensure_future(self._keep_asking())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._asking is not None
        self._asking.cancel()
        await asyncio.wait({self._asking, *self._asked})

    @property
    def told(self) -> Told:
        answers = [each.result() for each in self._asked if each.exception() is None]
        twice = sum(each.too_many > 0 for each in answers)
        return Told(len(answers) - twice, twice, len(self._asked) - len(answers))


async def until(came: Callable[[], object], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not came():  # noqa: ASYNC110  (what is waited for is another process's)
            await asyncio.sleep(0.05)


def closest(identified: list[Identified], max_concurrency: int) -> float:
    """The shortest time between two IDENTIFYs of a bucket, in seconds."""
    buckets: dict[int, list[float]] = {}
    for each in identified:
        buckets.setdefault(each.shard_id % max_concurrency, []).append(each.at)
    gaps = [later - earlier for times in buckets.values() for earlier, later in pairwise(times)]
    return min(gaps, default=float("inf"))


@contextlib.asynccontextmanager
async def fleet(database: str, folder: Path, guilds: list[Json], max_concurrency: int) -> AsyncGenerator[Fleet]:
    async with DiscordServer(token=TOKEN) as server:
        server.guilds = {each["id"]: each for each in guilds}
        server.session_starts["max_concurrency"] = max_concurrency
        async with Fleet(server, database, folder) as running:
            yield running
