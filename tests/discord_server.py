"""A small Discord on loopback: its documented API, as far as one bot process needs it.

Everything asked is kept in `requests`. What Discord would refuse is refused with Discord's own status and
code, and a fault of this server is raised when the block ends: nothing is swallowed.
"""

# ruff: noqa: ASYNC109  (a test says how long it waits, and is told what did not come)

import asyncio
import json
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, NamedTuple, Self, TypeAlias

import zstandard
from aiohttp import web
from aiohttp.typedefs import Handler

Json: TypeAlias = dict[str, Any]

APPLICATION, GUILD, CHANNEL, OWNER, MEMBER = "1000", "2000", "2001", "3000", "3001"
# See, send, embed, attach, read back, use commands, open public threads, write in threads.
EVERYONE = str(sum(1 << bit for bit in (10, 11, 14, 15, 16, 31, 35, 38)))
PRIVILEGED_INTENTS = 1 << 1 | 1 << 8 | 1 << 15
EPHEMERAL, LOADING = 1 << 6, 1 << 7
_serial = count()


def _now() -> float:
    return time.time()  # noqa: TID251  (this is Discord's own clock)


def _snowflake() -> str:
    return str((int(_now() * 1000) - 1420070400000 << 22) + next(_serial))


# One key a line would bury the server under its payloads.
# fmt: off
def _user(user_id: str, name: str, *, bot: bool = False) -> Json:
    return {"id": user_id, "username": name, "bot": bot, "discriminator": "0", "avatar": None, "global_name": None,
            "public_flags": 0, "flags": 0, "mfa_enabled": True, "locale": "en-US"}


def _member(user: Json) -> Json:
    return {"user": user, "roles": [], "flags": 0, "nick": None, "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": False, "mute": False, "permissions": EVERYONE}


BOT = _user(APPLICATION, "front-row", bot=True)
ABOUT_BOT: Json = {
    "id": APPLICATION, "name": "Front Row", "icon": None, "description": "", "type": None, "verify_key": "0" * 64,
    "flags": 0, "bot_public": True, "bot_require_code_grant": False, "owner": _user(OWNER, "owner"), "team": None}
TEXT_CHANNEL: Json = {
    "id": CHANNEL, "type": 0, "name": "films", "position": 0, "parent_id": None, "flags": 0, "nsfw": False,
    "topic": None, "rate_limit_per_user": 0, "permission_overwrites": [], "permissions": EVERYONE}
EVERYONE_ROLE: Json = {"id": GUILD, "name": "@everyone", "permissions": EVERYONE, "position": 0, "color": 0,
                       "flags": 0, "hoist": False, "managed": False, "mentionable": False}
CLUB: Json = {
    "id": GUILD, "name": "Film club", "owner_id": OWNER, "unavailable": False, "member_count": 3, "large": False,
    "roles": [EVERYONE_ROLE], "channels": [TEXT_CHANNEL], "members": [_member(BOT)], "threads": [],
    "features": ["COMMUNITY"], "preferred_locale": "en-US", "joined_at": "2024-01-01T00:00:00+00:00"}


