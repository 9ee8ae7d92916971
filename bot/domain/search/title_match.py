"""Whether what was typed is a film's title: the rule by which free text opens a film.

Opening is a statement for all to see, so the text has to be one of the film's titles. In the order of how sure it is:

1. the title with its year in brackets; the title; either in another of its forms (`forms_of_title`), or but for
   spaces, "and", and "part" before a number;
2. the title without its article. One that is not there is not forgiven ("The Parasite" is not "Parasite"), but "the"
   may stand for that of another language ("the boot"), and an indefinite one belongs to a single word ("Separation" is
   not "A Separation");
3. either with its year or words of a director's name beside it;
4. one slip of the finger away from any of these: in letters and not in numbers, in a title of five letters or more, and
   where no real word was typed instead. A title of thirteen letters or more is known by its long words, so that what
   stands for a word of up to three letters may be real; one of twenty-four letters or more by any of its words.

A part of a title is no title. Where several films match equally well, or with a slip at all, none of them is meant.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from bot.domain.films.films import Film
from bot.domain.search.query import LONGEST_QUERY, forms_of_title, without_possessives
from bot.domain.search.spellings import PARTS, with_digits, with_roman_in_digits
from bot.domain.text.normalize import fold

# Whether people write this word. If so it was meant, however near to another one it is.
IsWord = Callable[[str], bool]
_YEAR_BEHIND: Final = re.compile(r"\s*(?P<bracket>[(\[])?\s*(?P<year>\d{4})\s*[)\]]?\s*$")
_INDEFINITE: Final = frozenset("a an".split())
_FOREIGN: Final = frozenset("le la les l une der das dem el los las il lo gli het".split())
# Articles that are other words in English, with the languages in which they are articles.
_DOUBTFUL: Final = {
    article: frozenset(languages.split())
    for article, languages in (
        *(("die", "de"), ("den", "de da sv nb no"), ("ein", "de"), ("eine", "de"), ("een", "nl"), ("de", "nl")),
        *(("un", "fr es it ro"), ("i", "it"), ("o", "pt"), ("os", "pt"), ("as", "pt"), ("um", "pt"), ("uma", "pt")),
        *(("az", "hu"), ("to", "el"), ("al", "ar"), ("en", "sv da nb no"), ("ett", "sv"), ("et", "da nb no")),
    )
}
# Words around a director's name.
_BESIDE: Final = frozenset("by directed director dir from of and".split())
_SHORTEST_NAME: Final = 3
_SHORTEST: Final = 5
_SHORT_WORD: Final = 3
# Of 87,000 titles of thirteen letters, 1 in 40 is at one letter's distance from another, hardly one by a short word; of
# those of twenty-four letters, only what is another spelling of the same film.
_LONG: Final = 13
_VERY_LONG: Final = 24
_TELLING: Final = 8  # letters that say enough to be typed with spaces where the title has none: "A Lien" is not "Alien"
_IDEOGRAPHS: Final = "\u2e80"  # from here on, a letter says as much as two


class _Grade(NamedTuple):
    """How sure it is that the title was typed; the least is the surest."""

    beside: int = 0  # whether more than the title was typed
    article: int = 0  # whether the article is missing, or another one
    spacing: int = 0  # whether only the letters are the same, not the words


class _Wording(NamedTuple):
    """A title, or what was typed as one."""

    words: tuple[str, ...]
    letters: str  # with spaces between numbers only
    key: str  # the words without "and", and without "part" before a number
    grade: _Grade

    @classmethod
    def of(cls, words: Sequence[str], grade: _Grade) -> "_Wording":
        return cls(tuple(words), "".join(_apart(words)), _key(words), grade)


class _Candidate(NamedTuple):
    film: Film
    read: Sequence[_Wording]  # what was typed, for this film
    titles: Sequence[_Wording]


def only_match(typed: str, films: Iterable[Film], is_word: IsWord) -> Film | None:
    """The one of these films whose title was typed, or nearly typed if it is none's; None where none or several are."""
    text = typed[:LONGEST_QUERY]
    forms = forms_of_title(text) | forms_of_title(without_possessives(text))
    whole = [_Wording.of(form.split(), _Grade()) for form in forms]
    candidates = [_Candidate(film, [*whole, *_without_beside(whole, text, film)], _wordings_of(film)) for film in films]

    def is_slip(typed: _Wording, title: _Wording) -> bool:
        return _is_slip(typed, title, is_word)

    same = _matching(candidates, _is_same)
    surest = min((grade for grade, _ in same), default=None)
    meant = [film for grade, film in same if grade == surest] or [film for _, film in _matching(candidates, is_slip)]
    return meant[0] if len(meant) == 1 else None


def _matching(
    candidates: Iterable[_Candidate], matches: Callable[[_Wording, _Wording], bool]
) -> list[tuple[_Grade, Film]]:
    """The films that match, each with the surest way in which it does."""
    graded: list[tuple[_Grade, Film]] = []
    for film, read, titles in candidates:
        grades = [_grade(typed, title) for typed in read for title in titles if matches(typed, title)]
        if grades:
            graded.append((min(grades), film))
    return graded


