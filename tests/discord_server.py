"""A small Discord on loopback: its documented API, as far as a bot of one or more processes needs it.

Everything asked is kept in `requests`. What Discord would refuse is refused with Discord's own status and
code, and a fault of this server is raised when the block ends: nothing is swallowed.
"""

# ruff: noqa: ASYNC109  (a test says how long it waits, and is told what did not come)

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from fnmatch import fnmatch
from typing import Any, NamedTuple, Self

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.discord_exchange import Exchange, News
from tests.discord_gateway import Gateway
from tests.discord_payloads import (
    ABOUT_BOT,
    APPLICATION,
    BOT,
    CHANNEL,
    CLUB,
    GUILD,
    MANAGER,
    PRIVILEGED_INTENTS,
    Json,
    Refusal,
    holds,
    interaction_of,
    json_response,
    options_of,
    snowflake,
)
from tests.discord_threads import Threads


class Request(NamedTuple):
    method: str
    path: str
    body: Any


class Fault(NamedTuple):
    """A request that is answered with a fault, carried out or not; without a status the connection breaks."""

    method: str
    path: str
    status: int | None
    is_done: bool
    retry_after: float

    def fits(self, asked: Request) -> bool:
        return asked.method == self.method and fnmatch(asked.path, self.path)

    def answer(self, request: web.Request) -> web.Response:
        if self.status is None:
            assert request.transport is not None
            request.transport.close()
        body = {"code": 0, "message": "lost", "retry_after": self.retry_after, "global": False}
        return web.json_response(body, status=self.status or 500, headers={"Via": "1.1 google"})


class Identified(NamedTuple):
    """A session that was begun, by the server's clock."""

    at: float
    shard_id: int
    shard_count: int


class Refused(NamedTuple):
    """A kind of request, with stars in its path, that is refused a number of times."""

    method: str
    path: str
    status: int
    code: int
    retry_after: float | None
    times: int


