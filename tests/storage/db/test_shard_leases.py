"""Leases of shards in PostgreSQL: one holder at a time, whoever comes when."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.domain.guilds.shards import AnyRange
from bot.storage.db import identify_gates, processes, shard_leases
from bot.storage.db.database import Database
from bot.storage.db.processes import Process
from tests.conftest import POSTGRESQL, needs_postgresql, postgresql

pytestmark = needs_postgresql
COUNT, LEASE = 16, 60.0


@pytest.fixture
async def database(postgresql_template: str) -> AsyncIterator[Database]:
    assert POSTGRESQL is not None
    async with postgresql(POSTGRESQL, like=postgresql_template) as address:
        opened = await Database.open(address)
        yield opened
        await opened.close()


async def claim(database: Database, me: str, shard_ids: range, seconds: float = LEASE) -> dict[int, int]:
    async with database.begin() as tx:
        await shard_leases.prepare(tx, COUNT)
        return dict(await shard_leases.claim(tx, me, COUNT, shard_ids, seconds))


async def renew(database: Database, me: str) -> dict[int, str | None]:
    async with database.begin() as tx:
        return dict(await shard_leases.renew(tx, me, LEASE))


async def there(database: Database, *names: str, guilds: int = 0) -> None:
    async with database.begin() as tx:
        for name in names:
            await processes.note(tx, Process(name, "1.0", "0008", "0-7", guilds), LEASE)


async def ask(database: Database, me: str, shard_ids: range) -> None:
    async with database.begin() as tx:
        await shard_leases.ask(tx, me, shard_ids)


async def give_up(database: Database, me: str, shard_ids: range, answered: int = 0) -> frozenset[int]:
    async with database.begin() as tx:
        return await shard_leases.give_up(tx, me, shard_ids, answered, LEASE)


async def test_what_somebody_holds_is_nobody_elses(database: Database) -> None:
    assert await claim(database, "a", range(8)) == dict.fromkeys(range(8), 0)
    assert await claim(database, "b", range(4, 12)) == dict.fromkeys(range(8, 12), 0)
    assert await claim(database, "a", range(8)) == dict.fromkeys(range(8), 0)
    assert await renew(database, "b") == dict.fromkeys(range(8, 12))


async def test_of_many_who_come_at_once_each_shard_is_ones(database: Database) -> None:
    names = [f"p{number}" for number in range(12)]
    ranges = [*AnyRange(4).of(COUNT), range(2, 10), range(COUNT)]
    got = await asyncio.gather(
        *(claim(database, name, ranges[number % len(ranges)]) for number, name in enumerate(names))
    )
    assert sorted(shard_id for each in got for shard_id in each) == list(range(COUNT))


async def test_a_lease_that_has_run_out_is_anybodys_and_is_not_renewed(database: Database) -> None:
    await claim(database, "a", range(2), seconds=0)
    assert await renew(database, "a") == {}
    assert set(await claim(database, "b", range(2))) == {0, 1}
    assert await claim(database, "a", range(2)) == {}


async def test_a_holder_whose_lease_has_run_out_may_have_it_again_where_nobody_came(database: Database) -> None:
    await claim(database, "a", range(2), seconds=0)
    assert set(await claim(database, "a", range(2))) == {0, 1}


async def test_who_renews_and_who_takes_over_are_never_both_right(database: Database) -> None:
    """However their statements meet about the moment in which the lease runs out."""
    for _ in range(25):
        await claim(database, "a", range(1), seconds=0.02)
        await asyncio.sleep(0.017)
        renewed, taken = await asyncio.gather(renew(database, "a"), claim(database, "b", range(1)))
        assert len(renewed) + len(taken) <= 1
        async with database.begin() as tx:
            await shard_leases.give_up(tx, "a", range(1), 0, 0)
            await shard_leases.give_up(tx, "b", range(1), 0, 0)


async def test_what_is_given_up_is_the_successors_at_once_from_the_next_interaction_on(database: Database) -> None:
    await claim(database, "a", range(8))
    await there(database, "b")
    await ask(database, "b", range(4))
    assert await renew(database, "a") == {**dict.fromkeys(range(4), "b"), **dict.fromkeys(range(4, 8))}
    assert await claim(database, "b", range(4)) == {}
    assert await give_up(database, "a", range(4), answered=77) == frozenset(range(4))
    assert await claim(database, "c", range(4)) == {}
    assert await claim(database, "b", range(4)) == dict.fromkeys(range(4), 77)
    assert await renew(database, "b") == dict.fromkeys(range(4))
    assert set(await renew(database, "a")) == set(range(4, 8))


async def test_what_is_given_up_to_nobody_is_free(database: Database) -> None:
    await claim(database, "a", range(2))
    await give_up(database, "a", range(2), answered=5)
    assert await claim(database, "b", range(2)) == {0: 5, 1: 5}
    assert await give_up(database, "a", range(2)) == frozenset()


async def test_who_asks_first_is_next_as_long_as_it_is_there(database: Database) -> None:
    await claim(database, "a", range(1))
    await there(database, "b", "c")
    await ask(database, "b", range(1))
    await ask(database, "c", range(1))
    assert await renew(database, "a") == {0: "b"}
    async with database.begin() as tx:
        await processes.forget(tx, "b")
    await ask(database, "c", range(1))
    assert await renew(database, "a") == {0: "c"}


async def test_others_who_part_the_servers_otherwise_are_told(database: Database) -> None:
    await claim(database, "a", range(8))
    async with database.read() as tx:
        assert await shard_leases.other_count(tx, COUNT) is None
        assert await shard_leases.other_count(tx, 8) == COUNT
    await give_up(database, "a", range(8))
    async with database.read() as tx:
        assert await shard_leases.other_count(tx, 8) is None


async def test_servers_are_summed_over_those_who_hold_shards(database: Database) -> None:
    await there(database, "a", "b", guilds=40)
    await there(database, "waiting", guilds=40)
    await claim(database, "a", range(8))
    await claim(database, "b", range(8, 16))
    async with database.read() as tx:
        assert await processes.served(tx) == 80
        assert {each.id for each in await processes.running(tx)} == {"a", "b", "waiting"}
        assert {each.holder for each in await shard_leases.held(tx)} == {"a", "b"}


async def test_a_gate_lets_one_through_at_a_time(database: Database) -> None:
    async def enter(bucket: int, seconds: float = LEASE) -> bool:
        async with database.begin() as tx:
            await identify_gates.prepare(tx, bucket)
            return await identify_gates.enter(tx, bucket, seconds)

    assert sum(await asyncio.gather(*(enter(0) for _ in range(5)))) == 1
    assert await enter(1, seconds=0)
    assert await enter(1)
    assert not await enter(1)
