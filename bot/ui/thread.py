"""A film's one thread in a server: found again, reopened, or made by exactly one of many presses."""

import asyncio
import logging
import secrets
from typing import Final

import discord

from bot.domain.discussions import Claim
from bot.domain.errors import DiscussionBusy, DiscussionHidden, MayNotWrite, ServerOnly
from bot.domain.films import Film
from bot.domain.words import fold
from bot.services.discussions import Discussions
from bot.ui.actors import actor_of
from bot.ui.opening import is_about_another, opening_messages, thread_name
from bot.ui.permissions import (
    ForumNeedsTag,
    MissingPermissions,
    NoThreadsHere,
    Place,
    PlaceClosed,
    PlaceGone,
    for_discussions,
    require,
)
from bot.ui.replies import Interaction, defer, reply
from bot.ui.text import Markup, words_for

log = logging.getLogger(__name__)

# A claim lasts longer than all that may happen under it, so that it never runs out at work.
_LIMIT: Final = 40.0
_WAIT: Final = 0.4
_WAITS: Final = 40
_TAGS_PER_POST: Final = 5
_TO_GO_ON: Final = ("view_channel", "send_messages_in_threads")


async def discuss(interaction: Interaction, film: Film) -> None:
    """Bring the member into the film's thread, opening it if there is none."""
    guild = interaction.guild
    if guild is None:
        raise ServerOnly
    await defer(interaction, private=True)
    words = words_for(interaction.locale)
    async with asyncio.timeout(_LIMIT):
        thread = await _Opener(interaction, guild, film).thread()
        _check_visible(thread, interaction.user)
        mention = Markup(thread.mention)
        if thread.locked:
            await reply(interaction, words("thread.locked", thread=mention), private=True)
            return
        require(thread.parent_id, thread.permissions_for(guild.me), _TO_GO_ON)
        if thread.archived:
            await thread.edit(archived=False)
        writes = _may_write(thread, interaction.user)
        if thread.id == interaction.channel_id:
            await reply(interaction, words("thread.inside" if writes else "thread.inside_to_read"), private=True)
            return
        await _invite(thread, interaction.user)
        ready = words("thread.ready" if writes else "thread.ready_to_read", thread=mention)
        await reply(interaction, ready, private=True)


def _check_visible(thread: discord.Thread, member: discord.User | discord.Member) -> None:
    """Raise `DiscussionHidden` where the link would lead nowhere."""
    seen = isinstance(member, discord.User) or thread.permissions_for(member).view_channel
    if not seen:
        raise DiscussionHidden


def _may_write(thread: discord.Thread, member: discord.User | discord.Member) -> bool:
    return isinstance(member, discord.User) or thread.permissions_for(member).send_messages_in_threads


async def _invite(thread: discord.Thread, member: discord.abc.Snowflake) -> None:
    """Put the thread into the member's list. The link does without, for example where the thread is full."""
    try:
        await thread.add_user(member)
    except discord.HTTPException as error:
        log.info("could not add a member to thread %d (%s)", thread.id, error)


