"""Films of the week: none doubled, none missed while processes are killed, and how late the last of many is.

`python -m benchmarks.spotlight` needs TEST_DATABASE_URL. It plays three nights of 200 servers in four time zones, in
one of which clocks are put forward, with two processes that are killed at every step; it fails where a post is there
twice or not at all. Then 10,000 servers are due in the same minute (or as many as the first argument says): one process
posts them at the pace that all background posts of the bot keep, `SPEED` times as fast as life.
"""

import asyncio
import datetime
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from bot.deliveries import BACKGROUND_PER_SECOND
from bot.storage.db.database import Database
from tests.conftest import POSTGRESQL, postgresql
from tests.process.cinema import Cinema
from tests.process.season import is_done, played, prepared
from tests.process.spotlight_process import Clock

NIGHTS: Final = [datetime.date(2026, 3, day) for day in (28, 29, 30)]
SERVERS: Final = 200
SPEED: Final = 8.0


async def killed(server: str) -> bool:
    """Print what came of the nights in which processes die; whether all is well."""
    with tempfile.TemporaryDirectory() as folder:
        async with postgresql(server) as address:
            season = await played(address, Path(folder), SERVERS, NIGHTS, nerves=0.02, speed=30)
    print(f"{season.expected} posts due, {season.doubled} doubled, {season.missed} missed")
    print("killed", ", ".join(f"{count} times {when}" for when, count in season.kills.items()))
    return season.doubled == season.missed == 0


async def late(server: str, servers: int) -> None:
    """Print how late the posts of so many servers are that are due in the same minute."""
    moment = datetime.datetime(2026, 3, 28, 2, 15, tzinfo=datetime.UTC)
    with tempfile.TemporaryDirectory() as folder:
        async with postgresql(server) as address:
            await prepared(address, servers, moment - datetime.timedelta(hours=1), ["UTC"])
            clock, database = Path(folder) / "clock.json", await Database.open(address)
            Clock.write(clock, moment - datetime.timedelta(hours=1), SPEED)
            async with Cinema(clock, address, servers) as cinema:
                await cinema.hire("one")
                Clock.write(clock, moment, SPEED)
                begun = time.monotonic()
                while not await is_done(database, moment):  # noqa: ASYNC110  (another process says it to nobody)
                    await asyncio.sleep(0.5)
                arrived = sorted((at - begun) * SPEED for nonce, at in cinema.arrived.items() if nonce[0] == "c")
            await database.close()
    rate = len(cinema.arrived) / max((at - begun) * SPEED for at in cinema.arrived.values())
    print(
        f"{len(arrived)} servers due in one minute: {rate:.1f} requests a second of {BACKGROUND_PER_SECOND:.0f} allowed"
    )
    print(f"late in seconds: half of them {median(arrived):.0f}, the last {arrived[-1]:.0f}")


def main() -> int:
    if POSTGRESQL is None:
        print("TEST_DATABASE_URL names no PostgreSQL")
        return 1
    is_well = asyncio.run(killed(POSTGRESQL))
    asyncio.run(late(POSTGRESQL, int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
