"""EASE^R: which films one member's ratings speak for, learned from all ratings of one club.

Every film is predicted from all others by a linear model without the film itself, which has a closed form: with the
likes X of members times films and P = (X'X + λ)^-1, film i speaks for film j by -P_ij / P_jj. Where there are fewer
members than films the same is worked out from the smaller matrix XX' + λ, by Woodbury's identity. Source: H. Steck,
Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019. The numbers are those that did best on small clubs; see
docs/decisions/0019.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

_PENALTY: Final = 100.0
_STRONG, _FAIR = 8, 6  # half stars


def like_of(half_stars: int) -> float:
    """How much a rating speaks for a film: four stars and more fully, three half, less hardly."""
    return 1.0 if half_stars >= _STRONG else 0.5 if half_stars >= _FAIR else 0.1


class Ratings:
    """The ratings of a club, gathered member by member; who gave which is not kept."""

    def __init__(self) -> None:
        self.films: dict[str, int] = {}
        self.members = 0
        self.members_of = array("i")
        self.films_of = array("i")
        self.likes = array("f")

    def add(self, given: Iterable[tuple[str, int]]) -> None:
        """One more member's."""
        for slug, half_stars in given:
            self.members_of.append(self.members)
            self.films_of.append(self.films.setdefault(slug, len(self.films)))
            self.likes.append(like_of(half_stars))
        self.members += 1


class LinearModel:
    """What a club's ratings say of its films. Making it takes up to a second of numpy's, which is loaded here first."""

    def __init__(self, ratings: Ratings) -> None:
        import numpy as np

        self.films: Mapping[str, int] = ratings.films
        self.raters = ratings.members
        likes = np.zeros((ratings.members, len(ratings.films)), dtype=np.float32)
        likes[np.asarray(ratings.members_of), np.asarray(ratings.films_of)] = np.asarray(ratings.likes)
        self._likes: Any = None
        self._solved: Any = None
        self._inverse: Any = None
        if ratings.members < len(ratings.films):
            small = likes @ likes.T
            np.fill_diagonal(small, small.diagonal() + _PENALTY)
            self._likes, self._solved = likes, np.linalg.inv(small) @ likes
            self._diagonal: Any = (1 - np.einsum("mf,mf->f", likes, self._solved)) / _PENALTY
        else:
            gram = likes.T @ likes
            np.fill_diagonal(gram, gram.diagonal() + _PENALTY)
            self._inverse = np.linalg.inv(gram)
            self._diagonal = self._inverse.diagonal().copy()

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return sum(part.size for part in (self._likes, self._solved, self._inverse) if part is not None)

    def scores(self, likes: Mapping[str, float]) -> Mapping[str, float]:
        """How much likes speak for each film that anybody has rated."""
        import numpy as np

        given = np.zeros(len(self.films), dtype=np.float32)
        for slug, like in likes.items():
            if slug in self.films:
                given[self.films[slug]] = like
        if self._inverse is None:
            spoken = (given - self._likes.T @ (self._solved @ given)) / _PENALTY
        else:
            spoken = self._inverse @ given
        found = given - spoken / self._diagonal
        return dict(zip(self.films, found.tolist(), strict=True))

    def reasons(self, likes: Mapping[str, float], slug: str) -> Iterator[tuple[str, float]]:
        """How much each liked film speaks for that one: the parts of its score."""
        wanted = self.films.get(slug)
        if wanted is None:
            return
        for other, like in likes.items():
            index = self.films.get(other)
            if index is None or index == wanted:
                continue
            if self._inverse is None:
                spoken = -float(self._likes[:, index] @ self._solved[:, wanted]) / _PENALTY
            else:
                spoken = float(self._inverse[index, wanted])
            yield other, -like * spoken / float(self._diagonal[wanted])