def _without_beside(whole: Iterable[_Wording], text: str, film: Film) -> Iterator[_Wording]:
    """What was typed without the film's year and its director beside it, as far as they are."""
    match = _YEAR_BEHIND.search(text)
    if match and int(match["year"]) == film.year:
        before = text[: match.start()]
        if match["bracket"] or not fold(before):
            for form in forms_of_title(before):
                yield _Wording.of(form.split(), _Grade(beside=-1))
    year, names = str(film.year), _names(film)
    for words in {typed.words for typed in whole}:
        for left in {*_without_year(words, year), *_without_names(words, names)}:
            yield _Wording.of(left, _Grade(beside=1))
            for last in (*_without_year(left, year), *_without_names(left, names)):
                yield _Wording.of(last, _Grade(beside=1))


def _without_year(words: Sequence[str], year: str) -> Iterator[tuple[str, ...]]:
    if len(words) > 1:
        yield from (tuple(left) for left, edge in ((words[1:], words[0]), (words[:-1], words[-1])) if edge == year)


def _names(film: Film) -> frozenset[str]:
    """The words of its directors' names, and these with the "s" of "Hitchcock's"."""
    names = {word for director in film.directors for word in fold(director).split()}
    return frozenset(names | {f"{name}s" for name in names})


def _without_names(words: Sequence[str], names: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The words without some that name the director, behind the others or before them."""
    for ordered, turn in ((words, 1), (words[::-1], -1)):
        has_name = False
        for at, word in enumerate(ordered[:-1], start=1):
            if word not in names and word not in _BESIDE:
                break
            has_name = has_name or (word in names and _weight(word) >= _SHORTEST_NAME)
            if has_name:
                yield tuple(ordered[at:][::turn])


@lru_cache(4096)
def _wordings(title: str, spoken: tuple[str, ...]) -> tuple[_Wording, ...]:
    """A title in its forms, as far as they are allowed without their article or with another."""
    found: list[_Wording] = []
    for form in forms_of_title(title):
        words = form.split()
        found.append(_Wording.of(words, _Grade()))
        article, *rest = words
        if not rest or not _is_article(article, spoken):
            continue
        if article not in _INDEFINITE or len(rest) > 1:
            found.append(_Wording.of(rest, _Grade(article=1)))
        if article not in _INDEFINITE and article != "the":
            found.append(_Wording.of(["the", *rest], _Grade(article=1)))
    return tuple(found)


def _wordings_of(film: Film) -> tuple[_Wording, ...]:
    return tuple(wording for title in film.titles for wording in _wordings(title, film.spoken))


def _is_article(word: str, spoken: Iterable[str]) -> bool:
    return word == "the" or word in _INDEFINITE | _FOREIGN or not _DOUBTFUL.get(word, frozenset()).isdisjoint(spoken)


def _key(words: Sequence[str]) -> str:
    said = [word for word in words if word != "and"] or list(words)
    kept = [a for a, b in zip(said, (*said[1:], ""), strict=True) if not (a in PARTS and b[:1].isdecimal())]
    return " ".join(kept)


def _apart(words: Sequence[str]) -> Iterator[str]:
    """The words, with a space between two numbers."""
    for before, word in pairwise(("", *words)):
        yield f" {word}" if before[-1:].isdecimal() and word[:1].isdecimal() else word


def _has_digit(word: str) -> bool:
    return any(map(str.isdecimal, word))


def _differ_in_numbers(typed: Sequence[str], title: Sequence[str]) -> bool:
    """Whether digits or Roman numerals are others, or a number was typed in words that the title does not have."""
    digits, meant = (list(filter(_has_digit, with_roman_in_digits(words))) for words in (typed, title))
    numbers, known = (set(filter(_has_digit, with_digits(words))) for words in (typed, title))
    return digits != meant or not numbers <= known


def _grade(typed: _Wording, title: _Wording) -> _Grade:
    return _Grade(typed.grade.beside, title.grade.article, int(typed.words != title.words))


def _is_same(typed: _Wording, title: _Wording) -> bool:
    """Whether they are the same but for "and" and "part", or but for spaces; both together would forgive too much."""
    return typed.key == title.key or (typed.letters == title.letters and _may_be_spaced_so(typed, title))


def _may_be_spaced_so(typed: _Wording, title: _Wording) -> bool:
    return len(typed.words) <= len(title.words) or len(title.letters) >= _TELLING


def _is_slip(typed: _Wording, title: _Wording, is_word: IsWord) -> bool:
    if OSA.distance(typed.letters, title.letters, score_cutoff=1) != 1 or not _may_be_spaced_so(typed, title):
        return False
    if min(_weight(typed.letters), _weight(title.letters)) < _SHORTEST:
        return False
    if _differ_in_numbers(typed.words, title.words):
        return False
    first = _alike(typed.words, title.words)
    last = _alike(typed.words[first:][::-1], title.words[first:][::-1])
    meant, changed = (words[first : len(words) - last] for words in (title.words, typed.words))
    if not meant or not changed:  # a whole word more, or less
        return False
    if len(title.letters) >= (_LONG if all(len(word) <= _SHORT_WORD for word in meant) else _VERY_LONG):
        return True
    if len(typed.words) != len(title.words) and any(map(is_word, _words_instead(typed.letters, title))):
        return False
    return not all(map(is_word, changed))


def _words_instead(typed: str, title: _Wording) -> Iterator[str]:
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


def _weight(text: str) -> int:
    return sum(2 if letter >= _IDEOGRAPHS else 1 for letter in text)
