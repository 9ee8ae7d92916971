"""Lists of servers are loaded when they are asked for, and stay at hand as long as there is room."""

import asyncio
import contextlib
from typing import Any

import pytest

from bot.domain.curation.changes import GuildFilmState
from bot.domain.errors import StorageUnavailable
from bot.domain.films.loading import LoadResult, film_body
from bot.services import own_lists
from bot.services.background import in_thread
from bot.storage.db import departures, films
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import GUILD, OTHER, SOLARIS, Broken, House, failing, opened, process, statements

OWN = tuple(film(f"Reel {number}", 1980, trailers=[]) for number in range(10))


async def give(database: Database, guild_id: int, number: int = 1) -> None:
    """Films of the server's own, written by another process."""
    async with database.begin() as tx:
        await films.put_all(tx, guild_id, {each.slug: GuildFilmState(own=film_body(each)) for each in OWN[:number]})


async def use(house: House, guild_id: int) -> int:
    """What somebody in the server does, in a task of its own; tells how many films are seen."""

    async def ask() -> int:
        await house.films.ensure_loaded(guild_id)
        return len(house.seen(guild_id))

    return await asyncio.ensure_future(ask())


async def test_a_start_reads_no_film_of_any_server_and_the_first_question_reads_those_of_one(
    database: Database,
) -> None:
    await opened(database)
    for guild_id in range(1, 6):
        await give(database, guild_id)
    fresh = process(database)
    with statements("FROM films") as asked:
        await fresh.films.refresh()
        assert len(asked) == 1  # the shared list
        await fresh.films.announce([3, 99])
        assert await use(fresh, 99) == 2  # which has nothing of its own
        assert len(asked) == 1
        assert await use(fresh, 3) == 3
        assert len(asked) == 2


async def test_a_look_asks_for_what_is_newer_and_for_no_more_however_many_servers_there_are(
    database: Database,
) -> None:
    house = await opened(database)
    for guild_id in range(1, 40):
        await give(database, guild_id)
    await house.films.refresh()
    with statements("SELECT") as asked:
        assert not await house.films.refresh()
        assert len(asked) == 1
    await give(database, 7, 2)
    with statements("SELECT") as asked:
        assert await house.films.refresh()
    assert len(asked) <= 4
    assert await use(house, 7) == 4