def _interaction(kind: int, data: Json) -> Json:
    return {
        "id": _snowflake(), "application_id": APPLICATION, "type": kind, "token": f"token-{_snowflake()}", "version": 1,
        "data": data, "guild_id": GUILD, "guild": {"id": GUILD, "locale": "en-US", "features": CLUB["features"]},
        "channel_id": CHANNEL, "channel": TEXT_CHANNEL, "member": _member(_user(MEMBER, "ada")), "context": 0,
        "app_permissions": EVERYONE, "locale": "en-US", "guild_locale": "en-US", "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD}, "attachment_size_limit": 10 * 2**20}


def _message(body: Json, kind: int) -> Json:
    blank: Json = {
        "id": _snowflake(), "type": kind, "channel_id": CHANNEL, "author": BOT, "webhook_id": APPLICATION,
        "content": "", "embeds": [], "components": [], "attachments": [], "mentions": [], "mention_roles": [],
        "mention_everyone": False, "pinned": False, "tts": False, "flags": 0, "edited_timestamp": None,
        "timestamp": datetime.fromtimestamp(_now(), UTC).isoformat()}
    return blank | _shown(body)
# fmt: on


def _shown(body: Json) -> Json:
    return {key: body[key] for key in ("content", "embeds", "components", "flags") if body.get(key) is not None}


def _json(value: Any, status: int = 200) -> web.Response:
    # discord.py reads JSON only under this exact type, as Discord sends it; aiohttp's own helper adds a charset.
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")


class Refusal(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.response = _json({"message": message, "code": code}, status)


class Request(NamedTuple):
    method: str
    path: str
    body: Any


@dataclass
class News:
    """Wakes whoever waits for something the bot may have done."""

    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def spread(self) -> None:
        self._arrived.set()

    async def until(self, came: Callable[[], object], what: str, timeout: float) -> None:
        try:
            async with asyncio.timeout(timeout):
                while not came():
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            raise TimeoutError(f"no {what} within {timeout} s") from None


@dataclass(eq=False)
class Exchange:
    """One interaction and what the bot made of it: bodies as it sent them, `messages` as Discord then has them."""

    interaction: Json
    news: News = field(repr=False)
    sent: float = field(default_factory=time.perf_counter)
    answered_after: float = float("inf")
    callback: Json = field(default_factory=dict[str, Any])
    followups: list[Json] = field(default_factory=list[Json])
    edits: list[Json] = field(default_factory=list[Json])
    messages: dict[str, Json] = field(default_factory=dict[str, Json])

    async def until(self, what: str, came: Callable[[Self], object], timeout: float = 5.0) -> Self:
        """Waits for more than the callback, as in `until("follow-up", lambda it: it.followups)`."""
        await self.news.until(lambda: came(self), f"{what} to {self.interaction['data']}", timeout)
        return self

    def answer(self, body: Json) -> Json:
        if self.callback:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        self.answered_after, self.callback = time.perf_counter() - self.sent, body
        kind: int = body["type"]
        data: Json = body.get("data") or {}
        about: Json = {key: self.interaction[key] for key in ("id", "type", "channel_id", "guild_id")}
        if kind in (8, 9):  # choices and forms leave no message behind
            return {"interaction": about}
        message = _message(data, 20) if kind in (4, 5) else self.interaction["message"] | _shown(data)
        message["flags"] |= LOADING if kind == 5 else 0
        self.messages |= {"@original": message, message["id"]: message}
        about |= {"response_message_id": message["id"], "response_message_loading": kind == 5}
        about["response_message_ephemeral"] = bool(message["flags"] & EPHEMERAL)
        return {"interaction": about} | ({} if kind == 6 else {"resource": {"type": kind, "message": message}})

    def follow(self, body: Json) -> Json:
        if not self.callback:
            raise Refusal(404, 10015, "Unknown Webhook")
        self.followups.append(body)
        original = self.messages.get("@original")
        if original and original["flags"] & LOADING:  # the first one takes the place a deferral kept
            return self._rewritten(original, body)
        message = _message(body, 0)
        return self.messages.setdefault(message["id"], message)

    def edit(self, message_id: str, body: Json) -> Json:
        self.edits.append(body)
        return self._rewritten(self.message(message_id), body)

    def message(self, message_id: str) -> Json:
        if message_id not in self.messages:
            raise Refusal(404, 10008, "Unknown Message")
        return self.messages[message_id]

    def _rewritten(self, message: Json, body: Json) -> Json:
        message["flags"] &= ~LOADING
        message.update(_shown(body))
        return message


class Gateway:
    """One websocket of the bot, encoded the way its address asked."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        self.socket, self._pack = socket, _packer(compress)
        self._turn, self._sequence = asyncio.Lock(), count(1)

    async def send(self, op: int, d: Any = None, event: str | None = None) -> None:
        async with self._turn:  # a compressed stream has one order
            number = next(self._sequence) if event else None
            frame = self._pack(json.dumps({"op": op, "d": d, "s": number, "t": event}))
            await (self.socket.send_bytes(frame) if isinstance(frame, bytes) else self.socket.send_str(frame))


def _packer(compress: str | None) -> Callable[[str], str | bytes]:
    match compress:
        case None:
            return lambda text: text
        case "zlib-stream":
            deflate = zlib.compressobj()
            return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
        case "zstd-stream":
            zstd, block = zstandard.ZstdCompressor().compressobj(), zstandard.COMPRESSOBJ_FLUSH_BLOCK
            return lambda text: zstd.compress(text.encode()) + zstd.flush(block)
        case _:
            raise ValueError(f"Discord knows no compression called {compress}")


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
        self._exchanges: dict[str, Exchange] = {}
        self._gateway: Gateway | None = None
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
        if self._gateway:
            await self._gateway.socket.close(code=1001)
        await self._runner.cleanup()
        if self.faults:
            raise ExceptionGroup("the Discord server failed", self.faults)

    async def ready(self, timeout: float) -> None:
        """Until the bot has identified, and READY and its guild have gone out."""
        await self._news.until(lambda: self._gateway, "bot on the gateway", timeout)

    async def synced(self, timeout: float) -> list[Json]:
        await self._news.until(lambda: self.commands is not None, "command sync", timeout)
        return self.commands or []

    async def slash(self, name: str, options: Mapping[str, Any] | None = None, *, timeout: float = 3.0) -> Exchange:
        """A command with its options; a subcommand is named as members see it, "films browse"."""
        return await self._interact(2, self._invocation(name, options or {}), timeout)

    async def autocomplete(self, name: str, option: str, text: str, *, timeout: float = 3.0) -> Exchange:
        return await self._interact(4, self._invocation(name, {option: text}, focused=option), timeout)

    async def click(self, custom_id: str, message: Json, *, timeout: float = 3.0) -> Exchange:
        if not _holds(message["components"], custom_id):
            raise LookupError(f"the message has no button {custom_id}")
        return await self._interact(3, {"custom_id": custom_id, "component_type": 2}, timeout, message=message)

    async def _interact(self, kind: int, data: Json, timeout: float, **more: Json) -> Exchange:
        if self._gateway is None:
            raise ConnectionError("no bot is on the gateway")
        exchange = Exchange(_interaction(kind, data) | more, self._news)
        self._exchanges[exchange.interaction["token"]] = exchange
        await self._gateway.send(0, exchange.interaction, "INTERACTION_CREATE")
        return await exchange.until("answer", lambda it: it.callback, timeout)

    def _invocation(self, name: str, values: Mapping[str, Any], focused: str | None = None) -> Json:
        command, *path = name.split()
        known = {found["name"]: found for found in self.commands or [] if found["type"] == 1}
        if command not in known:
            raise LookupError(f"/{command} was never synced, only {sorted(known)}")
        options = _options(known[command].get("options", []), path, values, focused)
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
        reply = self._reply(asked)
        self._news.spread()
        if of_exchange:
            await asyncio.sleep(self.answer_delay)
        if asked.path.endswith("/callback") and request.query.get("with_response") not in ("1", "true"):
            return web.Response(status=204)
        return _json(reply)

    def _reply(self, asked: Request) -> Any:
        parts = ["{app}" if part == APPLICATION else part for part in asked.path.split("/")[1:]]
        match asked.method, parts:
            case "GET", ["users", "@me"]:
                return BOT
            case "GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]:
                return ABOUT_BOT
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
                return {"url": self._gateway_url, "shards": 1, "session_start_limit": limit}
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
            new | {"id": kept.get((new["type"], new["name"])) or _snowflake(), "version": _snowflake()} for new in named
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
        if self._gateway is gateway:
            self._gateway = None
        return gateway.socket

    async def _hear(self, gateway: Gateway, said: Json) -> None:
        match said["op"]:
            case 1:
                await gateway.send(11)
            case 2:
                await self._identify(gateway, said["d"])
            case 3:  # presence: nobody here to show it to
                pass
            case 6:  # no session is kept, so the bot has to identify anew
                await gateway.send(9, d=False)
            case _:
                await gateway.socket.close(code=4001, message=b"Unknown opcode.")

    async def _identify(self, gateway: Gateway, d: Json) -> None:
        if d["token"] != self.token:
            await gateway.socket.close(code=4004, message=b"Authentication failed.")
        elif d["intents"] & PRIVILEGED_INTENTS:
            await gateway.socket.close(code=4014, message=b"Disallowed intent(s).")
        else:
            about: Json = {"v": 10, "user": BOT, "application": {"id": APPLICATION, "flags": 0}}
            session: Json = {"session_id": _snowflake(), "resume_gateway_url": self._gateway_url}
            session |= {"shard": d.get("shard", [0, 1]), "guilds": [{"id": GUILD, "unavailable": True}]}
            await gateway.send(0, about | session, "READY")
            await gateway.send(0, CLUB, "GUILD_CREATE")
            self._gateway = gateway
            self._news.spread()


def _options(declared: list[Json], path: list[str], values: Mapping[str, Any], focused: str | None) -> list[Json]:
    """The values with their declared types, inside the subcommands named by `path`."""
    by_name = {option["name"]: option for option in declared}
    if path:
        step = by_name[path[0]]
        inner = _options(step.get("options", []), path[1:], values, focused)
        return [{"name": step["name"], "type": step["type"], "options": inner}]
    return [
        {"name": name, "type": by_name[name]["type"], "value": value} | ({"focused": True} if name == focused else {})
        for name, value in values.items()
    ]


def _holds(components: list[Json], custom_id: str) -> bool:
    return any(
        part.get("custom_id") == custom_id or _holds(part.get("components", []), custom_id) for part in components
    )


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        files = [part.filename for part in form.values() if isinstance(part, web.FileField)]
        return json.loads(str(form["payload_json"])) | {"files": files}
    return json.loads(await request.read() or "null")