class _Opener:
    """One press that wants the film's thread."""

    def __init__(self, interaction: Interaction, guild: discord.Guild, film: Film) -> None:
        self._interaction = interaction
        self._guild = guild
        self._film = film
        services = interaction.client.services
        self._discussions: Discussions = services.discussions
        self._guilds = services.guilds
        self._settings = services.guilds.settings(guild.id)
        self._words = words_for(self._settings.language or guild.preferred_locale)

    async def thread(self) -> discord.Thread:
        """The thread, found or made.

        Raises `OpeningIsForCurators`, or `DiscussionBusy` where another press is at it for too long.
        """
        if (found := await self._known()) is not None:
            return found
        self._guilds.require_opener(actor_of(self._interaction))
        place = await self._place()
        self._check(place)
        token = secrets.token_hex(16)
        for _ in range(_WAITS):
            now = discord.utils.utcnow()
            claim = await self._discussions.claim(self._guild.id, self._film.slug, token, now)
            if claim is not None:
                return await self._under(claim, place)
            await asyncio.sleep(_WAIT)
            if (found := await self._known()) is not None:
                return found
        raise DiscussionBusy

    async def _known(self) -> discord.Thread | None:
        record = await self._discussions.find(self._guild.id, self._film.slug)
        if record is None:
            return None
        if (cached := self._guild.get_thread(record.thread_id)) is not None:
            return cached
        try:
            found = await self._guild.fetch_channel(record.thread_id)
        except discord.NotFound:
            found = None
        except discord.Forbidden:
            raise MissingPermissions(record.thread_id, ("view_channel",)) from None
        if isinstance(found, discord.Thread):
            return found
        await self._discussions.forget(record)
        return None

    async def _under(self, claim: Claim, place: Place) -> discord.Thread:
        """Make the thread while nobody else may; on failure let the next press try at once."""
        try:
            thread, sent = await self._left_behind(place) or await self._made(place)
            await self._furnish(thread, sent)
            recorded = await self._discussions.record(claim, thread.id)
        except BaseException:
            await asyncio.shield(self._discussions.release(claim))
            raise
        # Where the claim was taken over, the other press's thread is the film's.
        return thread if recorded else await self._known() or thread

    async def _left_behind(self, place: Place) -> tuple[discord.Thread, int] | None:
        """A thread that was made and never put on record, and how many opening messages it has."""
        own, name = self._guild.me.id, thread_name(self._film)
        taken = await self._discussions.on_record(self._guild.id)
        candidates = [*place.threads, *[thread async for thread in place.archived_threads(limit=100)]]
        for thread in candidates:
            if thread.owner_id == own and thread.name == name and thread.id not in taken:
                first = [message async for message in thread.history(limit=5, oldest_first=True)]
                sent = [m for m in first if m.author.id == own and m.type is discord.MessageType.default]
                if not is_about_another(sent, self._film):
                    return thread, len(sent)
        return None

    async def _made(self, place: Place) -> tuple[discord.Thread, int]:
        name, quiet = thread_name(self._film), self._settings.archive_after
        if isinstance(place, discord.ForumChannel):
            first, tags = opening_messages(self._film, self._words)[0], _tags(place, self._film)
            made = await place.create_thread(name=name, applied_tags=tags, auto_archive_duration=quiet, **first)
            return made.thread, 1
        kind = discord.ChannelType.news_thread if place.is_news() else discord.ChannelType.public_thread
        return await place.create_thread(name=name, type=kind, auto_archive_duration=quiet), 0

    async def _furnish(self, thread: discord.Thread, sent: int) -> None:
        messages = opening_messages(self._film, self._words)
        if thread.archived and sent < len(messages):
            await thread.edit(archived=False)
        for number, message in enumerate(messages[sent:], start=sent):
            # The nonce keeps a request that Discord carried out but never answered from doubling.
            await thread.send(nonce=f"{thread.id}-{number}", **message)

    async def _place(self) -> Place:
        """Where a new thread goes: where the server wants it, or else the channel of the press or of its thread."""
        if (wanted := self._settings.discussion_place) is not None:
            chosen = self._guild.get_channel(wanted)
            if isinstance(chosen, Place):
                return chosen
            raise PlaceGone(wanted)
        channel = self._interaction.channel
        if isinstance(channel, discord.Thread):
            channel = channel.parent or await self._guild.fetch_channel(channel.parent_id)
        if isinstance(channel, Place):
            return channel
        raise NoThreadsHere(self._interaction.channel_id or 0)

    def _check(self, place: Place) -> None:
        own = place.permissions_for(self._guild.me)
        require(place.id, own, for_discussions(place, own))
        member = self._interaction.user
        if isinstance(member, discord.Member) and not place.permissions_for(member).send_messages_in_threads:
            raise MayNotWrite if self._settings.discussion_place is None else PlaceClosed(place.id)


def _tags(forum: discord.ForumChannel, film: Film) -> list[discord.ForumTag]:
    """The forum's tags that name a theme, a genre or the kind; any tag at all where one is demanded."""
    about = {fold(tag) for tag in (*film.themes, *film.genres, film.kind.value)}
    usable = [tag for tag in forum.available_tags if not tag.moderated]
    fitting = [tag for tag in usable if fold(tag.name) in about][:_TAGS_PER_POST]
    if fitting or not forum.flags.require_tag:
        return fitting
    if not usable:
        raise ForumNeedsTag(forum.id)
    return usable[:1]