async def test_lists_at_hand_are_counted_in_films_so_hundreds_of_small_ones_stay(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await opened(database)
    monkeypatch.setattr(own_lists, "AT_HAND", 200 * 6 + 20)
    servers = range(1, 202)
    for guild_id in servers:
        await give(database, guild_id, 9 if guild_id == 201 else 1)
    house = process(database)
    await house.films.refresh()
    for guild_id in servers:
        await use(house, guild_id)
    with statements("FROM films") as asked:
        for guild_id in servers:
            assert await use(house, guild_id) == (11 if guild_id == 201 else 3)
        assert asked == []
    await house.films.announce([301])
    await give(database, 301, 10)
    await house.films.refresh()
    with statements("FROM films") as asked:
        await use(house, 301)
        await use(house, 201)
        assert asked == []
        assert await use(house, 1) == 3  # asked the longest ago
        assert len(asked) == 1


async def test_what_a_task_has_woken_stays_at_hand_until_it_is_done(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await opened(database)
    monkeypatch.setattr(own_lists, "AT_HAND", 1)
    for guild_id in (GUILD, *range(1, 6)):
        await give(database, guild_id)
    house = process(database)
    await house.films.refresh()
    await house.films.ensure_loaded(GUILD)
    for guild_id in range(1, 6):
        await use(house, guild_id)
    assert len(house.seen(GUILD)) == 3


async def test_look_ups_of_servers_that_were_asked_lately_survive_an_outage_and_others_are_told(
    database: Database,
) -> None:
    await opened(database)
    for guild_id in (GUILD, OTHER):
        await give(database, guild_id)
    house = process(database)
    await house.films.refresh()
    await house.films.announce([GUILD, OTHER, 99])
    await use(house, GUILD)
    with failing("SELECT"):
        assert await use(house, GUILD) == 3
        assert await use(house, 99) == 2
        for guild_id in (OTHER, OTHER, 98):  # 98 was never announced
            with pytest.raises((StorageUnavailable, Broken)):
                await use(house, guild_id)
    assert await use(house, OTHER) == 3
    assert await use(house, 98) == 2


@pytest.mark.parametrize("times", range(4))
async def test_an_erasing_in_the_wrong_moment_leaves_a_list_that_answers(database: Database, times: int) -> None:
    await opened(database)
    await give(database, GUILD)
    house = process(database)
    await house.films.refresh()
    waking = asyncio.gather(*(house.films.ensure_loaded(GUILD) for _ in range(3)))
    for _ in range(times):
        await asyncio.sleep(0)
    async with database.begin() as tx:
        await departures.erase(tx, GUILD)
    await asyncio.gather(house.films.refresh(), waking)
    assert await use(house, GUILD) == 2
    await give(database, GUILD, 2)
    await house.films.refresh()
    assert await use(house, GUILD) == 4


async def test_an_erasing_that_is_looked_for_while_a_list_is_made_ready_is_not_undone_by_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(database)
    await give(database, GUILD)
    house = process(database)
    await house.films.refresh()
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(*work: Any) -> Any:
        reached.set()
        await go_on.wait()
        return await in_thread(*work)

    with monkeypatch.context() as patch:
        patch.setattr(own_lists, "in_thread", slowly)
        waking = asyncio.ensure_future(house.films.ensure_loaded(GUILD))
        await reached.wait()
    async with database.begin() as tx:
        await departures.erase(tx, GUILD)
    await house.films.refresh()
    go_on.set()
    await waking
    assert len(house.seen()) == 2


async def test_a_load_that_fails_is_tried_again_by_whoever_asks_next(database: Database) -> None:
    await opened(database)
    await give(database, GUILD)
    house = process(database)
    await house.films.refresh()
    with failing("FROM films"):
        ended = await asyncio.gather(*(house.films.ensure_loaded(GUILD) for _ in range(3)), return_exceptions=True)
        assert [type(each) for each in ended] == [Broken] * 3
    assert await use(house, GUILD) == 3


async def test_what_changes_while_a_list_is_loading_is_in_it(database: Database) -> None:
    await opened(database)
    for number in range(1, 9):
        await give(database, GUILD, number)
        house = process(database)
        await house.films.refresh()
        waking = asyncio.ensure_future(house.films.ensure_loaded(GUILD))
        for _ in range(number * 3):
            await asyncio.sleep(0)
        await give(database, GUILD, number + 1)
        await asyncio.gather(house.films.refresh(), waking)
        assert await use(house, GUILD) == number + 3


async def test_whoever_gives_up_waiting_takes_nothing_from_the_others(database: Database) -> None:
    await opened(database)
    await give(database, GUILD)
    house = process(database)
    await house.films.refresh()
    impatient, patient = (asyncio.ensure_future(house.films.ensure_loaded(GUILD)) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await impatient
    await patient
    assert len(house.seen(GUILD)) == 3


async def test_a_change_of_the_shared_list_reaches_lists_at_hand_at_once(database: Database) -> None:
    house = await opened(database)
    await house.add(SOLARIS)
    await process(database).films.seed(LoadResult((film(runtime=100),), ()))
    await house.films.refresh()
    assert house.seen().keys() == {SOLARIS.slug, film().slug}
    with statements("FROM films") as asked:
        await house.films.ensure_loaded(GUILD)
        assert asked == []
    assert house.seen()[film().slug].runtime == 100


async def test_changes_of_servers_that_are_not_here_are_not_read(database: Database) -> None:
    house = await opened(database)
    for guild_id in range(1, 20):
        await give(database, guild_id)
    with statements("SELECT") as asked:
        assert await house.films.refresh()
        assert len(asked) == 1
    assert await use(house, 7) == 3


async def test_a_server_that_is_let_go_is_read_anew_when_it_comes_back(database: Database) -> None:
    house = await opened(database)
    await give(database, GUILD)
    await house.films.refresh()
    house.films.let_go([GUILD, OTHER, 99])
    for number in (2, 3):
        await give(database, GUILD, number)
        with statements("FROM films") as asked:
            await house.films.refresh()
            assert asked == []
    assert await use(house, GUILD) == 5
    assert await use(house, OTHER) == 2


async def test_what_is_erased_elsewhere_is_gone_and_lists_that_were_not_erased_are_not_read_again(
    database: Database,
) -> None:
    house = await opened(database)
    for guild_id in (GUILD, OTHER):
        await give(database, guild_id)
    await house.films.refresh()
    async with database.begin() as tx:
        await departures.erase(tx, GUILD)
    with statements("FROM films") as asked:
        await house.films.refresh()
        assert await use(house, GUILD) == 2
        assert await use(house, OTHER) == 3
        assert asked == []


async def test_a_server_that_begins_while_it_is_announced_has_its_films(database: Database) -> None:
    house = await opened(database)
    for number, guild_id in enumerate(range(1, 9), start=1):

        async def late(pause: int = number * 3) -> None:
            for _ in range(pause):
                await asyncio.sleep(0)
            await house.films.refresh()

        await asyncio.gather(house.films.announce([guild_id]), give(database, guild_id, number), late())
        await house.films.refresh()
        assert await use(house, guild_id) == 2 + number
