"""What stands beside a title and says which film it is: its year, and who directed it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.text.normalize import fold
from bot.domain.text.tokenizer import Word, words_of

_SLACK: Final = 1  # years by which first nights and release differ
_FAR: Final = 160  # letters on each side that are looked at
_CLOSING: Final = re.compile(r"[\"'”’“»›」』》*_~|\]]{1,6}")
_BRACKET: Final = re.compile(r"[\"'”’“»›」』》*_~|\]]{0,6}\s{0,2}[(\[](?P<inside>[^()\[\]\n]{1,90})[)\]]")
_YEAR: Final = re.compile(r"(?<!\d)(?:18[7-9]|19\d|20\d|21\d)\d(?!\d)")
_BARE_YEAR: Final = re.compile(r"[\s,;/|–—-]{1,4}(?P<year>(?:18[7-9]|19\d|20\d|21\d)\d)(?![\d:]|\s?(?:€|\$|[a-zA-Z]))")
_SEPARATOR: Final = re.compile(
    r"[\s,;/|–—:•·-]{0,4}(?:\b(?:by|dir(?:ected)?\b\.?(?: by)?|director|d\.|from|and|con|von|de)\b[.:]?|&)?\s{0,2}"
)
# "Title, Somebody Else, 1999" and "Title - Somebody Else (1999)".
_STRANGER: Final = re.compile(
    r"(?:\s?,\s|\s[–—-]\s|\sby\s)(?P<name>[^\W\d_][^\d\n,;()/|–—]{2,50}?)"
    r"(?:,\s|\s?[(\[])(?P<year>(?:18[7-9]|19\d|20\d|21\d)\d)(?!\d)"
)
_YEAR_BEFORE: Final = re.compile(
    r"(?:(?<!\d)(?P<year>\d{4})\s?[–—:|.)-]|[(\[](?P<other>\d{4})[)\]][:.]?)\s{0,2}[\"'“„«‹「『《*_~|\[]{0,6}$"
)
_NAME_BEFORE: Final = re.compile(r"(?:['’]s?|\s?[:–—,-])\s{1,2}[\"'“„«‹「『《*_~|\[]{0,6}$")


class Credits(NamedTuple):
    """The year that is told, whether a director of the film is, and from where to where title and credits go."""

    start: int
    end: int
    year: int | None = None
    names_director: bool = False
    names_another: bool = False

    def agrees(self, film: Film) -> bool:
        """Whether the year or the director is the film's own."""
        return self.is_of_year(film) if self.year is not None else self.names_director

    def contradicts(self, film: Film) -> bool:
        """Whether it is another film of the same title."""
        return self.year is not None and not self.is_of_year(film)

    def is_of_year(self, film: Film) -> bool:
        """Whether the year is the film's, give or take one."""
        return self.year is not None and abs(self.year - film.year) <= _SLACK


def credits_beside(text: str, start: int, end: int, film: Film) -> Credits:
    """What is told of the title from `start` to `end`, in the same line; only this film's directors are looked for."""
    found = Credits(start, end)
    right = text[end : end + _FAR].partition("\n")[0]
    at = 0
    for _ in range(4):
        step = _step(right, at, film, found)
        if step is None:
            break
        at, found = step
    if found.year is None and not found.names_director and (match := _STRANGER.match(right)):
        found = _stranger(match, found, film)
    closing = _CLOSING.match(right, at)
    at = closing.end() if closing and at == 0 else at
    return _before(text, found._replace(end=end + at), film)


def _step(right: str, at: int, film: Film, found: Credits) -> tuple[int, Credits] | None:
    """The next thing that is told, and where it ends."""
    if match := _BRACKET.match(right, at):
        inside = match["inside"]
        years = _YEAR.findall(inside)
        names = found.names_director or _names_in(inside, film)
        year = int(years[0]) if len(years) == 1 and found.year is None else found.year
        another = not names and not years and _is_name(inside)
        return match.end(), found._replace(year=year, names_director=names, names_another=another)
    closing = _CLOSING.match(right, at)
    at = closing.end() if closing else at
    if found.year is None and (match := _BARE_YEAR.match(right, at)):
        return match.end(), found._replace(year=int(match["year"]))
    match = _SEPARATOR.match(right, at)
    if match and match.end() > at and (length := _named_at(right[match.end() :], film)):
        return match.end() + length, found._replace(names_director=True)
    return None


def _stranger(match: re.Match[str], found: Credits, film: Film) -> Credits:
    if not _is_name(match["name"]):
        return found
    told = found._replace(year=int(match["year"]))
    return told if match["name"][-1] != " " or told.is_of_year(film) else found


def _before(text: str, found: Credits, film: Film) -> Credits:
    left = text[max(0, found.start - _FAR) : found.start].rpartition("\n")[2]
    if match := _YEAR_BEFORE.search(left[-16:]):
        year = int(match["year"] or match["other"])
        told = found._replace(start=found.start - len(left[-16:]) + match.start(), year=year)
        if found.year is not None:
            return found
        return told if told.is_of_year(film) else found._replace(names_another=True)
    if (match := _NAME_BEFORE.search(left)) and not found.names_director:
        words = words_of(left[: match.start()])
        for name in _names(film):
            if tuple(word.folded for word in words[-len(name) :]) == name:
                length = len(left) - words[-len(name)].start
                return found._replace(start=found.start - length, names_director=True)
    return found


def _named_at(text: str, film: Film) -> int:
    """How many letters of the text a director's name takes that it begins with; 0 where it begins with none."""
    words = words_of(text[:60])
    for name in _names(film):
        if tuple(word.folded for word in words[: len(name)]) == name and not _goes_on(text, words, len(name)):
            return words[len(name) - 1].end
    return 0


def _goes_on(text: str, words: tuple[Word, ...], length: int) -> bool:
    """Whether a surname is followed by another capital, as in "Alien, Scott Pilgrim"."""
    if length > 1 or len(words) <= length:
        return False
    return words[length].is_capital and text[words[length - 1].end : words[length].start] == " "


def _names_in(text: str, film: Film) -> bool:
    words = f" {fold(text)} "
    return any(f" {' '.join(name)} " in words for name in _names(film))


def _is_name(text: str) -> bool:
    """Whether it looks like the name of a person: two to four capitals, and nothing else but particles."""
    words = words_of(text)
    capitals = [word for word in words if word.is_capital]
    return 2 <= len(capitals) <= 4 and len(words) - len(capitals) <= 2 and capitals[-1] is words[-1]


def _names(film: Film) -> tuple[tuple[str, ...], ...]:
    return tuple(name for director in film.directors for name in _forms(director))


@lru_cache(maxsize=1 << 12)
def _forms(director: str) -> tuple[tuple[str, ...], ...]:
    """A director's names, the longest first: the whole one, and the surname with and without what stands before it."""
    whole = tuple(fold(director).split())
    surnames: Iterator[tuple[str, ...]] = (whole[-length:] for length in (3, 2, 1) if length < len(whole))
    return (whole, *(name for name in surnames if len(name[-1]) > 1)) if whole else ()
