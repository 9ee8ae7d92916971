"""Members' marks on both databases: nothing lost, nothing doubled, and no rating given away."""

import asyncio
import datetime
from random import Random

import pytest
from sqlalchemy import text

from bot.domain.shelves.counts import FEWEST, FilmCounts
from bot.domain.shelves.marks import ALONE, NOTHING, Mark, MarkChanged, Review, ShelfOwner
from bot.domain.shelves.posts import Post
from bot.services.club_shelves import ClubShelves
from bot.services.shelves import ACTS_KEPT, Shelves
from bot.storage.db import film_counts, posted_reviews, shelves
from bot.storage.db.database import Database

NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
DAY = NOW.date()
GUILD = 7
NIGHT, KNIFE = "night-train-1959", "knife-in-the-water-1962"
REVIEW = Review(text="Nobody sleeps.")


def house(database: Database) -> tuple[Shelves, ClubShelves]:
    club = ClubShelves(database)
    return Shelves(database, club), club


def member(number: int, guild_id: int = GUILD) -> ShelfOwner:
    return ShelfOwner(guild_id, 1000 + number)


async def rated(kept: Shelves, number: int, rating: int, slug: str = NIGHT) -> None:
    await kept.show(member(number), NOW, shown=True)
    await kept.saw(member(number), slug, rating, DAY, DAY, NOW)


async def truth(database: Database, guild_id: int = GUILD) -> dict[str, tuple[int, int, int, int]]:
    """The counts as the marks themselves make them."""
    found: dict[str, list[int]] = {}
    async with database.read() as tx:
        for number in range(60):
            owner = member(number, guild_id)
            if not await shelves.is_shown(tx, owner):
                continue
            for slug, mark in (await shelves.of(tx, owner)).items():
                share = mark.wanted is not None, mark.is_seen, mark.rating is not None, mark.rating or 0
                found[slug] = [ours + theirs for ours, theirs in zip(found.get(slug, [0] * 4), share, strict=True)]
    return {slug: (a, b, c, d) for slug, (a, b, c, d) in found.items()}


async def sums(database: Database, guild_id: int = GUILD) -> dict[str, tuple[int, int, int, int]]:
    async with database.read() as tx:
        found = await film_counts.sums(tx, guild_id, [NIGHT, KNIFE])
    return {
        slug: (s.wants, s.seen, s.raters, s.stars)
        for slug, s in found.items()
        if (s.wants, s.seen, s.raters) != (0, 0, 0)
    }


async def test_what_a_member_marks_stays(database: Database) -> None:
    kept, _ = house(database)
    await kept.want(member(1), NIGHT, NOW)
    await kept.say(member(1), KNIFE, 9, REVIEW, DAY, NOW)
    await kept.see(member(1), KNIFE, None, NOW)
    shelf = await kept.of(member(1))
    assert shelf.marks == {NIGHT: Mark(wanted=NOW), KNIFE: Mark(viewings=(None, DAY), rating=9, review=REVIEW)}
    assert not shelf.is_shown
    assert (await kept.of(member(2))).marks == {}
    assert (await kept.of(member(1, 8))).marks == {}  # another server's


async def test_toggles_go_there_and_back(database: Database) -> None:
    kept, _ = house(database)
    assert (await kept.toggle_want(member(1), NIGHT, NOW)).mark.wanted == NOW
    assert (await kept.toggle_want(member(1), NIGHT, NOW)).mark == NOTHING
    assert (await kept.toggle_seen(member(1), NIGHT, DAY, NOW)).mark.viewings == (DAY,)
    assert (await kept.toggle_seen(member(1), NIGHT, DAY, NOW)).mark == NOTHING
    await kept.saw(member(1), NIGHT, 8, DAY, DAY, NOW)
    again = await kept.toggle_seen(member(1), NIGHT, DAY, NOW)  # a rating is not lost by a second press
    assert (again.mark.rating, again.number) == (8, None)


async def test_every_act_is_taken_back_once(database: Database) -> None:
    kept, _ = house(database)
    await kept.want(member(1), NIGHT, NOW)
    rating = await kept.say(member(1), NIGHT, 7, REVIEW, DAY, NOW)
    assert rating.number is not None
    assert await kept.undo(member(1), rating.number, NOW) == {NIGHT: Mark(wanted=NOW)}
    assert (await kept.of(member(1))).marks == {NIGHT: Mark(wanted=NOW)}
    with pytest.raises(MarkChanged):
        await kept.undo(member(1), rating.number, NOW)


