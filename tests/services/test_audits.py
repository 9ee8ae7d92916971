"""Auditing trailers: each video once, a few at a time, and nothing left running."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import pytest
from aiohttp import web

from bot.domain.curation.audits import Finding, Health, trailers_in
from bot.domain.films.films import Film
from bot.services.audits import Audits
from bot.sources.http import HttpClient
from tests import web_servers
from tests.builders import YOUTUBE_ID, film
from tests.web_servers import OembedServer


@pytest.fixture
async def server() -> AsyncGenerator[OembedServer]:
    async with OembedServer() as running:
        yield running


@pytest.fixture
async def audits(server: OembedServer) -> AsyncGenerator[Audits]:
    async with HttpClient(server.addresses()) as outside:
        yield Audits(outside)


def named(number: int, *ids: str) -> Film:
    return film(f"Film {number}", 1990, trailers=[{"provider": "youtube", "id": video} for video in ids])


def many(number: int) -> list[Film]:
    return [named(index, f"video{index:06}") for index in range(number)]


async def test_one_trailer_can_be_checked(server: OembedServer, audits: Audits) -> None:
    [trailer] = film().trailers
    assert await audits.check(trailer) is Health.FINE
    server.videos[YOUTUBE_ID] = web_servers.status(404)
    assert await audits.check(trailer) is Health.GONE


async def test_every_trailer_of_every_film_gets_a_finding(server: OembedServer, audits: Audits) -> None:
    films = [named(1, "aaaaaaaaaaa", "bbbbbbbbbbb"), named(2, "ccccccccccc"), named(3)]
    server.videos = {"bbbbbbbbbbb": web_servers.status(401), "ccccccccccc": web_servers.status(500)}
    findings = await _all(audits, films)
    assert len(findings) == trailers_in(films)
    assert {(finding.trailer.id, finding.health) for finding in findings} == {
        ("aaaaaaaaaaa", Health.FINE),
        ("bbbbbbbbbbb", Health.NOT_EMBEDDABLE),
        ("ccccccccccc", Health.UNKNOWN),
    }


async def test_a_video_that_two_films_name_is_asked_about_once(server: OembedServer, audits: Audits) -> None:
    films = [named(1, YOUTUBE_ID), named(2, YOUTUBE_ID)]
    findings = await _all(audits, films)
    assert findings == [Finding(each, each.trailers[0], Health.FINE) for each in films]
    assert len(server.requests) == 1


async def test_nothing_is_asked_where_there_is_no_trailer(server: OembedServer, audits: Audits) -> None:
    assert await _all(audits, [named(1)]) == []
    assert server.requests == []


async def test_no_more_than_four_are_asked_about_at_once(server: OembedServer, audits: Audits) -> None:
    server.gate.clear()
    audit = asyncio.ensure_future(_all(audits, many(20)))
    await server.until(4, waiting=4)
    server.gate.set()
    assert len(await audit) == len(server.requests) == 20
    assert server.most_open == 4


async def test_a_slow_one_does_not_keep_the_others_waiting(server: OembedServer, audits: Audits) -> None:
    films = many(10)

    async def after_all_others(request: web.Request) -> web.StreamResponse:
        await server.until(10, waiting=1)
        return await web_servers.fine(request)

    server.videos[films[0].trailers[0].id] = after_all_others
    findings = await _all(audits, films)
    assert len(findings) == 10
    assert findings[0].film != films[0]
    assert {finding.health for finding in findings} == {Health.FINE}


async def test_who_stops_early_leaves_nothing_running(server: OembedServer, audits: Audits) -> None:
    films = many(10)
    server.videos = {entry.trailers[0].id: web_servers.silent for entry in films[1:]}
    before = asyncio.all_tasks() | {asyncio.current_task()}
    async with contextlib.aclosing(audits.audit(films)) as audit:
        async for finding in audit:
            assert finding.film == films[0]
            break
    ours = {task for task in asyncio.all_tasks() - before if "check" in str(task.get_coro())}
    assert ours == set()
    await server.until(2, waiting=0)
    assert len(server.requests) <= 5


async def test_who_is_cancelled_leaves_nothing_running(server: OembedServer, audits: Audits) -> None:
    films = many(10)
    server.videos = {entry.trailers[0].id: web_servers.silent for entry in films}
    audit = asyncio.ensure_future(_all(audits, films))
    await server.until(4, waiting=4)
    audit.cancel()
    await server.until(4, waiting=0)
    assert audit.cancelled()
    assert len(server.requests) == 4


async def _all(audits: Audits, films: list[Film]) -> list[Finding]:
    async with contextlib.aclosing(audits.audit(films)) as audit:
        return [finding async for finding in audit]
