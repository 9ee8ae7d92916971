"""Each slot is one post: whoever claims it, whatever becomes of the process, and however late it is."""

import asyncio
import datetime
import shutil
from collections import Counter
from collections.abc import AsyncGenerator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.domain.spotlight.occasions import OccasionKind
from bot.domain.spotlight.plans import Plan, Trouble
from bot.domain.spotlight.posts import HELD, Post
from bot.domain.spotlight.schedules import GRACE, Rhythm, Schedule
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import ANN, GUILD, Broken, actor, failing, statements
from tests.services.spotlights import DAILY, FILMS, FRIDAY, TUESDAY, WEEK, Projector, projector

MINUTE, HOUR, DAY = (datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1))
BERLIN, SANTIAGO, LORD_HOWE = "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe"


async def on(database: Database, **values: Any) -> Projector:
    house = await projector(database)
    await house.switch_on(**values)
    return house


async def test_of_two_processes_one_has_the_slot(database_url: str) -> None:
    databases = [await Database.open(database_url) for _ in range(2)]
    try:
        first, second = [await projector(each) for each in databases]
        await first.switch_on(schedule=DAILY)
        for day in range(8):
            now = datetime.datetime(2026, 12, 1 + day, 20, tzinfo=datetime.UTC)
            found = await asyncio.gather(*(house.posts.claim(GUILD, now) for house in (first, second, first, second)))
            [post] = [each for each in found if each is not None]
            assert isinstance(post, Post)
            assert post.slot == now.date()
            await first.posts.finish(await second.posts.posted(post, 1), None, now)
    finally:
        for each in databases:
            await each.close()


async def test_all_that_is_due_is_one_question(database: Database) -> None:
    house = await projector(database)
    for number in range(20):
        await house.switch_on(actor("Ann", 100 + number))
    with statements("spotlights") as asked:
        assert len(await house.posts.due(FRIDAY, lambda guild_id: guild_id != 107)) == 19
    assert len(asked) == 1


async def test_a_claim_outlives_its_process_with_its_film(database: Database) -> None:
    house = await on(database)
    post = await house.begun(FRIDAY)
    assert await house.posts.claim(GUILD, FRIDAY + HELD - MINUTE) is None
    again = await house.begun(FRIDAY + HELD)
    assert (again.slot, again.slug, again.tries, again.claimed_at) == (post.slot, post.slug, 1, FRIDAY)
    assert again.nonce("card") == post.nonce("card")


async def test_a_card_that_was_seen_is_not_sent_again(database: Database) -> None:
    house = await on(database)
    await house.posts.posted(await house.begun(FRIDAY), 4001)
    again = await house.begun(FRIDAY + HELD)
    assert again.message_id == 4001
    await house.posts.finish(again, None, FRIDAY + HELD)
    assert await house.posts.due(FRIDAY + WEEK - MINUTE, lambda _: True) == []
    assert (await house.begun(FRIDAY + WEEK)).slot == (FRIDAY + WEEK).date()


@pytest.mark.parametrize("part", ["INSERT INTO spotlight_slots", "INSERT INTO spotlight_films", "UPDATE spotlights"])
async def test_a_claim_that_breaks_is_none(database: Database, part: str) -> None:
    house = await on(database)
    with failing(part), pytest.raises(Broken):
        await house.posts.claim(GUILD, FRIDAY)
    assert (await house.begun(FRIDAY)).tries == 0


async def test_after_a_failure_it_is_tried_again_for_half_a_day(database: Database) -> None:
    house = await on(database)
    now, told = FRIDAY, list[datetime.timedelta]()
    while isinstance(post := await house.posts.claim(GUILD, now), Post):
        told.append(now - FRIDAY)
        await house.posts.put_off(post, now)
        [now] = [now + step * MINUTE for step in range(1, 60) if await house.posts.due(now + step * MINUTE, bool)][:1]
    assert told[:6] == [0 * MINUTE, 1 * MINUTE, 3 * MINUTE, 8 * MINUTE, 23 * MINUTE, 53 * MINUTE]
    assert GRACE - HOUR < told[-1] <= GRACE + HELD
    assert post is None
    assert (await house.begun(FRIDAY + WEEK)).slot == (FRIDAY + WEEK).date()


