"""A process that is killed while members mark: counts and marks still say the same, and each act was whole."""

import asyncio
import signal
import sys
from pathlib import Path
from random import Random

from sqlalchemy import select

from bot.domain.shelves.counts import Share
from bot.domain.shelves.marks import ShelfOwner
from bot.storage.db import film_counts, shelves
from bot.storage.db.database import Database
from bot.storage.db.film_counts import Rated
from bot.storage.db.tables import marks
from tests.process.marking_process import FILMS, GUILD, MEMBERS

ROOT = Path(__file__).parents[2]
ROUNDS = 6


async def killed(address: str, number: int, chance: Random) -> None:
    """Let a process mark for a moment, and kill it."""
    command = (sys.executable, "-m", "tests.process.marking_process", address, str(number))
    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert worker.stdout is not None
    for _ in range(chance.randint(1, 15)):
        assert await worker.stdout.readline(), "it ended of itself"
    await asyncio.sleep(chance.uniform(0, 0.03))
    worker.send_signal(signal.SIGKILL)
    assert await worker.wait() == -signal.SIGKILL


async def told(database: Database) -> dict[str, Share]:
    """The sums as the marks make them. What was withdrawn by nobody who is left is not in them."""
    sums: dict[str, Share] = {}
    async with database.read() as tx:
        for member_id in MEMBERS:
            owner = ShelfOwner(GUILD, member_id)
            shown = await shelves.is_shown(tx, owner)
            for row in await tx.execute(select(marks).where(marks.c.member_id == member_id)):
                share = Rated(row.wanted_at is not None, row.seen, row.rating, row.counted).share(shown=shown)
                assert row.pending == bool(share.pending)
                sums[row.slug] = Share(*(a + b for a, b in zip(sums.get(row.slug, Share()), share, strict=True)))
    return {slug: share for slug, share in sums.items() if share != Share()}


async def test_after_every_kill_counts_are_what_the_marks_make_them(database_url: str) -> None:
    chance = Random(1959)  # noqa: S311  (when it is killed is no secret)
    async with asyncio.timeout(120):
        for number in range(ROUNDS):
            await killed(database_url, number, chance)
            database = await Database.open(database_url)
            try:
                async with database.read() as tx:
                    kept = await film_counts.sums(tx, GUILD, FILMS)
                assert {slug: share for slug, share in kept.items() if share != Share()} == await told(database)
            finally:
                await database.close()
