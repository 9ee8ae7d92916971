"""Which servers the bot is in, as Discord tells it: a list for each shard, and who came and went since."""

from collections.abc import Iterable
from typing import Final

from bot.domain.errors import FrontRowError
from bot.domain.guilds.shards import shard_of

# What cannot be answered without the server itself, its channels and its roles: commands by their first word,
# controls and forms by the first or the first two parts of their custom ids.
NEEDS_SERVER: Final = frozenset(
    {
        "discuss",
        "suggest",
        "curate",
        "club",
        "spotlight",
        "settings",
        "draft",
        "import",
        "change",
        "lookup",
        "film:discuss",
        "film:edit",
        "film:keep",
        "film:remove",
    }
)


class ServerUnknownYet(FrontRowError):
    """Discord has not sent yet what there is to know of the server: the bot has just started, or there is an outage."""

    key = "error.server_unknown_yet"


class NotAMember(FrontRowError):
    """The server has the commands without the bot; `link` is the address at which an admin adds it."""

    key = "error.not_a_member"

    def __init__(self, link: str) -> None:
        super().__init__()
        self.link = link


def needs_server(name: str) -> bool:
    """Whether a command of that name, or a control or form of that custom id, needs the server."""
    noun, _, rest = name.partition(":")
    return noun in NEEDS_SERVER or f"{noun}:{rest.partition(':')[0]}" in NEEDS_SERVER


class Memberships:
    """The servers of the shards that this process runs.

    A server belongs to the shard that its id says
    (https://docs.discord.com/developers/events/gateway#sharding-sharding-formula).
    """

    def __init__(self) -> None:
        self._of_shard: dict[int, set[int]] = {}
        self._shard_count = 1

    def list_shard(self, shard_id: int, shard_count: int, guild_ids: Iterable[int]) -> None:
        """Discord has begun a session of the shard, and named all servers of it that the bot is in."""
        self._shard_count = shard_count
        self._of_shard[shard_id] = set(guild_ids)

    def join(self, guild_id: int) -> bool:
        """Discord has sent the server; whether the bot was not in it before."""
        if not self.is_listed(guild_id) or guild_id in self:
            return False
        self._of_shard[self._shard_of(guild_id)].add(guild_id)
        return True

    def leave(self, guild_id: int) -> None:
        """The bot is not in the server any more."""
        self._of_shard.get(self._shard_of(guild_id), set()).discard(guild_id)

    def is_listed(self, guild_id: int) -> bool:
        """Whether the server's shard runs here and has been listed, so that it can be told who is not in it."""
        return self._shard_of(guild_id) in self._of_shard

    def __contains__(self, guild_id: int) -> bool:
        return guild_id in self._of_shard.get(self._shard_of(guild_id), ())

    def __len__(self) -> int:
        return sum(map(len, self._of_shard.values()))

    def _shard_of(self, guild_id: int) -> int:
        return shard_of(guild_id, self._shard_count)
