"""The one thread for each film: one claim at a time, and only its holder puts a thread on record."""

import asyncio
import datetime

from bot.domain.discussions import Claim, Discussion
from bot.storage.db import discussions
from bot.storage.db.database import Database

GUILD, SLUG, THREAD = 2**63 - 1, "night-train-1959", 2**62
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


async def claim(
    database: Database, token: str, now: datetime.datetime = NOW, *, guild: int = GUILD, slug: str = SLUG
) -> bool:
    async with database.begin() as tx:
        return await discussions.claim(tx, Claim(guild, slug, token), now, now + MINUTE)


async def record(database: Database, token: str, thread_id: int = THREAD) -> bool:
    async with database.begin() as tx:
        return await discussions.record(tx, Claim(GUILD, SLUG, token), thread_id)


async def found(database: Database) -> Discussion | None:
    async with database.read() as tx:
        return await discussions.get(tx, GUILD, SLUG)


async def test_a_claim_is_no_thread_yet(database: Database) -> None:
    assert await claim(database, "ann")
    assert await found(database) is None


async def test_a_recorded_thread_is_found(database: Database) -> None:
    await claim(database, "ann")
    assert await record(database, "ann")
    assert await found(database) == Discussion(GUILD, SLUG, THREAD)


async def test_a_second_claim_loses(database: Database) -> None:
    assert await claim(database, "ann")
    assert not await claim(database, "ben")
    assert not await record(database, "ben")
    assert await record(database, "ann")


async def test_claims_for_another_film_or_another_server_stand_beside_it(database: Database) -> None:
    assert await claim(database, "ann")
    assert await claim(database, "ann", slug="knife-in-the-water-1962")
    assert await claim(database, "ann", guild=7)


async def test_of_twenty_claims_at_once_exactly_one_wins(database_url: str) -> None:
    # Two pools, as two processes have; each holds several connections.
    ours, theirs = await Database.open(database_url), await Database.open(database_url)
    try:
        won = await asyncio.gather(*(claim((ours, theirs)[n % 2], f"press-{n}") for n in range(20)))
        assert won.count(True) == 1
        assert await record(ours, f"press-{won.index(True)}")
    finally:
        await ours.close()
        await theirs.close()


async def test_of_twenty_claims_on_one_that_ran_out_exactly_one_wins(database: Database) -> None:
    await claim(database, "crashed")
    late = NOW + 2 * MINUTE
    won = await asyncio.gather(*(claim(database, f"press-{n}", late) for n in range(20)))
    assert won.count(True) == 1


async def test_a_claim_that_ran_out_is_taken_over_and_its_first_holder_may_not_record(database: Database) -> None:
    assert await claim(database, "ann")
    assert not await claim(database, "ben", NOW + MINUTE)  # the last moment in which it holds
    assert await claim(database, "ben", NOW + MINUTE + datetime.timedelta(microseconds=1))
    assert not await record(database, "ann", 1)
    assert await record(database, "ben", 2)
    assert await found(database) == Discussion(GUILD, SLUG, 2)


async def test_a_late_holder_may_record_as_long_as_nobody_took_over(database: Database) -> None:
    await claim(database, "ann", NOW - 60 * MINUTE)
    assert await record(database, "ann")


async def test_a_moment_of_another_time_zone_counts_as_the_same_moment(database: Database) -> None:
    tokyo, denver = (datetime.timezone(datetime.timedelta(hours=hours)) for hours in (9, -7))
    assert await claim(database, "ann", NOW.astimezone(tokyo))
    assert not await claim(database, "ben", (NOW + MINUTE).astimezone(denver))
    assert await claim(database, "ben", (NOW + 2 * MINUTE).astimezone(denver))


async def test_a_released_claim_is_free_at_once(database: Database) -> None:
    await claim(database, "ann")
    async with database.begin() as tx:
        await discussions.release(tx, Claim(GUILD, SLUG, "ann"))
    assert await claim(database, "ben")


async def test_only_the_holder_can_release(database: Database) -> None:
    await claim(database, "ann")
    async with database.begin() as tx:
        await discussions.release(tx, Claim(GUILD, SLUG, "ben"))
    assert not await claim(database, "ben")


async def test_a_thread_on_record_is_neither_claimed_nor_released(database: Database) -> None:
    await claim(database, "ann")
    await record(database, "ann")
    assert not await claim(database, "ben", NOW + 60 * MINUTE)
    async with database.begin() as tx:
        await discussions.release(tx, Claim(GUILD, SLUG, "ann"))
    assert await found(database) == Discussion(GUILD, SLUG, THREAD)
    assert not await record(database, "ann", 3)


async def test_a_forgotten_thread_is_free_to_be_made_anew(database: Database) -> None:
    await claim(database, "ann")
    await record(database, "ann")
    async with database.begin() as tx:
        await discussions.forget(tx, Discussion(GUILD, SLUG, THREAD))
    assert await found(database) is None
    assert await claim(database, "ben")


async def test_only_the_named_thread_is_forgotten(database: Database) -> None:
    await claim(database, "ann")
    await record(database, "ann")
    async with database.begin() as tx:
        await discussions.forget(tx, Discussion(GUILD, SLUG, THREAD - 1))
        await discussions.forget(tx, Discussion(GUILD - 1, SLUG, THREAD))
        await discussions.forget(tx, Discussion(GUILD, "another-film-2000", THREAD))
    assert await found(database) == Discussion(GUILD, SLUG, THREAD)
