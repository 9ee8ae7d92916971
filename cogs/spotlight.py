"""The film of the week: posted when it is due, and kept by curators."""

import logging

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.client import FilmBot
from bot.domain.errors import StorageUnavailable
from bot.ui.kit.command_places import BY_SERVERS, SERVERS
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction
from bot.ui.spotlight import forms, panel, posting

log = logging.getLogger(__name__)
say = command_text


class SpotlightCog(commands.Cog):
    """One look every ten seconds for all servers; no server has a timer of its own."""

    club = app_commands.Group(
        name="club",
        description=say("command.club"),
        allowed_contexts=SERVERS,
        allowed_installs=BY_SERVERS,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: FilmBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        self.look_round.start()

    async def cog_unload(self) -> None:
        self.look_round.cancel()

    @club.command(description=say("command.club_weekly"))
    async def weekly(self, interaction: Interaction) -> None:
        await panel.show_panel(interaction)

    @tasks.loop(seconds=10)
    async def look_round(self) -> None:
        """Post what is due in any of the servers that this process looks after."""
        try:
            await posting.post_due(self._bot, discord.utils.utcnow)
        except StorageUnavailable as failure:
            log.warning("could not look for films of the week (%s)", failure.reason)
        except Exception:  # a loop that raises is never run again
            log.exception("could not look for films of the week")

    @look_round.before_loop
    async def until_all_servers_are_known(self) -> None:
        await self._bot.wait_until_ready()
        try:
            if moved := await self._bot.services.spotlight_posts.retime(self._bot.memberships.__contains__):
                log.info("the rules of time zones have changed for %d films of the week", moved)
        except StorageUnavailable as failure:  # they are due when they were
            log.warning("could not look whether the rules of time zones have changed (%s)", failure.reason)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(*panel.CONTROLS)
    for form in forms.EVERY_FORM:
        form().register(bot)
    await bot.add_cog(SpotlightCog(bot))
