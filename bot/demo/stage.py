"""The demo's web server: the start page, and the club's page with its places, its members and the conversation.

SimCord shows one channel at a time, so entering another place, or the same as another member, opens a new preview.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Final

import simcord
from aiohttp import ClientSession, web
from pydantic import SecretStr

from bot.app import open_app
from bot.demo.page import CLUB, club_page, places_list, start_page
from bot.demo.pictures import Pictures
from bot.demo.providers import open_providers
from bot.demo.simcord_patches import draw_mentions_in_embeds, let_time_pass, show_pictures
from bot.demo.window import STATIC, Window, application
from bot.demo.world import Visit, World, build_world
from bot.runner import stop_on_signals
from bot.settings import Settings
from bot.ui.errors.error_handler import FilmTree

_HOST: Final = "127.0.0.1"
_PLACE: Final = "{place:\\d+}"
_MEMBER: Final = "{member:\\d+}"


class _Tree(FilmTree):
    """SimCord's preview draws no pressable commands, so they are named instead."""

    def mention(self, name: str) -> str:
        return f"`/{name}`"


async def run_demo(settings: Settings, port: int, ready: Callable[[str], None]) -> None:
    """Serve the demo until SIGINT or SIGTERM; `ready` is told the address. Raises `OSError` for a taken port."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    draw_mentions_in_embeds()
    async with _bot_in_a_world(settings) as (world, pictures), ClientSession() as session:
        window = Window(session)
        stage = Stage(world, pictures, window)
        clock = asyncio.ensure_future(let_time_pass(world.env, lambda: window.preview))
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
    """The web server of the club's page, and the one preview that is open in it."""

    def __init__(self, world: World, pictures: Pictures, window: Window) -> None:
        self._world = world
        self._pictures = pictures
        self._window = window
        self._shown: tuple[int, int] | None = None
        self._moving = asyncio.Lock()
        self._runner: web.AppRunner | None = None
        self._hosts: frozenset[str] = frozenset()

    async def open(self, port: int) -> str:
        """Start serving; the result is the address to open. Port 0 takes any that is free."""
        app = application()
        app.add_routes(
            [
                web.get("/", self._start),
                web.get(f"{CLUB}/{_PLACE}/{_MEMBER}", self._club),
                web.get(f"{CLUB}/{_PLACE}/{_MEMBER}/places", self._places),
                web.static(f"{CLUB}/static", STATIC),
                web.route("*", "/{path:.*}", self._preview),
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
        await self._window.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _start(self, request: web.Request) -> web.Response:
        self._check(request)
        return _html(start_page(self._world))

    async def _club(self, request: web.Request) -> web.Response:
        self._check(request, own_pages=True)
        visit = self._visit(request)
        if visit is None:
            raise web.HTTPSeeOther("/")
        async with self._moving:
            if self._shown != visit.ids or self._window.preview is None:
                await self._enter(visit)
        return _html(club_page(self._world, visit, self._window.address))

    async def _places(self, request: web.Request) -> web.Response:
        """The list of places alone, for a page that is open."""
        self._check(request, own_pages=True)
        return _html(places_list(self._world, self._visit(request)))

    async def _preview(self, request: web.Request) -> web.Response:
        self._check(request, own_pages=True)
        return await self._window.hand_on(request)

    def _visit(self, request: web.Request) -> Visit | None:
        return self._world.visit(int(request.match_info["place"]), int(request.match_info["member"]))

    async def _enter(self, visit: Visit) -> None:
        """Open the place as that member; SimCord allows one preview at a time."""
        await self._window.close()
        preview = self._world.env.preview(visit.place.channel, viewers=[visit.viewer], layout="channel")
        show_pictures(preview, self._pictures)
        await self._window.open(preview)
        self._shown = visit.ids

    def _check(self, request: web.Request, *, own_pages: bool = False) -> None:
        """Other sites may not drive the demo through a visitor's browser; a link to the start page they may have."""
        origin = request.headers.get("Origin")
        if request.host not in self._hosts or origin not in {None, *(f"http://{host}" for host in self._hosts)}:
            raise web.HTTPForbidden
        if own_pages and request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            raise web.HTTPForbidden


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers=_HEADERS)


_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
}
