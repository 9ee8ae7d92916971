"""What curators decide about the film of the week, and what they are shown of it."""

import datetime

import pytest

from bot.domain.errors import AlreadyDone, CuratorsOnly, FilmNotFound
from bot.domain.shelves.marks import ShelfOwner
from bot.domain.spotlight.draws import Chosen
from bot.domain.spotlight.plans import (
    MOST_QUEUED,
    NothingToDraw,
    PicksChanged,
    QueueFull,
    SpotlightNeedsChannel,
    Trouble,
)
from bot.domain.spotlight.posts import Post
from bot.domain.spotlight.sources import Source, SourceKind
from bot.services.club_shelves import ClubShelves
from bot.services.shelves import Shelves
from bot.storage.db import departures
from bot.storage.db.database import Database
from tests.builders import collection, film
from tests.services.house import ANN, CLEO, MEMBER
from tests.services.spotlights import DAILY, FILMS, FRIDAY, ON, TUESDAY, WEEK, projector

SLUGS = [each.slug for each in FILMS]
MONDAYS = {"schedule": {"rhythm": "weekly", "weekdays": [0], "clock": "18:30"}}


async def test_it_is_off_and_shows_what_would_come(database: Database) -> None:
    house = await projector(database)
    told = await house.plans.overview(ANN, TUESDAY)
    assert not told.plan.is_on
    assert told.plan.role_id is None
    assert [each.slot.weekday() for each in told.upcoming] == [4, 4, 4]
    assert await house.posts.due(FRIDAY + 2 * WEEK, lambda _: True) == []


