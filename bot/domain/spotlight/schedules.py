"""On which days and at what time a server has its film of the week.

A slot is a day of the plan, not of the clock: whatever clocks do, each slot is one post. Its moment is worked out when
it is needed, because the rules of a time zone change.
"""

import datetime
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.guilds.time_zones import local_time, moment_of

# How long after its moment a slot is still caught up, such as after a night without the bot. Slots are further apart.
GRACE: Final = datetime.timedelta(hours=12)
FRIDAY: Final = 4
_DAY: Final = datetime.timedelta(days=1)
_WEEK: Final = datetime.timedelta(weeks=1)


class Rhythm(StrEnum):
    """Of the days of the week that are chosen, which ones count."""

    DAILY = "daily"  # all days, whichever are chosen
    WEEKLY = "weekly"
    EVEN_WEEKS = "even_weeks"
    ODD_WEEKS = "odd_weeks"
    FIRST = "first"  # in a month
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


_IN_MONTH: Final = (Rhythm.FIRST, Rhythm.SECOND, Rhythm.THIRD, Rhythm.FOURTH)
Weekday = Annotated[int, Field(ge=0, le=6, description="Monday is 0.")]


class Schedule(BaseModel):
    """When the film of the week is posted, by the clocks of the server."""

    model_config = ConfigDict(frozen=True)

    rhythm: Rhythm = Rhythm.WEEKLY
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1), AfterValidator(lambda days: tuple(sorted({*days})))]
    clock: datetime.time

    def falls_on(self, day: datetime.date) -> bool:
        """Whether there is a film on that day."""
        if self.rhythm is Rhythm.DAILY:
            return True
        if day.weekday() not in self.weekdays:
            return False
        if self.rhythm in {Rhythm.EVEN_WEEKS, Rhythm.ODD_WEEKS}:
            # Weeks are counted from a Monday, the first of January of the year 1, so that no year's end disturbs them.
            return (day.toordinal() - 1) // 7 % 2 == (self.rhythm is Rhythm.ODD_WEEKS)
        if self.rhythm in _IN_MONTH:
            return (day.day - 1) // 7 == _IN_MONTH.index(self.rhythm)
        return self.rhythm is Rhythm.WEEKLY or (day + _WEEK).month != day.month

    def slots(self, first: datetime.date) -> Iterator[datetime.date]:
        """Every slot from that day on."""
        day = first
        while True:
            if self.falls_on(day):
                yield day
            day += _DAY

    def moment(self, slot: datetime.date, zone: str) -> datetime.datetime:
        """When the slot's film is due, in UTC."""
        return moment_of(slot, self.clock, zone)

    def next_slot(self, now: datetime.datetime, zone: str, after: datetime.date | None = None) -> datetime.date:
        """The first slot that is still to come, and later than `after`."""
        first = local_time(now, zone).date() - _DAY
        if after is not None:
            first = max(first, after + _DAY)
        return next(slot for slot in self.slots(first) if self.moment(slot, zone) > now)

    def due_slot(self, planned: datetime.date, now: datetime.datetime, zone: str) -> datetime.date | None:
        """The slot that is to be posted now, where the next one is `planned`: the latest whose moment has come.

        None where none has come, or where it was too long ago: what was missed for longer is not caught up.
        """
        day = local_time(now, zone).date() + _DAY
        while day >= planned:
            if (day == planned or self.falls_on(day)) and (moment := self.moment(day, zone)) <= now:
                return day if now - moment <= GRACE else None
            day -= _DAY
        return None