class DiscordServer:
    """Used as `async with DiscordServer(token="...") as server`; a bot is then pointed at `server.port`."""

    def __init__(self, *, token: str, port: int = 0) -> None:
        self.token, self.port = token, port
        self.answer_delay = 0.0  # seconds until an answer is confirmed: keeps one in flight
        self.requests: list[Request] = []
        self.unknown: list[Request] = []
        self.received: list[Json] = []
        self.closed_with: list[int | None] = []
        self.faults: list[Exception] = []
        self.commands: list[Json] | None = None
        self.guilds: dict[str, Json] = {GUILD: CLUB}  # the servers that the bot is in
        self.held_back: set[str] = set()  # those that are only announced when a session begins
        self.asking_in = GUILD  # where members are
        self.close_code: int | None = None  # with which the gateway meets whoever identifies
        self.sessions = 0
        self.resumed = 0
        self._missed: dict[str, tuple[Gateway, list[tuple[str, Json]]]] = {}  # by session, while it can be resumed
        self.identified: list[Identified] = []
        self.session_starts: Json = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        self._refused: list[Refused] = []
        self._exchanges: dict[str, Exchange] = {}
        self._gateways: list[Gateway] = []
        self.threads = Threads()
        self._due: list[Fault] = []
        self._news = News()
        app = web.Application(middlewares=[self._watched], client_max_size=25 * 2**20)
        app.router.add_get("/gateway", self._converse)
        app.router.add_route("*", "/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for gateway in self._gateways:
            await gateway.socket.close(code=1001)
        await self._runner.cleanup()
        if self.faults:
            raise ExceptionGroup("the Discord server failed", self.faults)

    async def ready(self, timeout: float, processes: int = 1) -> None:
        """Until the bot has identified, in as many processes, and READY and its guild have gone out."""
        await self._news.until(lambda: len(self._gateways) >= processes, "bot on the gateway", timeout)

    def lose(self, method: str, path: str, *, status: int | None = None, times: int = 1) -> None:
        """Carry requests like this out and never say so: answer with a status, or break the connection."""
        self._due += [Fault(method, path, status, is_done=True, retry_after=0.0)] * times

    def fail(self, method: str, path: str, *, status: int, times: int = 1, retry_after: float = 0.1) -> None:
        """Answer requests like this with a status, and do nothing."""
        self._due += [Fault(method, path, status, is_done=False, retry_after=retry_after)] * times

    async def synced(self, timeout: float) -> list[Json]:
        await self._news.until(lambda: self.commands is not None, "command sync", timeout)
        return self.commands or []

    async def asked(self, what: Callable[[Request], bool], timeout: float) -> None:
        """Until the bot has asked for that."""
        await self._news.until(lambda: any(map(what, self.requests)), "request", timeout)

    def forget(self) -> None:
        """Let go of everything that was asked and answered so far; for whoever asks very often."""
        self.requests.clear()
        self._exchanges.clear()

    async def slash(self, name: str, options: Mapping[str, Any] | None = None, *, timeout: float = 3.0) -> Exchange:
        """A command with its options; a subcommand is named as members see it, "films browse"."""
        return await self._interact(2, self._invocation(name, options or {}), timeout)

    async def autocomplete(self, name: str, option: str, text: str, *, timeout: float = 3.0) -> Exchange:
        return await self._interact(4, self._invocation(name, {option: text}, focused=option), timeout)

    async def click(self, custom_id: str, message: Json, *, manages: bool = False, timeout: float = 3.0) -> Exchange:
        if not holds(message["components"], custom_id):
            raise LookupError(f"the message has no button {custom_id}")
        pressed = interaction_of(3, {"custom_id": custom_id, "component_type": 2}) | {"message": message}
        if manages:
            pressed["member"]["permissions"] = MANAGER
        return await self._tell(Exchange(pressed, self._news), timeout)

    async def submit(self, form: Json, *, timeout: float = 3.0) -> Exchange:
        """A form that is sent by somebody who manages the server."""
        exchange = interaction_of(5, form)
        exchange["member"]["permissions"] = MANAGER
        return await self._tell(Exchange(exchange, self._news), timeout)

    def refuse(
        self, method: str, path: str, status: int, code: int = 0, *, retry_after: float | None = None, times: int = 1
    ) -> None:
        """Refuse the next requests of this kind."""
        self._refused.append(Refused(method, path, status, code, retry_after, times))

    async def tell(self, event: str, d: Json) -> None:
        """Something happens, and the gateway tells."""
        guild_id = d["id"] if event.startswith("GUILD_") else d.get("guild_id")
        for gateway in self._connected():
            if gateway.hears_of(guild_id):
                await gateway.send(0, d, event)

    async def break_connection(self, timeout: float, shard_id: int, *missed: tuple[str, Json]) -> None:
        """The connection of a shard breaks; the bot resumes its session, and is told what it has missed."""
        before = self.resumed
        for gateway in self._connected():
            if gateway.shard[0] == shard_id:
                self._missed[gateway.session_id] = gateway, [*missed]
                await gateway.socket.close(code=4000, message=b"Unknown error.")
        await self._news.until(lambda: self.resumed > before, "session that goes on", timeout)

    async def lose_session(self, timeout: float, shard_id: int = 0) -> None:
        """The connection of a shard breaks and Discord has forgotten the session, so the bot identifies anew."""
        before = self.sessions
        for gateway in self._connected():
            if gateway.shard[0] == shard_id:
                await gateway.socket.close(code=4009, message=b"Session timed out.")
        await self._news.until(lambda: self.sessions > before, "new session", timeout)

    def _connected(self) -> list[Gateway]:
        if not self._gateways:
            raise ConnectionError("no bot is on the gateway")
        return list(self._gateways)

    async def _interact(self, kind: int, data: Json, timeout: float, **more: Json) -> Exchange:
        return await self._tell(Exchange(interaction_of(kind, data) | more, self._news), timeout)

    async def _tell(self, exchange: Exchange, timeout: float) -> Exchange:
        where: Json = {"guild_id": self.asking_in, "guild": {"id": self.asking_in, "locale": "en-US", "features": []}}
        exchange.interaction.update(where)
        self._exchanges[exchange.interaction["token"]] = exchange
        await self.tell("INTERACTION_CREATE", exchange.interaction)
        return await exchange.until("answer", lambda it: it.callback, timeout)

    def _invocation(self, name: str, values: Mapping[str, Any], focused: str | None = None) -> Json:
        command, *path = name.split()
        known = {found["name"]: found for found in self.commands or [] if found["type"] == 1}
        if command not in known:
            raise LookupError(f"/{command} was never synced, only {sorted(known)}")
        options = options_of(known[command].get("options", []), path, values, focused)
        return {"id": known[command]["id"], "type": 1, "name": command, "options": options}

    @web.middleware
    async def _watched(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refusal as refusal:
            return refusal.response
        except ConnectionResetError:  # the bot has gone
            raise
        except Exception as fault:
            self.faults.append(fault)
            raise

    async def _rest(self, request: web.Request) -> web.Response:
        asked = Request(request.method, request.path.removeprefix("/api/v10"), await _body(request))
        self.requests.append(asked)
        of_exchange = asked.path.startswith(("/interactions/", "/webhooks/"))
        if not of_exchange and request.headers.get("Authorization") != f"Bot {self.token}":
            raise Refusal(401, 0, "401: Unauthorized")
        self._refuse(asked)
        fault = next((each for each in self._due if each.fits(asked)), None)
        reply = self._reply(asked) if fault is None or fault.is_done else None
        if reply is not None and asked.method == "POST" and asked.path.endswith("/threads"):
            await self.tell("THREAD_CREATE", reply)
        self._news.spread()
        if fault is not None:
            self._due.remove(fault)
            return fault.answer(request)
        if of_exchange:
            await asyncio.sleep(self.answer_delay)
        if asked.path.endswith("/callback") and request.query.get("with_response") not in ("1", "true"):
            return web.Response(status=204)
        return json_response(reply)

    def _refuse(self, asked: Request) -> None:
        for number, refused in enumerate(self._refused):
            if asked.method == refused.method and fnmatch(asked.path, refused.path):
                self._refused[number] = refused._replace(times=refused.times - 1)
                if refused.times == 1:
                    del self._refused[number]
                raise Refusal(refused.status, refused.code, "refused by the test", refused.retry_after)

    def _reply(self, asked: Request) -> Any:
        known = {APPLICATION: "{app}", CHANNEL: "{channel}", GUILD: "{guild}"}
        parts = [known.get(part, part) for part in asked.path.split("/")[1:]]
        match asked.method, parts:
            case "GET", ["users", "@me"]:
                return BOT
            case "GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]:
                return ABOUT_BOT
            case "GET", ["gateway", "bot"]:
                return {"url": self._gateway_url, "shards": 1, "session_start_limit": self.session_starts}
            case "GET", ["applications", "{app}", "commands"]:
                return self.commands or []
            case "PUT", ["applications", "{app}", "commands"]:
                return self._sync(asked.body)
            case "POST", ["interactions", interaction_id, token, "callback"]:
                return self._exchange(token, interaction_id).answer(asked.body)
            case "POST", ["webhooks", "{app}", token]:
                return self._exchange(token).follow(asked.body)
            case "PATCH", ["webhooks", "{app}", token, "messages", message_id]:
                return self._exchange(token).edit(message_id, asked.body)
            case "GET", ["webhooks", "{app}", token, "messages", message_id]:
                return self._exchange(token).message(message_id)
            case _:
                return self._in_threads(asked, parts)

    def _in_threads(self, asked: Request, parts: list[str]) -> Any:
        match asked.method, parts:
            case "POST", ["channels", "{channel}", "threads"]:
                return self.threads.make(asked.body)
            case "GET", ["channels", "{channel}", "threads", "archived", "public"]:
                return {"threads": [], "members": [], "has_more": False}
            case "GET", ["guilds", "{guild}", "threads", "active"]:
                return {"threads": [*self.threads.made.values()], "members": []}
            case "GET", ["channels", thread] if thread in self.threads.made:
                return self.threads.made[thread]
            case "POST", ["channels", thread, "messages"]:
                return self.threads.write(thread, asked.body)
            case "GET", ["channels", thread, "messages"]:
                return self.threads.read(thread)
            case "PUT", ["channels", thread, "thread-members", _] if thread in self.threads.made:
                return None
            case _:
                self.unknown.append(asked)
                raise Refusal(404, 0, "404: Not Found")

    def _exchange(self, token: str, interaction_id: str | None = None) -> Exchange:
        exchange = self._exchanges.get(token)
        if exchange is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        if interaction_id not in (None, exchange.interaction["id"]):
            raise Refusal(404, 10062, "Unknown interaction")
        return exchange

    def _sync(self, commands: list[Json]) -> list[Json]:
        kept = {(old["type"], old["name"]): old["id"] for old in self.commands or []}
        defaults: Json = {"type": 1, "description": "", "application_id": APPLICATION}
        named = [defaults | command for command in commands]
        self.commands = [
            new | {"id": kept.get((new["type"], new["name"])) or snowflake(), "version": snowflake()} for new in named
        ]
        return self.commands

    @property
    def _gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    async def _converse(self, request: web.Request) -> web.WebSocketResponse:
        if (request.query.get("v"), request.query.get("encoding")) != ("10", "json"):
            raise ValueError(f"not an address of this gateway: {request.rel_url}")
        gateway = Gateway(web.WebSocketResponse(timeout=1), request.query.get("compress"))
        await gateway.socket.prepare(request)
        await gateway.send(10, {"heartbeat_interval": 41250})
        async for frame in gateway.socket:
            said: Json = json.loads(frame.data)
            self.received.append(said)
            await self._hear(gateway, said)
        self.closed_with.append(gateway.socket.close_code)
        if gateway in self._gateways:
            self._gateways.remove(gateway)
        return gateway.socket

    async def _hear(self, gateway: Gateway, said: Json) -> None:
        match said["op"]:
            case 1:
                await gateway.send(11)
            case 2:
                await self._identify(gateway, said["d"])
            case 3:  # presence: nobody here to show it to
                pass
            case 6 if said["d"]["session_id"] in self._missed:
                await self._resume(gateway, said["d"]["session_id"])
            case 6:  # the session is not kept, so the bot has to identify anew
                await gateway.send(9, d=False)
            case _:
                await gateway.socket.close(code=4001, message=b"Unknown opcode.")

    async def _identify(self, gateway: Gateway, d: Json) -> None:
        if d["token"] != self.token:
            await gateway.socket.close(code=4004, message=b"Authentication failed.")
        elif d["intents"] & PRIVILEGED_INTENTS:
            await gateway.socket.close(code=4014, message=b"Disallowed intent(s).")
        elif self.close_code is not None:
            await gateway.socket.close(code=self.close_code)
        else:
            about: Json = {"v": 10, "user": BOT, "application": {"id": APPLICATION, "flags": 0}}
            gateway.session_id = snowflake()
            session: Json = {"session_id": gateway.session_id, "resume_gateway_url": self._gateway_url}
            gateway.shard = shard_id, shard_count = tuple(d.get("shard", [0, 1]))
            self.identified.append(Identified(time.monotonic(), shard_id, shard_count))
            mine = [id_ for id_ in self.guilds if gateway.hears_of(id_)]
            session |= {"shard": [*gateway.shard], "guilds": [{"id": id_, "unavailable": True} for id_ in mine]}
            await gateway.send(0, about | session, "READY")
            for guild_id in mine:
                if guild_id not in self.held_back:
                    await gateway.send(0, self.guilds[guild_id], "GUILD_CREATE")
            self._gateways.append(gateway)
            self.sessions += 1
            self._news.spread()

    async def _resume(self, gateway: Gateway, session_id: str) -> None:
        broken, missed = self._missed.pop(session_id)
        gateway.take_session(broken)
        for event, d in missed:
            await gateway.send(0, d, event)
        await gateway.send(0, {}, "RESUMED")
        self._gateways.append(gateway)
        self.resumed += 1
        self._news.spread()


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        files = [part.filename for part in form.values() if isinstance(part, web.FileField)]
        return json.loads(str(form["payload_json"])) | {"files": files}
    return json.loads(await request.read() or "null")
