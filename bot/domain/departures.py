"""How long a server's data outlives the bot's removal, and what confirms that it goes at once."""

import datetime
from typing import Final

from bot.domain.words import has_ink, one_line

KEPT_DAYS: Final = 30


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
