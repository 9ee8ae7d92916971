"""Which films go with which, and why: the curators' pairs first, then what is near, and not five of one kind."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeAlias

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.films.films import Film
from bot.domain.recommend.feature_vectors import FeatureVectors, Vector, nearness

# How much of a film's worth is lost by being near what has been chosen already, and among how many that is weighed.
_SAMENESS: Final = 0.5
_CONSIDERED: Final = 30
# What being told in the same words is worth, beside the sides of `likeness`; of the list, the film told most alike gets
# all of it, the others in proportion.
_WORDS: Final = 0.35
# A country or a decade that more of the list shares is no reason to see a film.
_TELLING: Final = 0.2
_FEW: Final = 3

# How alike a film and each of a list are told, by slug: any numbers, of which more is nearer.
Told: TypeAlias = Callable[[Film], Mapping[str, float]]


@dataclass(frozen=True)
class Recommendation:
    """A film that goes with another. `why` is a curator's sentence; the rest is what both share.

    Of the countries only the main ones count: a second producer is no reason to see a film.

    Where `from_there`, the sentence stands on that film's entry, so that its "here" is there.
    """

    film: Film
    why: str | None
    directors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    decade: int | None = None
    from_there: bool = False


class Recommender:
    """What goes with what on one list, as far as that can be worked out before anybody asks.

    `told` knows the films of that list. What its films share is measured by the shared list (`base`), so that only a
    server's own films cost anything there.
    """

    def __init__(self, catalogue: Catalogue, told: Told, base: "Recommender | None" = None) -> None:
        self.catalogue = catalogue
        self.told = told
        self._films = catalogue.by_slug
        self.likeness = base.likeness if base else FeatureVectors(catalogue.films)
        self._measured = base.catalogue.by_slug if base else self._films
        self._own = {
            film.slug: self.likeness.vector(film)
            for film in catalogue.films
            if film is not self._measured.get(film.slug)
        }
        self._named_by = defaultdict[str, list[str]](list)
        for film in catalogue.films:
            for pair in film.pairs_with:
                self._named_by[pair.slug].append(film.slug)
        self._having = Counter(place for film in catalogue.films for place in (*film.countries, film.decade))

    def like(self, film: Film, limit: int) -> tuple[Recommendation, ...]:
        """At most `limit` films to see after `film`, closest first; the same every time. It need not be on the list."""
        pairs = {kin.film.slug: kin for kin in self._paired(film)}
        worths = _summed(self._near(film), self._told_alike(film))
        near = {slug: round(worth, 9) for slug, worth in worths.items() if slug not in {film.slug, *pairs}}
        closest = sorted(near, key=lambda slug: (-near[slug], abs(self._films[slug].year - film.year), slug))
        akin = (slug for slug in closest if self._is_reason(film, self._films[slug]))
        considered = {slug: near[slug] for slug in islice(akin, max(_CONSIDERED, limit))}
        rest = islice(self.diversified(considered, pairs), max(limit - len(pairs), 0))
        return tuple([*pairs.values(), *(self._kinship(film, other, None) for other in rest)][:limit])

    def diversified(self, worth: Mapping[str, float], chosen: Iterable[str] = ()) -> Iterator[Film]:
        """The films of these slugs, the worthiest first, where each counts for less the nearer it is to one before it.

        That is maximal marginal relevance; of equals the first goes first. `chosen` have been named already.
        """
        left = dict.fromkeys(worth, 0.0)
        latest = list(chosen)
        while left:
            for vector in [self._vector(self._films[slug]) for slug in latest]:
                left = {
                    slug: max(same, nearness(vector, self._vector(self._films[slug]))) for slug, same in left.items()
                }
            best = max(left, key=_marginal(worth, left))
            del left[best]
            latest = [best]
            yield self._films[best]

    def near_all(self, likes: Mapping[str, float]) -> dict[str, float]:
        """How near each film of the list is to all of these together, each as much as it is liked."""
        liked = defaultdict[str, float](float)
        for slug, like in likes.items():
            if slug in self._films:
                for term, weight in self._vector(self._films[slug]).items():
                    liked[term] += like * weight
        return self._near_vector(liked)

    def near_each(self, film: Film, slugs: Iterable[str]) -> dict[str, float]:
        """How near the film is to each of these that are on the list."""
        vector = self._vector(film)
        return {slug: nearness(vector, self._vector(self._films[slug])) for slug in slugs if slug in self._films}

    def _paired(self, film: Film) -> Iterator[Recommendation]:
        """The films that curators name beside this one, on its entry and then on theirs, each once."""
        ours = {pair.slug: pair.why for pair in film.pairs_with}
        for slug, why in ours.items():
            if slug in self._films:
                yield self._kinship(film, self._films[slug], why)
        for slug in sorted(self._named_by.get(film.slug, ())):
            if slug not in ours:
                other = self._films[slug]
                why = next(pair.why for pair in other.pairs_with if pair.slug == film.slug)
                yield replace(self._kinship(film, other, why), from_there=True)

    def _near(self, film: Film) -> dict[str, float]:
        return self._near_vector(self._vector(film))

    def _near_vector(self, vector: Vector) -> dict[str, float]:
        shared = self.likeness.near(vector)
        seen = {slug: worth for slug, worth in shared.items() if slug in self._films and slug not in self._own}
        return {**seen, **{slug: nearness(vector, own) for slug, own in self._own.items()}}

    def _told_alike(self, film: Film) -> dict[str, float]:
        told = {slug: score for slug, score in self.told(film).items() if slug != film.slug and slug in self._films}
        most = max(told.values(), default=0)
        return {slug: _WORDS * score / most for slug, score in told.items()} if most > 0 else {}

    def _vector(self, film: Film) -> Vector:
        if film is not self._films.get(film.slug):
            return self.likeness.vector(film)
        return self._own.get(film.slug) or self.likeness.vectors[film.slug]

    def _kinship(self, film: Film, other: Film, why: str | None) -> Recommendation:
        return Recommendation(
            other,
            why,
            directors=_common(film.directors, other.directors),
            themes=_common(film.themes, other.themes),
            genres=_common(film.genres, other.genres),
            countries=tuple(code for code in _common(film.countries[:1], other.countries[:1]) if self._tells(code)),
            decade=film.decade if film.decade == other.decade and self._tells(film.decade) else None,
        )

    def _is_reason(self, film: Film, other: Film) -> bool:
        """Whether what two films share can be told as a reason: themes, people, or a place and a time."""
        kin = self._kinship(film, other, None)
        return bool(kin.themes or kin.directors or (kin.countries and kin.decade))

    def _tells(self, place: str | int) -> bool:
        return self._having[place] <= max(_FEW, len(self._films) * _TELLING)


def _common(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in ours if value in theirs)


def _summed(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {slug: one.get(slug, 0) + other.get(slug, 0) for slug in (*one, *other)}


def _marginal(worth: Mapping[str, float], same: Mapping[str, float]) -> Callable[[str], tuple[float, float]]:
    def key(slug: str) -> tuple[float, float]:
        return (round(worth[slug] - _SAMENESS * same[slug], 9), round(worth[slug], 9))

    return key
