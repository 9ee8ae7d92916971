"""One interaction on the loopback Discord, from what was sent to what the bot made of it."""

# ruff: noqa: ASYNC109  (a test says how long it waits, and is told what did not come)

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from tests.discord_payloads import EPHEMERAL, LOADING, Json, Refusal, message_of, shown


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
    too_many: int = 0  # answers after the first
    followups: list[Json] = field(default_factory=list[Json])
    edits: list[Json] = field(default_factory=list[Json])
    messages: dict[str, Json] = field(default_factory=dict[str, Json])

    async def until(self, what: str, came: Callable[[Self], object], timeout: float = 5.0) -> Self:
        """Waits for more than the callback, as in `until("follow-up", lambda it: it.followups)`."""
        await self.news.until(lambda: came(self), f"{what} to {self.interaction['data']}", timeout)
        return self

    def answer(self, body: Json) -> Json:
        if self.callback:
            self.too_many += 1
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        self.answered_after, self.callback = time.perf_counter() - self.sent, body
        kind: int = body["type"]
        data: Json = body.get("data") or {}
        about: Json = {key: self.interaction[key] for key in ("id", "type", "channel_id", "guild_id")}
        if kind in (8, 9):  # choices and forms leave no message behind
            return {"interaction": about}
        message = message_of(data, 20) if kind in (4, 5) else self.interaction["message"] | shown(data)
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
        message = message_of(body, 0)
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
        message.update(shown(body))
        return message
