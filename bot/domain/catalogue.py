"""The list as one server sees it: an immutable snapshot that finds films by what people type."""

from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from rapidfuzz import fuzz

from bot.domain.errors import FilmNotFound, NearMatch
from bot.domain.films import Film
from bot.domain.index import Index
from bot.domain.names import LONGEST_QUERY, Reading, bare, readings
from bot.domain.segments import Segment
from bot.domain.words import fold, one_line

# Scores are rapidfuzz's, 0-100. From _SURE on, and with _LEAD over the next film, a slip of the finger is the
# likeliest reading.
_SURE: Final = 88
_LEAD: Final = 6
_NEAR_MATCHES: Final = 5
_MEANINGS: Final = (Segment.same_title, Segment.same_but_for_articles, Segment.title_with)


class Catalogue:
    """Films in the order of the list: newest first, then by title. Equal where films and revision are."""

    def __init__(self, films: Callable[[], Iterable[Film]], revision: int, index: Index) -> None:
        self.revision = revision
        self._in_order = films
        self._index = index

    @classmethod
    def of(cls, films: Iterable[Film], revision: int = 0) -> "Catalogue":
        """A snapshot of these films, put in order."""
        ordered = tuple(sorted(films, key=_order))
        return cls(lambda: ordered, revision, Index.of(ordered))

    def turned_into(self, films: Iterable[Film], revision: int) -> "Catalogue":
        """A snapshot of these films, with the index of this one as far as they are the same; ready for any question."""
        ordered = tuple(sorted(films, key=_order))
        wanted = {film.slug: film for film in ordered}
        put = [film for slug, film in wanted.items() if self.by_slug.get(slug) != film]
        index = self._index.changed(put, self.by_slug.keys() - wanted.keys())
        index.warm()
        return Catalogue(lambda: ordered, revision, index)

    def with_own(self, own: Collection[Film], without: Collection[str]) -> "Catalogue":
        """The list with a server's own films over it, and without some of its slugs. Films and index are shared."""
        mine = sorted(own, key=_order)
        covered = {*without, *(film.slug for film in own)}

        def in_order() -> Iterator[Film]:
            start = 0
            for film in mine:
                end = bisect(self.films, _order(film), key=_order)
                yield from (shared for shared in self.films[start:end] if shared.slug not in covered)
                yield film
                start = end
            yield from (shared for shared in self.films[start:] if shared.slug not in covered)

        return Catalogue(in_order, 0, self._index.over(own, without))

    @cached_property
    def films(self) -> tuple[Film, ...]:
        """Every film."""
        return tuple(self._in_order())

    @property
    def by_slug(self) -> Mapping[str, Film]:
        """Every film under its slug."""
        return self._index.by_slug

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalogue):
            return NotImplemented
        return (self.films, self.revision) == (other.films, other.revision)

    def __hash__(self) -> int:
        return hash((self.revision, len(self.by_slug)))

    def suggest(self, typed: str, limit: int) -> Sequence[Film]:
        """Films for what has been typed so far, likeliest first; for nothing typed, the newest."""
        if not fold(typed[:LONGEST_QUERY]):
            return tuple(islice(self._in_order(), limit))
        return self._index.suggest(typed, limit)

    def search(self, typed: str) -> Sequence[Film]:
        """Every film that the words fit: titles, people and themes first, then why and story."""
        return self._index.search(typed)

    def find(self, typed: str) -> Film:
        """The one film that is meant by a slug, by any of its titles or by a part that only it has.

        Raises `FilmNotFound` with near matches where no film, or more than one, may be meant.
        """
        if (film := self.by_slug.get(typed.strip())) is not None:
            return film
        read = tuple(readings(typed))
        for meaning in _MEANINGS:
            for reading in read:
                if (film := self._index.only_title(reading, meaning)) is not None:
                    return film
        for reading in read:
            if (film := self._sure(reading)) is not None:
                return film
        near = self._index.suggest(typed, _NEAR_MATCHES)
        shown = one_line(typed)[:LONGEST_QUERY]
        raise FilmNotFound(shown, tuple(NearMatch(film.slug, film.title, film.year) for film in near))

    def _sure(self, reading: Reading) -> Film | None:
        """The film whose title is one slip away from what was typed, if no other comes near."""
        scored = sorted(
            ((_likeness(reading, entry.film), entry.film) for _, entry in self._index.slips(reading)),
            key=lambda hit: hit[0],
            reverse=True,
        )[:2]
        if not scored or scored[0][0] < _SURE:
            return None
        clear = len(scored) == 1 or scored[0][0] - scored[1][0] >= _LEAD
        return scored[0][1] if clear else None


def _order(film: Film) -> tuple[int, str, int, str]:
    return -film.added.toordinal(), bare(fold(film.title)), film.year, film.slug


def _likeness(reading: Reading, film: Film) -> float:
    return max(fuzz.ratio(reading.bare, bare(fold(title))) for title in film.titles)