async def test_after_days_without_the_bot_one_film_is_caught_up(database: Database) -> None:
    house = await on(database, schedule=DAILY)
    back = FRIDAY + 5 * DAY + 3 * HOUR
    assert [post.slot for post in await house.round(back)] == [(FRIDAY + 5 * DAY).date()]
    assert await house.round(back + HOUR) == []
    assert [post.slot for post in await house.round(FRIDAY + 6 * DAY)] == [(FRIDAY + 6 * DAY).date()]


async def test_what_is_too_late_is_left_out(database: Database) -> None:
    house = await on(database)
    assert await house.posts.claim(GUILD, FRIDAY + GRACE + MINUTE) is None
    assert await house.posts.due(FRIDAY + WEEK - MINUTE, bool) == []
    assert (await house.begun(FRIDAY + WEEK)).slot == (FRIDAY + WEEK).date()


async def test_a_film_that_discord_refused_for_certain_is_the_next_one(database: Database) -> None:
    house = await on(database)
    post = await house.begun(FRIDAY)
    assert await house.posts.stop(GUILD, Trouble.NO_ACCESS, post)
    await house.plans.change(ANN, {"is_on": True}, FRIDAY + HOUR)
    again = await house.begun(FRIDAY + WEEK)
    assert (again.slug, again.slot) == (post.slug, (FRIDAY + WEEK).date())


async def test_what_is_wrong_is_told_once_until_it_is_right_again(database: Database) -> None:
    house = await on(database)
    told, now = list[bool](), FRIDAY
    for week, trouble in enumerate([Trouble.NO_THREAD, Trouble.NO_THREAD, None, Trouble.NO_THREAD]):
        now = FRIDAY + week * WEEK
        post = await house.posts.posted(await house.begun(now), 4001 + week)
        told.append(await house.posts.finish(post, trouble, now))
    assert told == [True, False, False, True]
    assert (await house.plans.overview(ANN, now)).trouble is Trouble.NO_THREAD


async def test_a_source_that_runs_dry_stops_it(database: Database) -> None:
    house = await on(database, source={"kind": "theme", "name": "boats"})
    dry = await projector(database, FILMS[::2])
    assert await dry.posts.claim(GUILD, FRIDAY) is Trouble.NOTHING_TO_DRAW
    assert await house.posts.claim(GUILD, FRIDAY) is None
    assert (await house.plans.overview(ANN, FRIDAY)).trouble is Trouble.NOTHING_TO_DRAW


async def test_switched_off_at_work_it_ends_what_was_begun_and_no_more(database: Database) -> None:
    house = await on(database)
    post = await house.begun(FRIDAY)
    await house.plans.change(ANN, {"is_on": False}, FRIDAY)
    await house.posts.finish(await house.posts.posted(post, 4001), None, FRIDAY)
    assert await house.posts.due(FRIDAY + 9 * WEEK, bool) == []
    await house.plans.change(ANN, {"is_on": True}, FRIDAY + MINUTE)
    assert await house.posts.due(FRIDAY + WEEK - MINUTE, bool) == []


async def test_killed_at_work_and_switched_off_and_on_it_goes_on(database: Database) -> None:
    house = await on(database)
    post = await house.begun(FRIDAY)
    await house.plans.change(ANN, {"is_on": False}, FRIDAY)
    await house.plans.change(ANN, {"is_on": True}, FRIDAY + MINUTE)
    again = await house.begun(FRIDAY + HELD)
    assert (again.slot, again.slug) == (post.slot, post.slug)


