"""Servers that have removed the bot: remembered for 30 days, then erased, or at once where the server wants it."""

import asyncio
import datetime
from collections.abc import AsyncGenerator, Coroutine
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import insert, text

from bot.domain.curation.changes import ChangeKind
from bot.domain.errors import ManagersOnly, WrongName
from bot.domain.films.loading import LoadResult
from bot.domain.guilds.memberships import Memberships
from bot.domain.guilds.settings import Actor, GuildSettings
from bot.services.curation import Curation
from bot.services.departures import Departures
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.db.database import Database
from bot.storage.db.departures import noted, with_data
from bot.storage.db.tables import picks
from tests.builders import film

NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
OURS, THEIRS = 11, 12
NAME = "Thursday Film Club"
TRAIN = film()


@dataclass(frozen=True)
class Process:
    """The services of one process."""

    films: Films
    guilds: Guilds
    curation: Curation
    departures: Departures


async def process(database: Database) -> Process:
    films, guilds = Films(database), Guilds(database)
    await films.seed(LoadResult((TRAIN,), ()))
    await guilds.refresh()
    await guilds.load((OURS, THEIRS))
    await films.announce((OURS, THEIRS))
    return Process(films, guilds, Curation(database, films, guilds), Departures(database, films, guilds))


@pytest.fixture
async def other(database_url: str) -> AsyncGenerator[Process]:
    """Another process on the same database."""
    opened = await Database.open(database_url)
    yield await process(opened)
    await opened.close()


def manager(guild_id: int = OURS) -> Actor:
    return Actor(guild_id=guild_id, member_id=5, name="mona", manages=True)


def listed(*guild_ids: int) -> Memberships:
    """Discord has just said that the bot is in these servers, and in no other."""
    present = Memberships()
    present.list_shard(0, 1, guild_ids)
    return present


async def settle_in(here: Process, guild_id: int = OURS) -> None:
    """The server hides the only film, and chooses a time zone."""
    await here.curation.hide(manager(guild_id), TRAIN.slug, NOW)
    await here.guilds.change(manager(guild_id), {"time_zone": "Asia/Tokyo"}, NOW)


def is_settled(here: Process, guild_id: int = OURS) -> bool:
    hides = not here.films.catalogue_for(guild_id).films
    assert hides is (here.guilds.settings(guild_id) != GuildSettings())
    return hides


async def test_data_outlives_a_removal_by_thirty_days_and_no_longer(database: Database) -> None:
    here = await process(database)
    await settle_in(here)
    await settle_in(here, THEIRS)
    await here.departures.note(OURS, NOW)
    assert await here.departures.erase_due(NOW + 29 * DAY) == 0
    assert is_settled(here)
    assert await here.departures.erase_due(NOW + 30 * DAY) == 1
    assert not is_settled(here)
    assert await here.curation.history(manager(), None, None, 9) == ()
    assert is_settled(here, THEIRS)
    assert await here.departures.erase_due(NOW + 99 * DAY) == 0


async def test_a_server_that_comes_back_in_time_keeps_all_and_begins_a_new_month_when_it_leaves_again(
    database: Database,
) -> None:
    here = await process(database)
    await settle_in(here)
    await here.departures.note(OURS, NOW)
    await here.departures.forget(OURS)
    assert await here.departures.erase_due(NOW + 99 * DAY) == 0
    await here.departures.note(OURS, NOW + 20 * DAY)
    assert await here.departures.erase_due(NOW + 49 * DAY) == 0
    assert is_settled(here)
    assert await here.departures.erase_due(NOW + 50 * DAY) == 1


async def test_what_was_missed_while_the_bot_was_away_is_found_out(database: Database) -> None:
    here = await process(database)
    await settle_in(here)
    await settle_in(here, THEIRS)
    await here.departures.note(THEIRS, NOW)
    await here.departures.compare(listed(THEIRS, 13), NOW)  # one has gone, one is back, one is new
    assert await here.departures.erase_due(NOW + 30 * DAY) == 1
    assert not is_settled(here)
    assert is_settled(here, THEIRS)


async def test_of_several_processes_each_erases_what_is_its_own(database: Database) -> None:
    here = await process(database)
    for guild_id in (OURS, THEIRS):
        await settle_in(here, guild_id)
        await here.departures.note(guild_id, NOW)
    assert await here.departures.erase_due(NOW + 30 * DAY, lambda guild_id: guild_id == OURS) == 1
    assert is_settled(here, THEIRS)


async def keep_picks(database: Database, guild_ids: range) -> None:
    """Something to erase of each of these servers."""
    async with database.begin() as tx:
        await tx.execute(insert(picks), [{"guild_id": guild_id, "slug": TRAIN.slug} for guild_id in guild_ids])


async def meanwhile(here: Process, work: Coroutine[Any, Any, Any]) -> int:
    """How many curators' changes went through while this was under way."""
    task, changes = asyncio.ensure_future(work), 0
    while not task.done():
        is_tokyo = here.guilds.settings(OURS).time_zone == "Asia/Tokyo"
        await here.guilds.change(manager(), {"time_zone": "Europe/Warsaw" if is_tokyo else "Asia/Tokyo"}, NOW)
        changes += 1
        await asyncio.sleep(0.05)
    await task
    return changes


MANY = range(1000, 4000)


