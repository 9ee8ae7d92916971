"""A film's one thread in a server: found again, reopened, or made by exactly one of many presses."""

import asyncio
import functools
import secrets
from typing import Final

import discord

from bot.client import FilmBot
from bot.domain.errors import DiscussionHidden, MayNotWrite, ServerOnly
from bot.domain.films.films import Film
from bot.services.discussions import Discussions
from bot.ui.films.thread_making import ThreadMaker
from bot.ui.kit.actors import actor_of
from bot.ui.kit.attempts import attempt
from bot.ui.kit.permissions import (
    MissingPermissions,
    NoThreadsHere,
    Place,
    PlaceClosed,
    PlaceGone,
    for_discussions,
    require,
    require_voice,
)
from bot.ui.kit.refused_notice import tell_curator
from bot.ui.kit.replies import Interaction, defer, reply
from bot.ui.kit.text import Markup, words_for

# A claim lasts longer than all that may happen under it, so that it never runs out at work.
_LIMIT: Final = 40.0
_TO_GO_ON: Final = ("view_channel", "send_messages_in_threads")


async def discuss(interaction: Interaction, film: Film) -> None:
    """Bring the member into the film's thread, opening it if there is none."""
    thread, left_out = await film_thread(interaction, film)
    words = words_for(interaction.locale)
    mention = Markup(thread.mention)
    if thread.locked:
        await reply(interaction, words("thread.locked", thread=mention), private=True)
        return
    require(thread.parent_id, thread.permissions_for(thread.guild.me), _TO_GO_ON)
    writes = _may_write(thread, interaction.user)
    if thread.id == interaction.channel_id:
        await reply(interaction, words("thread.inside" if writes else "thread.inside_to_read"), private=True)
    else:
        ready = words("thread.ready" if writes else "thread.ready_to_read", thread=mention)
        await reply(interaction, ready, private=True)
    await _bring_in(thread, interaction)
    await tell_curator(interaction, left_out)


async def film_thread(interaction: Interaction, film: Film) -> tuple[discord.Thread, tuple[str, ...]]:
    """The film's thread, opened if there is none, and the addresses that Discord would not have in it.

    A private answer is announced before.
    """
    guild = interaction.guild
    if guild is None:
        raise ServerOnly
    require_voice(guild.me)
    await defer(interaction, private=True)
    known = _FilmThread(interaction.client, guild, film)
    async with asyncio.timeout(_LIMIT):
        thread = await known.found() or await _opened(interaction, known)
    _check_visible(thread, interaction.user)
    return thread, known.left_out


async def open_film_thread(client: FilmBot, film: Film, channel: Place) -> discord.Thread:
    """The film's thread, opened if there is none, without anybody who asks: where the server wants it, or else here.

    Raises what opening it raises for a member, and `DiscussionBusy`.
    """
    require_voice(channel.guild.me)
    known = _FilmThread(client, channel.guild, film)
    async with asyncio.timeout(_LIMIT):
        if (found := await known.found()) is not None:
            return found
        place = await known.place(channel)
        known.check(place)
        return await known.opened(place)


async def _opened(interaction: Interaction, known: "_FilmThread") -> discord.Thread:
    """The thread that a press opens. Raises `OpeningIsForCurators`."""
    interaction.client.services.guilds.require_opener(actor_of(interaction))
    place = await known.place(interaction.channel)
    known.check(place)
    member = interaction.user
    if isinstance(member, discord.Member) and not place.permissions_for(member).send_messages_in_threads:
        raise PlaceClosed(place.id) if known.has_place else MayNotWrite
    return await known.opened(place)


def check_may_write(thread: discord.Thread, member: discord.User | discord.Member) -> None:
    """Raise `MayNotWrite` where the member may only read, `MissingPermissions` where the bot may."""
    if not _may_write(thread, member):
        raise MayNotWrite
    require(thread.parent_id, thread.permissions_for(thread.guild.me), _TO_GO_ON)


def _check_visible(thread: discord.Thread, member: discord.User | discord.Member) -> None:
    """Raise `DiscussionHidden` where the link would lead nowhere."""
    seen = isinstance(member, discord.User) or thread.permissions_for(member).view_channel
    if not seen:
        raise DiscussionHidden


def _may_write(thread: discord.Thread, member: discord.User | discord.Member) -> bool:
    return isinstance(member, discord.User) or thread.permissions_for(member).send_messages_in_threads


async def _bring_in(thread: discord.Thread, interaction: Interaction) -> None:
    """Put the thread into the member's list. The link, which the member has by now, does without."""
    if thread.archived:  # whoever writes in it would open it as well
        await attempt(thread.edit(archived=False), f"thread {thread.id} open again")
    if thread.id != interaction.channel_id:
        await attempt(thread.add_user(interaction.user), f"a member in thread {thread.id}")


class _FilmThread:
    """The thread of one film in one server, to be found or opened."""

    def __init__(self, client: FilmBot, guild: discord.Guild, film: Film) -> None:
        self._guild = guild
        self._film = film
        self._discussions: Discussions = client.services.discussions
        self._settings = client.services.guilds.settings(guild.id)
        words = words_for(self._settings.language or guild.preferred_locale)
        self._maker = ThreadMaker(client, guild, film, words)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The addresses that Discord would not have in the opening messages."""
        return self._maker.left_out

    @property
    def has_place(self) -> bool:
        """Whether the server has chosen where discussions open."""
        return self._settings.discussion_place is not None

    async def found(self) -> discord.Thread | None:
        """The thread that there is."""
        return await self._discussions.known(self._guild.id, self._film.slug, self._look_up)

    async def opened(self, place: Place) -> discord.Thread:
        """A new thread. Raises `DiscussionBusy` where somebody else is at it for too long."""
        wanted = (self._guild.id, self._film.slug, secrets.token_hex(16))
        make = functools.partial(self._maker.thread, place)
        return await self._discussions.opened(wanted, self._look_up, make, discord.utils.utcnow)

    async def _look_up(self, thread_id: int) -> discord.Thread | None:
        if (cached := self._guild.get_thread(thread_id)) is not None:
            return cached
        try:
            found = await self._guild.fetch_channel(thread_id)
        except discord.NotFound:
            return None
        except discord.Forbidden:
            raise MissingPermissions(thread_id, ("view_channel",)) from None
        return found if isinstance(found, discord.Thread) else None

    async def place(self, channel: object) -> Place:
        """Where a new thread goes: where the server wants it, or else the given channel or the one of its thread."""
        if (wanted := self._settings.discussion_place) is not None:
            chosen = self._guild.get_channel(wanted)
            if isinstance(chosen, Place):
                return chosen
            raise PlaceGone(wanted)
        if isinstance(channel, discord.Thread):
            channel = channel.parent or await self._guild.fetch_channel(channel.parent_id)
        if isinstance(channel, Place):
            return channel
        raise NoThreadsHere(getattr(channel, "id", 0))

    def check(self, place: Place) -> None:
        """Raise `MissingPermissions` unless the bot may open a thread there."""
        own = place.permissions_for(self._guild.me)
        require(place.id, own, for_discussions(place))
