"""Films for one member: the club's ratings blended with what films have in common, and a reason for each."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.recommend.linear_model import LinearModel, like_of
from bot.domain.recommend.recommender import Recommender
from bot.domain.shelves.marks import Mark

PICKS: Final = 5
# From so many ratings of one's own, and so many raters, a club's ratings say more than the films themselves.
FEWEST_OWN: Final = 5
FEWEST_RATERS: Final = 3
_CONTENT: Final = 0.3
_CONSIDERED: Final = 30
_REASONS: Final = 2
# What a film counts that was seen and not rated, or is wanted.
_UNRATED: Final = 0.5
_RATING_OF_A_REASON: Final = 6  # half stars


class Because(NamedTuple):
    """A film of the member's own for which another is picked, and the half stars they gave it, if any."""

    film: Film
    rating: int | None


@dataclass(frozen=True)
class MemberPick:
    """A film, and the member's own films that speak for it, the strongest first."""

    film: Film
    because: tuple[Because, ...]


class MemberPicks(NamedTuple):
    """Films for a member; `by_content` where too few ratings are there to go by more than what films have in common."""

    picks: tuple[MemberPick, ...]
    by_content: bool


def likes_of(marks: Mapping[str, Mark]) -> dict[str, float]:
    """What a member likes: by ratings, or, where there are none, by what was seen and is wanted."""
    rated = {slug: like_of(mark.rating) for slug, mark in marks.items() if mark.rating is not None}
    return rated or {slug: _UNRATED for slug, mark in marks.items() if mark.is_seen or mark.wanted}


def rates(marks: Mapping[str, Mark]) -> bool:
    """Whether the member has rated enough to go by the club's ratings."""
    return sum(mark.rating is not None for mark in marks.values()) >= FEWEST_OWN


def picks_for(
    taste: Recommender, marks: Mapping[str, Mark], model: LinearModel | None, limit: int = PICKS
) -> MemberPicks:
    """At most `limit` films that the member has neither seen nor turned down; none where nothing is known of them."""
    judge, worth = _judged(taste, marks, model)
    best = _best(worth)[: max(_CONSIDERED, limit)]
    found = islice(taste.diversified({slug: worth[slug] for slug in best}), limit)
    return MemberPicks(
        tuple(MemberPick(film, tuple(judge.because(film, marks))) for film in found), by_content=judge.model is None
    )


def ranked(taste: Recommender, marks: Mapping[str, Mark], model: LinearModel | None) -> list[str]:
    """All films that picks are made of, the worthiest first, before any gives way to variety."""
    return _best(_judged(taste, marks, model)[1])


def _judged(
    taste: Recommender, marks: Mapping[str, Mark], model: LinearModel | None
) -> tuple["_Judge", dict[str, float]]:
    likes = likes_of(marks)
    is_enough = model is not None and model.raters >= FEWEST_RATERS and rates(marks)
    judge = _Judge(taste, likes, model if is_enough else None)
    out = {slug for slug, mark in marks.items() if mark.is_seen or mark.hidden or mark.rating is not None}
    left = [film.slug for film in taste.catalogue.films if film.slug not in out]
    return judge, judge.worth(left) if likes else {}


def _best(worth: Mapping[str, float]) -> list[str]:
    return sorted(worth, key=lambda slug: (-worth[slug], slug))


class _Judge:
    """What speaks for films, given a member's likes."""

    def __init__(self, taste: Recommender, likes: Mapping[str, float], model: LinearModel | None) -> None:
        self.model = model
        self._taste = taste
        self._likes = likes
        self._model_scale = self._content_scale = 1.0

    def worth(self, slugs: Collection[str]) -> dict[str, float]:
        """How much speaks for each of these films."""
        near = self._taste.near_all(self._likes)
        content, self._content_scale = _standardized({slug: near.get(slug, 0.0) for slug in slugs})
        if self.model is None:
            return content
        scores = self.model.scores(self._likes)
        learned, self._model_scale = _standardized({slug: scores.get(slug, 0.0) for slug in slugs})
        return {slug: learned[slug] + _CONTENT * content[slug] for slug in slugs}

    def because(self, film: Film, marks: Mapping[str, Mark]) -> Iterator[Because]:
        """The member's films that speak for it most, of those that they liked."""
        said = defaultdict[str, float](float)
        weight = 1.0 if self.model is None else _CONTENT
        for slug, near in self._taste.near_each(film, self._likes).items():
            said[slug] += weight * self._likes[slug] * near / self._content_scale
        if self.model is not None:
            for slug, part in self.model.reasons(self._likes, film.slug):
                said[slug] += part / self._model_scale
        best = sorted((slug for slug in said if said[slug] > 0), key=lambda slug: (-said[slug], slug))
        films = self._taste.catalogue.by_slug
        named = (slug for slug in best if slug in films and _is_liked(marks[slug]))
        for slug in islice(named, _REASONS):
            yield Because(films[slug], marks[slug].rating)


def _is_liked(mark: Mark) -> bool:
    return mark.rating is None or mark.rating >= _RATING_OF_A_REASON


def _standardized(values: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """The values with mean 0 and deviation 1, and what they were divided by."""
    mean = _mean(values.values())
    deviation = math.sqrt(_mean((value - mean) ** 2 for value in values.values())) or 1.0
    return {key: (value - mean) / deviation for key, value in values.items()}, deviation


def _mean(values: Iterable[float]) -> float:
    every = list(values)
    return sum(every) / len(every) if every else 0.0
