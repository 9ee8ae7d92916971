"""The services that Front Row asks, on loopback: they follow the documented interfaces, and misbehave on demand."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Self

from aiohttp import web

from bot.domain.films.trailers import read_address
from bot.sources.http import Endpoints
from tests.discord_exchange import News

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]
TMDB_TOKEN = "eyJhbGciOiJIUzI1NiJ9.secret-of-the-operator.x_y-z"
PLAYER = {"type": "video", "version": "1.0", "title": "Trailer", "html": "<iframe src='https://example.org'></iframe>"}
# What TMDB says of the flagship, in the form of its reference and cut to what matters.
MOVIE: dict[str, Any] = {
    "adult": False,
    "id": 84169,
    "imdb_id": "tt1845773",
    "title": "Ai Weiwei: Never Sorry",
    "original_title": "Ai Weiwei: Never Sorry",
    "original_language": "en",
    "overview": "A portrait of the artist and activist.",
    "release_date": "2012-07-27",
    "runtime": 91,
    "genres": [{"id": 99, "name": "Documentary"}],
    "production_countries": [{"iso_3166_1": "US", "name": "United States of America"}],
    "spoken_languages": [
        {"english_name": "Mandarin", "iso_639_1": "zh", "name": "普通话"},
        {"english_name": "English", "iso_639_1": "en", "name": "English"},
    ],
    "credits": {
        "cast": [{"id": 1, "name": "Ai Weiwei", "character": "Himself"}],
        "crew": [
            {"id": 2, "name": "Adam Schlesinger", "job": "Producer", "department": "Production"},
            {"id": 3, "name": "Alison Klayman", "job": "Director", "department": "Directing"},
        ],
    },
    "videos": {
        "results": [
            {
                "iso_639_1": "en",
                "iso_3166_1": "US",
                "name": "Official Trailer",
                "key": "0MYFOzP6Xns",
                "site": "YouTube",
                "size": 1080,
                "type": "Trailer",
                "official": True,
            }
        ]
    },
    "external_ids": {"imdb_id": "tt1845773", "wikidata_id": "Q4696993"},
}


class Server:
    """Something that listens on loopback, and counts who comes."""

    def __init__(self) -> None:
        self.port = 0
        self.requests: list[web.Request] = []
        self.open = 0
        self.most_open = 0
        self.gate = asyncio.Event()  # nobody is answered while it is closed
        self.gate.set()
        self._news = News()
        app = web.Application(middlewares=[self._counted])
        app.router.add_get("/{path:.*}", self.answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, handler_cancellation=True)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def until(self, asked: int, waiting: int) -> None:
        """Until so many questions have come, and just so many of them wait for their answers."""
        what = f"{asked} questions of which {waiting} wait"
        await self._news.until(lambda: len(self.requests) >= asked and self.open == waiting, what, 10)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"html": "you should not be here"})

    @web.middleware
    async def _counted(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requests.append(request)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        self._news.spread()
        try:
            await self.gate.wait()
            return await handler(request)
        finally:
            self.open -= 1
            self._news.spread()


class OembedServer(Server):
    """The oEmbed endpoints of all providers. A video plays unless `videos` says what becomes of its id."""

    def __init__(self) -> None:
        super().__init__()
        self.videos: dict[str, Behaviour] = {}

    def addresses(self, tmdb: str = "http://127.0.0.1:1") -> Endpoints:
        return Endpoints(f"{self.origin}/youtube", f"{self.origin}/vimeo", f"{self.origin}/dailymotion", tmdb)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Each question: the endpoint, and the address of the video."""
        return [(request.path[1:], request.query["url"]) for request in self.requests]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        video = read_address(request.query["url"])
        if request.query["format"] != "json" or request.path != f"/{video.provider}":
            return web.Response(status=501)
        return await self.videos.get(video.id, fine)(request)


class Asked(NamedTuple):
    path: str
    query: dict[str, str]


class TmdbServer(Server):
    """Version 3 of TMDB's interface, as far as films can be found with it."""

    def __init__(self, *movies: dict[str, Any]) -> None:
        super().__init__()
        self.movies = movies or (MOVIE,)
        self.behaviour: Behaviour | None = None

    @property
    def address(self) -> str:
        return f"{self.origin}/3"

    @property
    def asked(self) -> list[Asked]:
        return [Asked(request.path.removeprefix("/3"), dict(request.query)) for request in self.requests]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TMDB_TOKEN}":
            return _tmdb_error(401, 7, "Invalid API key: You must be granted a valid key.")
        if self.behaviour:
            return await self.behaviour(request)
        what, _, which = request.path.removeprefix("/3/").partition("/")
        if (what, which) == ("search", "movie"):
            return self._search(request.query["query"].casefold(), request.query.get("year"))
        if what == "find" and request.query.get("external_source") == "imdb_id":
            return web.json_response(_page("movie_results", [m for m in self.movies if m.get("imdb_id") == which]))
        found = [movie for movie in self.movies if what == "movie" and str(movie["id"]) == which]
        if not found:
            return _tmdb_error(404, 34, "The resource you requested could not be found.")
        extra = set(request.query.get("append_to_response", "").split(","))
        return web.json_response(
            {k: v for k, v in found[0].items() if k not in {"credits", "videos", "external_ids"} - extra}
        )

    def _search(self, title: str, year: str | None) -> web.Response:
        titles = [movie for movie in self.movies if title in str(movie.get("title")).casefold()]
        found = [movie for movie in titles if year is None or str(movie.get("release_date")).startswith(year)]
        return web.json_response({"page": 1, **_page("results", found), "total_pages": 1, "total_results": len(found)})


def _page(name: str, movies: list[dict[str, Any]]) -> dict[str, Any]:
    listed = ("adult", "id", "title", "original_title", "original_language", "overview", "release_date")
    return {name: [{key: movie[key] for key in listed if key in movie} for movie in movies]}


def _tmdb_error(status: int, code: int, message: str) -> web.Response:
    said = {"success": False, "status_code": code, "status_message": message}
    return web.json_response(said, status=status)


async def fine(_request: web.Request) -> web.StreamResponse:
    return web.json_response(PLAYER)


def saying(content: Any, kind: str = "application/json") -> Behaviour:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=content if isinstance(content, str) else json.dumps(content), content_type=kind)

    return answer


def status(number: int) -> Behaviour:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=number, text="Unauthorized")

    return answer


def leading_to(address: str, number: int = 302) -> Behaviour:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=number, headers={"Location": address})

    return answer


async def endless(request: web.Request) -> web.StreamResponse:
    """White space without end: valid JSON would still begin like that."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" " * 65_536)


async def large(_request: web.Request) -> web.StreamResponse:
    """Ten megabytes of valid JSON, announced as such."""
    return web.Response(body=json.dumps(PLAYER | {"title": "x" * 10_000_000}).encode(), content_type="application/json")


async def gzip_bomb(_request: web.Request) -> web.StreamResponse:
    """A few kilobytes that become fifty megabytes of valid JSON."""
    body = gzip.compress(json.dumps(PLAYER | {"title": "x" * 50_000_000}).encode())
    return web.Response(body=body, headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})


async def packed(_request: web.Request) -> web.StreamResponse:
    body = gzip.compress(json.dumps(PLAYER).encode())
    return web.Response(body=body, headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})


async def torn_gzip(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"no gzip", headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})


async def drip(request: web.Request) -> web.StreamResponse:
    """Never silent for long, and never done."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.01)


async def silent(_request: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def hang_up_halfway(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"html": ')
    assert request.transport is not None
    request.transport.close()
    return response
