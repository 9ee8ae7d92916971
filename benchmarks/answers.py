"""What an answer of Front Row costs, beside the least a discord.py bot can do, measured in the same run.

Both bots run in processes of their own against the loopback Discord of the tests, in turns, because a shared
machine drifts; each figure is the median of its rounds. Every answer is checked before it counts. Front Row
starts on a database whose tables are up to date and empty. Ends with status 1 when a goal is missed.
"""

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psutil

from bot.storage.db.database import bare_engine
from bot.storage.db.migrate import upgrade
from tests import on_loopback
from tests.discord_exchange import Exchange
from tests.discord_server import DiscordServer

TOKEN = "a.loopback.token"
BOTS = {"bare": "bare", "Front Row": "run"}
ROUNDS, WARM_UP, FILMS, KEYSTROKES = 5, 50, 400, 1000
FILM = {"title": "ai-weiwei-never-sorry-2012"}
TYPED = ("ai w", "never so", "persep", "clo", "spirited aw", "lives of")
# discord.py reports ready two seconds after the last guild; what a bot does then is not an answer's cost.
SETTLE = 3.0
BOUND = 120.0


@dataclass(frozen=True)
class Figures:
    ready: float
    memory_ready: float
    memory_after: float
    film_cpu: float
    film_median: float
    film_p99: float
    key_cpu: float
    key_median: float
    key_p99: float


class Goal(NamedTuple):
    text: str
    most: float
    of_ratio: bool = False


class Row(NamedTuple):
    label: str
    figure: str
    goal: Goal | None = None


MEMORY = Goal("<= 100 MB", 100)
ROWS = (
    Row("start to ready, s", "ready", Goal("< 3 s", 3)),
    Row("memory when ready, MB", "memory_ready", MEMORY),
    Row("memory after the run, MB", "memory_after", MEMORY),
    Row("/film: CPU, ms", "film_cpu", Goal("ratio <= 1.5", 1.5, of_ratio=True)),
    Row("/film: answered in, median ms", "film_median"),
    Row("/film: answered in, p99 ms", "film_p99"),
    Row("keystroke: CPU, ms", "key_cpu"),
    Row("keystroke: answered in, median ms", "key_median"),
    Row("keystroke: answered in, p99 ms", "key_p99"),
)


class Series(NamedTuple):
    cpu: float
    median: float
    p99: float


async def ask_film(server: DiscordServer, _turn: int) -> Exchange:
    shown = await server.slash("film", FILM)
    body = shown.callback
    if body["type"] != 4 or not body["data"].get("components"):
        raise ValueError(f"/film was not answered with a card: {body}")
    await shown.until("trailer", lambda it: it.followups)
    if "youtube.com/watch" not in shown.followups[0].get("content", ""):
        raise ValueError(f"the trailer did not follow: {shown.followups[0]}")
    return shown


async def type_key(server: DiscordServer, turn: int) -> Exchange:
    typed = await server.autocomplete("film", "title", TYPED[turn % len(TYPED)])
    if typed.callback["type"] != 8 or not typed.callback["data"]["choices"]:
        raise ValueError(f"{TYPED[turn % len(TYPED)]!r} got no choices: {typed.callback}")
    return typed


async def series(
    server: DiscordServer, bot: psutil.Process, ask: Callable[[DiscordServer, int], Awaitable[Exchange]], times: int
) -> Series:
    before = cpu_seconds(bot)
    waits = [(await ask(server, turn)).answered_after * 1000 for turn in range(times)]
    cpu = (cpu_seconds(bot) - before) / times * 1000
    return Series(cpu, statistics.median(waits), statistics.quantiles(waits, n=100)[98])


def cpu_seconds(bot: psutil.Process) -> float:
    if bot.children():
        raise RuntimeError("the bot started processes whose cost would go uncounted")
    spent = bot.cpu_times()
    return spent.user + spent.system


def megabytes(bot: psutil.Process) -> float:
    return bot.memory_info().rss / 1e6


async def environment(folder: Path) -> dict[str, str]:
    """Of a bot on a database that is up to date, as it is at every start but the first after an update."""
    address = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    async with bare_engine(address) as engine:
        await upgrade(engine)
    return {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": address}


async def measure(command: str, folder: Path) -> Figures:
    env = await environment(folder)
    async with DiscordServer(token=TOKEN) as server:
        started = time.perf_counter()
        async with on_loopback.process(server.port, command, env=env, log=folder / "bot.log") as process:
            await server.ready(20)
            await server.synced(20)
            ready = time.perf_counter() - started
            await asyncio.sleep(SETTLE)
            bot = psutil.Process(process.pid)
            memory_ready = megabytes(bot)
            for turn in range(WARM_UP):
                await ask_film(server, turn)
                await type_key(server, turn)
            film = await series(server, bot, ask_film, FILMS)
            key = await series(server, bot, type_key, KEYSTROKES)
            if server.unknown:
                raise RuntimeError(f"the bot asked for what the server does not have: {server.unknown}")
            return Figures(ready, memory_ready, megabytes(bot), *film, *key)


async def rounds() -> dict[str, list[Figures]]:
    measured: dict[str, list[Figures]] = {name: [] for name in BOTS}
    async with asyncio.timeout(BOUND):
        for number, (name, command) in itertools.product(range(ROUNDS), BOTS.items()):
            with tempfile.TemporaryDirectory() as folder:
                measured[name].append(await measure(command, Path(folder)))
            print(f"round {number + 1} of {ROUNDS}: {name} measured", file=sys.stderr)
    return measured


def report(measured: dict[str, list[Figures]]) -> bool:
    print(f"{'':34}{'bare':>10}{'Front Row':>11}{'ratio':>8}  {'goal':14}met")
    missed = False
    for label, figure, goal in ROWS:
        bare, ours = (statistics.median(getattr(one, figure) for one in measured[name]) for name in BOTS)
        ratio = ours / bare
        met = goal is None or (ratio if goal.of_ratio else ours) <= goal.most
        missed |= not met
        verdict = f"{goal.text:14}{'yes' if met else 'NO'}" if goal else ""
        print(f"{label:34}{bare:10.2f}{ours:11.2f}{ratio:8.2f}  {verdict}".rstrip())
    return not missed


def main() -> int:
    return 0 if report(asyncio.run(rounds())) else 1


if __name__ == "__main__":
    sys.exit(main())
