"""What a server has decided about its film of the week."""

import datetime
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.errors import FrontRowError
from bot.domain.spotlight.schedules import FRIDAY, Schedule
from bot.domain.spotlight.sources import Source

_Id = Annotated[int, Field(gt=0, lt=2**63)]
SHOWN: Final = 3  # of the next films
MOST_QUEUED: Final = 25


class Trouble(StrEnum):
    """Why the film of the week has stopped, or came without its thread."""

    NO_ACCESS = "no_access"  # a permission is missing
    CHANNEL_GONE = "channel_gone"
    NOTHING_TO_DRAW = "nothing_to_draw"
    REFUSED = "refused"  # Discord will not have it, whatever it is
    NO_THREAD = "no_thread"

    @property
    def stops(self) -> bool:
        """Whether nothing more is posted until a curator has looked."""
        return self is not Trouble.NO_THREAD


class Plan(BaseModel):
    """One server's film of the week. `channel_id` is known wherever it is on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    is_on: bool = False
    channel_id: _Id | None = None
    schedule: Schedule = Schedule(weekdays=(FRIDAY,), clock=datetime.time(19))
    source: Source = Source()
    role_id: _Id | None = None  # who is told; nobody unless it is chosen
    opens_thread: bool = True


class SpotlightNeedsChannel(FrontRowError):
    """It cannot be switched on before it is known where it goes."""

    key = "error.spotlight_needs_channel"


class NothingToDraw(FrontRowError):
    """The source has no film that this server sees."""

    key = "error.nothing_to_draw"


class QueueFull(FrontRowError):
    """As many films are queued as can be."""

    key = "error.queue_full"


class PicksChanged(FrontRowError):
    """What was pressed belongs to a film that is not the next one on that day any more."""

    key = "error.picks_changed"


class ClockUnknown(FrontRowError):
    """What was typed is no time of day."""

    key = "error.clock_unknown"
