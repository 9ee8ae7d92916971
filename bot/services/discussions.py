"""The one thread for each film in each server."""

import datetime

from bot.domain.discussions import CLAIM_LASTS, Claim, Discussion
from bot.storage.db import discussions
from bot.storage.db.database import Database


class Discussions:
    """Knows which thread is the film's, and lets one press at a time open it."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