async def test_nobody_takes_back_what_another_did_or_what_has_changed_since(database: Database) -> None:
    kept, _ = house(database)
    first = await kept.want(member(1), NIGHT, NOW)
    assert first.number is not None
    with pytest.raises(MarkChanged):
        await kept.undo(member(2), first.number, NOW)
    await kept.see(member(1), NIGHT, DAY, NOW)
    with pytest.raises(MarkChanged):
        await kept.undo(member(1), first.number, NOW)
    assert await kept.forget_old(NOW) == 0
    assert await kept.forget_old(NOW + ACTS_KEPT + datetime.timedelta(seconds=1)) == 2


async def test_the_club_sees_only_those_who_agreed(database: Database) -> None:
    kept, club = house(database)
    await kept.want(member(1), NIGHT, NOW)
    await kept.see(member(2), NIGHT, DAY, NOW)
    assert await club.counts(GUILD, NIGHT) == FilmCounts()
    await kept.show(member(1), NOW, shown=True)
    await kept.show(member(2), NOW, shown=True)
    assert await club.counts(GUILD, NIGHT) == FilmCounts(1, 1)
    found = await club.interested(GUILD, NIGHT)
    assert (found.wants, found.seen) == ((1001,), (1002,))
    await kept.show(member(1), NOW, shown=False)
    assert await club.counts(GUILD, NIGHT) == FilmCounts(0, 1)
    assert (await club.interested(GUILD, NIGHT)).wants == ()
    assert await club.counts(None, NIGHT) == FilmCounts()


async def test_who_is_alone_is_seen_by_nobody(database: Database) -> None:
    kept, club = house(database)
    await kept.show(member(1, ALONE), NOW, shown=True)
    await kept.saw(member(1, ALONE), NIGHT, 8, DAY, DAY, NOW)
    assert not (await kept.of(member(1, ALONE))).is_shown
    assert await club.counts(ALONE, NIGHT) == FilmCounts()


async def test_the_average_waits_for_three_and_then_for_three_others(database: Database) -> None:
    kept, club = house(database)
    await rated(kept, 1, 10)
    await rated(kept, 2, 8)
    assert (await club.counts(GUILD, NIGHT)).average is None
    await rated(kept, 3, 6)
    assert (await club.counts(GUILD, NIGHT)).average == 4.0
    await rated(kept, 4, 1)
    for rating in (2, 3, 1):  # one member alone moves nothing, however often
        await rated(kept, 5, rating)
    assert (await club.counts(GUILD, NIGHT)).average == 4.0
    await rated(kept, 1, 9)
    assert (await club.counts(GUILD, NIGHT)).average == round((9 + 8 + 6 + 1 + 1) / 5 / 2, 1)


async def test_an_average_that_holds_a_withdrawn_rating_is_not_shown(database: Database) -> None:
    kept, club = house(database)
    for number, rating in enumerate((10, 8, 6, 6)):
        await rated(kept, number, rating)
    assert (await club.counts(GUILD, NIGHT)).average == 4.0  # made of the first three
    await kept.show(member(0), NOW, shown=False)
    assert (await club.counts(GUILD, NIGHT)).average is None
    await kept.show(member(0), NOW, shown=True)
    assert (await club.counts(GUILD, NIGHT)).average == 4.0
    await kept.unsee(member(1), NIGHT, NOW)
    assert (await club.counts(GUILD, NIGHT)).average is None


async def test_no_look_at_an_average_gives_one_rating_away(database: Database) -> None:
    """By chance, whatever members do: between two averages that differ, at least three members' ratings do."""
    kept, club = house(database)
    chance = Random(12)  # noqa: S311  # no secret hangs on it
    public: dict[int, int | None] = {}
    behind: dict[int, int | None] = {}
    last: float | None = None
    for _ in range(150):
        number = chance.randrange(7)
        match chance.randrange(4):
            case 0:
                await kept.show(member(number), NOW, shown=chance.random() < 0.8)
            case 1:
                await kept.unsee(member(number), NIGHT, NOW)
            case _:
                await kept.saw(member(number), NIGHT, chance.randint(1, 10), DAY, DAY, NOW)
        shelf = await kept.of(member(number))
        mark = shelf.marks.get(NIGHT, NOTHING)
        public[number] = mark.rating if shelf.is_shown else None
        average = (await club.counts(GUILD, NIGHT)).average
        if average is not None:
            assert sum(rating is not None for rating in public.values()) >= FEWEST
        if average is not None and average != last:
            assert sum(public.get(each) != behind.get(each) for each in range(7)) >= FEWEST
            last, behind = average, dict(public)
    assert last is not None
    assert await sums(database) == await truth(database)


