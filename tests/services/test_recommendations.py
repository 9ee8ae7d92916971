"""What goes with what as each server sees the list: up to date at once, never another server's, and in no one's way."""

import asyncio

import pytest

from bot.domain.errors import NothingMatches
from bot.domain.films.loading import LoadResult
from bot.domain.recommend.watch_requests import WatchRequest
from bot.services.films import Films
from bot.services.recommendations import Recommendations
from bot.storage.content.moods import read_moods
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import ANN, GUILD, KNIFE, NIGHT, NOW, OTHER, SOLARIS, House, actor, opened

MANY = 40  # more servers than maps are kept for


def taste_of(house: House) -> Recommendations:
    return Recommendations(house.films, read_moods())


async def named(taste: Recommendations, guild_id: int | None) -> list[str]:
    return [kin.film.slug for kin in await taste.like(NIGHT, guild_id, 5)]


async def test_before_the_first_look_nothing_goes_with_anything(database: Database) -> None:
    taste = Recommendations(Films(database), read_moods())
    await taste.prepare()
    assert await taste.like(NIGHT, GUILD, 5) == ()
    with pytest.raises(NothingMatches):
        await taste.tonight(WatchRequest(), GUILD, 0, 0)


async def test_what_a_server_adds_and_hides_counts_there_alone_and_at_once(database: Database) -> None:
    house = await opened(database)
    taste = taste_of(house)
    assert await named(taste, GUILD) == [KNIFE.slug]
    await house.add(SOLARIS)
    assert await named(taste, GUILD) == [KNIFE.slug, SOLARIS.slug]
    await house.curation.hide(ANN, KNIFE.slug, NOW)
    assert await named(taste, GUILD) == [SOLARIS.slug]
    assert await named(taste, OTHER) == await named(taste, None) == [KNIFE.slug]
    await house.curation.remove(ANN, SOLARIS.slug, NOW)
    assert await named(taste, GUILD) == []


async def test_a_changed_shared_list_counts_in_every_server(database: Database) -> None:
    house = await opened(database)
    taste = taste_of(house)
    await house.add(SOLARIS)
    assert await named(taste, GUILD) == [KNIFE.slug, SOLARIS.slug]
    ashes = film("Ashes and Diamonds", 1958)
    await house.films.seed(LoadResult((NIGHT, ashes), ()))
    assert set(await named(taste, GUILD)) == {ashes.slug, SOLARIS.slug}
    assert await named(taste, OTHER) == [ashes.slug]


async def test_more_servers_than_are_kept_in_mind_each_get_their_own(database: Database) -> None:
    house = await opened(database)
    taste = taste_of(house)
    for guild_id in range(MANY):
        await house.add(film(f"Own {guild_id}", 1970, trailers=[]), actor("Ann", guild_id + 1))
    for _ in range(2):
        answers = await asyncio.gather(*(named(taste, guild_id + 1) for guild_id in range(MANY)))
        assert [set(answer) for answer in answers] == [{KNIFE.slug, f"own-{number}-1970"} for number in range(MANY)]


async def test_the_same_seed_and_turn_give_the_same_films(database: Database) -> None:
    house = await opened(database, *(film(f"Film {number}", 1970) for number in range(12)))
    taste, again = taste_of(house), taste_of(house)
    seeds = {number: await taste.tonight(WatchRequest(), GUILD, number, 0) for number in range(8)}
    assert len({found.picks for found in seeds.values()}) > 1
    for number, found in seeds.items():
        assert await again.tonight(WatchRequest(), GUILD, number, 0) == found
        assert await again.tonight(WatchRequest(), GUILD, number, found.turns) == found


async def test_what_to_ask_less_of_is_counted_on_the_servers_list(database: Database) -> None:
    house = await opened(database)
    taste = taste_of(house)
    await house.add(SOLARIS)
    wanted = WatchRequest(decade=1970, minutes=10)
    assert await taste.loosened(wanted, GUILD) == {"minutes": 1}
    assert await taste.loosened(wanted, OTHER) == {}
