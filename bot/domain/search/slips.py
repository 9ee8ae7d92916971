"""Whether a finger slipped on the way to a title, or something else was meant."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from bot.domain.search.articles import ENGLISH
from bot.domain.search.spellings import with_digits, with_roman_in_digits
from bot.domain.search.wordings import Wording, may_be_spaced_so, weight

_SHORTEST: Final = 5
# A title of several words and so many letters is nearly typed even if a word of its is another: of 87,000 others, none
# that was not known was taken for a shipped one.
_LONG: Final = 13


class Writings(NamedTuple):
    """What people write, each as it is folded; if they do it was meant, however near to something else it is."""

    is_word: Callable[[str], bool]
    is_title: Callable[[str], bool]


def is_slip(typed: Wording, title: Wording, written: Writings) -> bool:
    """Whether one slip in letters lies between them, and no real word or title was typed instead."""
    if typed.grade.article:
        return False
    if OSA.distance(_composed(typed.letters), _composed(title.letters), score_cutoff=1) != 1 or not may_be_spaced_so(
        typed, title
    ):
        return False
    if min(weight(typed.letters), weight(title.letters)) < _SHORTEST:
        return False
    if _differ_in_numbers(typed.words, title.words):
        return False
    first = _alike(typed.words, title.words)
    last = _alike(typed.words[first:][::-1], title.words[first:][::-1])
    meant, changed = (words[first : len(words) - last] for words in (title.words, typed.words))
    if not meant or not changed:  # a whole word more, or less
        return False
    if len(title.words) > 1 and len(title.letters) >= _LONG:
        return not any(map(written.is_title, _with_other_articles(typed.words)))
    if len(typed.words) != len(title.words) and any(map(written.is_word, _words_instead(typed.letters, title))):
        return False
    return not all(map(written.is_word, changed))


def _composed(letters: str) -> str:
    """The letters with Korean syllables, which folding takes apart, as one letter each."""
    return letters if letters.isascii() else unicodedata.normalize("NFC", letters)


def _with_other_articles(words: Sequence[str]) -> Iterator[str]:
    """The words, and the same with and without an English article before them."""
    bare = words[1:] if words[0] in ENGLISH else words
    yield from (" ".join(form) for form in (words, bare, ("the", *bare), ("a", *bare)))


def _has_digit(word: str) -> bool:
    return any(map(str.isdecimal, word))


def _differ_in_numbers(typed: Sequence[str], title: Sequence[str]) -> bool:
    """Whether digits or Roman numerals are others, or a number was typed in words that the title does not have."""
    digits, meant = (list(filter(_has_digit, with_roman_in_digits(words))) for words in (typed, title))
    numbers, known = (set(filter(_has_digit, with_digits(words))) for words in (typed, title))
    return digits != meant or not numbers <= known


def _words_instead(typed: str, title: Wording) -> Iterator[str]:
    """The word that was typed in place of one of the title's, if the spaces were where the title has them."""
    first = _alike(typed, title.letters)
    last = len(title.letters) - _alike(typed[first:][::-1], title.letters[first:][::-1])
    start = 0
    for word in title.words:
        end = start + len(word)
        if start <= first and last <= end:
            yield typed[start : end + len(typed) - len(title.letters)]
        start = end


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words or letters are the same in both from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
