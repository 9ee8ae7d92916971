"""The daily backup of a SQLite file, and a word about what is not looked after."""

import logging

import discord
from discord.ext import commands, tasks

from bot.client import FilmBot
from bot.domain.errors import StorageUnavailable

log = logging.getLogger(__name__)


class BackupsCog(commands.Cog):
    """Looks every quarter of an hour whether a backup is due; one that failed is tried again then."""

    def __init__(self, bot: FilmBot) -> None:
        self._backups = bot.services.backups

    async def cog_load(self) -> None:
        if self._backups is not None and self._backups.are_made_here:
            self.look.start()

    async def cog_unload(self) -> None:
        self.look.cancel()

    @tasks.loop(minutes=15)
    async def look(self) -> None:
        """Make a backup where one is due."""
        if self._backups is None:
            return
        try:
            await self._backups.make_if_due(discord.utils.utcnow())
        except StorageUnavailable as failure:
            reason = failure.reason
            log.error("could not make a backup (%s); trying again soon", reason)  # noqa: TRY400  # it says it all
        except Exception:  # a loop that raises is never run again
            log.exception("could not make a backup")


async def setup(bot: FilmBot) -> None:
    await bot.add_cog(BackupsCog(bot))
