"""Lists of servers' own: what a keystroke costs when many servers are active, and what they cost at a start.

Each is measured in a process of its own, on a SQLite database that is made for it, and beside the same with fewer or
no servers in the same run. Times of keystrokes and looks are CPU of the whole process. Ends with status 1 when a goal
is missed.
"""

import asyncio
import gc
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr

from benchmarks.search_memory import apart, given_own, megabytes
from bot.app import open_app
from bot.services.films import Films
from bot.settings import Settings
from bot.storage.db.database import Database

FEW, ACTIVE, ROUNDS = 20, 200, 5
WITH_OWN, OF_THEIRS = 3000, 50
TYPED = ("the", "nver sory", "night tra", "2012")


class Active(NamedTuple):
    keystroke: float  # ms
    megabytes: float


class Start(NamedTuple):
    seconds: float  # to a bot that can connect
    megabytes: float
    look: float  # ms, of a look that finds nothing
    first_key: float  # ms, of the first key in a server


def active(servers: int, own: int) -> Active:
    """Keystrokes in all these servers, one after the other, again and again."""
    return asyncio.run(_active(servers, own))


async def _active(servers: int, own: int) -> Active:
    with tempfile.TemporaryDirectory() as folder:
        database = await _filled(Path(folder), servers, own)
        films = Films(database)
        await films.refresh()
        gc.collect()
        before = megabytes()
        await _round(films, servers)
        memory, started = megabytes() - before, time.process_time()
        for _ in range(ROUNDS):
            await _round(films, servers)
        spent = (time.process_time() - started) * 1000 / (ROUNDS * servers * len(TYPED))
        await database.close()
        return Active(spent, memory)


async def _round(films: Films, servers: int) -> None:
    for guild_id in range(1, servers + 1):
        await asyncio.ensure_future(_keys(films, guild_id))


async def _keys(films: Films, guild_id: int) -> None:
    for typed in TYPED:
        await films.ensure_loaded(guild_id)
        films.catalogue_for(guild_id).suggest(typed, 25)


def start(servers: int) -> Start:
    """A start on a database in which so many servers have films of their own."""
    return asyncio.run(_start(servers))


async def _start(servers: int) -> Start:
    with tempfile.TemporaryDirectory() as folder:
        if servers:
            await (await _filled(Path(folder), servers, OF_THEIRS)).close()
        settings = Settings(
            database_url=SecretStr(_address(Path(folder))), discord_token=None, tmdb_token=None, shard_count=1
        )
        async with open_app(settings):
            pass  # the shared list is written, and everything is imported
        before, started = megabytes(), time.perf_counter()
        async with open_app(settings) as app:
            seconds, films = time.perf_counter() - started, app.bot.services.films
            memory = megabytes() - before
            looking = time.process_time()
            for _ in range(20):
                await films.refresh()
                await app.bot.services.guilds.refresh()
            looked = (time.process_time() - looking) * 1000 / 20
            asked = time.perf_counter()
            await films.ensure_loaded(1)
            films.catalogue_for(1).suggest("the", 25)
            first_key = (time.perf_counter() - asked) * 1000
        return Start(seconds, memory, looked, first_key)


async def _filled(folder: Path, servers: int, own: int) -> Database:
    database = await Database.open(_address(folder))
    await given_own(database, servers, own)
    return database


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'bench.db'}"


def main() -> int:
    met = True
    for own in (10, 50):
        few, many = apart(partial(active, FEW, own)), apart(partial(active, ACTIVE, own))
        print(
            f"{own} films of their own: a keystroke with {FEW} active servers {few.keystroke:.2f} ms,"
            f" with {ACTIVE} {many.keystroke:.2f} ms; their lists {few.megabytes:.0f} and {many.megabytes:.0f} MB"
        )
        met &= many.keystroke <= 2 * few.keystroke
    none, some = apart(partial(start, 0)), apart(partial(start, WITH_OWN))
    print(
        f"start with no servers with films of their own {none.seconds:.2f} s, with {WITH_OWN} of {OF_THEIRS} films"
        f" {some.seconds:.2f} s and {some.megabytes - none.megabytes:+.1f} MB; a look that finds nothing"
        f" {none.look:.1f} and {some.look:.1f} ms of CPU; first key in one of them {some.first_key:.0f} ms"
    )
    met &= some.seconds <= 2 * none.seconds and some.look <= 2 * none.look
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
