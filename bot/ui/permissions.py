"""Which permissions an act needs, asked before the act is tried."""

from collections.abc import Iterable

import discord

from bot.domain.errors import FrontRowError


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


def require(channel_id: int, have: discord.Permissions, names: Iterable[str]) -> None:
    """Raise `MissingPermissions` unless the bot has all of these in the channel."""
    missing = tuple(name for name in names if not getattr(have, name))
    if missing:
        raise MissingPermissions(channel_id, missing)
