"""One lasting thread for each film in each server: what is known of it, and who may open it."""

import datetime
from dataclasses import dataclass
from typing import Final

# Long enough for a slow answer from Discord at each step of opening a thread; short enough that a
# crash between two steps does not keep the club waiting.
CLAIM_LASTS: Final = datetime.timedelta(seconds=45)


@dataclass(frozen=True)
class Discussion:
    """The thread that a server has for a film."""

    guild_id: int
    slug: str
    thread_id: int


@dataclass(frozen=True)
class Claim:
    """The right to open the thread, for a while: only its holder may record what was opened."""

    guild_id: int
    slug: str
    token: str
