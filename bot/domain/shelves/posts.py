"""Where reviews are posted, and posts that are to go."""

from typing import NamedTuple


class Post(NamedTuple):
    """A message of ours."""

    guild_id: int
    channel_id: int
    message_id: int


class Removal(NamedTuple):
    """A post that is to go, and how often that has been tried."""

    post: Post
    tries: int
