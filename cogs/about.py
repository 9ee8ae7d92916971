"""What the bot can do, and who runs it."""

import contextlib

from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.domain.errors import StorageUnavailable
from bot.ui.help import about_embed, help_embed
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
        embed = help_embed(
            interaction.client.tree,
            words_for(interaction.locale),
            curates=is_curator(interaction),
            manages=manages,
        )
        await reply(interaction, embed=embed, private=True)

    @app_commands.command(description=say("command.about"))
    async def about(self, interaction: Interaction) -> None:
        client, servers = interaction.client, None
        with contextlib.suppress(StorageUnavailable):
            servers = await client.count_servers()
        words = words_for(interaction.locale)
        embed = about_embed(client.tree, client.services, interaction.guild_id, servers, words)
        await reply(interaction, embed=embed, private=True)


async def setup(bot: FilmBot) -> None:
    await bot.add_cog(AboutCog())
