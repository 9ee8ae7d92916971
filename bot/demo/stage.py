"""The demo's own start page, which lists channels and threads and moves SimCord's preview to one of them.

SimCord shows one channel at a time and refuses to be framed, so opening another place closes the
preview and opens a new one, which gets a port of its own.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Final

import simcord
from aiohttp import web
from pydantic import SecretStr
from simcord import Preview

from bot.app import open_app
from bot.demo.page import start_page
from bot.demo.pictures import Pictures
from bot.demo.providers import open_providers
from bot.demo.simcord_patches import draw_mentions_in_embeds, let_time_pass, show_pictures
from bot.demo.world import Place, World, build_world
from bot.runner import stop_on_signals
from bot.settings import Settings
from bot.ui.errors.error_handler import FilmTree

_HOST: Final = "127.0.0.1"


class _Tree(FilmTree):
    """SimCord's preview draws no pressable commands, so they are named instead."""

    def mention(self, name: str) -> str:
        return f"`/{name}`"


async def run_demo(settings: Settings, port: int, ready: Callable[[str], None]) -> None:
    """Serve the demo until SIGINT or SIGTERM; `ready` is told the address. Raises `OSError` for a taken port."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    draw_mentions_in_embeds()
    async with _bot_in_a_world(settings) as (world, pictures):
        stage = Stage(world, pictures)
        clock = asyncio.ensure_future(let_time_pass(world.env, lambda: stage.preview))
        try:
            ready(await stage.open(port))
            await stop.wait()
        finally:
            clock.cancel()
            await stage.close()


@contextlib.asynccontextmanager
async def _bot_in_a_world(settings: Settings) -> AsyncGenerator[tuple[World, Pictures]]:
    """The real bot on a database that is thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="front-row-demo-") as folder:
        database = f"sqlite:///{(Path(folder) / 'demo.db').as_posix()}"
        own = settings.model_copy(
            update={
                "database_url": SecretStr(database),
                "shard_count": 1,
                "tmdb_token": None,
                "run_by": "You, on this machine",
            }
        )
        async with (
            open_providers() as addresses,
            open_app(own, _Tree, addresses) as app,
            simcord.run(app.bot, check_errors=False) as env,
        ):
            yield await build_world(env), Pictures(app.bot.services.films.catalogue.films)


class Stage:
    """The web server of the start page, and the one preview that is open."""

    def __init__(self, world: World, pictures: Pictures) -> None:
        self._world = world
        self._pictures = pictures
        self.preview: Preview | None = None
        self._moving = asyncio.Lock()
        self._runner: web.AppRunner | None = None
        self._hosts: frozenset[str] = frozenset()

    async def open(self, port: int) -> str:
        """Start serving; the result is the address to open. Port 0 takes any that is free."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/", self._start),
                web.get("/places", self._places),
                web.post("/go/{channel_id:\\d+}", self._go),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, port).start()
        chosen = self._runner.addresses[0][1]
        self._hosts = frozenset({f"{_HOST}:{chosen}", f"localhost:{chosen}"})
        return f"http://{_HOST}:{chosen}/"

    async def close(self) -> None:
        """End the preview and the server."""
        await self._leave()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _start(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.Response(text=start_page(self._world), content_type="text/html", headers=_HEADERS)

    async def _places(self, request: web.Request) -> web.Response:
        """How many places there are, so that the page can tell when to draw itself anew."""
        self._check(request)
        places = [
            [each.channel.id, len(each.channel.history())]
            for server in self._world.servers
            for place in server.places
            for each in (place, *place.threads())
        ]
        return web.json_response(places, headers=_HEADERS)

    async def _go(self, request: web.Request) -> web.Response:
        self._check(request)
        place = self._world.place(int(request.match_info["channel_id"]))
        if place is None:
            raise web.HTTPSeeOther("/")
        first = str((await request.post()).get("as", ""))
        async with self._moving:
            await self._leave()
            preview = await self._enter(place, first)
        raise web.HTTPSeeOther(preview.url, headers=_HEADERS)

    async def _enter(self, place: Place, first: str) -> Preview:
        """Open the place for everybody who sees it, beginning as the one with the id `first`."""
        viewers = sorted(place.viewers, key=lambda viewer: str(viewer.id) != first)
        preview = self._world.env.preview(place.channel, viewers=viewers, layout="channel")
        show_pictures(preview, self._pictures)
        self.preview = await preview.__aenter__()
        return self.preview

    async def _leave(self) -> None:
        if self.preview is not None:
            await self.preview.close()
            self.preview = None

    def _check(self, request: web.Request) -> None:
        """Other sites may not drive the demo through a visitor's browser."""
        origin = request.headers.get("Origin")
        if request.host not in self._hosts or origin not in {None, *(f"http://{host}" for host in self._hosts)}:
            raise web.HTTPForbidden


_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        "connect-src 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
}
