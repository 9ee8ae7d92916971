"""What can be asked of a message: a command in its menu instead of something to type."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.ui.films.mentions import show_mentioned
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import english


class MentionsCog(commands.Cog):
    """The films that messages name."""

    def __init__(self, bot: FilmBot) -> None:
        self._bot = bot
        # discord.py knows no decorator for a command of this sort in a cog.
        self._find = app_commands.ContextMenu(
            name=english().plain("message_command.find_mentioned"), callback=self.find_mentioned
        )

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._find)

    async def cog_unload(self) -> None:
        self._bot.tree.remove_command(self._find.name, type=self._find.type)

    async def find_mentioned(self, interaction: Interaction, message: discord.Message) -> None:
        """List the films that the message names, for whoever asks."""
        await show_mentioned(interaction, message)


async def setup(bot: FilmBot) -> None:
    await bot.add_cog(MentionsCog(bot))
