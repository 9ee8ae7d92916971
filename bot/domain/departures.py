"""How long a server's data outlives the bot's removal, and what confirms that it goes at once."""

import datetime
from collections.abc import Collection
from typing import Final, NamedTuple

from bot.domain.memberships import Memberships
from bot.domain.words import has_ink, one_line

KEPT_DAYS: Final = 30


class Missed(NamedTuple):
    """What happened while nobody was told: servers that have gone, and noted ones that are back."""

    gone: tuple[int, ...]
    back: tuple[int, ...]


def missed(kept: Collection[int], noted: Collection[int], present: Memberships) -> Missed:
    """What was missed, in order, given the servers with data and those whose departure is noted.

    Of a server whose shard is not listed nothing is known: it may be another process's.
    """
    gone = (guild_id for guild_id in kept if present.is_listed(guild_id) and guild_id not in present)
    back = (guild_id for guild_id in noted if guild_id in present)
    return Missed(tuple(sorted(set(gone).difference(noted))), tuple(sorted(back)))


def due_before(now: datetime.datetime) -> datetime.datetime:
    """Servers that the bot left by then are erased by now."""
    return now - datetime.timedelta(days=KEPT_DAYS)


def confirmation(guild_id: int, name: str) -> str:
    """What has to be typed to erase a server's data: its name, or its id where nobody can type the name."""
    line = one_line(name)
    return line if has_ink(line) else str(guild_id)


def confirms(typed: str, guild_id: int, name: str) -> bool:
    """Whether that was typed; case and spaces do not count."""
    wanted = confirmation(guild_id, name)
    return one_line(typed).casefold() == wanted.casefold()
