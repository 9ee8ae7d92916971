"""What taking an upload would do, and the questions that are open before that can be said of all of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.curation.uploads import Asked, Complete, Faulty, LeftOut, Unfinished
from bot.domain.errors import FrontRowError
from bot.domain.films.films import Film


class Mode(StrEnum):
    """What happens to a film that is on the list already."""

    ADD = "add"  # it stays as it is
    UPDATE = "update"  # it becomes what the upload says


@dataclass(frozen=True)
class Answers:
    """What a curator has said to the questions of a plan; None where it is open.

    `are_films`: rows of a sort that nobody knows. `are_same`: films that the list has a year before or after.
    """

    are_films: bool | None = None
    are_same: bool | None = None


UNANSWERED: Final = Answers()


@dataclass(frozen=True)
class YearOff:
    """A row whose film the list, or the file before it, seems to have with the year before or after."""

    row: Complete | Unfinished
    other: str


@dataclass(frozen=True)
class ImportPlan:
    """What taking an upload would do.

    `new` includes films that had been removed and come back (`restored` has their slugs). `left` names
    the films that stay as they are although the upload says something else. `asked` and `year_off` wait
    for an answer; nothing comes of them without it.
    """

    new: tuple[Film, ...] = ()
    changed: tuple[Film, ...] = ()
    same: tuple[Film, ...] = ()
    left: tuple[str, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    faulty: tuple[Faulty, ...] = ()
    restored: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = ()
    year_off: tuple[YearOff, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def films(self) -> tuple[Film, ...]:
        """Every film that would be written."""
        return self.new + self.changed


class ImportsBusy(FrontRowError):
    """So many files are waiting to be read that another one would wait for too long."""

    key = "error.imports_busy"
