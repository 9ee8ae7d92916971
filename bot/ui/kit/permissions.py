"""Which permissions an act needs, asked before the act is tried."""

import datetime
from collections.abc import Iterable
from typing import Final

import discord

from bot.domain.errors import FrontRowError

# Where discussions can be opened.
Place = discord.TextChannel | discord.ForumChannel
FOR_SPOTLIGHT: Final = ("view_channel", "send_messages", "read_message_history")
_FOR_THREADS: Final = ("view_channel", "read_message_history", "send_messages_in_threads")


class MissingPermissions(FrontRowError):
    """The bot may not do that in the channel; `names` are discord.py's names of what is missing."""

    key = "error.missing_permissions"

    def __init__(self, channel_id: int, names: tuple[str, ...]) -> None:
        super().__init__()
        self.channel_id = channel_id
        self.names = names


class NoThreadsHere(FrontRowError):
    """A channel of this kind has no threads."""

    key = "error.no_threads_here"

    def __init__(self, channel_id: int) -> None:
        super().__init__()
        self.channel_id = channel_id


class ForumNeedsTag(FrontRowError):
    """The forum wants a tag on each post and has none that the bot may use."""

    key = "error.forum_needs_tag"

    def __init__(self, channel_id: int) -> None:
        super().__init__()
        self.channel_id = channel_id


class PlaceGone(FrontRowError):
    """The channel that the server has chosen for discussions is not there any more."""

    key = "error.place_gone"

    def __init__(self, channel_id: int) -> None:
        super().__init__()
        self.channel_id = channel_id


class PlaceClosed(FrontRowError):
    """The member may not write in threads of the channel that the server has chosen for discussions."""

    key = "error.place_closed"

    def __init__(self, channel_id: int) -> None:
        super().__init__()
        self.channel_id = channel_id


class TimedOutHere(FrontRowError):
    """A moderator has put the bot into time-out: until then it may only look and read."""

    key = "error.timed_out_here"

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__()
        self.until = until


def require_voice(own: discord.Member) -> None:
    """Raise `TimedOutHere` while the bot is in time-out, which its permissions show only as many missing ones."""
    if own.timed_out_until is not None and own.is_timed_out():
        raise TimedOutHere(own.timed_out_until)


def for_discussions(place: Place) -> tuple[str, ...]:
    """What the bot needs where discussions are opened; Embed Links only makes a player of the trailer's link."""
    return (*_FOR_THREADS, "send_messages" if isinstance(place, discord.ForumChannel) else "create_public_threads")


def require(channel_id: int, have: discord.Permissions, names: Iterable[str]) -> None:
    """Raise `MissingPermissions` unless the bot has all of these in the channel."""
    missing = tuple(name for name in names if not getattr(have, name))
    if missing:
        raise MissingPermissions(channel_id, missing)
