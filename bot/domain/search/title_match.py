"""Whether what was typed is a film's title: the rule by which free text opens a film.

Opening is a statement for all to see, so the text has to be one of the film's titles. In the order of how sure it is:

1. the title with its year in brackets; the title; either in another of its forms (`forms_of_title`), or but for
   spaces, "and", and "part" before a number;
2. the title without its article, with one that it has not ("The Vertigo"), or with an English one for its own ("the
   boot");
3. either with its year or words of a director's name beside it;
4. one slip of the finger away from any of these: in letters and not in numbers, in a title of five letters or more, and
   where no real word was typed instead. A title of several words and thirteen letters or more is known by the others.

What is, as it was typed, the title of some other film opens nothing but by its year in brackets: "The Parasite" is not
"Parasite". A part of a title is no title. Where several match alike, or with a slip at all, none is meant.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.search.query import LONGEST_QUERY, forms_of_title, without_possessives, written_forms
from bot.domain.search.slips import Writings, is_slip
from bot.domain.search.wordings import (
    Grade,
    Wording,
    grade,
    may_be_spaced_so,
    may_have_such_articles,
    weight,
    without_article,
    wordings_of,
)
from bot.domain.text.normalize import comparable, fold

_YEAR_BEHIND: Final = re.compile(r"\s*(?P<bracket>[(\[])?\s*(?P<year>\d{4})\s*[)\]]?\s*$")
# Words around a director's name.
_BESIDE: Final = frozenset("by directed director dir from of and".split())
_SHORTEST_NAME: Final = 3


class _Candidate(NamedTuple):
    film: Film
    read: Sequence[Wording]  # what was typed, for this film
    titles: Sequence[Wording]


def only_match(typed: str, films: Iterable[Film], written: Writings) -> Film | None:
    """The one of these films whose title was typed, or nearly typed if it is none's; None where none or several are."""
    text = typed[:LONGEST_QUERY]
    candidates = [_candidate(film, text) for film in films]
    same = _matching(candidates, _is_same)
    if written.is_title(comparable(text)):
        meant = _surest([(sure, film) for sure, film in same if sure.beside < 0 or _is_written(film, text)])
    else:
        slips = (film for _, film in _matching(candidates, lambda typed, title: is_slip(typed, title, written)))
        meant = _surest(same) or list(slips)
    return meant[0] if len(meant) == 1 else None


def _candidate(film: Film, text: str) -> _Candidate:
    forms = forms_of_title(text) | forms_of_title(without_possessives(text))
    whole = [Wording.of(form.split(), Grade()) for form in forms]
    read = [*whole, *_without_beside(whole, text, film)]
    titles = [wording for title in film.titles for wording in wordings_of(title, film.spoken)]
    return _Candidate(film, [*read, *without_article(read, film.spoken)], titles)


def _is_written(film: Film, text: str) -> bool:
    """Whether this is one of the film's titles as it is written."""
    typed = comparable(text)
    return any(typed in written_forms(title) for title in film.titles)


def _surest(graded: Sequence[tuple[Grade, Film]]) -> list[Film]:
    least = min((sure for sure, _ in graded), default=None)
    return [film for sure, film in graded if sure == least]


def _matching(
    candidates: Iterable[_Candidate], matches: Callable[[Wording, Wording], bool]
) -> list[tuple[Grade, Film]]:
    """The films that match, each with the surest way in which it does."""
    graded: list[tuple[Grade, Film]] = []
    for film, read, titles in candidates:
        grades = [grade(typed, title) for typed in read for title in titles if matches(typed, title)]
        if grades:
            graded.append((min(grades), film))
    return graded


def _without_beside(whole: Iterable[Wording], text: str, film: Film) -> Iterator[Wording]:
    """What was typed without the film's year and its director beside it, as far as they are."""
    match = _YEAR_BEHIND.search(text)
    if match and int(match["year"]) == film.year:
        before = text[: match.start()]
        if match["bracket"] or not fold(before):
            for form in forms_of_title(before):
                yield Wording.of(form.split(), Grade(beside=-1))
    year, names = str(film.year), _names(film)
    for words in {typed.words for typed in whole}:
        for left in {*_without_year(words, year), *_without_names(words, names)}:
            yield Wording.of(left, Grade(beside=1))
            for last in (*_without_year(left, year), *_without_names(left, names)):
                yield Wording.of(last, Grade(beside=1))


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
            has_name = has_name or (word in names and weight(word) >= _SHORTEST_NAME)
            if has_name:
                yield tuple(ordered[at:][::turn])


def _is_same(typed: Wording, title: Wording) -> bool:
    """Whether they are the same but for "and" and "part", or but for spaces; both together would forgive too much.

    So would spaces and an article too many.
    """
    if typed.key == title.key:
        return may_have_such_articles(typed, title)
    return not typed.grade.article and typed.letters == title.letters and may_be_spaced_so(typed, title)
