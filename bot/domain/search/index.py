"""The search index of a list: parts that lists share, each with a mask of the films that count."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.search.bitset import bits_of, select, up_to
from bot.domain.search.query import ParsedQuery, content_words, parse_query, without_noise, without_wrong_year
from bot.domain.search.segments import TIERS, Entry, Segment
from bot.domain.unlocked_cached_property import unlocked_cached_property

# So many films that fit leave no room for films that nearly do.
ENOUGH: Final = 25
# Years by which people misremember that of a film whose title they know.
_SLACK: Final = 1
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

    @unlocked_cached_property
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
        """Films for what has been typed so far, likeliest first; what is told of them counts where no name fits."""
        return self._found(typed, limit, tells=False)

    def search(self, typed: str, limit: int) -> list[Film]:
        """The films that fit, by titles, people and facts, then by what is told of them, then those that nearly do."""
        return self._found(typed, limit, tells=True)

    def titled(self, typed: str, limit: int) -> list[Film]:
        """Films whose title is what was typed, or what is left of it without its first or its last words."""
        names = {name for reading in parse_query(typed) for name in _ends(reading.whole.split())}
        found = {part.segment: part.counts & part.segment.titled(names) for part in self.parts}
        return _films(self._among(found, limit))

    def has_word(self, word: str) -> bool:
        """Whether the word is one of a title."""
        return any(part.segment.with_word(word) & part.counts for part in self.parts)

    def alike(self, titles: Sequence[str], videos: Sequence[str]) -> list[Film]:
        """The films with one of these titles or videos, as `Segment.alike` has it."""
        found = {part.segment: part.segment.alike(titles, videos) & part.counts for part in self.parts}
        return _films(self._among(found, len(self.by_slug)))

    def _found(self, typed: str, limit: int, *, tells: bool) -> list[Film]:
        read = tuple(parse_query(typed))
        other_year = tuple(without_wrong_year(read))
        for ways in (read, other_year, tuple(without_noise(typed))):
            found = self._fitting(ways, limit)
            if found:
                break
        words = content_words(typed)
        if words and (tells or not found) and len(found) < limit:
            told = {part.segment: part.segment.description_matches(words) & left for part, left in self._left(found)}
            found += self._among(told, limit - len(found))
        if len(found) < min(limit, ENOUGH):
            ways = read[:1] if found else (*read, *other_year)
            found += self._nearly(ways, dict(self._left(found)))[: limit - len(found)]
        return _films(found or self._recalled(words, min(limit, ENOUGH)))

    def _fitting(self, read: Sequence[ParsedQuery], limit: int) -> list[Entry]:
        """The films that fit a reading, likeliest first."""
        found: list[Entry] = []
        left = {part.segment: part.counts for part in self.parts}
        fitting = {part.segment: _tiers(part, read) for part in self.parts}
        for _ in range(1 + TIERS):
            if len(found) >= limit:
                break
            tier = {segment: next(films) & left[segment] for segment, films in fitting.items()}
            left = {segment: films & ~tier[segment] for segment, films in left.items()}
            found += self._among(tier, limit - len(found))
        return found

    def _left(self, found: Iterable[Entry]) -> Iterator[tuple[_Part, int]]:
        """The films that have not been found, part by part."""
        slugs = [entry.slug for entry in found]
        return ((part, part.counts & ~_places(part.segment, slugs)) for part in self.parts)

    def _recalled(self, words: Sequence[str], limit: int) -> list[Entry]:
        """Films of which more than half of several words are known, those of which most are first."""
        if len(words) <= 1:
            return []
        sets = [(part, part.segment.partial_matches(words)) for part in self.parts]
        found: list[Entry] = []
        for at in range(len(words) - len(words) // 2):
            found += self._among({part.segment: levels[at] & part.counts for part, levels in sets}, limit - len(found))
        return found

    def _nearly(self, read: Iterable[ParsedQuery], left: Mapping[_Part, int]) -> list[Entry]:
        """The films that nearly fit the first reading that any nearly fits."""
        for reading in read:
            near = self._slips(reading, lambda part, reading=reading: left[part] & _of_year(part, reading))
            if near:
                return [entry for _, entry in near]
        return []

    def _slips(self, reading: ParsedQuery, among: Callable[[_Part, ParsedQuery], int]) -> list[tuple[float, Entry]]:
        near = chain.from_iterable(part.segment.fuzzy_matches(reading, among(part, reading)) for part in self.parts)
        return sorted(near, key=lambda hit: (-hit[0], hit[1][:3]))

    def _among(self, films: Mapping[Segment, int], most: int) -> list[Entry]:
        """The first films of these sets, by year, title and slug."""
        found = [select(bits, segment.entries, most) for segment, bits in films.items() if bits]
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


def _ends(words: Sequence[str]) -> Iterator[str]:
    """The words, and all but the first or the last of them."""
    for at in range(len(words)):
        yield " ".join(words[at:])
        yield " ".join(words[: len(words) - at])


def _tiers(part: _Part, read: Sequence[ParsedQuery]) -> Iterator[int]:
    """The films that fit any reading in its next best way; behind the very title in that year, the title in another."""
    ways = [(part.segment.tiers(reading), _of_year(part, reading)) for reading in read]
    for number in range(TIERS):
        films = 0
        for tiers, of_year in ways:
            films |= next(tiers) & of_year
        yield films
        if number == 0:
            yield _meant(part, read)


def _parts(films: Iterable[Film]) -> tuple[_Part, ...]:
    segment = Segment(films)
    return (_Part(segment, up_to(len(segment.entries))),) if segment.entries else ()


def _meant(part: _Part, read: Iterable[ParsedQuery]) -> int:
    """Films whose very title was typed with a year that is not quite theirs."""
    films = 0
    for reading in read:
        if reading.year is not None:
            near = part.segment.of_years(reading.year - _SLACK, reading.year + _SLACK)
            films |= part.segment.same_title(reading) & near & part.counts
    return films


def _of_year(part: _Part, reading: ParsedQuery) -> int:
    return part.counts if reading.year is None else part.counts & part.segment.of_years(reading.year, reading.year)


def _is_worn(part: _Part) -> bool:
    """Whether most of a part counts no more, so that it is not worth its memory."""
    return 2 * part.counts.bit_count() < len(part.segment.entries)


def _without(part: _Part, slugs: Iterable[str]) -> _Part:
    return _Part(part.segment, part.counts & ~_places(part.segment, slugs))


def _places(segment: Segment, slugs: Iterable[str]) -> int:
    """The places of these slugs, as far as the segment has them."""
    return bits_of([place for slug in slugs if (place := segment.places.get(slug)) is not None])


def _entries(part: _Part) -> list[Entry]:
    return select(part.counts, part.segment.entries, len(part.segment.entries))


def _films(entries: Iterable[Entry]) -> list[Film]:
    return [entry.film for entry in entries]
