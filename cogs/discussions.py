"""Talking about a film."""

from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.domain.films.films import Film
from bot.ui.films.buttons import DiscussButton
from bot.ui.films.option import FilmOption
from bot.ui.films.thread import discuss
from bot.ui.kit.command_places import by_servers
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction

say = command_text


class DiscussionsCog(commands.Cog):
    """The film's thread."""

    @app_commands.command(description=say("command.discuss"))
    @by_servers
    @app_commands.describe(title=say("option.title"))
    async def discuss(self, interaction: Interaction, title: app_commands.Transform[Film, FilmOption]) -> None:
        await discuss(interaction, title)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(DiscussButton)
    await bot.add_cog(DiscussionsCog())
