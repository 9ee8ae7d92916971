"""What a server sets for itself, what is missing there, and how it is forgotten."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import FilmBot
from bot.ui.kit.command_places import BY_SERVERS, SERVERS
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.replies import Interaction
from bot.ui.settings import check, erase, panel, setting_form

say = command_text


class SettingsCog(commands.Cog):
    """For members with Manage Server; whoever else is let in by the server's admins is refused by the service."""

    settings = app_commands.Group(
        name="settings",
        description=say("command.settings"),
        allowed_contexts=SERVERS,
        allowed_installs=BY_SERVERS,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @settings.command(description=say("command.settings_show"))
    async def show(self, interaction: Interaction) -> None:
        await panel.show_panel(interaction)

    @settings.command(description=say("command.settings_check"))
    async def check(self, interaction: Interaction) -> None:
        await check.check(interaction)

    @settings.command(description=say("command.settings_erase"))
    async def erase(self, interaction: Interaction) -> None:
        await erase.explain(interaction)


async def setup(bot: FilmBot) -> None:
    bot.add_dynamic_items(setting_form.SettingSelect, setting_form.ChangeButton, *panel.CONTROLS)
    bot.add_dynamic_items(check.CheckButton, erase.EraseButton)
    panel.SettingForm().register(bot)
    erase.EraseForm().register(bot)
    await bot.add_cog(SettingsCog())
