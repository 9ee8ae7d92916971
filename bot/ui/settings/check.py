"""A doctor for servers: what is switched on, what is missing, what does not work without it, and where to mend it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import discord

from bot.domain.errors import ServerOnly
from bot.domain.guilds.settings import GuildSettings
from bot.domain.spotlight.plans import Plan
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import RULE, Block, Fixed, Row, Section, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.permissions import FOR_SPOTLIGHT, Place, for_discussions
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, edit_or_reply, reply
from bot.ui.kit.text import Markup, Words, channel_mention, joined, words_for
from bot.ui.settings.setting_form import ChangeButton

_FOR_CURATORS: Final = ("view_channel", "send_messages", "read_message_history")
_FOR_TRAILERS: Final = "embed_links"


class Finding(NamedTuple):
    """What was found out about one thing that matters, and the setting that it hangs on."""

    heading: Markup
    faults: tuple[Markup, ...] = ()
    fine: tuple[Markup, ...] = ()
    setting: str | None = None
    missing: int = 0


class CheckButton(PersistentButton, template="settings:check"):
    """Looks again, in place."""

    def __init__(self, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id="settings:check"))

    async def press(self, interaction: Interaction) -> None:
        await edit_or_reply(interaction, None, view=await _report(interaction))


async def check(interaction: Interaction) -> None:
    """Tell a manager what works here and what does not. Raises `ManagersOnly`."""
    await reply(interaction, view=await _report(interaction), private=True)


def missing_for(name: str, interaction: Interaction, guild: discord.Guild, words: Words) -> tuple[Markup, ...]:
    """What the channel that the server has chosen for this lacks; nothing for a setting that is no channel."""
    if getattr(interaction.client.services.guilds.settings(guild.id), name) is None or name not in _CHANNELS:
        return ()
    return _CHANNELS[name](_Doctor(interaction, guild, words)).faults


def report(findings: Iterable[Finding], words: Words) -> Layout:
    """What does not work, with where to mend it, and below it what does."""
    found = list(findings)
    missing = sum(finding.missing for finding in found)
    said = words.count("check.faults", missing) if missing else words("check.healthy")
    return Layout(
        [
            Text(Fixed(words("check.title")), Fixed(said)),
            RULE,
            *_group("check.faulty", [_block(each, each.faults, words) for each in found if each.faults], words),
            RULE,
            *_group("check.works", [_block(each, each.fine, words) for each in found if each.fine], words),
            RULE,
            Row(CheckButton(words.plain("check.again"))),
        ]
    )


def permission_lines(
    own: discord.Permissions, needed: Iterable[str], role: Markup, words: Words
) -> tuple[tuple[Markup, ...], tuple[Markup, ...], int]:
    """What is missing and where to mend it; what is there; how many are missing.

    What a hidden channel lacks besides cannot be known.
    """
    names = tuple(needed)
    if "view_channel" in names and not own.view_channel:
        names = ("view_channel",)
    missing = [name for name in names if not getattr(own, name)]
    faults = [
        words("check.lacks", permission=words(f"permission.{name}"), without=words(f"check.without.{name}"))
        for name in missing
    ]
    if missing:
        faults.append(words("check.switch_on", role=role))
    there = [words(f"permission.{name}") for name in names if name not in missing]
    fine = (words("check.has", permissions=joined(there, ", ", 400)),) if there else ()
    return tuple(faults), fine, len(missing)


def _group(heading: str, blocks: Sequence[Block], words: Words) -> tuple[Block, ...]:
    return (Text(Fixed(words(heading))), *blocks) if blocks else ()


def _block(finding: Finding, said: tuple[Markup, ...], words: Words) -> Block:
    """The finding with the button that changes what it hangs on; with its faults only, where it has any."""
    lines = tuple(Fixed(line) for line in (finding.heading, *said))
    if finding.setting is None or (finding.faults and said is not finding.faults):
        return Text(*lines)
    return Section(lines, ChangeButton(finding.setting, words.plain("settings.change")))


async def _report(interaction: Interaction) -> Layout:
    if interaction.guild is None:
        raise ServerOnly
    interaction.client.services.guilds.require_manager(actor_of(interaction))
    words = words_for(interaction.locale)
    plan = await interaction.client.services.spotlight.plan(interaction.guild.id)
    doctor = _Doctor(interaction, interaction.guild, words)
    return report([*doctor.findings(), *doctor.spotlight(plan)], words)


class _Doctor:
    """One look at a server, from the channel in which it was asked for."""

    def __init__(self, interaction: Interaction, guild: discord.Guild, words: Words) -> None:
        self._interaction = interaction
        self._guild = guild
        self._words = words
        self._settings: GuildSettings = interaction.client.services.guilds.settings(guild.id)
        self._panel = Markup(interaction.client.tree.mention("settings show"))
        own = guild.self_role
        self._role = Markup(guild.me.mention if own is None else own.mention)

    def findings(self) -> list[Finding]:
        found = [self.discussions(), self.curators_channel(), self._curators()]
        until = self._guild.me.timed_out_until
        if until is not None and self._guild.me.is_timed_out():
            line = self._words("check.timed_out", until=Markup(discord.utils.format_dt(until)))
            found.insert(0, Finding(self._heading("check.time_out"), (line,), missing=1))
        if self._settings.discussion_place not in (None, self._interaction.channel_id):
            found.insert(0, self._answers())
        return found

    def _answers(self) -> Finding:
        channel = channel_mention(self._interaction.channel_id, self._words)
        return self._permissions("check.here", channel, self._interaction.app_permissions, (_FOR_TRAILERS,), None)

    def discussions(self) -> Finding:
        chosen, setting = self._settings.discussion_place, "discussion_place"
        place = self._here() if chosen is None else self._guild.get_channel(chosen)
        if not isinstance(place, Place):
            key = "check.no_threads_here" if chosen is None else "check.gone_channel"
            return self._fault("check.discussions", key, setting)
        own = place.permissions_for(self._guild.me)
        needed = [*for_discussions(place)]
        if own.send_messages:  # without it, discord.py takes Embed Links away too, whatever the channel says of it
            needed.append(_FOR_TRAILERS)
        found = self._permissions("check.discussions", Markup(place.mention), own, needed, setting)
        if isinstance(place, discord.ForumChannel) and _wants_a_tag_that_is_not_there(place):
            faults = (*found.faults, self._words("check.forum_needs_tag"))
            found = found._replace(faults=faults, missing=found.missing + 1)
        if chosen is None:
            found = found._replace(fine=(*found.fine, self._words("check.wherever_asked", panel=self._panel)))
        return found

    def curators_channel(self) -> Finding:
        chosen, setting = self._settings.curators_channel, "curators_channel"
        if chosen is None:
            line = self._words("check.none_chosen", panel=self._panel)
            return Finding(self._heading("check.curators_channel"), fine=(line,), setting=setting)
        channel = self._guild.get_channel(chosen)
        if channel is None:
            return self._fault("check.curators_channel", "check.gone_channel", setting)
        own = channel.permissions_for(self._guild.me)
        return self._permissions("check.curators_channel", Markup(channel.mention), own, _FOR_CURATORS, setting)

    def _curators(self) -> Finding:
        chosen, setting = self._settings.curator_role, "curator_role"
        heading = self._heading("check.curators")
        if chosen is None:
            return Finding(heading, fine=(self._words("check.no_role", panel=self._panel),), setting=setting)
        role = self._guild.get_role(chosen)
        if role is None:
            return self._fault("check.curators", "check.gone_role", setting)
        mention = Markup(role.mention)
        lines = (self._words("check.has_role", role=mention), self._words("check.integrations", role=mention))
        return Finding(heading, fine=lines, setting=setting)

    def spotlight(self, plan: Plan) -> list[Finding]:
        """What the film of the week lacks, where it is on."""
        if not plan.is_on or plan.channel_id is None:
            return []
        channel = self._guild.get_channel(plan.channel_id)
        if channel is None:
            weekly = Markup(self._interaction.client.tree.mention("club weekly"))
            line = self._words("check.gone_spotlight", weekly=weekly)
            return [Finding(self._heading("check.spotlight"), (line,), missing=1)]
        own, needed = channel.permissions_for(self._guild.me), (*FOR_SPOTLIGHT, _FOR_TRAILERS)
        return [self._permissions("check.spotlight", Markup(channel.mention), own, needed, None)]

    def _here(self) -> discord.abc.GuildChannel | None:
        """The channel in which it was asked, or the one that its thread hangs in."""
        channel = self._interaction.channel
        if isinstance(channel, discord.Thread):
            return channel.parent
        return channel if isinstance(channel, Place) else None

    def _heading(self, key: str, channel: Markup | None = None) -> Markup:
        if channel is None:
            return self._words("check.heading", heading=self._words(key))
        return self._words("check.heading_in", heading=self._words(key), channel=channel)

    def _permissions(
        self, key: str, channel: Markup, own: discord.Permissions, needed: Iterable[str], setting: str | None
    ) -> Finding:
        faults, fine, missing = permission_lines(own, needed, self._role, self._words)
        return Finding(self._heading(key, channel), faults, fine, setting, missing)

    def _fault(self, heading: str, key: str, setting: str) -> Finding:
        return Finding(self._heading(heading), (self._words(key, panel=self._panel),), (), setting, 1)


# What a server chooses a channel for.
_CHANNELS: Final[Mapping[str, Callable[[_Doctor], Finding]]] = {
    "discussion_place": _Doctor.discussions,
    "curators_channel": _Doctor.curators_channel,
}


def _wants_a_tag_that_is_not_there(forum: discord.ForumChannel) -> bool:
    return forum.flags.require_tag and all(tag.moderated for tag in forum.available_tags)
