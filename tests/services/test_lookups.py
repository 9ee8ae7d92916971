"""Looking films up as a curator would: by title, address or id."""

from collections.abc import AsyncGenerator

import pytest

from bot.domain.curation.film_metadata import Candidate, FilmMetadata
from bot.domain.curation.lookups import LookupFailed, NothingLookedUp
from bot.services.lookups import Lookups
from bot.sources.http import Endpoints, HttpClient, Limits
from bot.sources.metadata import Metadata
from tests import web_servers
from tests.web_servers import MOVIE, TMDB_TOKEN, Behaviour, TmdbServer

RUNNER = {"id": 78, "title": "Blade Runner", "release_date": "1982-06-25", "original_title": "Blade Runner"}
RUNNER_2049 = {"id": 335984, "title": "Blade Runner 2049", "release_date": "2017-10-04"}
SOLARIS = {"id": 593, "title": "Solaris", "release_date": "1972-03-20", "original_title": "Солярис"}
SOLARIS_2002 = {"id": 2103, "title": "Solaris", "release_date": "2002-11-27", "original_title": "Solaris"}


@pytest.fixture
async def tmdb() -> AsyncGenerator[TmdbServer]:
    async with TmdbServer(MOVIE, RUNNER, RUNNER_2049, SOLARIS, SOLARIS_2002) as running:
        yield running


@pytest.fixture
async def lookups(tmdb: TmdbServer) -> AsyncGenerator[Lookups]:
    async with HttpClient(Endpoints(tmdb=tmdb.address), Limits(tmdb_seconds=0.5)) as outside:
        yield Lookups(Metadata(outside, TMDB_TOKEN))


@pytest.mark.parametrize(
    ("typed", "tmdb_id"),
    [
        ("https://www.themoviedb.org/movie/84169-ai-weiwei-never-sorry", 84169),
        ("tmdb:593", 593),
        ("https://m.imdb.com/title/tt1845773/", 84169),
        ("tt1845773", 84169),
        ("never sorry", 84169),
        ("Solaris (2002)", 2103),
        ("Solaris 1972", 593),
        ("Blade Runner 2049", 335984),
    ],
)
async def test_where_one_film_is_meant_its_facts_come_at_once(lookups: Lookups, typed: str, tmdb_id: int) -> None:
    found = await lookups.find(typed)
    assert isinstance(found, FilmMetadata)
    assert found.ids.tmdb == tmdb_id


async def test_where_several_may_be_meant_they_are_named(lookups: Lookups) -> None:
    found = await lookups.find("Solaris")
    assert found == (Candidate(593, "Solaris", 1972, "Солярис"), Candidate(2103, "Solaris", 2002, None))
    assert (await lookups.facts(2103)).year == 2002


async def test_a_film_that_two_readings_find_is_named_once(tmdb: TmdbServer, lookups: Lookups) -> None:
    tmdb.movies = (RUNNER, RUNNER_2049, {"id": 1, "title": "Blade Runner: Making 2049", "release_date": "2049-01-01"})
    found = await lookups.find("blade runner")
    assert isinstance(found, tuple)
    assert [candidate.tmdb_id for candidate in found] == [78, 335984, 1]
    both = await lookups.find("Blade Runner 2049")
    assert isinstance(both, tuple)
    assert [candidate.tmdb_id for candidate in both] == [1, 335984]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "no such film",
        "Solaris (1999)",
        "tt0000001",
        "tmdb:1",
        "https://www.themoviedb.org/tv/1396",
        "https://example.org/",
    ],
)
async def test_where_tmdb_knows_nothing_that_is_said(lookups: Lookups, typed: str) -> None:
    with pytest.raises(NothingLookedUp):
        await lookups.find(typed)


async def test_what_is_no_address_of_a_film_is_not_asked_for(tmdb: TmdbServer, lookups: Lookups) -> None:
    with pytest.raises(NothingLookedUp):
        await lookups.find("https://www.themoviedb.org/person/3-x")
    assert tmdb.asked == []


@pytest.mark.parametrize("typed", ["Solaris", "Solaris 1972", "tt1845773", "tmdb:593"])
@pytest.mark.parametrize(
    "behaviour",
    [
        web_servers.status(500),
        web_servers.status(401),
        web_servers.silent,
        web_servers.hang_up,
        web_servers.endless,
        web_servers.saying("<html>"),
        web_servers.leading_to("https://example.org/"),
    ],
)
async def test_where_tmdb_does_not_answer_that_is_said(
    tmdb: TmdbServer, lookups: Lookups, typed: str, behaviour: Behaviour
) -> None:
    tmdb.behaviour = behaviour
    with pytest.raises(LookupFailed):
        await lookups.find(typed)


async def test_an_answer_about_no_film_is_nothing(tmdb: TmdbServer, lookups: Lookups) -> None:
    tmdb.behaviour = web_servers.saying([1, 2, 3])
    for typed in ("Solaris", "tt1845773", "tmdb:593"):
        with pytest.raises(NothingLookedUp):
            await lookups.find(typed)
