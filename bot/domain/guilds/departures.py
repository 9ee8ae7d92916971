"""How long a server's data outlives the bot's removal, and what confirms that it goes at once."""

import datetime
import re
import unicodedata
from collections.abc import Collection
from typing import Final, NamedTuple

from bot.domain.guilds.memberships import Memberships
from bot.domain.text.normalize import has_ink, one_line

KEPT_DAYS: Final = 30
# Keyboards put typographic signs in place of what is typed, and two of one for the other.
_QUOTES: Final = re.compile("[\"'`´‘’‚‛“”„‟′″‹›«»「」『』＂＇]+")
_DASHES: Final = re.compile("[-‐‑‒–—―−]+")  # they are meant
_UNTYPED: Final = re.compile("[\\s\ufe0e\ufe0f]+")  # spaces, and which form of an emoji is meant


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
    """Whether that was typed; case, spaces and what a keyboard makes of quotes and dashes do not count."""
    return _plainly(typed) == _plainly(confirmation(guild_id, name))


def _plainly(text: str) -> str:
    line = unicodedata.normalize("NFKC", one_line(text)).casefold()
    return _UNTYPED.sub("", _DASHES.sub("-", _QUOTES.sub("'", line)))
