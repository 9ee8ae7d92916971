"""How many of those who agreed to be seen want a film, have seen it, and how they rated it together.

An average that follows every rating gives the latest one away: whoever looks before and after knows it. So the average
that is shown is made anew only once `FEWEST` members' ratings are others than those it was made of; two looks tell the
sum of that many changes and no single one. While a rating that it was made of has been withdrawn it is not shown.
"""

from typing import Final, NamedTuple

FEWEST: Final = 3


class Share(NamedTuple):
    """What one member's mark adds to a film's counts.

    `pending` is 1 where their rating is another than the one in the average that is shown, `withdrawn` where they have
    none to show any more.
    """

    wants: int = 0
    seen: int = 0
    raters: int = 0
    stars: int = 0
    pending: int = 0
    withdrawn: int = 0

    def minus(self, other: "Share") -> "Share":
        """What is added where `other` was added before."""
        return Share(*(ours - theirs for ours, theirs in zip(self, other, strict=True)))


def share_of(*, wanted: bool, seen: bool, rating: int | None, counted: int | None, shown: bool) -> Share:
    """The share of a mark; `counted` is the rating in the average that is shown, `shown` whether the member agreed."""
    public = rating if shown else None
    return Share(
        wants=int(shown and wanted),
        seen=int(shown and seen),
        raters=int(public is not None),
        stars=public or 0,
        pending=int(public != counted),
        withdrawn=int(public is None and counted is not None),
    )


class FilmCounts(NamedTuple):
    """What the club sees of a film; `average` in stars, where there is one to show."""

    wants: int = 0
    seen: int = 0
    average: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.wants or self.seen)


NO_COUNTS: Final = FilmCounts()


def average_of(raters: int, withdrawn: int, shown_raters: int | None, shown_stars: int | None) -> float | None:
    """The average to show, in stars to a tenth."""
    if raters < FEWEST or withdrawn or not shown_raters or shown_stars is None:
        return None
    return round(shown_stars / shown_raters / 2, 1)
