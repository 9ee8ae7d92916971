"""Which films of the list a message names; rather one too few than one that was not meant.

A mention is a whole title (the usual, the original or another one), word by word, or the address of one of the film's
trailers, of its page at IMDb or at TMDB. How much more has to speak for a title depends on how much it says by itself:

- *telling* titles have two words or more that carry meaning, not all of them everyday words: "Whale Rider";
- *plain* ones have one such word, or everyday words only: "Alien", "The Square", "Get Out";
- *tiny* ones are a single everyday word, or have no more than two letters: "No", "M".

In the order of their weight:

1. The year in brackets behind it settles it: the film's own, give or take one, speaks for any title, another one
   against it.
2. Standing alone in quotation marks, in italics or bold, or as the words of a link: enough for a telling title in any
   case, for a plain one with its capitals, and for a tiny one with its capitals straight after a word such as "watched"
   or "film".
3. With its capitals in running text: enough for a telling title that is not part of a longer name. A plain one has to
   stand straight after such a word, or straight before "film" or "movie", and what follows must not go on with it
   ("watched Pina dance").
4. Without capitals: only telling titles, of three words or more straight after such a word, or of five or more with
   three that carry meaning.

Capitals in a message that is all in capitals say nothing. Where titles overlap, the longest one is meant.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.addresses import films_linked
from bot.domain.everyday import BESIDE, EVERYDAY, FOLLOWING, NAMED_AS, SMALL
from bot.domain.films import Film
from bot.domain.running_text import Word, without_machinery, words_of

_CLOSING: Final = {
    '"': '"',
    "'": "'",
    "“": "”",
    "‘": "’",
    "„": "“”",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "《": "》",
    "*": "*",
    "_": "_",
    "[": "]",
}
_YEAR: Final = re.compile(r"[\"'”’“»›*_\]]{0,4}\s?[(\[](?P<year>\d{4})[)\]]")
_WITHIN: Final = frozenset(" \t'’*_\"“”«»")
_SOFT: Final = frozenset(" \t-–—:'’&*_\"“”«»")
_SLACK: Final = 1  # years by which first nights and release differ


class _Called(NamedTuple):
    """A title, read once for all messages."""

    words: tuple[Word, ...]
    marks: frozenset[str]
    weighty: int  # words that carry meaning
    uncommon: int  # of which so many are not everyday

    @property
    def is_telling(self) -> bool:
        return self.weighty > 1 and self.uncommon > 0

    @property
    def is_tiny(self) -> bool:
        return len(self.words) == 1 and (len(self.words[0].folded) < 3 or not self.uncommon)


class _Title(NamedTuple):
    """One title of a film."""

    called: _Called
    film: Film


class _Span(NamedTuple):
    """A place in a message where the words of a title stand."""

    first: int
    last: int
    title: _Title


def mentioned(text: str, films: Iterable[Film]) -> tuple[Film, ...]:
    """The films that the message names, in the order in which it does. Films of one title are all named by it."""
    every = tuple(films)
    linked = films_linked(text, every)
    message = _Message(without_machinery(text))
    spans = [span for span in message.spans(_titles(every)) if message.is_meant(span)]
    spans.sort(key=lambda span: (span.first - span.last, span.first))
    taken: dict[int, _Span] = {}
    named: list[tuple[int, Film]] = []
    for span in spans:
        over = {taken[at] for at in range(span.first, span.last + 1) if at in taken}
        if any((other.first, other.last) != (span.first, span.last) for other in over):
            continue
        taken.update(dict.fromkeys(range(span.first, span.last + 1), span))
        named.append((message.words[span.first].start, span.title.film))
    found = sorted([*named, *linked], key=lambda pair: pair[0])
    return tuple({film.slug: film for _, film in found}.values())


class _Message:
    def __init__(self, text: str) -> None:
        self._text = text
        self.words = words_of(text)
        self._cased = sum(word.is_cased for word in self.words)
        self._upper = sum(word.is_upper for word in self.words)

    def spans(self, titles: Mapping[str, Sequence[_Title]]) -> Iterator[_Span]:
        """Every place where the words of a title stand one after another."""
        for first, word in enumerate(self.words):
            for title in {id(t): t for form in (word.folded, word.base) for t in titles.get(form, ())}.values():
                last = first + len(title.called.words) - 1
                if last < len(self.words) and self._says(title.called, first, last):
                    yield _Span(first, last, title)

    def _says(self, title: _Called, first: int, last: int) -> bool:
        said, meant = self.words[first : last + 1], title.words
        ends = meant[-1].folded in {said[-1].folded, said[-1].base}
        same = all(one.folded == other.folded for one, other in zip(said[:-1], meant[:-1], strict=True))
        allowed = _SOFT | title.marks
        return ends and same and all(set(self._gap(at)) <= allowed for at in range(first, last))

    def _gap(self, at: int) -> str:
        """What stands between a word and the next one."""
        return self._text[self.words[at].end : self.words[at + 1].start]

    def is_meant(self, span: _Span) -> bool:
        """Whether enough speaks for the title there."""
        title = span.title.called
        if (year := self._year(span)) is not None:
            return abs(year - span.title.film.year) <= _SLACK
        capital = self._has_capitals(span)
        if self._is_set_apart(span):
            return title.is_telling or (capital and (not title.is_tiny or self._is_introduced(span, BESIDE)))
        if title.is_tiny:
            return False
        if capital:
            return self._is_whole_name(span) if title.is_telling else self._is_spoken_of(span)
        if not title.is_telling:
            return False
        if len(title.words) >= 5 and title.weighty >= 3:
            return True
        return len(title.words) >= 3 and self._is_introduced(span, BESIDE | NAMED_AS)

    def _year(self, span: _Span) -> int | None:
        match = _YEAR.match(self._text, self.words[span.last].end)
        return int(match["year"]) if match else None

    def _has_capitals(self, span: _Span) -> bool:
        said = self.words[span.first : span.last + 1]
        outside = self._cased - sum(word.is_cased for word in said)
        is_shouted = outside > 1 and self._upper - sum(word.is_upper for word in said) == outside
        pairs = zip(said, span.title.called.words, strict=True)
        return not is_shouted and all(one.is_capital or not meant.is_capital for one, meant in pairs)

    def _is_set_apart(self, span: _Span) -> bool:
        start, end = self.words[span.first].start, self.words[span.last].end
        closing = _CLOSING.get(self._text[start - 1 : start] if start else "", "")
        after = self._text[end : end + 2]
        if span.title.called.is_telling:
            after = after.lstrip(",.!?…")
        return bool(closing and after and after[0] in closing)

    def _is_introduced(self, span: _Span, by: frozenset[str]) -> bool:
        """Whether one of these words stands straight before it, in the same sentence."""
        before = self._neighbour(span.first - 1, span.first - 1)
        return before is not None and before.folded in by

    def _is_spoken_of(self, span: _Span) -> bool:
        after = self._neighbour(span.last + 1, span.last)
        if after is not None and after.folded in {"film", "movie"} and span.first > 0:
            return self._neighbour(span.first - 1, span.first - 1) is not None and self._is_whole_name(span)
        return self._is_introduced(span, BESIDE) and (after is None or after.folded in FOLLOWING)

    def _is_whole_name(self, span: _Span) -> bool:
        """Whether no other capital before or behind makes it part of a longer name."""
        after, before = self._neighbour(span.last + 1, span.last), self._neighbour(span.first - 1, span.first - 1)
        if after is not None and after.is_capital and after.folded != "i":
            return False
        if before is None or not before.is_capital or before.is_possessive or before.folded == "i":
            return True
        return self._neighbour(span.first - 2, span.first - 2) is None  # its capital is that of the sentence

    def _neighbour(self, at: int, gap: int) -> Word | None:
        """The word there, if what stands in the gap after word number `gap` may stand within a name.

        A colon may before the second half of one, and not behind what leads to it, as in "Tonight: Whale Rider".
        """
        if not 0 <= at < len(self.words) or not 0 <= gap < len(self.words) - 1:
            return None
        between = self._gap(gap)
        within = between == "-" or set(between) <= (_WITHIN if at <= gap else _WITHIN | {":"})
        return self.words[at] if within else None


def _titles(films: Iterable[Film]) -> Mapping[str, Sequence[_Title]]:
    """Every title by its first word."""
    found: dict[str, list[_Title]] = defaultdict(list)
    for film in films:
        for title in film.titles:
            called = _read(title)
            if called.words:
                found[called.words[0].folded].append(_Title(called, film))
    return found


@lru_cache(maxsize=1 << 15)
def _read(title: str) -> _Called:
    words = words_of(title)
    weighty = [word.folded for word in words if word.folded not in SMALL]
    marks = frozenset(c for c in title if not c.isalnum())
    return _Called(words, marks, len(weighty), sum(word not in EVERYDAY for word in weighty))
