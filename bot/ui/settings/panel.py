"""What a server has set for itself: a panel of every setting, and a form to change one."""

from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.domain.errors import ServerOnly, SettingUnknown
from bot.domain.films.places import language_name
from bot.domain.guilds.settings import SETTINGS, Control, GuildSettings, choices, value_of
from bot.domain.guilds.time_zones import local_time
from bot.ui.films.card import ACCENT
from bot.ui.kit.actors import actor_of
from bot.ui.kit.forms import Form, choice_part, part, show_form, text_part
from bot.ui.kit.limits import OPTION
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import Menu, PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip, joined, languages, words_for
from bot.ui.settings.check import missing_for
from bot.ui.settings.labels import value_words

_VALUE: Final = "value"
_CURATORS: Final = "curator_role"
# Stands for no language of the server's own: an option of a menu cannot be empty.
_BY_DISCORD: Final = "-"
_WITH_THREADS: Final = (discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum)
_Part = discord.ui.Label[Any]


class SettingSelect(Menu, name="settings:change"):
    """Opens the form of a setting."""

    async def choose(self, interaction: Interaction, value: str) -> None:
        guilds = interaction.client.services.guilds
        guilds.require_manager(actor_of(interaction))
        if value not in SETTINGS:  # the panel is of another version
            raise SettingUnknown
        words = words_for(interaction.locale)
        form = _part(value, guilds.settings(interaction.guild_id), _guild(interaction), words)
        await show_form(interaction, f"settings:set:{value}", words.plain(f"setting.{value}.label"), [form])


class SettingForm(Form):
    """Sets what was chosen, and shows the panel anew."""

    template = r"settings:set:(?P<name>[a-z_]{1,60})"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        name, actor = ids["name"], actor_of(interaction)
        interaction.client.services.guilds.require_manager(actor)
        chosen = typed.get(_VALUE, "")
        value = value_of(name, "" if chosen == _BY_DISCORD else chosen)
        if name == _CURATORS and value == actor.guild_id:  # Discord gives the role of everybody the server's id
            words = words_for(interaction.locale)
            embed, view = _panel(interaction, words)
            view.add_item(EveryoneButton(words.plain("settings.everyone_yes")))
            await edit_or_reply(interaction, words("settings.everyone"), embed=embed, view=view)
            return
        await _set(interaction, name, value)


class EveryoneButton(PersistentButton, template="settings:everyone"):
    """Lets everybody on the server curate, after all."""

    def __init__(self, label: str = "-") -> None:
        style = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=label, custom_id="settings:everyone", style=style))

    async def press(self, interaction: Interaction) -> None:
        await _set(interaction, _CURATORS, _guild(interaction).id)


async def show_panel(interaction: Interaction) -> None:
    """Every setting, what it is for, and a menu to change one. Raises `ManagersOnly`."""
    interaction.client.services.guilds.require_manager(actor_of(interaction))
    embed, view = _panel(interaction, words_for(interaction.locale))
    await reply(interaction, embed=embed, view=view, private=True)


async def _set(interaction: Interaction, name: str, value: object) -> None:
    """Save the value and show the panel, with what the chosen channel lacks for it. Raises `ManagersOnly`."""
    actor, guilds, guild = actor_of(interaction), interaction.client.services.guilds, _guild(interaction)
    await claim(interaction, in_place=True)
    await run_or_defer(interaction, guilds.change(actor, {name: value}, discord.utils.utcnow()), private=True)
    words = words_for(interaction.locale)
    embed, view = _panel(interaction, words)
    shown = shown_value(name, guilds.settings(actor.guild_id), guild, words)
    said = words("settings.saved", setting=words.plain(f"setting.{name}.label"), value=shown)
    if missing := missing_for(name, interaction, guild, words):
        said = joined([said, words("settings.does_not_work"), *missing], "\n", 1900)
    await edit_or_reply(interaction, said, embed=embed, view=view)


def shown_value(name: str, settings: GuildSettings, guild: discord.Guild, words: Words) -> Markup:
    """What the setting stands at, as things are now: a place may have gone, and it is some time of day there."""
    value, control = getattr(settings, name), SETTINGS[name]
    if control is Control.TIME_ZONE:
        clock = local_time(discord.utils.utcnow(), value)
        return words("settings.time_zone", name=value, clock=f"{clock:%H:%M}")
    if control is Control.ROLE and value is not None and guild.get_role(value) is None:
        return words("settings.gone_role")
    if control in {Control.PLACE, Control.CHANNEL} and value is not None and guild.get_channel(value) is None:
        return words("settings.gone_channel")
    return value_words(name, value, words)


def _panel(interaction: Interaction, words: Words) -> tuple[discord.Embed, discord.ui.View]:
    settings, guild = interaction.client.services.guilds.settings(interaction.guild_id), _guild(interaction)
    tree = interaction.client.tree
    commands = {name: Markup(tree.mention(f"settings {name}")) for name in ("check", "erase")}
    embed = discord.Embed(title=words("settings.title"), description=words("settings.intro", **commands), colour=ACCENT)
    options: list[discord.SelectOption] = []
    for name in SETTINGS:
        label, about = words.plain(f"setting.{name}.label"), words.plain(f"setting.{name}.help")
        shown = words("settings.value", value=shown_value(name, settings, guild, words), help=about)
        embed.add_field(name=label, value=shown, inline=False)
        options.append(discord.SelectOption(label=label, value=name, description=clip(about, OPTION)))
    return embed, view_of(SettingSelect(words.plain("settings.change"), options))


def _part(name: str, settings: GuildSettings, guild: discord.Guild, words: Words) -> _Part:
    """The part of a form that fits the setting, filled in with what it stands at."""
    value, control = getattr(settings, name), SETTINGS[name]
    label, about = words.plain(f"setting.{name}.label"), words.plain(f"setting.{name}.help")
    if control is Control.TIME_ZONE:
        return text_part(_VALUE, label, about, value=value)
    if control is Control.CHOICE:
        offered = {str(choice): words.plain(f"setting.{name}.{choice}") for choice in choices(name)}
        return choice_part(_VALUE, label, offered, value=str(value), help_text=about)
    if control is Control.LANGUAGE:
        offered = {_BY_DISCORD: words.plain(f"setting.{name}.unset")}
        offered |= {code: language_name(code) for code in languages()}
        return choice_part(_VALUE, label, offered, value=value or _BY_DISCORD, help_text=about)
    if control is Control.ROLE:
        role = guild.get_role(value or 0)
        default = [role] if role is not None else []
        menu = discord.ui.RoleSelect[Any](custom_id=_VALUE, min_values=0, required=False, default_values=default)
        return part(label, menu, about)
    types = _WITH_THREADS if control is Control.PLACE else _WITH_THREADS[:1]
    channel = guild.get_channel(value or 0)
    default = [channel] if channel is not None and channel.type in types else []
    return part(
        label,
        discord.ui.ChannelSelect[Any](
            custom_id=_VALUE, channel_types=list(types), min_values=0, required=False, default_values=default
        ),
        about,
    )


def _guild(interaction: Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise ServerOnly
    return interaction.guild
