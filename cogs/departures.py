"""What is kept of servers that have removed the bot, and of work that was left lying: for a while, then erased."""

import asyncio
import logging

import discord
from discord.ext import commands, tasks

from bot.client import FilmBot
from bot.domain.errors import StorageUnavailable

log = logging.getLogger(__name__)


class DeparturesCog(commands.Cog):
    """Listens for comings and goings; once an hour it looks for those that were missed, and erases what is due."""

    def __init__(self, bot: FilmBot) -> None:
        self._bot = bot
        self._looking = asyncio.Lock()
        self._has_looked = False

    async def cog_load(self) -> None:
        self.look_round.start()

    async def cog_unload(self) -> None:
        self.look_round.cancel()

    @commands.Cog.listener()
    async def on_server_left(self, guild_id: int) -> None:
        try:
            await self._bot.services.departures.note(guild_id, discord.utils.utcnow())
        except StorageUnavailable as failure:  # the next look round finds it out
            log.warning("could not note that server %d has gone (%s)", guild_id, failure.reason)

    @commands.Cog.listener()
    async def on_server_joined(self, guild_id: int) -> None:
        try:
            await self._bot.services.departures.forget(guild_id)
        except StorageUnavailable as failure:  # the next look round finds it out
            log.warning("could not note that server %d is back (%s)", guild_id, failure.reason)

    @commands.Cog.listener()
    async def on_shard_ready(self, _shard_id: int) -> None:
        if self._has_looked:  # a session was lost, and with it perhaps some who came or went
            await self._look()

    @tasks.loop(hours=1)
    async def look_round(self) -> None:
        """Compare what is kept with the servers that the bot is in, and erase what has been kept long enough."""
        await self._look()
        self._has_looked = True

    async def _look(self) -> None:
        services, now = self._bot.services, discord.utils.utcnow()
        async with self._looking:
            try:
                await services.departures.compare(self._bot.memberships, now)
                await services.departures.erase_due(now, self._bot.looks_after)
                if not self._bot.looks_after(None):  # what follows asks for no server
                    return
                await services.imports.forget_old(now)
                await services.drafts.forget_old(now)
                await services.shelves.forget_old(now)
                await services.shelf_transfer.forget_old(now)
                await services.searches.forget_old(now)
            except StorageUnavailable as failure:
                log.warning("could not look after the data of servers that are gone (%s)", failure.reason)
            except Exception:  # a loop that raises is never run again
                log.exception("could not look after the data of servers that are gone")

    @look_round.before_loop
    async def until_all_servers_are_known(self) -> None:
        await self._bot.wait_until_ready()


async def setup(bot: FilmBot) -> None:
    await bot.add_cog(DeparturesCog(bot))
