"""Nobody but the known services is asked, and no answer of theirs can do harm."""

import logging
from collections.abc import AsyncGenerator

import pytest
from aiohttp import web

from bot.sources.http import OUTSIDE, USUAL, Answer, Endpoints, HttpClient, Limits, Service, SourceFailed
from tests import web_servers
from tests.web_servers import PLAYER, TMDB_TOKEN, Behaviour, OembedServer, Server, TmdbServer

VIDEO = "0MYFOzP6Xns"
QUERY = {"url": f"https://www.youtube.com/watch?v={VIDEO}", "format": "json"}
SECRET = "a title that nobody else should read"


@pytest.fixture
async def server() -> AsyncGenerator[OembedServer]:
    async with OembedServer() as running:
        yield running


@pytest.fixture
async def elsewhere() -> AsyncGenerator[Server]:
    async with Server() as running:
        yield running


async def ask(server: OembedServer, behaviour: Behaviour, patience: Limits = USUAL) -> Answer:
    server.videos[VIDEO] = behaviour
    async with HttpClient(server.addresses(), patience) as outside:
        return await outside.get(Service.YOUTUBE, QUERY)


async def failure(server: OembedServer, behaviour: Behaviour, patience: Limits = USUAL) -> str:
    with pytest.raises(SourceFailed) as failed:
        await ask(server, behaviour, patience)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    return failed.value.reason


def test_the_services_are_these_and_all_are_encrypted() -> None:
    assert [OUTSIDE.of(service) for service in Service] == [
        "https://www.youtube.com/oembed",
        "https://vimeo.com/api/oembed.json",
        "https://www.dailymotion.com/services/oembed",
        "https://api.themoviedb.org/3",
    ]


def test_a_trailer_is_waited_for_three_seconds_and_tmdb_five() -> None:
    assert USUAL.with_service(Service.TMDB) == (5, 2 * 1024 * 1024)
    assert {USUAL.with_service(service) for service in Service if service is not Service.TMDB} == {(3, 128 * 1024)}


@pytest.mark.parametrize("behaviour", [web_servers.fine, web_servers.packed], ids=["plain", "packed"])
async def test_an_answer_is_read(server: OembedServer, behaviour: Behaviour) -> None:
    assert await ask(server, behaviour) == Answer(200, PLAYER)
    [request] = server.requests
    assert dict(request.query) == QUERY
    assert request.headers["User-Agent"].startswith("FrontRow/")
    assert not {"Cookie", "Authorization", "Referer"} & set(request.headers)


async def test_what_the_header_calls_the_answer_does_not_matter(server: OembedServer) -> None:
    assert await ask(server, web_servers.saying(PLAYER, "text/html")) == Answer(200, PLAYER)


@pytest.mark.parametrize("number", [204, 400, 401, 403, 404, 418])
async def test_another_status_is_told_without_its_text(server: OembedServer, number: int) -> None:
    assert await ask(server, web_servers.status(number)) == Answer(number, None)


@pytest.mark.parametrize("number", [301, 302, 303, 307, 308])
async def test_nobody_is_followed_elsewhere(server: OembedServer, elsewhere: Server, number: int) -> None:
    assert await failure(server, web_servers.leading_to(f"{elsewhere.origin}/oembed", number)) == "it leads elsewhere"
    assert elsewhere.requests == []
    assert len(server.requests) == 1


