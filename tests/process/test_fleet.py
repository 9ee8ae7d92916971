"""Several processes side by side: real ones, on PostgreSQL and a Discord on loopback with several shards."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.db.database import bare_engine
from bot.ui.kit.text import english
from tests.conftest import POSTGRESQL, needs_postgresql, postgresql
from tests.discord_exchange import Exchange
from tests.process.fleet import FLAGSHIP, Fleet, Member, Traffic, closest, fleet, server_on, until

COUNT = 4
GUILDS = [server_on(shard_id, of=COUNT) for shard_id in range(COUNT)]
LEASE = {"SHARD_LEASE": "6"}
pytestmark = needs_postgresql


@pytest.fixture
async def database(postgresql_template: str) -> AsyncIterator[str]:
    assert POSTGRESQL is not None
    async with postgresql(POSTGRESQL, like=postgresql_template) as address:
        yield address


@pytest.fixture
async def running(database: str, tmp_path: Path) -> AsyncIterator[Fleet]:
    async with asyncio.timeout(120), fleet(database, tmp_path, GUILDS, max_concurrency=16) as started:
        yield started


async def ask(running: Fleet, shard_id: int, seconds: float = 3.0) -> Exchange:
    running.server.asking_in = GUILDS[shard_id]["id"]
    return await running.server.slash("film", {"title": FLAGSHIP}, timeout=seconds)


async def test_two_processes_answer_each_on_its_own_shards(running: Fleet) -> None:
    first = await running.answering("0-1", COUNT)
    second = await running.answering("2-3", COUNT)
    for shard_id in range(COUNT):
        shown = await ask(running, shard_id)
        await shown.until("trailer", lambda it: it.followups)
        assert (shown.callback["type"], shown.too_many) == (4, 0)
    about = await running.server.slash("about")
    said = json.dumps(about.callback["data"]["components"])
    assert english()("about.fact", label="Servers", value=str(COUNT)) in said  # those of both
    assert "ready: 2 servers" in first.said
    assert "ready: 2 servers" in second.said
    assert [asked.path for asked in running.server.requests if asked.method == "PUT"] == ["/applications/1000/commands"]
    for each in (first, second):
        each.send(signal.SIGTERM)
        assert await each.ended() == 0
        assert "Traceback" not in each.said


async def test_nobody_notes_the_servers_of_others_as_gone(running: Fleet, database: str) -> None:
    async with bare_engine(database) as engine, engine.begin() as connection:
        for guild in GUILDS:
            await connection.execute(text("INSERT INTO picks VALUES (:guild_id, 'x')"), {"guild_id": int(guild["id"])})
    await running.answering("0-1", COUNT)
    del running.server.guilds[GUILDS[2]["id"]]
    await running.answering("2-3", COUNT)
    noted: list[int] = []
    async with bare_engine(database) as engine, asyncio.timeout(15):
        while not noted:
            await asyncio.sleep(0.2)
            async with engine.connect() as connection:
                noted = [*(await connection.scalars(text("SELECT guild_id FROM departures"))).all()]
    assert noted == [int(GUILDS[2]["id"])]  # the one that has really gone


async def test_a_new_process_takes_over_under_traffic_and_each_is_answered_once(running: Fleet) -> None:
    old = await running.answering("0-3", COUNT)
    await ask(running, 0)
    async with Traffic(running.server, GUILDS) as traffic:
        new = await running.start("0-3", COUNT)
        assert await old.ended(60) == 0
        await asyncio.sleep(2)
    told = traffic.told
    assert (told.unanswered, told.twice) == (0, 0)
    assert told.once > 100
    assert "shards 0-3 are handed over" in old.said
    assert "answers on shards 0-3 of 4" in new.said
    for each in (old, new):
        assert "Traceback" not in each.said
        assert "ERROR" not in each.said


async def test_what_a_killed_one_leaves_is_taken_over_and_nothing_else_stops(running: Fleet) -> None:
    killed = await running.answering("0-1", COUNT, **LEASE)
    other = await running.answering("2-3", COUNT, **LEASE)
    killed.send(signal.SIGKILL)
    await killed.ended()
    successor = await running.start("0-1", COUNT, **LEASE)
    assert (await ask(running, 2)).callback
    await successor.says("answers on shards 0-1 of 4")
    for shard_id in range(COUNT):
        assert (await ask(running, shard_id)).too_many == 0
    assert other.status is None
    assert "Traceback" not in successor.said


async def test_who_is_told_to_take_any_waits_for_a_range_that_nobody_has(running: Fleet) -> None:
    first = await running.answering("auto:2", COUNT, **LEASE)
    second = await running.answering("auto:2", COUNT, **LEASE)
    spare = await running.start("auto:2", COUNT, **LEASE)
    await spare.says("others hold all the shards: this process waits")
    assert {line for each in (first, second) for line in each.said.splitlines() if "runs shards" in line}
    assert "shards 0-1 of 4" in first.said
    assert "shards 2-3 of 4" in second.said
    sessions = running.server.sessions
    await asyncio.sleep(1.5)
    assert running.server.sessions == sessions  # it identifies nothing while it waits
    second.send(signal.SIGTERM)
    assert await second.ended() == 0
    await spare.says("ready: ")
    assert (await ask(running, 3)).callback
    first.send(signal.SIGKILL)
    await first.ended()
    third = await running.answering("auto:2", COUNT, **LEASE)
    assert "runs shards 0-1 of 4" in third.said
    assert (await ask(running, 0)).callback


async def test_a_process_that_sleeps_past_its_lease_keeps_silent_and_ends(running: Fleet) -> None:
    asleep = await running.answering("0-3", COUNT, **LEASE)
    await ask(running, 0)
    asleep.send(signal.SIGSTOP)
    successor = await running.start("0-3", COUNT, **LEASE)
    await successor.says("answers on shards 0-3 of 4")
    asking = [asyncio.ensure_future(ask(running, shard_id)) for shard_id in range(COUNT)]
    asleep.send(signal.SIGCONT)
    assert await asleep.ended(20) == 1
    assert [(await each).too_many for each in asking] == [0] * COUNT
    assert asleep.said.splitlines()[-1] == english().plain("cli.shards_lost")


async def test_who_identifies_keeps_five_seconds_in_a_bucket_over_all_processes(database: str, tmp_path: Path) -> None:
    async with asyncio.timeout(120), fleet(database, tmp_path, GUILDS, max_concurrency=1) as running:
        members = [await running.start(str(shard_id), COUNT) for shard_id in range(COUNT)]
        await until(lambda: running.server.sessions == COUNT, 60)
        assert closest(running.server.identified, 1) >= 5
        assert [each.status for each in members] == [None] * COUNT


async def test_with_few_session_starts_left_it_waits_and_says_so(running: Fleet) -> None:
    running.server.session_starts |= {"remaining": 103, "reset_after": 1000}
    member = await running.start("0-3", COUNT)
    await member.says("Discord allows 103 of 1000 session starts")
    assert running.server.sessions == 0
    running.server.session_starts |= {"remaining": 104}
    await member.says("ready: ")


async def test_an_older_version_does_not_take_over_and_a_newer_one_does(running: Fleet) -> None:
    old = await running.answering("auto:4", COUNT, version="1.0", **LEASE)
    older = await running.start("0-3", COUNT, version="0.9", **LEASE)
    await older.says("this process waits")
    newer = await running.start("auto:4", COUNT, version="1.1", **LEASE)
    assert await old.ended(40) == 0
    await newer.says("answers on shards 0-3 of 4")
    assert older.status is None
    assert (await ask(running, 1)).too_many == 0


async def test_another_number_of_shards_waits_until_the_others_are_gone(running: Fleet) -> None:
    first: Member = await running.answering("0-1", COUNT, **LEASE)
    other = await running.start("0-1", 2, **LEASE)
    await other.says("others run with SHARD_COUNT=4 instead of 2")
    first.send(signal.SIGTERM)
    await first.ended()
    await other.says("ready: 4 servers")


async def test_on_sqlite_several_processes_are_refused(running: Fleet, tmp_path: Path) -> None:
    member = await running.start("0-1", COUNT, DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}")
    assert await member.ended() == 1
    assert member.said.splitlines()[-1] == english().plain("cli.shards_need_postgresql")
    assert not (tmp_path / "bot.db").exists()
