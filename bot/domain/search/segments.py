"""A part of a search index: films that were put in together and never change. What no longer counts is masked."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.films.trailers import Trailer
from bot.domain.search.bigrams import BigramIndex
from bot.domain.search.bitset import count_planes, up_to, with_count
from bot.domain.search.query import ParsedQuery, bare, fact_words, other_forms, title_forms, told_words
from bot.domain.search.terms import Terms
from bot.domain.text.normalize import fold

_SHORT: Final = 3
_FOUND: Final = 100  # films that slips find among titles, and again among words and people


class Entry(NamedTuple):
    """A film with what decides between films that fit equally well, in that order."""

    year: int
    title: str
    slug: str
    film: Film


class _Nearly(NamedTuple):
    """Texts that what was typed may nearly be, and how much less that says than nearly being a title."""

    terms: Terms
    grams: BigramIndex
    less: float

    @classmethod
    def of(cls, terms: Terms, less: float) -> "_Nearly":
        return cls(terms, BigramIndex(terms.texts), less)


class Segment:
    """An immutable index of films. A film's place in it is its place among them by year, title and slug."""

    def __init__(self, films: Iterable[Film]) -> None:
        self.entries = _in_order(films)
        self.places: dict[str, int] = {entry.slug: place for place, entry in enumerate(self.entries)}
        forms, places = _named(self.entries, title_forms)
        self._wholes = Terms(zip(forms, places, strict=True))
        pairs = zip(forms, map(bare, forms), places, strict=True)
        self._bares = Terms((plain, place) for form, plain, place in pairs if plain != form)
        self._title_words = Terms(_words(forms, places))
        others, places = _named(self.entries, other_forms)
        self._others = Terms(zip(others, places, strict=True))
        self._other_words = Terms(_words(others, places))
        self._facts = self._terms(fact_words)
        self._told = self._terms(told_words)
        self._marks = self._terms(_marks_of)
        self._titles = _Nearly.of(self._wholes, 0), _Nearly.of(self._bares, 1)
        self._people = (_Nearly.of(self._others, 4),)
        self._words = _Nearly.of(self._title_words, 8), _Nearly.of(self._other_words, 10)

    def same_title(self, reading: ParsedQuery) -> int:
        """Films with this very title."""
        return self._wholes.of(reading.whole)

    def same_but_for_articles(self, reading: ParsedQuery) -> int:
        """Films whose title differs by its article at most."""
        return self._wholes.of(reading.bare) | self._bares.of(reading.bare)

    def titled(self, names: Iterable[str]) -> int:
        """Films with any of these titles, or but for the article of theirs."""
        found = 0
        for name in names:
            found |= self._wholes.of(name) | self._bares.of(name)
        return found

    def title_with(self, reading: ParsedQuery) -> int:
        """Films in whose titles every word begins a word."""
        return _all_of(self._title_words.beginning, reading.words)

    def alike(self, titles: Iterable[str], videos: Iterable[str]) -> int:
        """Films with one of these titles, whatever its signs, or with one of these videos (`video_mark`).

        Where a title is of nothing but signs, all films with such a title.
        """
        found = 0
        for title in map(fold, titles):
            found |= self._wholes.of(title) if title else self._marks.of("")
        for video in videos:
            found |= self._marks.of(video)
        return found

    def description_matches(self, words: Sequence[str]) -> int:
        """Films of which all these words are told or otherwise known; the last may only be begun."""
        *whole, last = words
        found = self._told.beginning(last) | self._in_any_name(last)
        for word in whole:
            found = found and found & self._known(word)
        return found

    def partial_matches(self, words: Sequence[str]) -> Sequence[int]:
        """Films of which more than half of the words are told or known in some form, most words first, set by set."""
        planes = count_planes(self._known(word) | self._told.beginning(_stem(word)) for word in words)
        return [with_count(planes, number) for number in range(len(words), len(words) // 2, -1)]

    def of_years(self, first: int, last: int) -> int:
        """The films of these years, which stand together."""
        start, end = (bisect_left(self.entries, (year,)) for year in (first, last + 1))
        return up_to(end) & ~up_to(start)

    def with_word(self, word: str) -> int:
        """Films with that very word in a title."""
        return self._title_words.of(word)

    def fuzzy_matches(self, reading: ParsedQuery, among: int) -> list[tuple[float, Entry]]:
        """Films of the set with a name like what was typed, each with its score from 0 to 100."""
        allowed = among.to_bytes(len(self.entries) // 8 + 1, "little")
        best: dict[int, float] = {}
        for terms, grams, less in (*self._titles, *(self._words if len(reading.words) == 1 else self._people)):
            hits = (
                (score, place)
                for score, at in sorted(grams.fuzzy_matches(reading.bare), key=_best_first)
                for place in terms.numbers(at)
                if allowed[place >> 3] >> (place & 7) & 1
            )
            for score, place in islice(hits, _FOUND):
                best[place] = max(best.get(place, 0), score - less)
        return [(score, self.entries[place]) for place, score in best.items()]

    def tiers(self, reading: ParsedQuery) -> Iterator[int]:
        """Films that fit the reading, the best way to fit it first; those of better ways may come again."""
        whole, plain = reading.whole, reading.bare
        yield self.same_title(reading)
        yield self.same_but_for_articles(reading)
        begun = self._wholes.beginning(whole)
        yield begun if whole != plain else begun | self._bares.beginning(whole)
        yield self._wholes.beginning(plain) | self._bares.beginning(plain)
        yield self._others.of(whole)
        yield self._others.beginning(whole)
        yield self.title_with(reading)
        yield _all_of(self._other_words.beginning, reading.words)
        yield _all_of(self._in_any_name, reading.words)

    def _terms(self, texts: Callable[[Film], Iterable[str]]) -> Terms:
        return Terms((text, place) for place, entry in enumerate(self.entries) for text in texts(entry.film))

    def _known(self, word: str) -> int:
        """Films of which this very word is told or known."""
        return self._told.of(word) | self._title_words.of(word) | self._other_words.of(word) | self._facts.of(word)

    def _in_any_name(self, word: str) -> int:
        return self._title_words.beginning(word) | self._other_words.beginning(word) | self._facts.beginning(word)


TIERS: Final = 9


def video_mark(trailer: Trailer) -> str:
    """What a video is found by."""
    return f"{trailer.provider}:{trailer.id}"


def _marks_of(film: Film) -> Iterator[str]:
    """The videos of its trailers, and "" for a title of nothing but signs."""
    yield from (video_mark(trailer) for trailer in film.trailers)
    if not all(map(fold, film.titles)):
        yield ""


def _stem(word: str) -> str:
    """What a word begins with in its other forms, too: without the ending of an English plural."""
    return word[:-1] if len(word) > _SHORT and word.endswith("s") else word


def _named(entries: Iterable[Entry], names: Callable[[Film], Iterable[str]]) -> tuple[list[str], Sequence[int]]:
    """The names of every film, and beside them its place. Not as pairs, which would take long to let go."""
    forms, places = list[str](), array("I")
    for place, entry in enumerate(entries):
        for form in names(entry.film):
            forms.append(form)
            places.append(place)
    return forms, places


def _words(forms: Iterable[str], places: Iterable[int]) -> Iterator[tuple[str, int]]:
    return ((word, place) for form, place in zip(forms, places, strict=True) for word in form.split())


def _in_order(films: Iterable[Film]) -> tuple[Entry, ...]:
    years: defaultdict[int, list[Entry]] = defaultdict(list)
    for film in films:
        years[film.year].append(Entry(film.year, fold(film.title), film.slug, film))
    return tuple(entry for year in sorted(years) for entry in sorted(years[year], key=itemgetter(1, 2)))


def _all_of(films: Callable[[str], int], words: Iterable[str]) -> int:
    """The films that every word leads to."""
    found = -1
    for word in words:
        found &= films(word)
        if not found:
            break
    return max(found, 0)


def _best_first(hit: tuple[float, int]) -> tuple[float, int]:
    return -hit[0], hit[1]
