"""The post of one slot, and how far it has come."""

import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from bot.domain.spotlight.plans import Plan

# For how long whoever posts a film has it to themselves; they give up well before.
HELD: Final = datetime.timedelta(minutes=3)
# Minutes until it is tried again after a failure that may pass.
_PAUSES: Final = (1, 2, 5, 15, 30)
# The thread has had its chances by then; the card does without.
_THREAD_TRIES: Final = 2
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class PostState(StrEnum):
    """How far the post of a slot has come."""

    CLAIMED = "claimed"  # the film is chosen; nobody knows yet of a card
    POSTED = "posted"  # the card is there
    DONE = "done"
    FAILED = "failed"


UNFINISHED: Final = (PostState.CLAIMED, PostState.POSTED)


class Post(NamedTuple):
    """A slot with its film. `latest` is the film before it; `tries` counts those before this one."""

    guild_id: int
    slot: datetime.date
    slug: str
    plan: Plan
    channel_id: int
    claimed_at: datetime.datetime
    tries: int = 0
    message_id: int | None = None
    latest: str | None = None

    @property
    def wants_thread(self) -> bool:
        """Whether the thread is still to be opened before the card."""
        return self.plan.opens_thread and self.tries <= _THREAD_TRIES

    def nonce(self, part: str) -> str:
        """What Discord knows a message of the post by: server, part, slot. At most 22 of its 25 characters."""
        return f"{part[:1]}{_short(self.guild_id)}{self.slot:%Y%m%d}"

    def next_try(self, now: datetime.datetime) -> datetime.datetime:
        """When it is tried again after a failure."""
        return now + datetime.timedelta(minutes=_PAUSES[min(self.tries, len(_PAUSES) - 1)])


def _short(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
