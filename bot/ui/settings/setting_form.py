"""The form in which one setting is changed, and what opens it: the button beside the setting, or an older menu."""

from typing import Any, Final

import discord

from bot.domain.errors import ServerOnly, SettingUnknown
from bot.domain.films.places import language_name
from bot.domain.guilds.settings import SETTINGS, Control, GuildSettings, choices
from bot.ui.kit.actors import actor_of
from bot.ui.kit.forms import choice_part, part, show_form, text_part
from bot.ui.kit.persistent import Menu, PersistentButton
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import Words, languages, words_for

VALUE: Final = "value"
# Stands for no language of the server's own: an option of a menu cannot be empty.
BY_DISCORD: Final = "-"
_WITH_THREADS: Final = (discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum)
_Part = discord.ui.Label[Any]


class ChangeButton(PersistentButton, template=r"settings:change:(?P<name>[a-z_]{1,60})"):
    """Opens the form of the setting that it stands beside."""

    def __init__(self, name: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"settings:change:{name}"))
        self.name = name

    async def press(self, interaction: Interaction) -> None:
        await _open(interaction, self.name)


class SettingSelect(Menu, name="settings:change"):
    """Opens the form of a setting that was chosen on a panel from before."""

    async def choose(self, interaction: Interaction, value: str) -> None:
        await _open(interaction, value)


def guild_of(interaction: Interaction) -> discord.Guild:
    """The server in which it is asked. Raises `ServerOnly`."""
    if interaction.guild is None:
        raise ServerOnly
    return interaction.guild


async def _open(interaction: Interaction, name: str) -> None:
    guilds = interaction.client.services.guilds
    guilds.require_manager(actor_of(interaction))
    if name not in SETTINGS:  # the panel is of another version
        raise SettingUnknown
    words = words_for(interaction.locale)
    form = _part(name, guilds.settings(interaction.guild_id), guild_of(interaction), words)
    await show_form(interaction, f"settings:set:{name}", words.plain(f"setting.{name}.label"), [form])


def _part(name: str, settings: GuildSettings, guild: discord.Guild, words: Words) -> _Part:
    """The part of a form that fits the setting, filled in with what it stands at."""
    value, control = getattr(settings, name), SETTINGS[name]
    label, about = words.plain(f"setting.{name}.label"), words.plain(f"setting.{name}.help")
    if control is Control.TIME_ZONE:
        return text_part(VALUE, label, about, value=value)
    if control is Control.CHOICE:
        offered = {str(choice): words.plain(f"setting.{name}.{choice}") for choice in choices(name)}
        return choice_part(VALUE, label, offered, value=str(value), help_text=about)
    if control is Control.LANGUAGE:
        offered = {BY_DISCORD: words.plain(f"setting.{name}.unset")}
        offered |= {code: language_name(code) for code in languages()}
        return choice_part(VALUE, label, offered, value=value or BY_DISCORD, help_text=about)
    if control is Control.ROLE:
        role = guild.get_role(value or 0)
        default = [role] if role is not None else []
        menu = discord.ui.RoleSelect[Any](custom_id=VALUE, min_values=0, required=False, default_values=default)
        return part(label, menu, about)
    types = _WITH_THREADS if control is Control.PLACE else _WITH_THREADS[:1]
    channel = guild.get_channel(value or 0)
    default = [channel] if channel is not None and channel.type in types else []
    return part(
        label,
        discord.ui.ChannelSelect[Any](
            custom_id=VALUE, channel_types=list(types), min_values=0, required=False, default_values=default
        ),
        about,
    )
