"""The one thread for each film in each server."""

import asyncio
import datetime
from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeVar

from bot.domain.discussions import CLAIM_LASTS, Claim, Discussion
from bot.domain.errors import DiscussionBusy
from bot.storage.db import discussions
from bot.storage.db.database import Database

_WAIT: Final = 0.4  # seconds between two tries of a press that finds another at work
_WAITS: Final = 40


class Thread(Protocol):
    """A thread as far as this layer knows one: by its id."""

    @property
    def id(self) -> int: ...


_Thread = TypeVar("_Thread", bound=Thread)
# The thread with that id, or None where Discord no longer knows it.
LookUp = Callable[[int], Awaitable[_Thread | None]]
# A new thread, or one that a crash has left behind: of the server's, none that belongs to a film already.
Make = Callable[[frozenset[int]], Awaitable[_Thread]]


class Discussions:
    """Knows which thread is the film's, and lets one press at a time open it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, guild_id: int, slug: str, look_up: LookUp[_Thread]) -> _Thread | None:
        """The film's thread; one that is gone is forgotten."""
        record = await self.find(guild_id, slug)
        if record is None:
            return None
        thread = await look_up(record.thread_id)
        if thread is None:
            await self.forget(record)
        return thread

    async def opened(
        self,
        wanted: tuple[int, str, str],
        look_up: LookUp[_Thread],
        make: Make[_Thread],
        now: Callable[[], datetime.datetime],
    ) -> _Thread:
        """The film's thread, made by exactly one of many presses, in one process or in several.

        `wanted` are the server, the film's slug and a token that no other press has. Raises `DiscussionBusy` where
        another press is at it for too long.
        """
        guild_id, slug, token = wanted
        for _ in range(_WAITS):
            if (claim := await self.claim(guild_id, slug, token, now())) is not None:
                return await self._under(claim, look_up, make)
            await asyncio.sleep(_WAIT)
            if (found := await self.known(guild_id, slug, look_up)) is not None:
                return found
        raise DiscussionBusy

    async def _under(self, claim: Claim, look_up: LookUp[_Thread], make: Make[_Thread]) -> _Thread:
        """Make the thread while nobody else may; on failure let the next press try at once."""
        try:
            thread = await make(await self.on_record(claim.guild_id))
            recorded = await self.record(claim, thread.id)
        except BaseException:
            await asyncio.shield(self.release(claim))
            raise
        # Where the claim was taken over, the other press's thread is the film's.
        return thread if recorded else await self.known(claim.guild_id, claim.slug, look_up) or thread

    async def find(self, guild_id: int, slug: str) -> Discussion | None:
        """The film's thread as far as is on record."""
        async with self._database.read() as tx:
            return await discussions.get(tx, guild_id, slug)

    async def on_record(self, guild_id: int) -> frozenset[int]:
        """Every thread that belongs to some film in this server."""
        async with self._database.read() as tx:
            return await discussions.on_record(tx, guild_id)

    async def claim(self, guild_id: int, slug: str, token: str, now: datetime.datetime) -> Claim | None:
        """The right to open the thread until `CLAIM_LASTS` from now; None where another press has it."""
        wanted = Claim(guild_id, slug, token)
        async with self._database.begin() as tx:
            return wanted if await discussions.claim(tx, wanted, now, now + CLAIM_LASTS) else None

    async def record(self, claim: Claim, thread_id: int) -> bool:
        """Put the opened thread on record; False where the claim ran out and somebody took it over."""
        async with self._database.begin() as tx:
            return await discussions.record(tx, claim, thread_id)

    async def release(self, claim: Claim) -> None:
        """Give up a claim after a failure, so that the next press need not wait."""
        async with self._database.begin() as tx:
            await discussions.release(tx, claim)

    async def forget(self, gone: Discussion) -> None:
        """Take a thread off the record that Discord no longer knows."""
        async with self._database.begin() as tx:
            await discussions.forget(tx, gone)
