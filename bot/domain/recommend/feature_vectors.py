"""How near films are to each other, as a number: by themes, people, genres, place and time.

A film becomes a sparse vector. Each of its sides (themes, people …) is a part of it, as long as that side is worth;
what few films have weighs more than what many have. So the nearness of two films is one product.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from bot.domain.films.films import Film

Vector: TypeAlias = Mapping[str, float]

# What each side is worth, tried out on the curators' pairs (benchmarks/taste.py).
_WORTH: Final = {
    "theme": 1.0,
    "person": 1.1,
    "genre": 0.1,
    "country": 0.1,
    "decade": 0.1,
    "kind": 0.1,
    "language": 0.05,
}


class FeatureVectors:
    """What a list of films is measured by: how rare each term is in it, and which of its films have it."""

    def __init__(self, films: Iterable[Film]) -> None:
        told = {film.slug: _terms(film) for film in films}
        self._number = len(told)
        self._known = Counter(term for terms in told.values() for term in terms)
        self.vectors: Mapping[str, Vector] = {slug: self._weighed(terms) for slug, terms in told.items()}
        self._having = defaultdict[str, list[tuple[str, float]]](list)
        for slug, vector in self.vectors.items():
            for term, weight in vector.items():
                self._having[term].append((slug, weight))

    def vector(self, film: Film) -> Vector:
        """The film by this list's measure; it need not be on the list."""
        return self._weighed(_terms(film))

    def near(self, vector: Vector) -> Mapping[str, float]:
        """The nearness of every film on the list that has anything in common with this one, by slug."""
        found = defaultdict[str, float](float)
        for term, weight in vector.items():
            for slug, other in self._having.get(term, ()):
                found[slug] += weight * other
        return found

    def _weighed(self, terms: Iterable[str]) -> Vector:
        weights = {term: self._rarity(term) for term in terms}
        lengths = defaultdict[str, float](float)
        for term, weight in weights.items():
            lengths[_side(term)] += weight**2
        scale = {side: math.sqrt(_WORTH[side] / length) for side, length in lengths.items()}
        return {term: weight * scale[_side(term)] for term, weight in weights.items()}

    def _rarity(self, term: str) -> float:
        return 1 + math.log((1 + self._number) / (1 + self._known[term]))


def nearness(one: Vector, other: Vector) -> float:
    """The nearness of two films that were measured by the same list."""
    shorter, longer = sorted((one, other), key=len)
    return sum(weight * longer[term] for term, weight in shorter.items() if term in longer)


def _terms(film: Film) -> frozenset[str]:
    sides = {
        "theme": film.themes,
        "person": film.directors,
        "genre": film.genres,
        "country": film.countries,
        "decade": (str(film.decade),),
        "kind": (film.kind.value,),
        "language": film.languages,
    }
    return frozenset(f"{side}:{tag}" for side, tags in sides.items() for tag in tags)


def _side(term: str) -> str:
    return term.partition(":")[0]
