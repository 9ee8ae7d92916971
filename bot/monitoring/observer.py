"""Watches the bot from outside: what the gateway brings, what goes to Discord, what went wrong."""

import json
import math
import time
from collections import deque
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import aiohttp
import discord

from bot.client import FilmBot
from bot.domain.errors import FrontRowError, StorageUnavailable
from bot.monitoring.metrics import Metrics
from bot.monitoring.routes import interaction_of, route_of, status_of
from bot.ui.errors.error_messages import cause_of, is_too_late, refusal
from bot.ui.kit.text import english

# Discord counts these over ten minutes and shuts out whoever gets 10,000 of them
# (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
_INVALID: Final = frozenset({401, 403, 429})
_INVALID_SECONDS: Final = 600.0
_COMMAND, _COMPONENT, _AUTOCOMPLETE, _FORM = 2, 3, 4, 5
_SUBCOMMANDS: Final = (1, 2)
_DEFERRED: Final = frozenset({5, 6})
_SHORT_BODY: Final = 300
_GATEWAY, _REDIRECTED, _BROKEN = 101, 300, 500
_ANSWERED_ELSEWHERE: Final = 40060
# Nobody can answer any more after three seconds; what is older than this never will be.
_GIVEN_UP: Final = 10.0
_CLOSE_CODES: Final = frozenset({*range(1000, 1016), *range(4000, 4015)})


class _Asked(NamedTuple):
    at: float
    command: str
    is_typing: bool


class Observer:
    """Counts into the metrics. To be made before the bot is started."""

    def __init__(self, bot: FilmBot, metrics: Metrics) -> None:
        self._bot = bot
        self._metrics = metrics
        self._commands: frozenset[str] = frozenset()
        self._asked: dict[int, _Asked] = {}
        self._failed: set[int] = set()
        self._invalid: deque[float] = deque()
        self.ready_shards: set[int] = set()
        bot.overhear("INTERACTION_CREATE", self._hear_interaction)
        bot.add_listener(self._note_error, "on_answer_error")
        for event in ("on_shard_ready", "on_shard_resumed"):
            bot.add_listener(self._note_ready, event)
        bot.add_listener(self._note_lost, "on_shard_disconnect")
        trace = bot.http.http_trace
        assert trace is not None  # the bot brings its own
        trace.on_request_chunk_sent.append(self._sent)
        trace.on_request_end.append(self._answered)
        trace.on_request_exception.append(self._broken)

    def invalid_requests(self) -> int:
        """Those of the last ten minutes."""
        while self._invalid and time.monotonic() - self._invalid[0] > _INVALID_SECONDS:
            self._invalid.popleft()
        return len(self._invalid)

    def heartbeats(self) -> Mapping[int, float]:
        """By shard; a connection that has had none yet is left out."""
        return {number: latency for number, latency in self._bot.latencies if math.isfinite(latency)}

    def give_up(self) -> None:
        """Count what nobody answered, here or in another process."""
        now = time.monotonic()
        for number in [each for each, asked in self._asked.items() if now - asked.at > _GIVEN_UP]:
            asked = self._asked.pop(number)
            self._failed.discard(number)
            if not asked.is_typing:
                self._metrics.answers.labels(asked.command, "unanswered").inc()

    def _hear_interaction(self, payload: Mapping[str, Any]) -> None:
        kind = payload.get("type")
        asked = _Asked(time.monotonic(), self._label(kind, payload.get("data") or {}), kind == _AUTOCOMPLETE)
        self._asked[int(payload["id"])] = asked

    def _label(self, kind: int | None, data: Mapping[str, Any]) -> str:
        if kind in (_COMPONENT, _FORM):
            return "control" if kind == _COMPONENT else "form"
        if not self._commands:
            self._commands = frozenset(command.qualified_name for command in self._bot.tree.walk_commands())
        path = [str(data.get("name"))]
        while (
            inner := next((each for each in data.get("options", ()) if each["type"] in _SUBCOMMANDS), None)
        ) is not None:
            path.append(str(inner["name"]))
            data = inner
        if (name := " ".join(path)) in self._commands:
            return f"/{name}"
        return "menu" if data.get("type", 1) != 1 else "other"  # names of another version have no bound

    async def _note_error(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        cause = cause_of(error)
        label = self._label(interaction.type.value, interaction.data or {})
        outcome = _outcome(cause)
        if outcome == "late" and getattr(cause, "code", 0) == _ANSWERED_ELSEWHERE:
            self._metrics.claims_lost.labels("interaction").inc()
        elif outcome == "late":
            self._metrics.too_late.inc()
        self._failed.add(interaction.id)
        self._metrics.answers.labels(label, outcome).inc()

    async def _note_ready(self, shard_id: int) -> None:
        self.ready_shards.add(shard_id)

    async def _note_lost(self, shard_id: int) -> None:
        self.ready_shards.discard(shard_id)
        shard = self._bot.get_shard(shard_id)
        socket = None if shard is None else shard._parent.ws.socket  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # discord.py tells the code nowhere
        code = getattr(socket, "close_code", None)
        self._metrics.reconnects.labels(str(code) if code in _CLOSE_CODES else "other").inc()

    async def _sent(self, _session: object, context: Any, sent: aiohttp.TraceRequestChunkSentParams) -> None:
        if interaction_of(sent.url.path) is None or len(sent.chunk) > _SHORT_BODY:
            return
        try:
            body = json.loads(sent.chunk)
        except ValueError:
            return
        match body:
            case {"type": kind}:
                context.is_deferred = kind in _DEFERRED
            case _:
                pass

    async def _answered(self, _session: object, context: Any, end: aiohttp.TraceRequestEndParams) -> None:
        status = end.response.status
        if status == _GATEWAY:
            return
        self._metrics.requests.labels(end.method, route_of(end.url.path), status_of(status)).inc()
        if status in _INVALID and end.response.headers.get("X-RateLimit-Scope") != "shared":
            self._invalid.append(time.monotonic())
        number = interaction_of(end.url.path)
        if number is None or status >= _REDIRECTED or (asked := self._asked.pop(number, None)) is None:
            return
        seconds = time.monotonic() - asked.at
        if asked.is_typing:
            self._metrics.autocomplete_seconds.observe(seconds)
            return
        self._metrics.answer_seconds.labels(asked.command).observe(seconds)
        is_deferred = getattr(context, "is_deferred", False)
        if is_deferred:
            self._metrics.deferred.inc()
        if number not in self._failed:
            self._metrics.answers.labels(asked.command, "deferred" if is_deferred else "answered").inc()
        self._failed.discard(number)

    async def _broken(self, _session: object, _context: Any, end: aiohttp.TraceRequestExceptionParams) -> None:
        self._metrics.requests.labels(end.method, route_of(end.url.path), "broken").inc()


def _outcome(cause: BaseException) -> str:
    """A refusal by a rule is not a failure; what a member is told of, but should not have to be, is one."""
    if is_too_late(cause):
        return "late"
    is_trouble = isinstance(cause, StorageUnavailable | aiohttp.ClientError | OSError) or (
        isinstance(cause, discord.HTTPException) and cause.status >= _BROKEN
    )
    if is_trouble or not (isinstance(cause, FrontRowError) or refusal(cause, english()) is not None):
        return "failed"
    return "refused"
