"""Why a film now: one line beside the film of the week, where there is something to say."""

import datetime
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.films.films import Film

_NEW: Final = datetime.timedelta(days=30)
_SEVERAL: Final = 2  # one alone would say who it is
_ROUND: Final = 10


class OccasionKind(StrEnum):
    """What there is to say."""

    FOLLOWS = "follows"  # goes with the one before
    WANTED = "wanted"
    NEW_PAIR = "new_pair"  # goes with a film that has just come on the list
    BIRTHDAY = "birthday"  # years since its first release


class Occasion(NamedTuple):
    """Why now. `number` counts members or years."""

    kind: OccasionKind
    other: Film | None = None
    number: int = 0


def occasion_of(film: Film, seen: Catalogue, latest: str | None, wants: int, today: datetime.date) -> Occasion | None:
    """The best reason there is, given the film before it and how many members want to see this one."""
    pairs = list(_pairs(film, seen))
    if (before := next((other for other in pairs if other.slug == latest), None)) is not None:
        return Occasion(OccasionKind.FOLLOWS, before)
    if wants >= _SEVERAL:
        return Occasion(OccasionKind.WANTED, number=wants)
    new = [other for other in pairs if datetime.timedelta() <= today - other.added <= _NEW]
    if new:
        return Occasion(OccasionKind.NEW_PAIR, max(new, key=lambda other: (other.added, other.slug)))
    age = today.year - film.year
    # Of the day of its release nothing is kept, so the year it is.
    return Occasion(OccasionKind.BIRTHDAY, number=age) if age > 0 and age % _ROUND == 0 else None


def _pairs(film: Film, seen: Catalogue) -> Iterator[Film]:
    """The films that it goes with, whichever of both says so."""
    named = {pairing.slug for pairing in film.pairs_with}
    for other in seen.films:
        if other.slug in named or any(pairing.slug == film.slug for pairing in other.pairs_with):
            yield other
