"""The video providers of the demo, on this machine: what the bot would ask YouTube, Vimeo and Dailymotion."""

import contextlib
from collections.abc import AsyncGenerator
from typing import Final

from aiohttp import web

from bot.domain.errors import TrailerRefused
from bot.domain.films.trailers import Provider, Video, read_address
from bot.sources.http import Endpoints

_HOST: Final = "127.0.0.1"
# Every video plays, but for those whose ids end so, with the status that providers answer in such cases.
_GONE: Final = ("gone", 404)
_LOCKED: Final = ("locked", 403)


@contextlib.asynccontextmanager
async def open_providers() -> AsyncGenerator[Endpoints]:
    """Serve the three oEmbed endpoints; the result says where they are."""
    app = web.Application()
    app.router.add_get("/{provider}", _answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, _HOST, 0).start()
        origin = f"http://{_HOST}:{runner.addresses[0][1]}"
        yield Endpoints(*(f"{origin}/{name}" for name in ("youtube", "vimeo", "dailymotion", "tmdb")))
    finally:
        await runner.cleanup()


async def _answer(request: web.Request) -> web.Response:
    try:
        video = read_address(request.query.get("url", ""))
    except TrailerRefused:
        raise web.HTTPNotFound from None
    if video.provider != request.match_info["provider"]:
        raise web.HTTPNotFound
    for ending, status in (_GONE, _LOCKED):
        if video.id.endswith(ending):
            return web.Response(status=status)
    return web.json_response(_described(video))


def _described(video: Video) -> dict[str, str | int]:
    """A video in the form of oEmbed 1.0 (section 2.3.4.2), as far as all three providers say the same."""
    player = {
        Provider.YOUTUBE: f"https://www.youtube.com/embed/{video.id}",
        Provider.VIMEO: f"https://player.vimeo.com/video/{video.id}",
        Provider.DAILYMOTION: f"https://geo.dailymotion.com/player.html?video={video.id}",
    }[video.provider]
    return {
        "type": "video",
        "version": "1.0",
        "title": "A trailer",
        "provider_name": video.provider.value,
        "width": 640,
        "height": 360,
        "html": f'<iframe src="{player}" width="640" height="360"></iframe>',
    }