async def test_fifty_members_in_two_processes_at_once_lose_and_double_nothing(database_url: str) -> None:
    ours, theirs = await Database.open(database_url), await Database.open(database_url)
    try:
        both = [house(ours)[0], house(theirs)[0]]

        async def evening(number: int) -> None:
            kept = both[number % 2]
            await kept.want(member(number), KNIFE, NOW)
            await kept.show(member(number), NOW, shown=number % 5 != 0)
            await asyncio.gather(
                kept.saw(member(number), NIGHT, number % 10 + 1, DAY, DAY, NOW),
                both[(number + 1) % 2].see(member(number), KNIFE, DAY, NOW),
            )

        await asyncio.gather(*(evening(number) for number in range(50)))
        assert await sums(ours) == await truth(ours)
        assert (await sums(ours))[NIGHT][1:3] == (40, 40)
        assert (await sums(ours))[KNIFE][:2] == (0, 40)
    finally:
        await ours.close()
        await theirs.close()


async def test_one_press_in_two_processes_at_once_counts_once(database_url: str) -> None:
    ours, theirs = await Database.open(database_url), await Database.open(database_url)
    try:
        both = [house(ours)[0], house(theirs)[0]]
        await both[0].show(member(1), NOW, shown=True)
        await asyncio.gather(*(both[n % 2].want(member(1), NIGHT, NOW) for n in range(20)))
        assert await sums(ours) == {NIGHT: (1, 0, 0, 0)}
    finally:
        await ours.close()
        await theirs.close()


async def test_another_process_sees_the_counts_at_its_next_look(database_url: str) -> None:
    ours, theirs = await Database.open(database_url), await Database.open(database_url)
    try:
        (kept, _), (_, club) = house(ours), house(theirs)
        assert await club.counts(GUILD, NIGHT) == FilmCounts()
        await kept.show(member(1), NOW, shown=True)
        await kept.want(member(1), NIGHT, NOW)
        await club.refresh()
        assert await club.counts(GUILD, NIGHT) == FilmCounts(1)
    finally:
        await ours.close()
        await theirs.close()


async def test_a_card_does_without_counts_where_the_database_fails(database_url: str) -> None:
    database = await Database.open(database_url)
    _, club = house(database)
    async with database.begin() as tx:
        await tx.execute(text("DROP TABLE film_counts"))
    assert await club.counts(GUILD, NIGHT) == FilmCounts()
    await database.close()


async def test_many_marks_come_and_go_as_one(database: Database) -> None:
    kept, club = house(database)
    await kept.show(member(1), NOW, shown=True)
    await kept.want(member(1), NIGHT, NOW)
    many = {f"film-{number}-2000": NOTHING.say(8, None, DAY) for number in range(1200)}
    number, changed = await kept.put_all(member(1), lambda _: {**many, NIGHT: NOTHING.want(NOW)}, NOW)
    assert changed == 1200
    assert number is not None
    assert await club.counts(GUILD, "film-700-2000") == FilmCounts(0, 1)
    await kept.undo(member(1), number, NOW)
    assert (await kept.of(member(1))).marks == {NIGHT: Mark(wanted=NOW)}
    assert await club.counts(GUILD, "film-700-2000") == FilmCounts()


async def test_the_post_of_a_review_that_goes_is_to_go_too(database: Database) -> None:
    kept, _ = house(database)
    await kept.say(member(1), NIGHT, 8, REVIEW, DAY, NOW)
    post = Post(GUILD, 31, 32)
    assert await kept.remember_post(member(1), NIGHT, post)
    twice = Post(GUILD, 31, 30)
    assert not await kept.remember_post(member(1), NIGHT, twice)  # another press was first
    edited = await kept.say(member(1), NIGHT, 8, Review(text="Everybody sleeps."), DAY, NOW)
    assert edited.post == post
    await kept.say(member(1), NIGHT, 8, None, DAY, NOW)
    async with database.read() as tx:
        assert [each.post for each in await posted_reviews.due_removals(tx, NOW, 10)] == [twice, post]
    late = Post(GUILD, 31, 33)
    assert not await kept.remember_post(member(1), NIGHT, late)  # the review went while it was posted
    async with database.read() as tx:
        assert [each.post for each in await posted_reviews.due_removals(tx, NOW, 10)] == [twice, post, late]
