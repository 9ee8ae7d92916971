"""The titles of a list, laid out so that a message is read once, however long the list is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.domain.everyday import EVERYDAY, SMALL
from bot.domain.films import Film
from bot.domain.running_text import Word, words_of

_ARTICLES = frozenset({"the", "a", "an"})


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


class Title(NamedTuple):
    """One title of a film."""

    called: Called
    film: Film
    is_short: bool  # its article is left out


class TitleIndex:
    """Titles by their words.

    At each word of a message only the lengths that titles beginning with it have are tried, so the cost of a message
    grows with its own length and not with the list.
    """

    def __init__(self, titles: Mapping[str, Sequence[Title]], lengths: Mapping[str, Sequence[int]]) -> None:
        self._titles = titles
        self._lengths = lengths

    @classmethod
    def of(cls, films: Iterable[Film]) -> "TitleIndex":
        """The index of every title of these films, the longer ones without their article too."""
        titles: dict[str, list[Title]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for film in films:
            for title in _titles_of(film):
                titles[" ".join(title.called.words)].append(title)
                lengths[title.called.words[0]].add(len(title.called.words))
        return cls(
            {key: tuple(each) for key, each in titles.items()},
            {word: tuple(sorted(each)) for word, each in lengths.items()},
        )

    def at(self, words: Sequence[Word], first: int) -> Iterator[tuple[int, Title]]:
        """The titles whose words stand from there on, each with the number of its last word."""
        for length in {n for form in {words[first].folded, words[first].base} for n in self._lengths.get(form, ())}:
            last = first + length - 1
            if last < len(words):
                begun = [word.folded for word in words[first:last]]
                for end in {words[last].folded, words[last].base}:
                    for title in self._titles.get(" ".join([*begun, end]), ()):
                        yield last, title


def _titles_of(film: Film) -> Iterator[Title]:
    known: set[tuple[str, ...]] = set()
    for title in film.titles:
        called = _read(title)
        if called.words and called.words not in known:
            known.add(called.words)
            yield Title(called, film, is_short=False)
        rest = called._replace(words=called.words[1:], capitals=called.capitals[1:])
        if called.words[:1] and called.words[0] in _ARTICLES and rest.is_telling and rest.words not in known:
            known.add(rest.words)
            yield Title(rest, film, is_short=True)


@lru_cache(maxsize=1 << 12)  # a server's own version of a film has the same titles
def _read(title: str) -> Called:
    words = words_of(title)
    weighty = [word.folded for word in words if word.folded not in SMALL]
    marks = frozenset(c for c in title if not c.isalnum())
    return Called(
        tuple(word.folded for word in words),
        tuple(word.is_capital for word in words),
        marks,
        title[words[-1].end :] if words else "",
        all(word.is_upper for word in words if word.is_cased),
        len(weighty),
        sum(word not in EVERYDAY for word in weighty),
    )
