"""Whatever others write, and whatever is loaded and let go meanwhile: after a look, what is held is what is stored."""

import asyncio
import contextlib
from random import Random

import pytest

from bot.domain.curation.changes import GuildFilmState
from bot.domain.errors import AlreadyDone
from bot.domain.films.loading import film_body
from bot.storage.db import departures, films
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import KNIFE, NIGHT, NOW, House, actor, opened, process

SERVERS = (1, 2, 3, 4)
OWN = tuple(film(f"Reel {number}", 1980, trailers=[]) for number in range(3))
STANDINGS = (
    *((each.slug, GuildFilmState(own=film_body(each))) for each in (*OWN, film(runtime=99))),
    *((each.slug, GuildFilmState(own=film_body(each), removed=True)) for each in OWN),
    *((each.slug, GuildFilmState(hidden=True)) for each in (NIGHT, KNIFE)),
    *((each.slug, GuildFilmState()) for each in (*OWN, NIGHT, KNIFE)),
)


async def write(database: Database, guild_id: int, chance: Random) -> None:
    """Somebody changes a film in the server."""
    slug, standing = chance.choice(STANDINGS)
    async with database.begin() as tx:
        await films.put(tx, guild_id, slug, standing)


async def set_something(house: House, guild_id: int, chance: Random) -> None:
    with contextlib.suppress(AlreadyDone):
        await house.guilds.change(actor("Ann", guild_id), {"archive_after": chance.choice((60, 1440))}, NOW)


async def erase(database: Database, guild_id: int) -> None:
    async with database.begin() as tx:
        await departures.erase(tx, guild_id)


async def load(house: House, guild_id: int) -> None:
    await house.guilds.load([guild_id])
    await house.films.ensure_loaded(guild_id)


async def announce(house: House, chance: Random) -> None:
    some = chance.sample(SERVERS, 2)
    await house.guilds.load(some)
    await house.films.announce(some)


async def look(house: House) -> None:
    await house.films.refresh()
    await house.guilds.refresh()


async def act(here: House, other: House, chance: Random) -> None:
    guild_id = chance.choice(SERVERS)
    for _ in range(chance.randrange(8)):
        await asyncio.sleep(0)
    match chance.randrange(12):
        case 0 | 1 | 2:
            await write(other.database, guild_id, chance)
        case 3:
            await set_something(other, guild_id, chance)
        case 4:
            await erase(other.database, guild_id)
        case 5 | 6:
            await load(here, guild_id)
        case 7:
            await announce(here, chance)
        case 8:
            here.guilds.let_go([guild_id])
            here.films.let_go([guild_id])
        case _:
            await look(here)


@pytest.mark.parametrize("seed", range(8))
async def test_after_a_look_each_server_is_seen_as_a_fresh_process_sees_it(database: Database, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # the same acts in every run
    here = await opened(database)
    other = process(database)
    for _ in range(6):
        await asyncio.gather(*(act(here, other, chance) for _ in range(6)))
        await look(here)
        fresh = process(database)
        await look(fresh)
        for guild_id in SERVERS:
            for each in (here, fresh):
                await load(each, guild_id)
            assert here.films.overlay(guild_id) == fresh.films.overlay(guild_id)
            assert dict(here.seen(guild_id)) == dict(fresh.seen(guild_id))
            assert here.guilds.settings(guild_id) == fresh.guilds.settings(guild_id)
