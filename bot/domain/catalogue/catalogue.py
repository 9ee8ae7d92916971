"""The list as one server sees it: an immutable snapshot that finds films by what people type."""

import datetime
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Final

from bot.domain.catalogue.facets import NO_COUNTS, Counts, Facets, facets, recounted
from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import FilmNotFound, NearMatch
from bot.domain.films.films import Film
from bot.domain.films.trailers import Trailer
from bot.domain.search.index import ENOUGH, Index
from bot.domain.search.query import LONGEST_QUERY, bare
from bot.domain.search.segments import video_mark
from bot.domain.search.terms import in_steps
from bot.domain.search.title_match import IsWord, only_match
from bot.domain.text.normalize import fold, one_line
from bot.domain.unlocked_cached_property import unlocked_cached_property

_NEAR_MATCHES: Final = 5
# A page of films is ten; nobody turns to the two hundredth.
_MOST: Final = 2000
_LAST_DAY: Final = datetime.date.max.toordinal()


class Catalogue:
    """Films in the order of the list: newest first, then by title. Equal where their films are."""

    def __init__(
        self,
        films: Callable[[], Iterable[Film]],
        index: Callable[[], Index],
        counts: Callable[[], Counts],
    ) -> None:
        self._in_order = films
        self._indexed = index
        self._counted = counts

    @classmethod
    def of(cls, films: Iterable[Film]) -> "Catalogue":
        """A snapshot of these films. Nothing is worked out before it is asked for."""
        given = tuple(films)
        in_order = cache(lambda: tuple(_sorted(given)))
        return cls(in_order, lambda: Index.of(given), lambda: recounted(NO_COUNTS, (), given))

    def changed(self, put: Iterable[Film], gone: Collection[str] = ()) -> "Catalogue":
        """A snapshot with these films put in, in place of those with their slugs, and without those that are gone.

        It shares what is known of all others, and is ready for any question.
        """
        new = _sorted(put)
        covered = {*gone, *(film.slug for film in new)}
        ordered = tuple(_put_in(self.films, new, covered))
        index = self._index.changed(new, gone)
        counts = recounted(self.counts, self._known(covered), new)
        return Catalogue(lambda: ordered, lambda: index, lambda: counts).warmed()

    def only(self, slugs: Collection[str]) -> "Catalogue":
        """No films but these, as far as they are on the list."""
        found = self._known(slugs)
        return Catalogue(
            lambda: _sorted(found),
            lambda: self._index.only(slugs),
            lambda: recounted(NO_COUNTS, (), found),
        )

    def with_own(self, own: "Catalogue", without: Collection[str] = ()) -> "Catalogue":
        """The list with another one's films over it, and without some of its slugs."""
        covered = {*without, *own.by_slug}

        def indexed() -> Index:
            return self._index.with_own(own._index, covered)  # noqa: SLF001  # of the same class

        def counted() -> Counts:
            return recounted(self.counts, self._known(covered), own.films)

        def in_order() -> Iterator[Film]:
            if len(own.by_slug) <= len(self.by_slug):
                return _put_in(self.films, own.films, covered)
            return _put_in(own.films, [film for film in self.films if film.slug not in covered], ())

        return Catalogue(in_order, indexed, counted)

    def warmed(self) -> "Catalogue":
        """The same, with all worked out that any question needs."""
        _ = self.films, self.counts, self.languages, self._index
        return self

    @unlocked_cached_property
    def films(self) -> tuple[Film, ...]:
        """Every film."""
        return tuple(self._in_order())

    @unlocked_cached_property
    def counts(self) -> Counts:
        """How many films have each value of each side."""
        return self._counted()

    @unlocked_cached_property
    def languages(self) -> frozenset[str]:
        """Every language that is spoken in a film, without script and region."""
        return frozenset(language for film in self.films for language in film.spoken)

    def facets(self, wanted: FilmFilter) -> Facets:
        """The list seen through a filter; known already for one that asks nothing."""
        return facets(self.films, wanted) if wanted.asked else Facets(self.films, self.counts, {})

    @unlocked_cached_property
    def _index(self) -> Index:
        return self._indexed()

    @property
    def by_slug(self) -> Mapping[str, Film]:
        """Every film under its slug."""
        return self._index.by_slug

    def _known(self, slugs: Iterable[str]) -> list[Film]:
        return [film for slug in slugs if (film := self.by_slug.get(slug)) is not None]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalogue):
            return NotImplemented
        return self.films == other.films

    def __hash__(self) -> int:
        return hash(len(self.by_slug))

    def suggest(self, typed: str, limit: int) -> Sequence[Film]:
        """Films for what has been typed so far, likeliest first; for nothing typed, the newest."""
        found = self._index.suggest(typed, limit)
        if found or fold(typed[:LONGEST_QUERY]):
            return found
        return tuple(islice(self._in_order(), limit))

    def alike(self, titles: Sequence[str], trailers: Iterable[Trailer]) -> Sequence[Film]:
        """The films that may be the one with these titles and trailers, in the order of the list."""
        return _sorted(self._index.alike(titles, [video_mark(trailer) for trailer in trailers]))

    def search(self, typed: str) -> Sequence[Film]:
        """The films that the words fit, at most 2,000: titles, people and themes first, then why and story."""
        return self._index.search(typed, _MOST)

    def find(self, typed: str, is_word: IsWord) -> Film:
        """The one film that is meant by a slug or by a title (`title_match`).

        Raises `FilmNotFound` with near matches where no film, or more than one, may be meant.
        """
        if (film := self.by_slug.get(typed.strip())) is not None:
            return film
        every = (*self._index.suggest(typed, ENOUGH), *self._index.titled(typed, ENOUGH))
        near = tuple({film.slug: film for film in every}.values())
        if (film := only_match(typed, near, lambda word: self._index.has_word(word) or is_word(word))) is not None:
            return film
        shown = one_line(typed)[:LONGEST_QUERY]
        raise FilmNotFound(shown, tuple(NearMatch(film.slug, film.title, film.year) for film in near[:_NEAR_MATCHES]))


def _put_in(films: Sequence[Film], new: Iterable[Film], without: Collection[str]) -> Iterator[Film]:
    """A list in order, with films put in that are in order, too, and without these slugs of its own."""
    start = 0
    for film in new:
        end = bisect(films, _order(film), key=_order)
        yield from (kept for kept in films[start:end] if kept.slug not in without)
        yield film
        start = end
    yield from (kept for kept in films[start:] if kept.slug not in without)


def _sorted(films: Iterable[Film]) -> list[Film]:
    placed = {_order(film): film for film in films}
    return [placed[order] for order in in_steps(list(placed))]


def _order(film: Film) -> str:
    """What films are sorted by: the newest first, then by title, year and slug."""
    return f"{_LAST_DAY - film.added.toordinal():07}\0{bare(fold(film.title))}\0{film.year:04}\0{film.slug}"