async def test_nobody_is_followed_to_another_place_of_the_same_host_either(server: OembedServer) -> None:
    assert await failure(server, web_servers.leading_to("/oembed")) == "it leads elsewhere"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (web_servers.endless, "the answer is too large"),
        (web_servers.large, "the answer is too large"),
        (web_servers.gzip_bomb, "the answer is too large"),
        (web_servers.torn_gzip, "the connection failed"),
        (web_servers.hang_up, "the connection failed"),
        (web_servers.hang_up_halfway, "the connection failed"),
        (web_servers.status(429), "it was asked too often"),
        (web_servers.status(500), "it is in trouble (status 500)"),
        (web_servers.status(503), "it is in trouble (status 503)"),
        (web_servers.saying("<!doctype html><title>Sign in</title>", "text/html"), "the answer is no JSON"),
        (web_servers.saying(""), "the answer is no JSON"),
        (web_servers.saying("[" * 60_000), "the answer is no JSON"),
        (web_servers.saying("9" * 60_000), "the answer is no JSON"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_an_answer_that_is_of_no_use_is_refused(server: OembedServer, behaviour: Behaviour, reason: str) -> None:
    assert await failure(server, behaviour) == reason


@pytest.mark.parametrize("behaviour", [web_servers.drip, web_servers.silent], ids=["dripping", "silent"])
async def test_a_slow_answer_is_given_up_even_if_something_arrives(server: OembedServer, behaviour: Behaviour) -> None:
    assert await failure(server, behaviour, Limits(trailer_seconds=0.2)) == "no answer in time"


async def test_an_answer_may_be_as_large_as_is_allowed_and_no_larger(server: OembedServer) -> None:
    said = '"' + "x" * 98 + '"'
    exact = await ask(server, web_servers.saying(said), Limits(trailer_bytes=100))
    assert exact == Answer(200, "x" * 98)
    assert await failure(server, web_servers.saying(said), Limits(trailer_bytes=99)) == "the answer is too large"


async def test_a_service_that_is_not_there_is_no_error_of_aiohttps() -> None:
    async with HttpClient(Endpoints(youtube="http://127.0.0.1:1/oembed")) as outside:
        with pytest.raises(SourceFailed, match="the connection failed"):
            await outside.get(Service.YOUTUBE, QUERY)


async def test_cookies_are_neither_kept_nor_sent(server: OembedServer) -> None:
    async def with_cookie(_request: web.Request) -> web.StreamResponse:
        response = web.json_response(PLAYER)
        response.set_cookie("who", "you")
        return response

    server.videos[VIDEO] = with_cookie
    async with HttpClient(server.addresses()) as outside:
        for _ in range(2):
            await outside.get(Service.YOUTUBE, QUERY)
    assert [dict(request.cookies) for request in server.requests] == [{}, {}]


async def test_a_proxy_of_the_environment_is_not_used(
    server: OembedServer, elsewhere: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, elsewhere.origin)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert (await ask(server, web_servers.fine)).status == 200
    assert elsewhere.requests == []


async def test_only_the_service_that_is_meant_gets_the_token() -> None:
    async with TmdbServer() as tmdb, OembedServer() as oembed, HttpClient(oembed.addresses(tmdb.address)) as outside:
        answer = await outside.get(Service.TMDB, {"external_source": "imdb_id"}, "/find/tt1845773", TMDB_TOKEN)
        await outside.get(Service.YOUTUBE, QUERY)
        assert answer.status == 200
        assert tmdb.requests[0].headers["Authorization"] == f"Bearer {TMDB_TOKEN}"
        assert TMDB_TOKEN not in str(tmdb.requests[0].url)
        assert "Authorization" not in oembed.requests[0].headers


async def test_neither_token_nor_question_is_in_a_log_or_an_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with TmdbServer() as tmdb, HttpClient(Endpoints(tmdb=tmdb.address), Limits(tmdb_seconds=0.2)) as outside:
        for behaviour in (web_servers.hang_up, web_servers.drip, web_servers.status(500), web_servers.torn_gzip):
            tmdb.behaviour = behaviour
            with pytest.raises(SourceFailed) as failed:
                await outside.get(Service.TMDB, {"query": SECRET}, "/search/movie", TMDB_TOKEN)
            assert TMDB_TOKEN not in str(failed.value)
            assert "nobody" not in str(failed.value)
        assert {request.query["query"] for request in tmdb.requests} == {SECRET}
    assert TMDB_TOKEN not in caplog.text
    assert "nobody" not in caplog.text
