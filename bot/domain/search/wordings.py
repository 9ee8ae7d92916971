"""Titles and what was typed as one, in the forms in which they are compared."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from bot.domain.search.articles import ENGLISH, is_article
from bot.domain.search.query import forms_of_title
from bot.domain.search.spellings import PARTS

_TELLING: Final = 8  # letters that say enough to be typed with spaces where the title has none: "A Lien" is not "Alien"
_IDEOGRAPHS: Final = "\u2e80"  # from here on, a letter says as much as two
_FOREIGN: Final = 2


class Grade(NamedTuple):
    """How sure it is that the title was typed; the least is the surest."""

    beside: int = 0  # whether more than the title was typed
    article: int = 0  # whether the title's is missing, and one too many was typed: 1 for an English one, else 2
    spacing: int = 0  # whether only the letters are the same, not the words


class Wording(NamedTuple):
    """A title, or what was typed as one."""

    words: tuple[str, ...]
    letters: str  # with spaces between numbers only
    key: str  # the words without "and", and without "part" before a number
    grade: Grade

    @classmethod
    def of(cls, words: Sequence[str], grade: Grade) -> "Wording":
        return cls(tuple(words), "".join(_apart(words)), _key(words), grade)


@lru_cache(4096)
def wordings_of(title: str, spoken: tuple[str, ...]) -> tuple[Wording, ...]:
    """A title in its forms, and these without their article."""
    whole = [Wording.of(form.split(), Grade()) for form in forms_of_title(title)]
    return (*whole, *_without_article(whole, spoken, lambda _: 1))


def without_article(typed: Iterable[Wording], spoken: Iterable[str]) -> Iterator[Wording]:
    """What was typed without its article, as far as it has one."""
    return _without_article(typed, spoken, lambda article: 1 if article in ENGLISH else _FOREIGN)


def grade(typed: Wording, title: Wording) -> Grade:
    """How sure it is, if they match."""
    article = typed.grade.article + title.grade.article
    return Grade(typed.grade.beside, article, int(typed.words != title.words))


def may_have_such_articles(typed: Wording, title: Wording) -> bool:
    """Whether only an English article may have been typed in place of another: "the boot", not "la séparation"."""
    return typed.grade.article + title.grade.article <= _FOREIGN


def may_be_spaced_so(typed: Wording, title: Wording) -> bool:
    """Whether spaces in other places are forgiven."""
    return len(typed.words) <= len(title.words) or len(title.letters) >= _TELLING


def weight(text: str) -> int:
    """How much the letters of the text say."""
    return sum(2 if letter >= _IDEOGRAPHS else 1 for letter in text)


def _without_article(
    wordings: Iterable[Wording], spoken: Iterable[str], count: Callable[[str], int]
) -> Iterator[Wording]:
    for wording in wordings:
        article, *rest = wording.words
        if rest and is_article(article, rest[0], spoken):
            yield Wording.of(rest, wording.grade._replace(article=count(article)))


def _key(words: Sequence[str]) -> str:
    said = [word for word in words if word != "and"] or list(words)
    kept = [a for a, b in zip(said, (*said[1:], ""), strict=True) if not (a in PARTS and b[:1].isdecimal())]
    return " ".join(kept)


def _apart(words: Sequence[str]) -> Iterator[str]:
    """The words, with a space between two numbers."""
    for before, word in pairwise(("", *words)):
        yield f" {word}" if before[-1:].isdecimal() and word[:1].isdecimal() else word
