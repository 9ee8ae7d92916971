"""One thread for each film: a press claims it, opens it, and the next press finds it."""

import asyncio
import datetime

from bot.domain.discussions import CLAIM_LASTS, Claim, Discussion
from bot.services.discussions import Discussions
from bot.storage.db.database import Database

GUILD, SLUG, THREAD = 2001, "night-train-1959", 4001
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)


async def test_the_first_press_claims_and_the_next_finds_what_it_opened(database: Database) -> None:
    discussions = Discussions(database)
    assert await discussions.find(GUILD, SLUG) is None
    claim = await discussions.claim(GUILD, SLUG, "ann", NOW)
    assert claim is not None
    assert claim == Claim(GUILD, SLUG, "ann")
    assert await discussions.claim(GUILD, SLUG, "ben", NOW) is None
    assert await discussions.record(claim, THREAD)
    assert await discussions.find(GUILD, SLUG) == Discussion(GUILD, SLUG, THREAD)
    assert await discussions.find(GUILD + 1, SLUG) is None


async def test_a_claim_holds_as_long_as_it_says_and_no_longer(database: Database) -> None:
    discussions = Discussions(database)
    crashed = await discussions.claim(GUILD, SLUG, "ann", NOW)
    assert crashed is not None
    assert await discussions.claim(GUILD, SLUG, "ben", NOW + CLAIM_LASTS) is None
    later = NOW + CLAIM_LASTS + datetime.timedelta(seconds=1)
    taken_over = await discussions.claim(GUILD, SLUG, "ben", later)
    assert taken_over is not None
    assert not await discussions.record(crashed, THREAD)
    assert await discussions.record(taken_over, THREAD + 1)
    assert await discussions.find(GUILD, SLUG) == Discussion(GUILD, SLUG, THREAD + 1)


async def test_a_press_that_fails_gives_way_to_the_next(database: Database) -> None:
    discussions = Discussions(database)
    claim = await discussions.claim(GUILD, SLUG, "ann", NOW)
    assert claim is not None
    await discussions.release(claim)
    assert await discussions.claim(GUILD, SLUG, "ben", NOW) is not None


async def test_a_thread_that_is_gone_is_forgotten_once_and_never_the_one_after_it(database: Database) -> None:
    discussions = Discussions(database)
    claim = await discussions.claim(GUILD, SLUG, "ann", NOW)
    assert claim is not None
    await discussions.record(claim, THREAD)
    gone = Discussion(GUILD, SLUG, THREAD)
    await discussions.forget(gone)
    anew = await discussions.claim(GUILD, SLUG, "ben", NOW)
    assert anew is not None
    await discussions.forget(gone)  # a slower press finds the same thread gone
    assert await discussions.record(anew, THREAD + 1)
    await discussions.forget(gone)
    assert await discussions.find(GUILD, SLUG) == Discussion(GUILD, SLUG, THREAD + 1)


async def test_presses_in_two_processes_at_once_open_one_thread(database_url: str) -> None:
    databases = [await Database.open(database_url) for _ in range(2)]
    every = [Discussions(database) for database in databases]
    try:
        claims = await asyncio.gather(*(every[n % 2].claim(GUILD, SLUG, f"press-{n}", NOW) for n in range(10)))
        [won] = [claim for claim in claims if claim is not None]
        assert await every[0].record(won, THREAD)
        assert await every[1].find(GUILD, SLUG) == Discussion(GUILD, SLUG, THREAD)
    finally:
        for database in databases:
            await database.close()
