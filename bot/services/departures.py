"""What becomes of a server's data once the bot is removed, or when the server wants it gone."""

import datetime
import logging
from collections.abc import Collection

from bot.domain.departures import confirms, due_before
from bot.domain.errors import MemoryFailed, WrongName
from bot.domain.guilds import Actor
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage import departures
from bot.storage.database import Database

log = logging.getLogger(__name__)


class Departures:
    """Remembers when the bot left a server, and erases what is kept of it: 30 days later, or at once."""

    def __init__(self, database: Database, all_films: Films, guilds: Guilds) -> None:
        self._database = database
        self._films = all_films
        self._guilds = guilds

    async def note(self, guild_id: int, now: datetime.datetime) -> None:
        """The bot has been removed from the server."""
        async with self._database.begin() as tx:
            await departures.note(tx, guild_id, now)

    async def forget(self, guild_id: int) -> None:
        """The bot has been added to the server."""
        async with self._database.begin() as tx:
            await departures.forget(tx, guild_id)

    async def compare(self, present: Collection[int], now: datetime.datetime) -> None:
        """Note and forget what was missed while the bot was away; `present` are all servers that it is in."""
        async with self._database.read() as tx:
            kept, noted = await departures.with_data(tx), await departures.noted(tx)
        gone = kept - noted.keys() - set(present)
        back = noted.keys() & set(present)
        if gone or back:
            async with self._database.begin() as tx:
                for guild_id in sorted(gone):
                    await departures.note(tx, guild_id, now)
                for guild_id in sorted(back):
                    await departures.forget(tx, guild_id)

    async def erase_due(self, now: datetime.datetime) -> int:
        """Erase what has been kept long enough; tells of how many servers. One's failure leaves the others alone."""
        moment, erased = due_before(now), 0
        async with self._database.read() as tx:
            due = [guild_id for guild_id, left_at in (await departures.noted(tx)).items() if left_at <= moment]
        for guild_id in due:
            try:
                erased += await self._erase_due(guild_id, moment)
            except MemoryFailed as failure:
                log.warning("could not erase the data of server %d (%s)", guild_id, failure.reason)
            except Exception:  # the other servers' data is due all the same
                log.exception("could not erase the data of server %d", guild_id)
        if erased:
            await self._take_up()
        return erased

    async def erase(self, actor: Actor, typed: str, name: str) -> None:
        """Erase all that is kept of a server, if its name was typed. Raises `ManagersOnly` or `WrongName`."""
        self._guilds.require_manager(actor)
        if not confirms(typed, actor.guild_id, name):
            raise WrongName
        async with self._database.begin() as tx:
            await departures.erase(tx, actor.guild_id)
        log.info("erased the data of server %d, as it asked", actor.guild_id)
        await self._take_up()

    async def _erase_due(self, guild_id: int, moment: datetime.datetime) -> bool:
        async with self._database.begin() as tx:
            is_due = await departures.left_before(tx, guild_id, moment)
            if is_due:
                await departures.erase(tx, guild_id)
        if is_due:
            log.info("erased the data of server %d, which the bot has left", guild_id)
        return is_due

    async def _take_up(self) -> None:
        await self._films.catch_up()
        await self._guilds.catch_up()
