"""Several processes side by side, against the loopback Discord of the tests and a PostgreSQL server of its own.

Answers and memory of 1, 2 and 4 processes over 16 shards; rolling deploys, processes that are killed, and a database
that hears nothing, under traffic. Ends with status 1 when a goal is missed. `--whole` does each fault twenty times.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGTERM
from statistics import quantiles
from typing import NamedTuple

import psutil
from sqlalchemy import text

from benchmarks.answers import SETTLE, cpu_seconds, megabytes
from bot.storage.db.database import Database, bare_engine
from tests import on_loopback, postgresql
from tests.discord_payloads import TEXT_CHANNEL, Json
from tests.discord_server import DiscordServer
from tests.process.fleet import FLAGSHIP, TOKEN, Fleet, Member, Told, Traffic, closest, fleet, server_on, until

SHARDS = 16
ANSWERS, AT_ONCE = 1200, 24
CHANNELS, ROLES = 20, 15
CLUBS = 200  # servers of the faults
OUTAGE = 60.0
START = 240.0
TWO_HALVES = ("0-7", "8-15")
LEASE = {"SHARD_LEASE": "6"}


class Load(NamedTuple):
    processes: int
    ready: float
    per_second: float
    p99: float
    cpu: float
    memory: float  # KB for each server


@dataclass
class Verdicts:
    missed: bool = False

    def goal(self, what: str, met: bool) -> None:
        self.missed |= not met
        print(f"  {'met   ' if met else 'MISSED'}  {what}", flush=True)


def large(shard_id: int, number: int, *, of: int) -> Json:
    """A server such as there are many: with channels and roles."""
    guild = server_on(shard_id, number, of=of)
    first = int(guild["id"])
    topic = "What we watch, when we watch it, and what we thought of it afterwards; please mark spoilers. "
    channels = [
        TEXT_CHANNEL | {"id": str(first + 1 + each), "name": f"channel-{each}", "topic": topic, "position": each}
        for each in range(CHANNELS)
    ]
    role = guild["roles"][0]
    roles = [role, *(role | {"id": str(first + 500 + each), "name": f"role {each}"} for each in range(ROLES))]
    return guild | {"channels": channels, "roles": roles}


def servers(count: int) -> list[Json]:
    return [large(number % SHARDS, number // SHARDS + 1, of=SHARDS) for number in range(count)]


def ranges(processes: int) -> list[str]:
    size = SHARDS // processes
    return [f"{first}-{first + size - 1}" for first in range(0, SHARDS, size)]


async def ask(server: DiscordServer, guild_id: str) -> float:
    server.asking_in = guild_id  # nobody else's, up to the first await
    return (await server.slash("film", {"title": FLAGSHIP}, timeout=10)).answered_after * 1000


async def answer(running: Fleet, guilds: Sequence[Json]) -> list[float]:
    """Milliseconds of each answer, so many being asked for at once."""

    async def one_after_another(turn: int) -> list[float]:
        mine = range(turn, ANSWERS, AT_ONCE)
        return [await ask(running.server, guilds[number * 7 % len(guilds)]["id"]) for number in mine]

    return [each for turn in await asyncio.gather(*map(one_after_another, range(AT_ONCE))) for each in turn]


async def weigh_empty(folder: Path, database: str) -> float:
    """The memory of a process without servers, in MB."""
    async with fleet(database, folder, [], SHARDS) as running:
        member = await running.answering("0-15", SHARDS)
        await asyncio.sleep(SETTLE)
        return megabytes(psutil.Process(member.pid))


async def load(processes: int, guilds: list[Json], empty: float, folder: Path, database: str) -> Load:
    async with fleet(database, folder, guilds, SHARDS) as running:
        began = time.perf_counter()
        members = [await running.start(shard_ids, SHARDS) for shard_ids in ranges(processes)]
        for member in members:
            await member.says("ready: ", START)
        ready = time.perf_counter() - began
        await until(lambda: running.server.commands is not None, 30)
        bots = [psutil.Process(member.pid) for member in members]
        memory = (sum(map(megabytes, bots)) - processes * empty) * 1000 / len(guilds)
        await answer(running, guilds)
        before, asked = sum(map(cpu_seconds, bots)), time.perf_counter()
        waits = await answer(running, guilds)
        taken = time.perf_counter() - asked
        cpu = (sum(map(cpu_seconds, bots)) - before) / ANSWERS * 1000
        return Load(processes, ready, ANSWERS / taken, quantiles(waits, n=100)[98], cpu, memory)


async def weigh_bare(guilds: list[Json], folder: Path) -> float:
    """KB for each server in the least that a discord.py bot can be."""
    weights: list[float] = []
    for some in ([], guilds):
        async with DiscordServer(token=TOKEN) as server:
            server.guilds = {each["id"]: each for each in some}
            env = {"DISCORD_TOKEN": TOKEN}
            async with on_loopback.process(server.port, "bare", env=env, log=folder / "bare.log") as bot:
                await server.ready(START)
                await asyncio.sleep(SETTLE)
                weights.append(megabytes(psutil.Process(bot.pid)))
    return (weights[1] - weights[0]) * 1000 / len(guilds)


def print_told(what: str, told: Told) -> None:
    print(f"  {what}: {told.once} answered once, {told.twice} twice, {told.unanswered} not at all", flush=True)


async def deploy(running: Fleet, times: int, clubs: Sequence[Json], verdicts: Verdicts) -> None:
    members = {shard_ids: await running.answering(shard_ids, SHARDS, **LEASE) for shard_ids in TWO_HALVES}
    await running.server.synced(30)
    async with Traffic(running.server, clubs, 0.03) as traffic:
        for number in range(times):
            shard_ids = TWO_HALVES[number % 2]
            newer = await running.start(shard_ids, SHARDS, **LEASE)
            if await members[shard_ids].ended(120) != 0:
                raise RuntimeError(members[shard_ids].said[-2000:])
            members[shard_ids] = newer
        await asyncio.sleep(1)
    print_told(f"{times} rolling deploys", traffic.told)
    verdicts.goal("every interaction answered once while deploying", traffic.told[1:] == (0, 0))
    await end(members.values())


async def kill(running: Fleet, times: int, clubs: Sequence[Json], verdicts: Verdicts) -> None:
    """What is asked of a dead process's servers is lost; nothing is answered twice, and the others never notice."""
    hit = TWO_HALVES[0]
    members = {shard_ids: await running.answering(shard_ids, SHARDS, **LEASE) for shard_ids in TWO_HALVES}
    of_hit = [each for each in clubs if (int(each["id"]) >> 22) % SHARDS < SHARDS // 2]
    of_spared = [each for each in clubs if each not in of_hit]
    there = Traffic(running.server, of_spared, 0.05)
    twice = unanswered = 0
    async with there:
        for _ in range(times):
            async with Traffic(running.server, of_hit, 0.05) as during:
                members[hit].send(SIGKILL)
                await members[hit].ended()
                members[hit] = await running.start(hit, SHARDS, **LEASE)
                await members[hit].says(f"answers on shards {hit}", 60)
            async with Traffic(running.server, of_hit, 0.05) as after:
                await asyncio.sleep(1)
            twice += during.told.twice + after.told.twice
            unanswered += after.told.unanswered
    print_told(f"the other half during {times} kill -9", there.told)
    verdicts.goal("the other half answers once throughout", there.told[1:] == (0, 0))
    verdicts.goal("what was killed answers nothing twice, and all again afterwards", (twice, unanswered) == (0, 0))
    await end(members.values())


async def outage(
    running: Fleet, server: postgresql.Server, clubs: Sequence[Json], seconds: float, of: Verdicts
) -> None:
    members = [await running.answering(shard_ids, SHARDS) for shard_ids in TWO_HALVES]
    async with Traffic(running.server, clubs, 0.1) as before:  # each server's list is loaded
        await asyncio.sleep(0.1 * len(clubs) + 1)
    server.freeze()
    try:
        async with Traffic(running.server, clubs, 0.2) as during:
            await asyncio.sleep(seconds)
    finally:
        server.thaw()
    async with Traffic(running.server, clubs, 0.1) as after:
        await asyncio.sleep(5)
    print_told(f"the database away for {seconds:.0f} s", during.told)
    of.goal("look-ups go on without the database, once", during.told[1:] == (0, 0))
    of.goal("before and afterwards too", before.told[1:] == after.told[1:] == (0, 0))
    of.goal("nobody has ended", all(each.status is None for each in members))
    await end(members)


async def end(members: Iterable[Member]) -> None:
    for each in members:
        each.send(SIGTERM)
        await each.ended(15)


async def noted(database: str) -> int:
    async with bare_engine(database) as engine, engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM departures")))


async def settle_in(database: str, guilds: Sequence[Json]) -> None:
    """Something is kept of each server, so that its departure would be noted."""
    await (await Database.open(database)).close()
    async with bare_engine(database) as engine, engine.begin() as connection:
        rows = [{"guild_id": int(each["id"])} for each in guilds]
        await connection.execute(text("INSERT INTO picks VALUES (:guild_id, 'nothing-1900')"), rows)


async def faults(database: postgresql.Server, folder: Path, times: int, seconds: float, verdicts: Verdicts) -> None:
    clubs = [server_on(number % SHARDS, number // SHARDS + 1, of=SHARDS) for number in range(CLUBS)]
    for number, what in enumerate((deploy, kill)):
        (folder / str(number)).mkdir()
        async with fleet(database.address, folder / str(number), clubs, SHARDS) as running:
            await what(running, times, clubs, verdicts)
            gap = closest(running.server.identified, SHARDS)
            verdicts.goal(f"no IDENTIFY pair of a bucket under 5 s (closest: {gap:.2f} s)", gap >= 5)
    (folder / "outage").mkdir()
    async with fleet(database.address, folder / "outage", clubs, SHARDS) as running:
        await outage(running, database, clubs, seconds, verdicts)
    gone = await noted(database.address)
    verdicts.goal(f"no server noted as gone ({gone})", gone == 0)


async def loads(database: str, folder: Path, count: int, verdicts: Verdicts) -> None:
    guilds = servers(count)
    bare = await weigh_bare(guilds, folder)
    empty = await weigh_empty(folder, database)
    print(f"{count} servers, {SHARDS} shards; a bare bot keeps {bare:.1f} KB of each", flush=True)
    found = []
    for processes in (1, 2, 4):
        found.append(one := await load(processes, guilds, empty, folder, database))
        print(
            f"  {one.processes} processes: ready in {one.ready:.1f} s, {one.per_second:.0f} answers/s,"
            f" p99 {one.p99:.0f} ms, {one.cpu:.2f} ms CPU each, {one.memory:.1f} KB a server",
            flush=True,
        )
    verdicts.goal("memory of a server <= a bare bot's", found[0].memory <= bare)
    verdicts.goal("CPU of an answer in 4 processes <= 1.25 x that in one", found[-1].cpu <= 1.25 * found[0].cpu)
    cores = psutil.cpu_count() or 1
    if cores > 4:
        faster = found[-1].per_second / found[0].per_second
        verdicts.goal(f"4 processes answer >= 3.5 x as many as one ({faster:.1f})", faster >= 3.5)


async def run(asked: argparse.Namespace) -> bool:
    verdicts = Verdicts()
    with postgresql.server() as database, tempfile.TemporaryDirectory() as folder:
        clubs = [server_on(number % SHARDS, number // SHARDS + 1, of=SHARDS) for number in range(CLUBS)]
        await settle_in(database.address, clubs)
        if not asked.no_faults:
            await faults(database, Path(folder), 20 if asked.whole else 3, asked.outage, verdicts)
        if not asked.no_loads:
            async with bare_engine(database.address) as engine, engine.begin() as connection:
                await connection.execute(text("DELETE FROM picks"))
            await loads(database.address, Path(folder), asked.servers, verdicts)
    return not verdicts.missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--outage", type=float, default=OUTAGE, help="seconds")
    parser.add_argument("--whole", action="store_true", help="twenty deploys and twenty kills instead of three")
    parser.add_argument("--no-faults", action="store_true")
    parser.add_argument("--no-loads", action="store_true")
    return 0 if asyncio.run(run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
