"""What becomes of a server's data once the bot is removed, or when the server wants it gone."""

import asyncio
import datetime
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Final

from bot.domain.errors import StorageUnavailable, WrongName
from bot.domain.guilds.departures import confirms, due_before, missed
from bot.domain.guilds.memberships import Memberships
from bot.domain.guilds.settings import Actor
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.backups.erasures import ErasureJournal, Kind
from bot.storage.db import departures
from bot.storage.db.database import Database, Transaction

log = logging.getLogger(__name__)

# Many servers at once are seen to in turns: no transaction holds SQLite's only writer, or PostgreSQL's table of
# locks (64 a connection, https://www.postgresql.org/docs/current/runtime-config-locks.html), for long.
_TURN: Final = 100
# Seconds between two turns. Whoever waits for SQLite's lock looks every tenth of a second at the latest.
_BREAK: Final = 0.1


class Departures:
    """Remembers when the bot left a server, and erases what is kept of it: 30 days later, or at once."""

    def __init__(
        self, database: Database, all_films: Films, guilds: Guilds, erasures: ErasureJournal | None = None
    ) -> None:
        self._database = database
        self._erasures = erasures
        self._films = all_films
        self._guilds = guilds

    async def note(self, guild_id: int, now: datetime.datetime) -> None:
        """The bot has been removed from the server."""
        async with self._database.begin() as tx:
            await departures.note(tx, [guild_id], now)

    async def forget(self, guild_id: int) -> None:
        """The bot has been added to the server."""
        async with self._database.begin() as tx:
            await departures.forget(tx, [guild_id])

    async def compare(self, present: Memberships, now: datetime.datetime) -> None:
        """Note and forget what was missed while the bot was away."""
        async with self._database.read() as tx:
            kept, noted = await departures.with_data(tx), await departures.noted(tx)
        found = missed(kept, noted, present)
        async for turn in _in_turns(found.gone):
            # Who has come meanwhile was forgotten already, and would not be again before the next look.
            gone = [guild_id for guild_id in turn if guild_id not in present]
            async with self._database.begin() as tx:
                await departures.note(tx, gone, now)
        async for turn in _in_turns(found.back):
            back = [guild_id for guild_id in turn if guild_id in present]
            async with self._database.begin() as tx:
                await departures.forget(tx, back)

    async def erase_due(self, now: datetime.datetime, looks_after: Callable[[int], bool] = lambda _: True) -> int:
        """Erase what has been kept long enough, of the servers that this process looks after; tells of how many.

        One's failure leaves the others alone.
        """
        moment, erased = due_before(now), 0
        async with self._database.read() as tx:
            gone = await departures.noted(tx)
        due = [guild_id for guild_id, left_at in gone.items() if left_at <= moment and looks_after(guild_id)]
        async for turn in _in_turns(due):
            for guild_id in turn:
                erased += await self._attempt_erasing(guild_id, moment, now)
        if erased:
            await self._take_up()
        return erased

    async def erase(self, actor: Actor, typed: str, name: str, now: datetime.datetime) -> None:
        """Erase all that is kept of a server, if its name was typed. Raises `ManagersOnly` or `WrongName`."""
        self._guilds.require_manager(actor)
        if not confirms(typed, actor.guild_id, name):
            raise WrongName
        async with self._database.begin() as tx:
            await self._erase(tx, actor.guild_id, now)
        log.info("erased the data of server %d, as it asked", actor.guild_id)
        await self._take_up()

    async def _attempt_erasing(self, guild_id: int, moment: datetime.datetime, now: datetime.datetime) -> bool:
        try:
            return await self._erase_due(guild_id, moment, now)
        except StorageUnavailable as failure:
            log.warning("could not erase the data of server %d (%s)", guild_id, failure.reason)
        except Exception:  # the other servers' data is due all the same
            log.exception("could not erase the data of server %d", guild_id)
        return False

    async def _erase_due(self, guild_id: int, moment: datetime.datetime, now: datetime.datetime) -> bool:
        async with self._database.begin() as tx:
            is_due = await departures.left_before(tx, guild_id, moment)
            if is_due:
                await self._erase(tx, guild_id, now)
        if is_due:
            log.info("erased the data of server %d, which the bot has left", guild_id)
        return is_due

    async def _erase(self, tx: Transaction, guild_id: int, now: datetime.datetime) -> None:
        await departures.erase(tx, guild_id)
        if self._erasures is not None:  # so that it stays erased where a backup is restored
            await asyncio.to_thread(self._erasures.note, Kind.SERVER, guild_id, now)

    async def _take_up(self) -> None:
        await self._films.refresh_if_possible()
        await self._guilds.refresh_if_possible()


async def _in_turns(guild_ids: Sequence[int]) -> AsyncGenerator[Sequence[int]]:
    """A few servers at a time, with a break after each turn in which others get at the database."""
    for start in range(0, len(guild_ids), _TURN):
        if start:
            await asyncio.sleep(_BREAK)
        yield guild_ids[start : start + _TURN]
