"""Discord as far as films of the week need it: many channels, messages in them, and nerves.

It kills whoever asks, now and then: before a message is there, or when it is there and nobody has been told.
"""

import asyncio
import signal
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import Any, Self

from aiohttp import web

from tests.discord_payloads import BOT, Json, json_response, message_of

ROOT = Path(__file__).parents[2]
# For how long Discord knows a nonce here, in seconds; the real one for some minutes.
_NONCE = 1.0


class Cinema:
    """Used as `async with Cinema(clock, database, guilds) as cinema`."""

    def __init__(self, clock: Path, database: str, guilds: int, nerves: float = 0.0) -> None:
        self._arguments = (database, clock, guilds)
        self._nerves = nerves
        self._chance = Random(1959)  # noqa: S311  (whom it kills is no secret)
        self.messages: defaultdict[str, list[Json]] = defaultdict(list)
        self.arrived: dict[str, float] = {}
        self.kills = Counter[str]()
        self.unknown: list[str] = []
        self._nonces: dict[str, tuple[float, Json]] = {}
        self._workers: dict[str, asyncio.subprocess.Process] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._serial = 0
        app = web.Application()
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        self.port = 0

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for name in self._workers:
            self.kill(name, "at the end")
        for worker in self._workers.values():
            await worker.wait()
        await self._runner.cleanup()

    async def hire(self, *names: str) -> None:
        """Start a process of each name; whenever it dies, another takes its place."""
        hired = [await self._start(name) for name in names]
        self._keepers = [asyncio.ensure_future(self._keep(name)) for name in names]
        await asyncio.gather(*hired)

    def kill(self, name: str, when: str) -> None:
        """Kill the process of that name."""
        if (worker := self._workers[name]).returncode is None:
            self.kills[when] += 1
            worker.send_signal(signal.SIGKILL)

    async def _start(self, name: str) -> "asyncio.Task[bytes]":
        database, clock, guilds = self._arguments
        argv = (database, str(self.port), name, str(clock), str(guilds))
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.process.spotlight_process", *argv, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert worker.stdout is not None
        self._workers[name] = worker
        return asyncio.ensure_future(worker.stdout.readline())

    async def _keep(self, name: str) -> None:
        while True:
            await self._workers[name].wait()
            await (await self._start(name))

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        name = request.headers["Authorization"].removeprefix("Bot ")
        match request.method, request.match_info["path"].split("/"):
            case "GET", ["users", "@me"]:
                return json_response(BOT)
            case "GET", ["channels", channel, "messages"]:
                return json_response(self._history(channel, dict(request.query)))
            case "POST", ["channels", channel, "messages"]:
                return await self._take(request, name, channel, await request.json())
            case _:
                self.unknown.append(f"{request.method} {request.path}")
                return json_response({"code": 0, "message": "404: Not Found"}, 404)

    async def _take(self, request: web.Request, name: str, channel: str, body: Json) -> web.StreamResponse:
        mood = self._chance.random()
        if mood < self._nerves:
            return await self._strike(request, name, "before the message is there")
        message = self._written(channel, body)
        if mood < 2 * self._nerves:
            return await self._strike(request, name, "before the answer")
        return json_response(message)

    def _written(self, channel: str, body: Json) -> Json:
        known = self._nonces.get(body["nonce"])
        if known is not None and time.monotonic() - known[0] < _NONCE:
            return known[1]
        message = message_of(body, 0) | {"channel_id": channel, "nonce": body["nonce"]}
        del message["webhook_id"]
        self._nonces[body["nonce"]] = time.monotonic(), message
        self.messages[channel].append(message)
        self.arrived.setdefault(body["nonce"], time.monotonic())
        return message

    def _history(self, channel: str, query: dict[str, Any]) -> list[Json]:
        # Here time goes by another clock than in snowflakes, so nothing is left out as too old.
        found = self.messages[channel]
        return found[-int(query.get("limit", 50)) :]

    async def _strike(self, request: web.Request, name: str, when: str) -> web.StreamResponse:
        self.kill(name, when)
        await self._workers[name].wait()
        if request.transport is not None:
            request.transport.close()
        return web.Response(status=500)
