"""Which server belongs to which shard, and which shards a process is to run."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# Whatever has no server belongs here (https://docs.discord.com/developers/events/gateway#sharding).
DIRECT_MESSAGES: Final = 0
_AUTO_SIZE: Final = 8
_NAMED: Final = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")
_AUTO: Final = re.compile(r"auto(?:\s*:\s*(\d{1,5}))?", re.IGNORECASE)


class AnyRange(NamedTuple):
    """Whichever range of so many shards nobody runs."""

    size: int

    def of(self, shard_count: int) -> Iterator[range]:
        """The ranges there are; the last may be shorter. Processes that take turns have to agree on the size."""
        for first in range(0, shard_count, self.size):
            yield range(first, min(first + self.size, shard_count))


ShardIds = range | AnyRange


def shard_of(guild_id: int | None, shard_count: int) -> int:
    """The shard on which Discord tells of the server; of direct messages for None."""
    return DIRECT_MESSAGES if guild_id is None else (guild_id >> 22) % shard_count


def parse_shard_ids(text: str) -> ShardIds:
    """Read `0-7`, `3`, `auto` or `auto:4`. Raises `ValueError` with what is wrong."""
    if (found := _AUTO.fullmatch(text.strip())) is not None:
        size = _AUTO_SIZE if found[1] is None else int(found[1])
        if size == 0:
            raise ValueError("auto:0 would run nothing")
        return AnyRange(size)
    if (found := _NAMED.fullmatch(text.strip())) is None:
        raise ValueError("write a range such as 0-7, or auto")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise ValueError(f"the range {first}-{last} ends before it begins")
    return range(first, last + 1)


def named(shard_ids: range) -> str:
    """A range as an operator writes it."""
    return str(shard_ids[0]) if len(shard_ids) == 1 else f"{shard_ids[0]}-{shard_ids[-1]}"
