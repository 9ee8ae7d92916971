"""The list as one server sees it: an immutable snapshot that finds films by what people type."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from bot.domain.errors import FilmNotFound, NearMatch
from bot.domain.films import Film
from bot.domain.words import fold, one_line

_ARTICLES: Final = frozenset("the a an le la les l un une der die das el los las il lo gli o os het de".split())
# Scores are rapidfuzz's, 0-100. Below _NEAR a name has little to do with what was typed; from _SURE
# on, and with _LEAD over the next film, a slip of the finger is the likeliest reading.
_NEAR: Final = 70
_SURE: Final = 88
_LEAD: Final = 6
_MAX_QUERY: Final = 120
_NEAR_MATCHES: Final = 5


class _Name(NamedTuple):
    whole: str
    bare: str  # without a leading article
    words: tuple[str, ...]
    film: Film
    is_title: bool


@dataclass(frozen=True)
class Catalogue:
    """Films in the order of the list: newest first, then by title."""

    films: tuple[Film, ...]
    revision: int

    @classmethod
    def of(cls, films: Iterable[Film], revision: int = 0) -> "Catalogue":
        """A snapshot of these films, put in order."""
        by_title = sorted(films, key=lambda film: (_bare(fold(film.title)), film.year, film.slug))
        return cls(tuple(sorted(by_title, key=lambda film: film.added, reverse=True)), revision)

    @cached_property
    def by_slug(self) -> dict[str, Film]:
        """Every film under its slug."""
        return {film.slug: film for film in self.films}

    def suggest(self, typed: str, limit: int) -> Sequence[Film]:
        """Films for what has been typed so far, likeliest first; for nothing typed, the newest."""
        if not fold(typed):
            return self.films[:limit]
        return self._ranked(typed)[:limit]

    def search(self, typed: str) -> Sequence[Film]:
        """Every film that the words fit: titles, people and themes first, then why and story."""
        words = set(fold(typed[:_MAX_QUERY]).split())
        if not words:
            return ()
        told = (film for film, told in self._told if words <= told)
        return tuple(dict.fromkeys((*self._ranked(typed), *told)))

    def find(self, typed: str) -> Film:
        """The one film that is meant by a slug, by any of its titles or by a part that only it has.

        Raises `FilmNotFound` with near matches where no film, or more than one, may be meant.
        """
        if (film := self.by_slug.get(typed.strip())) is not None:
            return film
        readings = [(query, self._titles_for(query)) for query in _readings(typed)]
        for meaning in (_same, _same_but_for_articles, _only_one_with, _sure):
            for query, titles in readings:
                if (film := meaning(query, titles)) is not None:
                    return film
        shown = one_line(typed)[:_MAX_QUERY]
        near = tuple(NearMatch(film.slug, film.title, film.year) for film in self._ranked(typed)[:_NEAR_MATCHES])
        raise FilmNotFound(shown, near)

    def _titles_for(self, query: "_Query") -> list[_Name]:
        titles = (name for name in self._names if name.is_title and query.suits(name.film))
        return [name for name in titles if query.number is None or query.number in name.words]

    def _ranked(self, typed: str) -> tuple[Film, ...]:
        best: dict[str, tuple[float, Film]] = {}
        for query in _readings(typed):
            self._rank(query, best, slips=not best)
        ordered = sorted(best.values(), key=lambda hit: (hit[0], hit[1].year, fold(hit[1].title)))
        return tuple(film for _, film in ordered)

    def _rank(self, query: "_Query", best: dict[str, tuple[float, Film]], *, slips: bool) -> None:
        """Put into `best` how well each film answers the query, where that is better than before."""
        near = process.extract_iter(query.bare, self._texts, scorer=fuzz.WRatio, score_cutoff=_NEAR) if slips else ()
        scores = {index: score for _, score, index in near}
        for index, name in enumerate(self._names):
            rank = query.rank(name, scores.get(index, 0))
            if rank is not None and query.suits(name.film):
                known = best.get(name.film.slug)
                if known is None or rank < known[0]:
                    best[name.film.slug] = (rank, name.film)

    @cached_property
    def _names(self) -> tuple[_Name, ...]:
        """All that a film may be called, folded: its titles, its people and its themes."""
        return tuple(
            _Name(whole, _bare(whole), tuple(whole.split()), film, is_title)
            for film in self.films
            for is_title, called in ((True, film.titles), (False, (*film.directors, *film.themes)))
            for whole in dict.fromkeys(fold(name) for name in called)
            if whole
        )

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(name.bare for name in self._names)

    @cached_property
    def _told(self) -> tuple[tuple[Film, frozenset[str]], ...]:
        return tuple((film, frozenset(fold(f"{film.why} {film.synopsis.text}").split())) for film in self.films)


class _Query(NamedTuple):
    """One reading of what was typed."""

    whole: str
    bare: str
    words: tuple[str, ...]
    year: int | None
    number: str | None  # closes the words and is no year, so a title that is meant has to hold it

    def suits(self, film: Film) -> bool:
        return self.year is None or self.year == film.year

    def rank(self, name: _Name, score: float) -> float | None:
        """Lower is better: exact, then beginning, then words in any order, then slips."""
        if self.whole == name.whole:
            return 0
        if self.bare == name.bare:
            return 0.5
        if name.whole.startswith(self.whole) or name.bare.startswith(self.bare):
            return 1
        if all(any(word.startswith(typed) for word in name.words) for typed in self.words):
            return 2
        return 3 + (100 - score) / 100 if score >= _NEAR else None


def _readings(typed: str) -> Iterator[_Query]:
    """The ways to read it: with the last word as the year ("solaris 1972"), then as it stands ("blade runner 2049")."""
    words = fold(typed[:_MAX_QUERY]).split()
    closes_with_year = len(words) > 1 and len(words[-1]) == 4 and words[-1].isdecimal()
    if closes_with_year:
        yield _query(words[:-1], year=int(words[-1]))
    if words:
        yield _query(words, number=words[-1] if closes_with_year else None)


def _query(words: Sequence[str], *, year: int | None = None, number: str | None = None) -> _Query:
    whole = " ".join(words)
    bare = _bare(whole)
    return _Query(whole, bare, tuple(bare.split()), year, number)


def _bare(folded: str) -> str:
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _ARTICLES else folded


def _same(query: _Query, titles: Iterable[_Name]) -> Film | None:
    return _only(name.film for name in titles if name.whole == query.whole)


def _same_but_for_articles(query: _Query, titles: Iterable[_Name]) -> Film | None:
    return _only(name.film for name in titles if name.bare == query.bare)


def _only_one_with(query: _Query, titles: Iterable[_Name]) -> Film | None:
    """The one film in whose title all the words begin a word."""
    return _only(name.film for name in titles if query.rank(name, 0) is not None)


def _sure(query: _Query, titles: Iterable[_Name]) -> Film | None:
    """The film whose title is one slip away from what was typed, if no other comes near."""
    best: dict[str, tuple[float, Film]] = {}
    for name in titles:
        score = fuzz.ratio(query.bare, name.bare)
        if score > best.get(name.film.slug, (0, name.film))[0]:
            best[name.film.slug] = (score, name.film)
    ordered = sorted(best.values(), key=lambda hit: hit[0], reverse=True)[:2]
    if not ordered or ordered[0][0] < _SURE:
        return None
    clear = len(ordered) == 1 or ordered[0][0] - ordered[1][0] >= _LEAD
    return ordered[0][1] if clear else None


def _only(films: Iterable[Film]) -> Film | None:
    found = {film.slug: film for film in films}
    return next(iter(found.values())) if len(found) == 1 else None
