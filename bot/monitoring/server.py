"""The port: `/livez`, `/readyz` and `/metrics`. Nobody signs in, and nothing there is anybody's."""

import contextlib
from collections.abc import AsyncGenerator

from aiohttp import web

from bot.monitoring.sampler import FINE, Sampler

_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@contextlib.asynccontextmanager
async def serve(sampler: Sampler, host: str, port: int) -> AsyncGenerator[str]:
    """Answer until the block ends; the result is the address. Raises `OSError`."""

    async def livez(_request: web.Request) -> web.Response:
        # Whoever reads this knows that the loop has turned. Discord and the database are no reason to restart.
        return web.Response(text="alive\n")

    async def readyz(_request: web.Request) -> web.Response:
        parts = await sampler.readiness()
        is_ready = all(said == FINE for said in parts.values())
        return web.json_response({"ready": is_ready, **parts}, status=200 if is_ready else 503)

    async def scrape(_request: web.Request) -> web.Response:
        return web.Response(body=await sampler.look(), headers={"Content-Type": _CONTENT_TYPE})

    app = web.Application()
    app.add_routes([web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", scrape)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        name = f"[{host}]" if ":" in host else host
        yield f"http://{name}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
