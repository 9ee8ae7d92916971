"""What the bot can do, and who runs it."""

import contextlib

from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.domain.errors import StorageUnavailable
from bot.ui.help import about_layout, help_layout
from bot.ui.kit.actors import is_curator
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction, reply
from bot.ui.kit.text import words_for

say = command_text


class AboutCog(commands.Cog):
    """Help and imprint."""

    @app_commands.command(description=say("command.help"))
    async def help(self, interaction: Interaction) -> None:
        manages = interaction.guild_id is not None and interaction.permissions.manage_guild
        tree, words = interaction.client.tree, words_for(interaction.locale)
        page = help_layout(tree, words, curates=is_curator(interaction), manages=manages)
        await reply(interaction, view=page, private=True)

    @app_commands.command(description=say("command.about"))
    async def about(self, interaction: Interaction) -> None:
        client, servers = interaction.client, None
        with contextlib.suppress(StorageUnavailable):
            servers = await client.count_servers()
        page = about_layout(client.tree, client.services, interaction.guild_id, servers, words_for(interaction.locale))
        await reply(interaction, view=page, private=True)


async def setup(bot: FilmBot) -> None:
    await bot.add_cog(AboutCog())
