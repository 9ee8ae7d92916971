"""Picks, imports and erasing as services, on both databases."""

import datetime

import pytest

from bot.domain.errors import ImportGone, WrongName
from bot.domain.recommend.linear_model import LinearModel
from bot.domain.recommend.watch_requests import WatchRequest
from bot.domain.shelves.marks import ALONE, ShelfOwner
from bot.services.club_shelves import ClubShelves
from bot.services.member_data import Member, MemberData
from bot.services.picks import Picks
from bot.services.recommendations import Recommendations
from bot.services.shelf_transfer import ShelfTransfer
from bot.services.shelves import Shelves
from bot.storage.content.moods import read_moods
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import GUILD, NOW, House, opened
from tests.storage.transfer.test_shelf_tables import KNIFE, LETTERBOXD, NIGHT, zipped

DAY = NOW.date()
FILMS = [film(f"Film {n}", 1950 + n, themes=[f"theme-{n}"], directors=[f"Person {n}"], trailers=[]) for n in range(24)]


class Club:
    """One process with films to pick from."""

    def __init__(self, house: House) -> None:
        database, films = house.database, house.films
        self.club = ClubShelves(database)
        self.shelves = Shelves(database, self.club)
        self.picks = Picks(database, self.club, Recommendations(films, read_moods()))
        self.transfer = ShelfTransfer(database, films, self.shelves)
        self.data = MemberData(database, films, self.club)

    def model(self) -> tuple[int, LinearModel | None] | None:
        """The model of the server that is kept, with the revision that it was made of."""
        return self.picks._models.get(GUILD)  # pyright: ignore[reportPrivateUsage]  # nobody else needs to know

    async def rate(self, number: int, films: range, *, shown: bool = True) -> None:
        owner = ShelfOwner(GUILD, number)
        await self.shelves.show(owner, NOW, shown=shown)
        for each in films:
            await self.shelves.saw(owner, FILMS[each].slug, 9, None, DAY, NOW)


@pytest.fixture
async def club(database: Database) -> Club:
    return Club(await opened(database, *FILMS, NIGHT, KNIFE))


async def test_only_members_who_agreed_are_learned_from(club: Club) -> None:
    await club.rate(1, range(0, 12, 2))
    for number in range(2, 6):
        await club.rate(number, range(0, 16, 2), shown=False)
    assert (await club.picks.of(ShelfOwner(GUILD, 1))).by_content
    for number in range(2, 6):
        await club.shelves.show(ShelfOwner(GUILD, number), NOW, shown=True)
    found = await club.picks.of(ShelfOwner(GUILD, 1))
    assert not found.by_content
    assert {FILMS[12].slug, FILMS[14].slug} <= {pick.film.slug for pick in found.picks}


async def test_a_model_is_made_anew_when_marks_change_and_only_then(club: Club) -> None:
    for number in range(1, 5):
        await club.rate(number, range(0, 12, 2))
    await club.picks.of(ShelfOwner(GUILD, 1))
    first = club.model()
    await club.picks.of(ShelfOwner(GUILD, 2))
    assert club.model() is first
    await club.shelves.want(ShelfOwner(GUILD, 9), FILMS[1].slug, NOW + datetime.timedelta(seconds=1))
    await club.picks.of(ShelfOwner(GUILD, 1))
    assert club.model() is not first


async def test_alone_picks_go_by_ones_own_marks(club: Club) -> None:
    owner = ShelfOwner(ALONE, 1)
    for each in range(6):
        await club.shelves.saw(owner, FILMS[each].slug, 9, None, DAY, NOW)
    found = await club.picks.of(owner)
    assert found.by_content
    assert club.model() is None


async def test_a_company_is_made_of_those_who_agreed(club: Club) -> None:
    for number, shown in ((1, True), (2, True), (3, False)):
        await club.shelves.want(ShelfOwner(GUILD, number), FILMS[3].slug, NOW)
        await club.shelves.show(ShelfOwner(GUILD, number), NOW, shown=shown)
    found = await club.picks.for_company(ShelfOwner(GUILD, 1), (2, 3, 4), WatchRequest())
    assert (found.picks[0].film.slug, found.picks[0].wants, found.known) == (FILMS[3].slug, 2, 1)


async def test_a_company_gets_other_films_each_turn_until_they_come_again(club: Club) -> None:
    async def turn(number: int) -> list[str]:
        found = await club.picks.for_company(ShelfOwner(GUILD, 1), (2,), WatchRequest(), number)
        assert found.turns > 1
        return [pick.film.slug for pick in found.picks]

    found = await club.picks.for_company(ShelfOwner(GUILD, 1), (2,), WatchRequest())
    every = [slug for number in range(found.turns) for slug in await turn(number)]
    assert len(every) == len(set(every)) == len(FILMS) + 2
    assert await turn(found.turns) == await turn(0)


async def test_an_import_is_taken_once_and_by_its_owner(club: Club) -> None:
    ann, ben = ShelfOwner(GUILD, 1), ShelfOwner(GUILD, 2)
    run = await club.transfer.read(ann, "0" * 16, "x.zip", zipped(LETTERBOXD), NOW)
    assert run.changes == 2
    with pytest.raises(ImportGone):
        await club.transfer.take(ben, "0" * 16, NOW)
    number, films = await club.transfer.take(ann, "0" * 16, NOW)
    assert (films, number is not None) == (2, True)
    with pytest.raises(ImportGone):
        await club.transfer.take(ann, "0" * 16, NOW)


async def test_an_import_that_waits_too_long_is_forgotten(club: Club) -> None:
    ann, late = ShelfOwner(GUILD, 1), NOW + datetime.timedelta(days=60)
    await club.transfer.read(ann, "0" * 16, "x.zip", zipped(LETTERBOXD), NOW)
    with pytest.raises(ImportGone):
        await club.transfer.take(ann, "0" * 16, late)
    assert await club.transfer.forget_old(late) == 1


async def test_an_erasing_takes_a_members_ratings_out_of_picks_and_averages(club: Club) -> None:
    for number in range(1, 5):
        await club.rate(number, range(0, 12, 2))
    await club.picks.of(ShelfOwner(GUILD, 1))
    assert (await club.club.counts(GUILD, FILMS[0].slug)).average == 4.5
    with pytest.raises(WrongName):
        await club.data.erase(Member(1, "ann"), "ben", "a former member", NOW)
    later = NOW + datetime.timedelta(seconds=1)
    await club.data.erase(Member(1, "ann"), "Ann", "a former member", later)
    counts = await club.club.counts(GUILD, FILMS[0].slug)
    assert (counts.seen, counts.average) == (3, None)
    assert (await club.data.of(1)).counts == {}
    await club.picks.of(ShelfOwner(GUILD, 2))
    kept = club.model()
    assert kept is not None
    assert kept[1] is not None
    assert kept[1].raters == 3
