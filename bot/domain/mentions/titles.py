"""The titles of a list, laid out so that a message is read once, however long the list is."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.text.stopwords import COMMON, STOPWORDS
from bot.domain.text.tokenizer import Word, words_of

_ARTICLES: Final = frozenset({"the", "a", "an"})
_TITLES: Final = 32  # twice as many as a film has at most, rounded up


class Called(NamedTuple):
    """A title, read once for all messages."""

    words: tuple[str, ...]  # folded
    capitals: tuple[bool, ...]  # of each word
    marks: frozenset[str]
    closing: str  # marks that it ends with, as in "Quo Vadis, Aida?"
    is_upper: bool
    weighty: int  # words that carry meaning
    uncommon: int  # of which so many are not everyday

    @property
    def is_telling(self) -> bool:
        """Whether it has two words or more that carry meaning, not all of them everyday words."""
        return self.weighty > 1 and self.uncommon > 0

    @property
    def is_tiny(self) -> bool:
        """Whether it is a single everyday word, or has no more than two letters."""
        return len(self.words) == 1 and (len(self.words[0]) < 3 or not self.uncommon)

    def without_article(self) -> "Called":
        """The same without an English article at its beginning, if it has one."""
        if self.words[:1] and self.words[0] in _ARTICLES:
            return self._replace(words=self.words[1:], capitals=self.capitals[1:])
        return self


class Title(NamedTuple):
    """One title of a film."""

    called: Called
    film: Film
    is_short: bool  # its article is left out


class TitleIndex:
    """Titles by their words.

    At each word of a message only the lengths that titles beginning with it have are tried, so the cost of a message
    grows with its own length and not with the list. Kept are numbers, and titles are read anew where their words stand
    in a message: a list of 20,000 films would else be some 200,000 objects, and to let go of them at once, when the
    list has changed, would hold up everybody for longer than the search.
    """

    def __init__(self, films: Sequence[Film]) -> None:
        self._films = films
        self._titles: dict[str, tuple[int, ...] | int] = {}
        self._lengths: dict[str, int] = {}  # bit n is set where a title of n words begins with it
        for number, film in enumerate(films):
            for words, at in _titles_of(film):
                key = " ".join(words)
                put(self._titles, key, number * _TITLES + at)
                self._lengths[words[0]] = self._lengths.get(words[0], 0) | 1 << len(words)

    def at(self, words: Sequence[Word], first: int) -> Iterator[tuple[int, Title]]:
        """The titles whose words stand from there on, each with the number of its last word."""
        lengths = self._lengths.get(words[first].folded, 0) | self._lengths.get(words[first].base, 0)
        for length in range(1, min(lengths.bit_length(), len(words) - first + 1)):
            if lengths >> length & 1:
                last = first + length - 1
                begun = [word.folded for word in words[first:last]]
                for end in {words[last].folded, words[last].base}:
                    for number in numbers(self._titles.get(" ".join([*begun, end]), ())):
                        yield last, self._title(number)

    def _title(self, number: int) -> Title:
        film = self._films[number // _TITLES]
        at, is_short = divmod(number % _TITLES, 2)
        called = read_title(film.titles[at])
        return Title(called.without_article() if is_short else called, film, bool(is_short))


def put(known: dict[str, tuple[int, ...] | int], key: str, number: int) -> None:
    """Add a number to those of a key: most keys have one, which needs no tuple around it."""
    others = known.get(key)
    known[key] = number if others is None else (*numbers(others), number)


def numbers(known: tuple[int, ...] | int) -> tuple[int, ...]:
    """What `put` has put there."""
    return (known,) if isinstance(known, int) else known


def _titles_of(film: Film) -> Iterator[tuple[tuple[str, ...], int]]:
    """The words of every title, with its place among the film's titles twice, and one more without its article."""
    known: set[tuple[str, ...]] = set()
    for at, title in enumerate(film.titles):
        called = read_title(title)
        if called.words and called.words not in known:
            known.add(called.words)
            yield called.words, 2 * at
        rest = called.without_article()
        if rest is not called and rest.is_telling and rest.words not in known:
            known.add(rest.words)
            yield rest.words, 2 * at + 1


@lru_cache(maxsize=1 << 11)  # those of which messages tell again and again
def read_title(title: str) -> Called:
    """What a title says by itself."""
    words = words_of(title)
    weighty = [word.folded for word in words if word.folded not in STOPWORDS]
    marks = frozenset(c for c in title if not c.isalnum())
    return Called(
        tuple(word.folded for word in words),
        tuple(word.is_capital for word in words),
        marks,
        title[words[-1].end :] if words else "",
        all(word.is_upper for word in words if word.is_cased),
        len(weighty),
        sum(word not in COMMON for word in weighty),
    )