async def test_the_card_says_why_now(database: Database) -> None:
    pair = [{"slug": FILMS[1].slug, "why": "Two boats."}]
    knife = film("Knife in the Water", 1962, trailers=[], pairs_with=pair)
    house = await projector(database, [*FILMS, knife])
    await house.switch_on()
    await house.plans.queue(ANN, FILMS[1].slug, TUESDAY)
    await house.plans.queue(ANN, knife.slug, TUESDAY)
    await house.shown(FRIDAY)
    told = await house.posts.billing(await house.begun(FRIDAY + WEEK))
    assert told.film == knife
    assert told.occasion is not None
    assert (told.occasion.kind, told.occasion.other) == (OccasionKind.FOLLOWS, FILMS[1])


@pytest.mark.parametrize("guild_id", [1, 2**63 - 1, 1471234567890123456])
def test_a_nonce_names_server_part_and_slot_within_discords_limit(guild_id: int) -> None:
    day = datetime.date(9999, 12, 31)
    posts = [Post(guild_id, day, "a", Plan(), 1, FRIDAY)]
    posts.append(posts[0]._replace(slot=day - DAY))
    posts.append(posts[0]._replace(guild_id=guild_id ^ 1))
    nonces = {post.nonce(part) for post in posts for part in ("card", "trailer")}
    assert len(nonces) == 6
    assert max(map(len, nonces)) <= 25


@pytest.fixture
async def sqlite_database(tmp_path: Path, sqlite_template: Path) -> AsyncGenerator[Database]:
    """A year is long enough on one kind."""
    opened = await Database.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'year.db')}")
    yield opened
    await opened.close()


async def test_a_year_of_fifty_servers_misses_nothing_and_doubles_nothing(sqlite_database: Database) -> None:
    """The clock goes on in steps of up to eleven hours; every now and then a process dies at work."""
    chance = Random(1959)  # noqa: S311  (the same year each time)
    house = await projector(sqlite_database)
    now = start = datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC)
    zones = [BERLIN, SANTIAGO, LORD_HOWE, "Africa/Cairo", "Pacific/Apia"]
    plans: dict[int, tuple[Schedule, str]] = {}
    for number in range(50):
        by, zone = actor("Ann", 100 + number), zones[number % 5]
        rhythm = [Rhythm.WEEKLY, Rhythm.EVEN_WEEKS, Rhythm.LAST, Rhythm.THIRD, Rhythm.FIRST][number // 5 % 5]
        clock = datetime.time(chance.choice([0, 2, 20, 23]), chance.choice([0, 15, 30]))
        schedule = Schedule(rhythm=rhythm, weekdays=(chance.choice([4, 5, 6]),), clock=clock)
        await house.guilds.change(by, {"time_zone": zone}, now)
        await house.switch_on(by, now, schedule=schedule)
        plans[by.guild_id] = schedule, zone
    sent = Counter[tuple[int, datetime.date]]()
    while now < start + datetime.timedelta(days=365):
        now += chance.uniform(0.1, 11) * HOUR
        for guild_id in await house.posts.due(now, bool):
            moment = now
            post = await house.posts.claim(guild_id, moment)
            while isinstance(post, Post):
                seen = post.message_id is not None
                if not seen and chance.random() < 0.05:  # it dies before it sends
                    moment += HELD
                    post = await house.posts.claim(guild_id, moment)
                    continue
                if not seen:
                    sent[guild_id, post.slot] += 1
                post = await house.posts.posted(post, 4001)
                if chance.random() < 0.05:  # it dies before the end
                    moment += HELD
                    post = await house.posts.claim(guild_id, moment)
                    continue
                await house.posts.finish(post, None, moment)
                post = None
    due = {
        (guild_id, slot)
        for guild_id, (schedule, zone) in plans.items()
        for day in range(-1, 367)
        if schedule.falls_on(slot := (start + day * DAY).date()) and start < schedule.moment(slot, zone) <= now
    }
    assert set(sent) == due
    assert set(sent.values()) == {1}
    assert len(due) > 900