async def test_what_is_shown_before_is_what_is_posted_and_nothing_twice(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    found: list[str] = []
    for week in range(12):
        told = await house.coming(FRIDAY + week * WEEK - WEEK / 2)
        post = await house.shown(FRIDAY + week * WEEK)
        assert (f"{post.slot:%d %b}", post.slug) == told[0]
        assert told[1:] == (await house.coming(FRIDAY + week * WEEK))[:2]
        found.append(post.slug)
    assert set(found[:6]) == set(found[6:]) == set(SLUGS)


async def test_a_skipped_film_makes_way_and_the_others_move_up(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    before = await house.coming()
    [(_, first), (_, second), (_, third)] = before
    told = await house.plans.skip(ANN, datetime.date(2026, 12, 4), first, TUESDAY)
    after = [each.film.slug for each in told.upcoming]
    assert after[:2] == [second, third]
    assert after[2] not in {first, second, third}
    with pytest.raises(PicksChanged):
        await house.plans.skip(ANN, datetime.date(2026, 12, 4), first, TUESDAY)
    assert (await house.shown(FRIDAY)).slug == second


async def test_a_film_of_the_next_round_can_be_skipped_too(database: Database) -> None:
    house = await projector(database, FILMS[:4])
    await house.switch_on()
    for week in range(4):
        await house.shown(FRIDAY + week * WEEK)
    now = FRIDAY + 3.5 * WEEK
    [(_, first), *_] = await house.coming(now)
    told = await house.plans.skip(ANN, (FRIDAY + 4 * WEEK).date(), first, now)
    assert told.upcoming[0].film.slug != first


async def test_where_there_is_no_other_film_none_is_skipped(database: Database) -> None:
    house = await projector(database, FILMS[:1])
    await house.switch_on()
    await house.shown(FRIDAY)
    with pytest.raises(NothingToDraw):
        await house.plans.skip(ANN, (FRIDAY + WEEK).date(), SLUGS[0], FRIDAY)


async def test_another_film_is_chosen_for_a_day_and_what_was_to_come_comes_next(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    [(_, first), (_, second), (_, third)] = await house.coming()
    other = next(slug for slug in SLUGS if slug not in {first, second, third})
    told = await house.plans.choose(ANN, datetime.date(2026, 12, 11), other, TUESDAY)
    assert [each.film.slug for each in told.upcoming] == [first, other, second]
    assert [each.how for each in told.upcoming] == [Chosen.DRAWN, Chosen.FOR_THE_DAY, Chosen.DRAWN]
    told = await house.plans.choose(ANN, datetime.date(2026, 12, 11), third, TUESDAY)
    assert [each.film.slug for each in told.upcoming] == [other, third, first]
    with pytest.raises(PicksChanged):
        await house.plans.choose(ANN, datetime.date(2026, 12, 12), other, TUESDAY)
    with pytest.raises(FilmNotFound):
        await house.plans.choose(ANN, datetime.date(2026, 12, 11), "nothing-1999", TUESDAY)


async def test_queued_films_come_first_in_their_order(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    for slug in SLUGS[4:1:-1]:
        await house.plans.queue(ANN, slug, TUESDAY)
    told = await house.plans.overview(ANN, TUESDAY)
    assert [each.film.slug for each in told.upcoming] == [each.slug for each in told.queue] == SLUGS[4:1:-1]
    with pytest.raises(AlreadyDone):
        await house.plans.queue(ANN, SLUGS[3], TUESDAY)
    told = await house.plans.unqueue(ANN, SLUGS[3], TUESDAY)
    assert [each.slug for each in told.queue] == [SLUGS[4], SLUGS[2]]
    assert [(await house.shown(FRIDAY + n * WEEK)).slug for n in range(2)] == [SLUGS[4], SLUGS[2]]


async def test_the_queue_has_an_end(database: Database) -> None:
    many = [film(f"Reel {n}", 1950, trailers=[]) for n in range(MOST_QUEUED + 1)]
    house = await projector(database, many)
    for each in many[:-1]:
        await house.plans.queue(ANN, each.slug, TUESDAY)
    with pytest.raises(QueueFull):
        await house.plans.queue(ANN, many[-1].slug, TUESDAY)


async def test_each_source_has_its_films(database: Database) -> None:
    ships = collection("Ships", FILMS[5], FILMS[0], FILMS[3])
    house = await projector(database, FILMS, [ships])
    shelves = Shelves(database, ClubShelves(database))
    for member_id in (1, 2):
        owner = ShelfOwner(ANN.guild_id, member_id)
        await shelves.want(owner, SLUGS[2], TUESDAY)
        await shelves.show(owner, TUESDAY, shown=True)
    await shelves.want(ShelfOwner(ANN.guild_id, 1), SLUGS[4], TUESDAY)

    async def drawn_from(source: Source) -> list[str]:
        told = await house.plans.change(ANN, {"source": source}, TUESDAY)
        return [each.film.slug for each in told.upcoming]

    assert await drawn_from(Source(kind=SourceKind.COLLECTION, name="ships")) == [SLUGS[5], SLUGS[0], SLUGS[3]]
    assert set(await drawn_from(Source(kind=SourceKind.THEME, name="boats"))) == {SLUGS[1], SLUGS[3], SLUGS[5]}
    assert (await drawn_from(Source(kind=SourceKind.WANTED)))[:2] == [SLUGS[2], SLUGS[4]]
    assert await drawn_from(Source(kind=SourceKind.THEME, name="glaciers")) == []
    with pytest.raises(NothingToDraw):
        await house.switch_on()


async def test_it_needs_a_channel(database: Database) -> None:
    house = await projector(database)
    with pytest.raises(SpotlightNeedsChannel):
        await house.plans.change(ANN, {"is_on": True}, TUESDAY)
    assert not (await house.plans.overview(ANN, TUESDAY)).plan.is_on


async def test_only_curators_may(database: Database) -> None:
    house = await projector(database)
    day = datetime.date(2026, 12, 4)
    for act in (
        house.plans.overview(MEMBER, TUESDAY),
        house.plans.change(MEMBER, ON, TUESDAY),
        house.plans.skip(MEMBER, day, SLUGS[0], TUESDAY),
        house.plans.choose(MEMBER, day, SLUGS[0], TUESDAY),
        house.plans.queue(MEMBER, SLUGS[0], TUESDAY),
        house.plans.unqueue(MEMBER, SLUGS[0], TUESDAY),
    ):
        with pytest.raises(CuratorsOnly):
            await act


async def test_servers_know_nothing_of_each_other(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    await house.plans.queue(CLEO, SLUGS[1], TUESDAY)
    assert (await house.plans.overview(ANN, TUESDAY)).queue == []
    assert await house.posts.due(FRIDAY, lambda _: True) == [ANN.guild_id]
    async with database.begin() as tx:
        await departures.erase(tx, ANN.guild_id)
    assert await house.posts.due(FRIDAY, lambda _: True) == []
    assert not (await house.plans.overview(ANN, TUESDAY)).plan.is_on
    assert [each.slug for each in (await house.plans.overview(CLEO, TUESDAY)).queue] == [SLUGS[1]]


async def test_another_schedule_takes_effect_from_now_on_and_posts_no_day_twice(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    await house.shown(FRIDAY)
    await house.plans.change(ANN, {"schedule": DAILY}, FRIDAY + datetime.timedelta(hours=1))
    assert (await house.coming(FRIDAY))[0][0] == "05 Dec"
    later = DAILY.model_copy(update={"clock": datetime.time(23)})
    await house.plans.change(ANN, {"schedule": later}, FRIDAY + datetime.timedelta(hours=2))
    assert (await house.coming(FRIDAY + datetime.timedelta(hours=2)))[0][0] == "05 Dec"
    await house.plans.change(ANN, MONDAYS, FRIDAY + datetime.timedelta(hours=2))
    assert await house.posts.due(datetime.datetime(2026, 12, 7, 18, 29, tzinfo=datetime.UTC), lambda _: True) == []
    assert (await house.shown(datetime.datetime(2026, 12, 7, 18, 30, tzinfo=datetime.UTC))).slot.day == 7


async def test_a_change_of_something_else_at_the_very_moment_misses_nothing(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    await house.plans.change(ANN, {"role_id": 51}, FRIDAY + datetime.timedelta(seconds=3))
    assert (await house.shown(FRIDAY + datetime.timedelta(seconds=9))).plan.role_id == 51


async def test_in_another_time_zone_it_comes_at_the_same_hour_there(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    change = await house.guilds.change(ANN, {"time_zone": "Asia/Tokyo"}, TUESDAY)
    assert await house.posts.due(FRIDAY - datetime.timedelta(hours=9), lambda _: True) == [ANN.guild_id]
    assert (await house.shown(FRIDAY - datetime.timedelta(hours=9))).slot == FRIDAY.date()
    async with database.begin() as tx:
        await house.guilds.take_back(tx, ANN, change, FRIDAY - datetime.timedelta(hours=8))
    await house.guilds.refresh()
    assert await house.posts.due(FRIDAY, lambda _: True) == []  # this Friday has had its film
    assert (await house.coming(FRIDAY))[0][0] == "11 Dec"


async def test_when_the_rules_of_a_zone_change_the_moment_moves(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await projector(database)
    await house.switch_on()

    def an_hour_sooner(day: datetime.date, clock: datetime.time, _zone: str) -> datetime.datetime:
        return datetime.datetime.combine(day, clock, datetime.UTC) - datetime.timedelta(hours=1)

    assert await house.posts.retime(lambda _: True) == 0
    monkeypatch.setattr("bot.domain.spotlight.schedules.moment_of", an_hour_sooner)
    assert await house.posts.retime(lambda _: True) == 1
    assert await house.posts.retime(lambda _: True) == 0
    assert (await house.shown(FRIDAY - datetime.timedelta(hours=1))).slot == FRIDAY.date()
    monkeypatch.undo()
    assert await house.posts.retime(lambda _: True) == 1
    assert await house.posts.due(FRIDAY, lambda _: True) == []


async def test_whoever_has_looked_switches_it_on_again(database: Database) -> None:
    house = await projector(database)
    await house.switch_on()
    assert await house.posts.stop(ANN.guild_id, Trouble.NO_ACCESS)
    assert not await house.posts.stop(ANN.guild_id, Trouble.NO_ACCESS)
    told = await house.plans.overview(ANN, FRIDAY)
    assert (told.plan.is_on, told.trouble) == (False, Trouble.NO_ACCESS)
    assert await house.posts.due(FRIDAY + WEEK, lambda _: True) == []
    told = await house.plans.change(ANN, {"is_on": True}, FRIDAY + datetime.timedelta(hours=2))
    assert (told.plan.is_on, told.trouble) == (True, None)
    assert isinstance(await house.posts.claim(ANN.guild_id, FRIDAY + WEEK), Post)
