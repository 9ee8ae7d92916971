"""Which film comes next: chosen for the day, else queued by hand, else the first of the source that was not yet."""

import datetime
from collections.abc import Container, Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from bot.domain.spotlight.plans import NothingToDraw
from bot.domain.spotlight.sources import Order


class Chosen(Enum):
    """How a film came to be the next."""

    FOR_THE_DAY = auto()
    QUEUED = auto()
    DRAWN = auto()


class Draw(NamedTuple):
    """The film of a slot."""

    slot: datetime.date
    slug: str
    how: Chosen


class Waiting(NamedTuple):
    """What one server keeps of films for its spotlight.

    `passed` are those that were shown or skipped since the source last began anew, which is its `round`.
    """

    round: int = 0
    passed: frozenset[str] = frozenset()
    queue: tuple[str, ...] = ()
    chosen: Mapping[datetime.date, str] = {}
    latest: str | None = None

    def drawn(self, slug: str, draw_round: int) -> "Waiting":
        """After the film has been shown or skipped: it waits no longer, and comes no more in this round."""
        passed = self.passed if draw_round == self.round else frozenset[str]()
        chosen = {day: other for day, other in self.chosen.items() if other != slug}
        queue = tuple(other for other in self.queue if other != slug)
        return Waiting(draw_round, passed | {slug}, queue, chosen, slug)

    def among(self, present: Container[str]) -> "Waiting":
        """Without what waits and is not on the list any more."""
        queue = tuple(slug for slug in self.queue if slug in present)
        chosen = {day: slug for day, slug in self.chosen.items() if slug in present}
        return self._replace(queue=queue, chosen=chosen)


def draw(waiting: Waiting, order: Order, slot: datetime.date) -> tuple[Draw, Waiting] | None:
    """The slot's film, and what is waiting then; None where the source has no film at all."""
    due = sorted(day for day in waiting.chosen if day <= slot)
    if due:
        return _taken(waiting, slot, waiting.chosen[due[0]], Chosen.FOR_THE_DAY)
    if waiting.queue:
        return _taken(waiting, slot, waiting.queue[0], Chosen.QUEUED)
    later = set(waiting.chosen.values())
    for draw_round, gone in (
        (waiting.round, waiting.passed | later),
        # Begun anew, it does not begin with what was shown just now, unless there is nothing else.
        (waiting.round + 1, later | {waiting.latest}),
        (waiting.round + 1, later),
        (waiting.round + 1, frozenset[str]()),
    ):
        if (slug := next((each for each in order(draw_round) if each not in gone), None)) is not None:
            return Draw(slot, slug, Chosen.DRAWN), waiting.drawn(slug, draw_round)
    return None


def draws(waiting: Waiting, order: Order, slots: Iterable[datetime.date]) -> Sequence[Draw]:
    """What will be drawn in these slots, as things are now."""
    found: list[Draw] = []
    for slot in slots:
        drawn = draw(waiting, order, slot)
        if drawn is None:
            break
        found.append(drawn[0])
        waiting = drawn[1]
    return found


def skipped(waiting: Waiting, order: Order, slot: datetime.date, slug: str, coming: Container[str]) -> Waiting:
    """After a film that was to come in the slot is passed over; `coming` are all that are shown to come.

    Raises `NothingToDraw` where there is no other.
    """
    if slug not in waiting.passed:
        return waiting.drawn(slug, waiting.round)._replace(latest=waiting.latest)
    # It was to come in the next round, which has not begun.
    other = next((each for each in order(waiting.round + 1) if each not in coming), None)
    if other is None:
        raise NothingToDraw
    return waiting._replace(chosen={**waiting.chosen, slot: other})


def _taken(waiting: Waiting, slot: datetime.date, slug: str, how: Chosen) -> tuple[Draw, Waiting]:
    return Draw(slot, slug, how), waiting.drawn(slug, waiting.round)
