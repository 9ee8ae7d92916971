"""What a server has set for itself: a panel of every setting, by what belongs together, each with its *Change*."""

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.guilds.settings import SETTINGS, Control, GuildSettings, value_of
from bot.domain.guilds.time_zones import local_time
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import RULE, Block, Fixed, Row, Section, Text, rows
from bot.ui.kit.forms import Form
from bot.ui.kit.layout import Layout, in_pages
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, words_for
from bot.ui.settings.check import missing_for
from bot.ui.settings.labels import value_words
from bot.ui.settings.setting_form import BY_DISCORD, VALUE, ChangeButton, guild_of

_CURATORS: Final = "curator_role"
# What belongs together, in the order in which it is shown; headings are `setting_group.NAME`.
GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "discussions": ("discussion_place", "who_opens", "archive_after"),
    "curators": ("curator_role", "curators_channel"),
    "shown": ("trailer", "language", "time_zone"),
}


class SettingForm(Form):
    """Sets what was chosen, and shows the panel anew."""

    template = r"settings:set:(?P<name>[a-z_]{1,60})"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        name, actor = ids["name"], actor_of(interaction)
        interaction.client.services.guilds.require_manager(actor)
        chosen = typed.get(VALUE, "")
        value = value_of(name, "" if chosen == BY_DISCORD else chosen)
        if name == _CURATORS and value == actor.guild_id:  # Discord gives the role of everybody the server's id
            words = words_for(interaction.locale)
            asked = (Text(Fixed(words("settings.everyone"))), Row(EveryoneButton(words.plain("settings.everyone_yes"))))
            await edit_or_reply(interaction, None, view=_panel(interaction, words, asked, about=name))
            return
        await _set(interaction, name, value)


class EveryoneButton(PersistentButton, template="settings:everyone"):
    """Lets everybody on the server curate, after all."""

    def __init__(self, label: str = "-") -> None:
        style = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=label, custom_id="settings:everyone", style=style))

    async def press(self, interaction: Interaction) -> None:
        await _set(interaction, _CURATORS, guild_of(interaction).id)


class GroupButton(PersistentButton, template=r"settings:group:(?P<group>[a-z_]{1,60})"):
    """Turns to the page of the panel that has a group of settings."""

    def __init__(self, group: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"settings:group:{group}"))
        self.group = group

    async def press(self, interaction: Interaction) -> None:
        interaction.client.services.guilds.require_manager(actor_of(interaction))
        [first, *_] = GROUPS.get(self.group, SETTINGS)
        view = _panel(interaction, words_for(interaction.locale), about=first)
        await edit_or_reply(interaction, None, view=view)


CONTROLS: Final = (EveryoneButton, GroupButton)


async def show_panel(interaction: Interaction) -> None:
    """Every setting, what it is for, and what changes it. Raises `ManagersOnly`."""
    interaction.client.services.guilds.require_manager(actor_of(interaction))
    await reply(interaction, view=_panel(interaction, words_for(interaction.locale)), private=True)


async def _set(interaction: Interaction, name: str, value: object) -> None:
    """Save the value and show the panel, with what the chosen channel lacks for it. Raises `ManagersOnly`."""
    actor, guilds, guild = actor_of(interaction), interaction.client.services.guilds, guild_of(interaction)
    await claim(interaction, in_place=True)
    await run_or_defer(interaction, guilds.change(actor, {name: value}, discord.utils.utcnow()), private=True)
    words = words_for(interaction.locale)
    shown = shown_value(name, guilds.settings(actor.guild_id), guild, words)
    said = [words("settings.saved", setting=words(f"setting.{name}.label"), value=shown)]
    if missing := missing_for(name, interaction, guild, words):
        said += [words("settings.does_not_work"), *missing]
    news = Text(*(Fixed(line) for line in said))
    await edit_or_reply(interaction, None, view=_panel(interaction, words, (news,), about=name))


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


def _panel(interaction: Interaction, words: Words, news: Sequence[Block] = (), *, about: str = "") -> Layout:
    settings, guild = interaction.client.services.guilds.settings(interaction.guild_id), guild_of(interaction)
    commands = {name: Markup(interaction.client.tree.mention(f"settings {name}")) for name in ("check", "erase")}
    head = (Text(Fixed(words("settings.title")), Fixed(words("settings.intro", **commands))), *news)
    return panel_layout(head, {name: shown_value(name, settings, guild, words) for name in SETTINGS}, words, about)


def panel_layout(head: Sequence[Block], values: Mapping[str, Markup], words: Words, about: str) -> Layout:
    """The panel with what each setting stands at: the page on which `about` is, where it takes several."""
    turns = [GroupButton(group, words.plain(f"setting_group.{group}")) for group in GROUPS]
    frame = (*head, RULE, *rows(*turns))
    pages = in_pages({group: _group(group, values, words) for group in GROUPS}, frame)
    page = next((page for page in pages if any(about in GROUPS[group] for group in page)), pages[0])
    others = rows(*(turn for turn in turns if turn.group not in page))
    return Layout([*head, *(block for blocks in page.values() for block in blocks), RULE, *others])


def _group(group: str, values: Mapping[str, Markup], words: Words) -> list[Block]:
    title = Text(Fixed(words("settings.group", name=words(f"setting_group.{group}"))))
    return [RULE, title, *(_setting(name, values[name], words) for name in GROUPS[group])]


def _setting(name: str, value: Markup, words: Words) -> Section:
    label, about = words(f"setting.{name}.label"), words(f"setting.{name}.help")
    lines = Fixed(words("settings.value", label=label, value=value)), Fixed(words("settings.help", help=about))
    return Section(lines, ChangeButton(name, words.plain("settings.change")))