async def test_thousands_that_have_gone_are_noted_while_curators_work(database: Database) -> None:
    here = await process(database)
    await settle_in(here)
    await keep_picks(database, MANY)
    assert await meanwhile(here, here.departures.compare(listed(OURS), NOW)) > 10
    async with database.read() as tx:
        assert set(await noted(tx)) == set(MANY)
    back = listed(OURS, *MANY[::2])
    assert await meanwhile(here, here.departures.compare(back, NOW)) > 5
    async with database.read() as tx:
        assert set(await noted(tx)) == set(MANY[1::2])


async def test_thousands_that_are_due_are_erased_while_curators_work(database: Database) -> None:
    here = await process(database)
    await settle_in(here)
    await keep_picks(database, MANY[:300])
    await here.departures.compare(listed(OURS), NOW)
    assert await meanwhile(here, here.departures.erase_due(NOW + 30 * DAY)) > 2
    async with database.read() as tx:
        assert await with_data(tx) == {OURS}
        assert await noted(tx) == {}


async def test_who_comes_back_while_others_are_noted_is_not_noted(database: Database) -> None:
    here, present = await process(database), listed(OURS)
    await keep_picks(database, MANY[:200])
    comparing = asyncio.ensure_future(here.departures.compare(present, NOW))
    await asyncio.sleep(0.05)
    assert present.join(MANY[199])
    await comparing
    async with database.read() as tx:
        assert MANY[199] not in await noted(tx)


async def test_looking_again_does_not_begin_the_month_anew(database: Database) -> None:
    here = await process(database)
    await settle_in(here)
    for days in range(30):
        await here.departures.compare(listed(), NOW + days * DAY)
        assert await here.departures.erase_due(NOW + days * DAY) == 0
    assert await here.departures.erase_due(NOW + 30 * DAY) == 1


async def test_one_servers_failure_does_not_save_the_others(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    here = await process(database)
    for guild_id in (OURS, THEIRS):
        await settle_in(here, guild_id)
        await here.departures.note(guild_id, NOW)
    async with database.begin() as tx:
        if tx.dialect.name == "postgresql":
            await tx.execute(
                text("CREATE FUNCTION no() RETURNS trigger AS $$ BEGIN RAISE 'no'; END $$ LANGUAGE plpgsql")
            )
            when = f"FOR EACH ROW WHEN (OLD.guild_id = {OURS}) EXECUTE FUNCTION no()"
        else:
            when = f"WHEN OLD.guild_id = {OURS} BEGIN SELECT RAISE(ABORT, 'no'); END"
        await tx.execute(text(f"CREATE TRIGGER refuse BEFORE DELETE ON hidden_films {when}"))
    assert await here.departures.erase_due(NOW + 30 * DAY) == 1
    assert f"could not erase the data of server {OURS}" in caplog.text
    assert is_settled(here)
    assert not is_settled(here, THEIRS)
    assert len(await here.curation.history(manager(), None, None, 9)) == 2  # all of it, or nothing


async def test_of_two_processes_one_erases_and_the_other_notices(database: Database, other: Process) -> None:
    here = await process(database)
    await settle_in(here)
    await here.departures.note(OURS, NOW)
    await asyncio.gather(other.films.refresh(), other.guilds.refresh())
    await other.films.ensure_loaded(OURS)
    assert is_settled(other)
    due = NOW + 30 * DAY
    assert sorted(await asyncio.gather(here.departures.erase_due(due), other.departures.erase_due(due))) == [0, 1]
    for each in (here, other):
        await each.films.refresh()
        await each.guilds.refresh()
        assert not is_settled(each)


async def test_a_return_and_an_erasing_at_once_leave_nothing_half_done(database: Database, other: Process) -> None:
    here = await process(database)
    await settle_in(here)
    await here.departures.note(OURS, NOW)
    erased, _ = await asyncio.gather(here.departures.erase_due(NOW + 30 * DAY), other.departures.forget(OURS))
    await here.films.refresh()
    await here.guilds.refresh()
    assert is_settled(here) is (erased == 0)
    assert await here.departures.erase_due(NOW + 99 * DAY) == 0


async def test_a_manager_who_types_the_name_erases_all_at_once(database: Database, other: Process) -> None:
    here = await process(database)
    await settle_in(here)
    await settle_in(here, THEIRS)
    await here.departures.erase(manager(), "thursday film club", NAME, NOW)
    assert not is_settled(here)
    assert is_settled(here, THEIRS)
    await other.films.refresh()
    await other.guilds.refresh()
    assert not is_settled(other)
    # What the server decides from here on is kept again.
    change = await here.guilds.change(manager(), {"time_zone": "Asia/Tokyo"}, NOW)
    assert await here.curation.history(manager(), None, None, 9) == (change,)
    assert change.act is ChangeKind.SETTINGS


async def test_a_wrong_name_or_a_missing_right_erases_nothing(database: Database) -> None:
    here = await process(database)
    await settle_in(here)
    with pytest.raises(WrongName):
        await here.departures.erase(manager(), "Friday Film Club", NAME, NOW)
    curator = Actor(guild_id=OURS, member_id=6, name="cora", manages=False, role_ids=frozenset({1}))
    await here.guilds.change(manager(), {"curator_role": 1}, NOW)
    with pytest.raises(ManagersOnly):
        await here.departures.erase(curator, NAME, NAME, NOW)
    assert is_settled(here)
