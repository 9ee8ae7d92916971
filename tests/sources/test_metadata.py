"""TMDB is asked as it wants to be asked, once, and only for what is wanted."""

import asyncio
import logging
from collections.abc import AsyncGenerator

import pytest

from bot.sources.http import Endpoints, HttpClient, SourceFailed
from bot.sources.metadata import Metadata
from tests import web_servers
from tests.web_servers import MOVIE, TMDB_TOKEN, TmdbServer


@pytest.fixture
async def tmdb() -> AsyncGenerator[TmdbServer]:
    async with TmdbServer() as running:
        yield running


@pytest.fixture
async def outside(tmdb: TmdbServer) -> AsyncGenerator[HttpClient]:
    async with HttpClient(Endpoints(tmdb=tmdb.address)) as opened:
        yield opened


@pytest.fixture
def metadata(outside: HttpClient) -> Metadata:
    return Metadata(outside, TMDB_TOKEN)


async def test_a_search_gives_up_to_ten_candidates() -> None:
    movies = [{"id": number, "title": f"Solaris {number}", "release_date": "1972-03-20"} for number in range(1, 15)]
    async with TmdbServer(*movies) as tmdb, HttpClient(Endpoints(tmdb=tmdb.address)) as outside:
        found = await Metadata(outside, TMDB_TOKEN).search("solaris", 1972)
        assert [candidate.tmdb_id for candidate in found] == list(range(1, 11))
        assert tmdb.asked == [("/search/movie", {"query": "solaris", "year": "1972", "include_adult": "false"})]


async def test_a_year_that_was_not_typed_is_not_asked_for(tmdb: TmdbServer, metadata: Metadata) -> None:
    assert len(await metadata.search("never sorry", None)) == 1
    assert "year" not in tmdb.asked[0].query


async def test_what_is_typed_stays_a_value_of_the_question(tmdb: TmdbServer, metadata: Metadata) -> None:
    typed = "a&b=c/../#?€ %2e"
    assert await metadata.search(typed, None) == ()
    assert tmdb.asked[0] == ("/search/movie", {"query": typed, "include_adult": "false"})


async def test_a_film_is_found_by_its_id_at_imdb(tmdb: TmdbServer, metadata: Metadata) -> None:
    assert await metadata.by_imdb("tt1845773") == 84169
    assert await metadata.by_imdb("tt0000001") is None
    assert tmdb.asked[0] == ("/find/tt1845773", {"external_source": "imdb_id"})


async def test_everything_about_a_film_is_one_question(tmdb: TmdbServer, metadata: Metadata) -> None:
    found = await metadata.facts(84169)
    assert found is not None
    assert (found.title, found.directors, found.ids.imdb) == (MOVIE["title"], ("Alison Klayman",), "tt1845773")
    assert found.trailer is not None
    [asked] = tmdb.asked
    assert asked.path == "/movie/84169"
    assert asked.query["append_to_response"] == "credits,videos,external_ids"
    assert asked.query["include_video_language"].startswith("en,null,")


async def test_a_film_that_tmdb_does_not_know_is_none(metadata: Metadata) -> None:
    assert await metadata.facts(1) is None


async def test_an_answer_is_remembered(tmdb: TmdbServer, metadata: Metadata) -> None:
    for _ in range(3):
        await metadata.facts(84169)
        await metadata.by_imdb("tt1845773")
        await metadata.search("never", 2012)
        await metadata.search("never", None)
    assert len(tmdb.asked) == 4


async def test_an_answer_is_not_remembered_for_ever(tmdb: TmdbServer, outside: HttpClient) -> None:
    metadata = Metadata(outside, TMDB_TOKEN, age=0.001)
    async with asyncio.timeout(10):
        while len(tmdb.asked) < 3:
            await metadata.facts(84169)
            await asyncio.sleep(0)  # what is remembered comes without waiting for anything


async def test_that_there_is_nothing_is_not_remembered(tmdb: TmdbServer, metadata: Metadata) -> None:
    tmdb.movies = ()
    assert await metadata.facts(84169) is None
    assert await metadata.by_imdb("tt1845773") is None
    assert await metadata.search("never", None) == ()
    tmdb.movies = (MOVIE,)
    assert await metadata.facts(84169) is not None
    assert await metadata.by_imdb("tt1845773") == 84169
    assert len(await metadata.search("never", None)) == 1


async def test_a_failure_is_not_remembered(tmdb: TmdbServer, metadata: Metadata) -> None:
    tmdb.behaviour = web_servers.status(503)
    with pytest.raises(SourceFailed):
        await metadata.facts(84169)
    tmdb.behaviour = None
    assert await metadata.facts(84169) is not None


async def test_those_who_ask_the_same_together_share_one_question(tmdb: TmdbServer, metadata: Metadata) -> None:
    tmdb.gate.clear()
    asking = [asyncio.ensure_future(metadata.facts(84169)) for _ in range(5)]
    await tmdb.until(1, waiting=1)
    asking[0].cancel()  # that one of them leaves does not matter to the others
    await asyncio.wait(asking[:1])
    tmdb.gate.set()
    found = await asyncio.gather(*asking[1:])
    assert asking[0].cancelled()
    assert all(facts is not None and facts.title == MOVIE["title"] for facts in found)
    assert len(tmdb.asked) == 1


async def test_a_question_that_nobody_waits_for_is_given_up(tmdb: TmdbServer, metadata: Metadata) -> None:
    tmdb.gate.clear()
    asking = asyncio.ensure_future(metadata.facts(84169))
    await tmdb.until(1, waiting=1)
    asking.cancel()
    await tmdb.until(1, waiting=0)


@pytest.mark.parametrize("status", [400, 401, 403, 405, 429, 500])
async def test_a_refusal_is_told_to_the_operator_without_secrets(
    tmdb: TmdbServer, metadata: Metadata, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tmdb.behaviour = web_servers.status(status)
    with pytest.raises(SourceFailed) as failed:
        await metadata.search("a secret wish", None)
    [record] = [record for record in caplog.records if record.name == "bot.sources.metadata"]
    assert "TMDB" in record.getMessage()
    for text in (caplog.text, str(failed.value)):
        assert TMDB_TOKEN not in text
        assert "wish" not in text


async def test_a_wrong_token_names_the_setting(outside: HttpClient, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SourceFailed, match="the token is refused"):
        await Metadata(outside, "another").facts(84169)
    assert "TMDB refuses the token; TMDB_TOKEN has to be its API read access token" in caplog.text
