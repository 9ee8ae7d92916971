"""What is kept of servers that have removed the bot, and of work that was left lying: for a while, then erased."""

import logging

import discord
from discord.ext import commands, tasks

from bot.client import FilmBot
from bot.domain.errors import MemoryFailed

log = logging.getLogger(__name__)


class DeparturesCog(commands.Cog):
    """Listens for comings and goings; once an hour it looks for those that were missed, and erases what is due."""

    def __init__(self, bot: FilmBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        self.look_round.start()

    async def cog_unload(self) -> None:
        self.look_round.cancel()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        try:
            await self._bot.services.departures.note(guild.id, discord.utils.utcnow())
        except MemoryFailed as failure:  # the next look round finds it out
            log.warning("could not note that server %d has gone (%s)", guild.id, failure.reason)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        try:
            await self._bot.services.departures.forget(guild.id)
        except MemoryFailed as failure:  # the next look round finds it out
            log.warning("could not note that server %d is back (%s)", guild.id, failure.reason)

    @tasks.loop(hours=1)
    async def look_round(self) -> None:
        """Compare what is kept with the servers that the bot is in, and erase what has been kept long enough."""
        if not self._bot.is_ready():  # the servers are not all known
            return
        services, now = self._bot.services, discord.utils.utcnow()
        try:
            # Servers that are out of order for a while are among these, too.
            await services.departures.compare({guild.id for guild in self._bot.guilds}, now)
            await services.departures.erase_due(now)
            await services.imports.forget_old(now)
            await services.drafts.forget_old(now)
        except MemoryFailed as failure:
            log.warning("could not look after the data of servers that are gone (%s)", failure.reason)
        except Exception:  # a loop that raises is never run again
            log.exception("could not look after the data of servers that are gone")

    @look_round.before_loop
    async def until_all_servers_are_known(self) -> None:
        await self._bot.wait_until_ready()


async def setup(bot: FilmBot) -> None:
    await bot.add_cog(DeparturesCog(bot))
