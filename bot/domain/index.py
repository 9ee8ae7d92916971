"""The search index of a list: parts that lists share, each with a mask of the films that count."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from bot.domain.bits import bits_of, members, up_to
from bot.domain.films import Film
from bot.domain.lazy import lazy
from bot.domain.names import LONGEST_QUERY, Reading, readings, without_wrong_year
from bot.domain.segments import TIERS, Entry, Segment
from bot.domain.words import fold

# So many films that fit leave no room for films that nearly do.
ENOUGH: Final = 25
# The last part is made anew together with changed films while it has no more than so many times as many as they are:
# parts grow from each to the one before it, so there are few, and each film is put into a new one a few times only.
_GROWTH: Final = 4


class _Part(NamedTuple):
    segment: Segment
    counts: int  # the set of places that count


class Index:
    """An immutable index. `changed` gives another one that shares what has stayed the same."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self.parts = parts

    @classmethod
    def of(cls, films: Iterable[Film]) -> "Index":
        """An index of these films, whose slugs differ."""
        return cls(_parts(films))

    def warm(self) -> None:
        """Make what would otherwise be made for the first question."""
        for part in self.parts:
            part.segment.warm()

    @lazy
    def by_slug(self) -> Mapping[str, Film]:
        """Every film that counts, under its slug; takes no memory of its own."""
        return _BySlug(self.parts)

    def changed(self, put: Iterable[Film], gone: Iterable[str] = ()) -> "Index":
        """The index with these films put in, in place of those with their slugs, and without those that are gone."""
        new = {film.slug: film for film in put}
        covered = {*new, *gone}
        parts = [_without(part, covered) for part in self.parts]
        put_in = [*new.values(), *(entry.film for part in parts if _is_worn(part) for entry in _entries(part))]
        parts = [part for part in parts if not _is_worn(part)]
        while parts and parts[-1].counts.bit_count() <= _GROWTH * len(put_in):
            put_in += (entry.film for entry in _entries(parts.pop()))
        return Index((*parts, *_parts(put_in)))

    def only(self, slugs: Collection[str]) -> "Index":
        """The index of no films but these; shares what is known of them."""
        return Index([_Part(part.segment, part.counts & _places(part.segment, slugs)) for part in self.parts])

    def with_own(self, own: "Index", without: Collection[str]) -> "Index":
        """The index with another one's films and without some of its own; shares what is known of either."""
        return Index((*(_without(part, without) for part in self.parts), *own.parts))

    def suggest(self, typed: str, limit: int) -> list[Film]:
        """Films for what has been typed so far, likeliest first: by titles, people and themes, then by what is told."""
        read = tuple(readings(typed))
        ranked, left = self._ranked(read, limit)
        if not ranked:
            ranked, left = self._ranked(tuple(without_wrong_year(read)), limit)
        return _films((*ranked, *self._told(typed, left, limit - len(ranked))))

    def only_title(self, reading: Reading, films: Callable[[Segment, Reading], int]) -> Film | None:
        """The one film that counts, suits year and number, and is among the segments' answers."""
        found = [(part, films(part.segment, reading) & _suiting(part, reading)) for part in self.parts]
        if sum(bits.bit_count() for _, bits in found) != 1:
            return None
        return next(part.segment.entries[bits.bit_length() - 1].film for part, bits in found if bits)

    def _ranked(self, read: Sequence[Reading], limit: int) -> tuple[list[Entry], dict[Segment, int]]:
        """The films that fit, likeliest first, and the sets of those that are left."""
        ranked: list[Entry] = []
        left = {part.segment: part.counts for part in self.parts}
        fitting = {
            part.segment: [(part.segment.tiers(reading), _of_year(part, reading)) for reading in read]
            for part in self.parts
        }
        for _ in range(TIERS):
            if len(ranked) >= limit:
                break
            tier = {segment: _next(ways) & left[segment] for segment, ways in fitting.items()}
            left = {segment: films & ~tier[segment] for segment, films in left.items()}
            ranked += self._among(tier, limit - len(ranked))
        if len(ranked) < min(limit, ENOUGH):
            near = self._nearly(read, left, bool(ranked))[: limit - len(ranked)]
            ranked += near
            slugs = [entry.slug for entry in near]
            left = {segment: films & ~_places(segment, slugs) for segment, films in left.items()}
        return ranked, left

    def _nearly(self, read: Sequence[Reading], left: Mapping[Segment, int], ranked: bool) -> list[Entry]:
        for reading in read[: 1 if ranked else None]:
            near = self._slips(reading, lambda part, reading=reading: left[part.segment] & _of_year(part, reading))
            if near:
                return [entry for _, entry in near]
        return []

    def _slips(self, reading: Reading, among: Callable[[_Part, Reading], int]) -> list[tuple[float, Entry]]:
        near = chain.from_iterable(part.segment.slips(reading, among(part, reading)) for part in self.parts)
        return sorted(near, key=lambda hit: (-hit[0], hit[1][:3]))

    def _told(self, typed: str, left: Mapping[Segment, int], most: int) -> list[Entry]:
        words = fold(typed[:LONGEST_QUERY]).split()
        if not words or most <= 0:
            return []
        return self._among({segment: segment.told(words) & films for segment, films in left.items()}, most)

    def _among(self, films: Mapping[Segment, int], most: int) -> list[Entry]:
        """The first films of these sets, by year, title and slug."""
        found = [members(bits, segment.entries, most) for segment, bits in films.items() if bits]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))[:most]


class _BySlug(Mapping[str, Film]):
    def __init__(self, parts: Sequence[_Part]) -> None:
        self.parts = parts

    def __getitem__(self, slug: str) -> Film:
        for segment, counts in self.parts:
            place = segment.places.get(slug)
            if place is not None and counts >> place & 1:
                return segment.entries[place].film
        raise KeyError(slug)

    def __iter__(self) -> Iterator[str]:
        return (entry.slug for part in self.parts for entry in _entries(part))

    def __len__(self) -> int:
        return sum(part.counts.bit_count() for part in self.parts)


def _next(ways: Iterable[tuple[Iterator[int], int]]) -> int:
    """The films that fit any reading in its next best way, if they are of its year."""
    films = 0
    for tiers, of_year in ways:
        films |= next(tiers) & of_year
    return films


def _parts(films: Iterable[Film]) -> tuple[_Part, ...]:
    segment = Segment(films)
    return (_Part(segment, up_to(len(segment.entries))),) if segment.entries else ()


def _of_year(part: _Part, reading: Reading) -> int:
    return part.counts if reading.year is None else part.counts & part.segment.of_year(reading.year)


def _suiting(part: _Part, reading: Reading) -> int:
    films = _of_year(part, reading)
    return films if reading.number is None else films & part.segment.numbered(reading.number)


def _is_worn(part: _Part) -> bool:
    """Whether most of a part counts no more, so that it is not worth its memory."""
    return 2 * part.counts.bit_count() < len(part.segment.entries)


def _without(part: _Part, slugs: Iterable[str]) -> _Part:
    return _Part(part.segment, part.counts & ~_places(part.segment, slugs))


def _places(segment: Segment, slugs: Iterable[str]) -> int:
    """The places of these slugs, as far as the segment has them."""
    return bits_of([place for slug in slugs if (place := segment.places.get(slug)) is not None])


def _entries(part: _Part) -> list[Entry]:
    return members(part.counts, part.segment.entries, len(part.segment.entries))


def _films(entries: Iterable[Entry]) -> list[Film]:
    return [entry.film for entry in entries]
