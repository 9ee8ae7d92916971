"""Texts in order, with the numbers of the films that each belongs to: finds them by the whole and by a beginning."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from bot.domain.search.bitset import bits_of

# Sets of beginnings are kept where joining them anew would take a noticeable part of a millisecond.
_SHORT: Final = 4
_MANY: Final = 500
_LARGE: Final = 50_000
_AT_ONCE: Final = 2000
_LAST: Final = "\U0010ffff"


def in_steps(texts: Sequence[str], at: int = 0) -> list[str]:
    """Different texts, sorted in steps of a millisecond: Python lets no other thread in while it sorts.

    They are the same up to the letter `at`.
    """
    if len(texts) <= _AT_ONCE:
        return sorted(texts)
    begun: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        begun[text[at : at + 1]].append(text)
    return [text for letter in sorted(begun) for text in in_steps(begun[letter], at + 1)]


class Terms:
    """An immutable set of texts. Numbers are places of films, each of them at least 0."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        """The numbers of each text have to come in order; the same pair may come again."""
        having: defaultdict[str, list[int]] = defaultdict(list)
        for text, number in pairs:
            numbers_of = having[text]
            if not numbers_of or numbers_of[-1] != number:
                numbers_of.append(number)
        texts = in_steps(list(having))
        starts, numbers = array("I", (0,)), array("I")
        for text in texts:
            numbers.extend(having.pop(text))  # letting go of all of them at once would take long as well
            starts.append(len(numbers))
        self.texts: Sequence[str] = texts
        self._starts, self._numbers = starts, numbers
        is_large = len(numbers) >= _LARGE
        # Texts of many films, by their places, and beginnings of such texts.
        self._common = dict(self._common_texts()) if is_large else {}
        self._common_places = sorted(self._common)
        self._kept = dict(self._dense()) if is_large else {}

    def of(self, text: str) -> int:
        """The set of films with exactly this text."""
        at = bisect_left(self.texts, text)
        return self._films(at, at + 1) if at < len(self.texts) and self.texts[at] == text else 0

    def beginning(self, text: str) -> int:
        """The set of films with a text that begins so."""
        kept = self._kept.get(text)
        if kept is not None:
            return kept
        return self._films(bisect_left(self.texts, text), bisect_left(self.texts, text + _LAST))

    def numbers(self, at: int) -> Sequence[int]:
        """The films of the text at this place in `texts`."""
        return self._numbers[self._starts[at] : self._starts[at + 1]]

    def _films(self, first: int, end: int) -> int:
        """The films of the texts at these places."""
        found, start = 0, first
        common = self._common_places
        for at in common[bisect_left(common, first) : bisect_left(common, end)]:
            found |= self._between(start, at) | self._common[at]
            start = at + 1
        return found | self._between(start, end)

    def _between(self, first: int, end: int) -> int:
        return bits_of(self._numbers[self._starts[first] : self._starts[end]]) if first < end else 0

    def _common_texts(self) -> Iterable[tuple[int, int]]:
        for at in range(len(self.texts)):
            if self._starts[at + 1] - self._starts[at] >= _MANY:
                yield at, self._between(at, at + 1)

    def _dense(self) -> Iterable[tuple[str, int]]:
        for length in range(1, _SHORT + 1):
            for text, places in groupby(range(len(self.texts)), lambda at, cut=length: self.texts[at][:cut]):
                every = list(places)
                first, end = every[0], every[-1] + 1
                if len(text) == length and self._starts[end] - self._starts[first] >= _MANY:
                    yield text, self._films(first, end)
