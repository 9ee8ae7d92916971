"""A film by chance: none comes twice in a server before every other has come once."""

import asyncio
from collections.abc import AsyncGenerator
from random import Random

import pytest

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import NothingMatches
from bot.domain.films.films import Kind
from bot.domain.films.loading import LoadResult
from bot.services.films import Films
from bot.storage.db.database import Database
from tests.builders import film

GUILD, ANY = 2001, FilmFilter()
LIST = LoadResult(tuple(film(f"Reel {n}", 1960 + n, themes=["sea" if n < 4 else "trains"]) for n in range(12)), ())
SEA = FilmFilter(theme="sea")


@pytest.fixture
async def films(database: Database) -> Films:
    films = Films(database)
    await films.seed(LIST)
    return films


@pytest.fixture
async def processes(database_url: str) -> AsyncGenerator[tuple[Films, Films]]:
    """Two processes on one database."""
    databases = [await Database.open(database_url) for _ in range(2)]
    first, second = (Films(database) for database in databases)
    await first.seed(LIST)
    await second.seed(LIST)
    yield first, second
    for database in databases:
        await database.close()


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311  (which film comes is no secret)


async def picked(films: Films, times: int, wanted: FilmFilter = ANY, guild: int | None = GUILD) -> list[str]:
    same = chance(7)
    return [(await films.pick(guild, wanted, same)).slug for _ in range(times)]


async def test_nothing_comes_twice_until_all_has_come_once_and_then_all_comes_again(films: Films) -> None:
    first, second = await picked(films, 12), await picked(films, 12)
    every = set(films.catalogue.by_slug)
    assert len(every) == 12
    assert set(first) == every
    assert set(second) == every


async def test_a_filter_has_its_share_of_the_same_memory(films: Films) -> None:
    sea = await picked(films, 4, SEA)
    assert len(set(sea)) == 4
    others = await picked(films, 8)
    assert not set(others) & set(sea)


async def test_a_filter_that_has_run_out_begins_anew_without_the_others(films: Films) -> None:
    others = set(await picked(films, 8, FilmFilter(theme="trains")))
    await picked(films, 4, SEA)
    assert len(set(await picked(films, 4, SEA))) == 4
    assert others.isdisjoint(await picked(films, 4, SEA))


async def test_every_server_has_a_memory_of_its_own(films: Films) -> None:
    assert set(await picked(films, 12)) == set(await picked(films, 12, guild=GUILD + 1))


async def test_a_direct_message_has_no_memory(films: Films) -> None:
    assert len(set(await picked(films, 60, guild=None))) > 6
    assert len(set(await picked(films, 12))) == 12  # and takes nothing from a server's


async def test_where_nothing_fits_that_is_said_and_nothing_forgotten(films: Films) -> None:
    await picked(films, 1)
    for guild in (GUILD, None):
        with pytest.raises(NothingMatches):
            await films.pick(guild, FilmFilter(kind=Kind.CONCERT), chance(1))
    assert len(set(await picked(films, 11))) == 11


async def test_chance_decides_and_the_same_chance_decides_alike(films: Films) -> None:
    assert len({(await films.pick(None, ANY, chance(seed))).slug for seed in range(40)}) > 6
    assert (await films.pick(GUILD, ANY, chance(3))).slug == (await films.pick(GUILD + 1, ANY, chance(3))).slug


async def test_presses_in_two_processes_at_once_are_given_different_films(processes: tuple[Films, Films]) -> None:
    for _ in range(3):  # in the second and third round all of them find the list used up
        shown = await asyncio.gather(*(processes[n % 2].pick(GUILD, ANY, chance(n)) for n in range(12)))
        assert len({film.slug for film in shown}) == 12


async def test_more_presses_at_once_than_films_are_all_answered(processes: tuple[Films, Films]) -> None:
    shown = await asyncio.gather(*(processes[n % 2].pick(GUILD, SEA, chance(n)) for n in range(10)))
    assert {film.slug for film in shown} <= {film.slug for film in LIST.films[:4]}
