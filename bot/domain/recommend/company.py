"""What to see with those who come tonight: unseen by most, wanted by several, and nobody's one-star film."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.recommend.recommender import Recommender
from bot.domain.shelves.marks import NOTHING, Mark

MOST: Final = 25
_ONE_STAR: Final = 2  # half stars
_CONSIDERED: Final = 30
_LAST_ID: Final = 2**63 - 1  # that databases have room for
_MENTION: Final = re.compile(r"<@!?(\d{15,20})>")
# What being wanted by one of them is worth beside being seen by one.
_WANTED: Final = 2.0


class CompanyPick(NamedTuple):
    """A film for a company: how many of them want it and have seen it."""

    film: Film
    wants: int
    seen: int


def mentioned_in(text: str) -> tuple[int, ...]:
    """The members that a text mentions, each once, in its order."""
    ids = dict.fromkeys(int(found) for found in _MENTION.findall(text))
    return tuple(each for each in ids if each <= _LAST_ID)[:MOST]


def picks_for_company(
    taste: Recommender, films: Iterable[Film], shelves: Collection[Mapping[str, Mark]]
) -> tuple[CompanyPick, ...]:
    """At most thirty of these films for members with these marks; of equals those that few have seen come first."""
    counted = (_counted(film, [marks.get(film.slug, NOTHING) for marks in shelves]) for film in films)
    fitting = {pick.film.slug: pick for pick in counted if pick is not None}
    worth = {slug: _WANTED * pick.wants - pick.seen for slug, pick in fitting.items()}
    best = sorted(worth, key=lambda slug: (-worth[slug], slug))[:_CONSIDERED]
    # What they have in common decides among equals only: what several want is what they came for.
    return tuple(fitting[film.slug] for film in taste.diversified({slug: worth[slug] for slug in best}))


def _counted(film: Film, marks: Collection[Mark]) -> CompanyPick | None:
    """How the company stands to the film; None where it is not for them."""
    seen = sum(mark.is_seen for mark in marks)
    is_hated = any(mark.hidden or (mark.rating is not None and mark.rating <= _ONE_STAR) for mark in marks)
    if is_hated or (marks and 2 * seen >= len(marks)):
        return None
    return CompanyPick(film, sum(mark.wanted is not None for mark in marks), seen)
