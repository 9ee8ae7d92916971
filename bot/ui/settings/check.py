"""A doctor for servers: what is switched on, what is missing, what does not work without it, and where to mend it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

import discord

from bot.domain.errors import ServerOnly
from bot.domain.guilds.settings import GuildSettings
from bot.ui.films.card import ACCENT
from bot.ui.kit.actors import actor_of
from bot.ui.kit.permissions import Place, for_discussions
from bot.ui.kit.replies import Interaction, reply
from bot.ui.kit.text import Markup, Words, channel_mention, words_for

_FOR_CURATORS: Final = ("view_channel", "send_messages", "embed_links", "read_message_history")
_FOR_ANSWERS: Final = ("embed_links",)


class Finding(NamedTuple):
    """What was found out about one thing that matters."""

    heading: str
    lines: tuple[Markup, ...]
    faults: int = 0


async def check(interaction: Interaction) -> None:
    """Tell a manager what works here and what does not. Raises `ManagersOnly`."""
    guild = interaction.guild
    if guild is None:
        raise ServerOnly
    interaction.client.services.guilds.require_manager(actor_of(interaction))
    words = words_for(interaction.locale)
    doctor = _Doctor(interaction, guild, words)
    await reply(interaction, embed=report(doctor.findings(), words), private=True)


def missing_for(name: str, interaction: Interaction, guild: discord.Guild, words: Words) -> tuple[Markup, ...]:
    """What the channel that the server has chosen for this lacks; nothing for a setting that is no channel."""
    doctor = _Doctor(interaction, guild, words, only_missing=True)
    if getattr(interaction.client.services.guilds.settings(guild.id), name) is None or name not in _CHANNELS:
        return ()
    finding = _CHANNELS[name](doctor)
    return finding.lines if finding.faults else ()


def report(findings: Iterable[Finding], words: Words) -> discord.Embed:
    """The findings, one below the other."""
    found = list(findings)
    faults = sum(finding.faults for finding in found)
    said = words.count("check.faults", faults) if faults else words("check.healthy")
    embed = discord.Embed(title=words("check.title"), description=said, colour=ACCENT)
    for finding in found:
        embed.add_field(name=words.plain(finding.heading), value="\n".join(finding.lines), inline=False)
    return embed


def permission_lines(
    channel: Markup,
    own: discord.Permissions,
    needed: Iterable[str],
    role: Markup,
    words: Words,
    *,
    only_missing: bool = False,
) -> tuple[tuple[Markup, ...], int]:
    """A line for each permission, and how many are missing; what a hidden channel lacks besides cannot be known."""
    names = tuple(needed)
    if "view_channel" in names and not own.view_channel:
        names = ("view_channel",)
    lines = [channel]
    missing = 0
    for name in names:
        permission = words.plain(f"permission.{name}")
        if getattr(own, name) and not only_missing:
            lines.append(words("check.has", permission=permission))
        elif not getattr(own, name):
            missing += 1
            lines.append(words("check.lacks", permission=permission, without=words(f"check.without.{name}")))
    if missing:
        lines.append(words("check.switch_on", role=role))
    return tuple(lines), missing


class _Doctor:
    """One look at a server, from the channel in which it was asked for."""

    def __init__(
        self, interaction: Interaction, guild: discord.Guild, words: Words, *, only_missing: bool = False
    ) -> None:
        self._interaction = interaction
        self._only_missing = only_missing
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
            found.insert(0, Finding("check.time_out", (line,), 1))
        if self._settings.discussion_place not in (None, self._interaction.channel_id):
            found.insert(0, self._answers())
        return found

    def _answers(self) -> Finding:
        channel, own = channel_mention(self._interaction.channel_id, self._words), self._interaction.app_permissions
        lines, missing = self._permissions(channel, own, _FOR_ANSWERS)
        return Finding("check.here", lines, missing)

    def _permissions(
        self, channel: Markup, own: discord.Permissions, needed: Iterable[str]
    ) -> tuple[tuple[Markup, ...], int]:
        return permission_lines(channel, own, needed, self._role, self._words, only_missing=self._only_missing)

    def discussions(self) -> Finding:
        chosen = self._settings.discussion_place
        place = self._here() if chosen is None else self._guild.get_channel(chosen)
        if not isinstance(place, Place):
            if chosen is not None:
                return self._gone("check.discussions", "check.gone_channel")
            line = self._words("check.no_threads_here", panel=self._panel)
            return Finding("check.discussions", (line,), 1)
        own = place.permissions_for(self._guild.me)
        channel = Markup(place.mention)
        lines, missing = self._permissions(channel, own, for_discussions(place))
        if isinstance(place, discord.ForumChannel) and _wants_a_tag_that_is_not_there(place):
            lines, missing = (*lines, self._words("check.forum_needs_tag")), missing + 1
        if chosen is None:
            lines = (*lines, self._words("check.wherever_asked", panel=self._panel))
        return Finding("check.discussions", lines, missing)

    def curators_channel(self) -> Finding:
        chosen = self._settings.curators_channel
        if chosen is None:
            line = self._words("check.none_chosen", panel=self._panel)
            return Finding("check.curators_channel", (line,))
        channel = self._guild.get_channel(chosen)
        if channel is None:
            return self._gone("check.curators_channel", "check.gone_channel")
        own = channel.permissions_for(self._guild.me)
        # Without Send Messages, discord.py takes Embed Links away too, whatever the channel says of it.
        needed = (name for name in _FOR_CURATORS if own.send_messages or name != "embed_links")
        lines, missing = self._permissions(Markup(channel.mention), own, needed)
        return Finding("check.curators_channel", lines, missing)

    def _curators(self) -> Finding:
        chosen = self._settings.curator_role
        if chosen is None:
            return Finding("check.curators", (self._words("check.no_role", panel=self._panel),))
        role = self._guild.get_role(chosen)
        if role is None:
            return self._gone("check.curators", "check.gone_role")
        mention = Markup(role.mention)
        lines = (self._words("check.has_role", role=mention), self._words("check.integrations", role=mention))
        return Finding("check.curators", lines)

    def _here(self) -> discord.abc.GuildChannel | None:
        """The channel in which it was asked, or the one that its thread hangs in."""
        channel = self._interaction.channel
        if isinstance(channel, discord.Thread):
            return channel.parent
        return channel if isinstance(channel, Place) else None

    def _gone(self, heading: str, key: str) -> Finding:
        return Finding(heading, (self._words(key, panel=self._panel),), 1)


# What a server chooses a channel for.
_CHANNELS: Final[Mapping[str, Callable[[_Doctor], Finding]]] = {
    "discussion_place": _Doctor.discussions,
    "curators_channel": _Doctor.curators_channel,
}


def _wants_a_tag_that_is_not_there(forum: discord.ForumChannel) -> bool:
    return forum.flags.require_tag and all(tag.moderated for tag in forum.available_tags)
