"""The forms in which a name may be typed: folded, without its article, in Latin letters, spelt in other ways."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from anyascii import anyascii

from bot.domain.films.films import Film
from bot.domain.films.places import country_name, language_name
from bot.domain.search.spellings import other_spellings
from bot.domain.text.normalize import comparable, fold

LONGEST_QUERY: Final = 120
# What people type around what they remember. It counts where it belongs to a title, and not where nothing fits with it.
_NOISE: Final = frozenset(
    "a about and at by directed documentary film films for from in is it me movie movies of on one ones set some"
    " something starring that the this to trailer was what whats where which who with".split()
)

_ARTICLES: Final = frozenset(
    # English, French, German, Spanish, Portuguese, Italian, Dutch, Scandinavian, Hungarian, Romanian, Greek, Arabic
    (
        "the a an le la les l un une des du der die das dem den ein eine einen el los las lo unos unas"
        " o os as um uma il gli i uno de het een en ett et az egy to ta oi al"
    ).split()
)
_ELIDED: Final = re.compile(r"\b(l|un|d|all|dell|nell|sull|gl|qu)['\u2019\u02bc]", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"['\u2019\u02bc]s\b", re.IGNORECASE)
_ALL_SIGNS: Final = re.compile(r"(?P<signs>[\W_]*?)\s*(?:[(\[]?(?P<year>\d{4})[)\]]?)?\s*")
_DROPPED_G: Final = re.compile(r"(\w{2}in)['\u2019\u02bc](?!\w)")
_INITIALS: Final = re.compile(r"\b(\w) (?=\w\b)")
_JOINED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPELT_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)


class ParsedQuery(NamedTuple):
    """One way to read what was typed."""

    whole: str
    bare: str  # without a leading article
    words: tuple[str, ...]
    year: int | None = None


def parse_query(typed: str) -> Iterator[ParsedQuery]:
    """The ways to read it, likeliest first; none where nothing of it can be compared.

    The last word may be the year ("solaris 1972") or belong to the title ("blade runner 2049"). What is typed in
    another script is read in Latin letters too, and signs as a title that is all signs.
    """
    cut = typed[:LONGEST_QUERY]
    folded = fold(cut)
    if match := _ALL_SIGNS.fullmatch(cut):
        yield from _signs(match)
    forms = (
        folded,
        *other_spellings(folded),
        _INITIALS.sub(r"\1", folded),
        fold(without_possessives(cut)),
        *(_latin(cut) if not folded.isascii() else ()),
    )
    for text in dict.fromkeys(forms):
        words = text.split()
        closes_with_year = len(words) > 1 and len(words[-1]) == 4 and words[-1].isdecimal()
        if closes_with_year:
            yield _reading(words[:-1], year=int(words[-1]))
        if words:
            yield _reading(words)


def without_wrong_year(read: Iterable[ParsedQuery]) -> Iterator[ParsedQuery]:
    """The readings of what closed with a year, as if it had been left out: nobody remembers all years well."""
    for reading in read:
        if reading.year is not None:
            yield reading._replace(year=None)


def content_words(typed: str) -> list[str]:
    """The folded words of what was typed, without those that people type around them; all where there are no others."""
    words = fold(typed[:LONGEST_QUERY]).split()
    return [word for word in words if word not in _NOISE] or words


def without_noise(typed: str) -> Iterator[ParsedQuery]:
    """The readings of what was typed without the words around it; none where there are no such words."""
    words = content_words(typed)
    if len(words) < len(fold(typed[:LONGEST_QUERY]).split()):
        yield from parse_query(" ".join(words))


def without_possessives(text: str) -> str:
    """The text with "Hitchcock" for "Hitchcock's"."""
    return _POSSESSIVE.sub("", text)


def bare(folded: str) -> str:
    """The folded name without a leading article, unless that is all there is."""
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _ARTICLES else folded


def title_forms(film: Film) -> frozenset[str]:
    """Every folded form of every title of the film."""
    return frozenset(form for title in film.titles for form in forms_of_title(title))


def forms_of_title(title: str) -> frozenset[str]:
    """Every folded form of a title, its numbers in digits and in words; of one that is all signs, these."""
    forms = _forms(title)
    return forms.union(*map(other_spellings, forms)) or written_forms(title)


def written_forms(title: str) -> frozenset[str]:
    """The folded forms of a title as it is written, in its letters and in Latin ones, or its signs."""
    return _forms(title) or frozenset((comparable(title),)) - {""}


def other_forms(film: Film) -> frozenset[str]:
    """Every folded form of its people and themes: directors, and the cast where an entry knows one."""
    people: Iterable[str] = (*film.directors, *getattr(film, "cast", ()))
    return frozenset(form for name in (*people, *film.themes) for form in _forms(name))


def fact_words(film: Film) -> Iterator[str]:
    """The folded words of what sort of film it is, and where it comes from; some may come twice."""
    places = (*map(country_name, film.countries), *map(language_name, film.languages))
    for name in (*film.genres, film.kind.value, *places):
        yield from _words_of(name)


def told_words(film: Film) -> frozenset[str]:
    """The folded words of why and story."""
    return frozenset(fold(f"{film.why} {film.synopsis.text}").split())


def _signs(typed: re.Match[str]) -> Iterator[ParsedQuery]:
    text, year = comparable(typed["signs"]), typed["year"]
    if text:
        yield _reading([text], year=int(year) if year else None)


def _reading(words: Sequence[str], *, year: int | None = None) -> ParsedQuery:
    whole = " ".join(words)
    return ParsedQuery(whole, bare(whole), tuple(bare(whole).split()), year)


@lru_cache(4096)  # themes and people come again and again
def _forms(name: str) -> frozenset[str]:
    folded = fold(name)
    forms = {folded}
    if " " in folded:
        forms.add(_INITIALS.sub(r"\1", folded))  # "M*A*S*H", "U.S.A."
    if "&" in name:
        forms.add(fold(name.replace("&", " and ")))
    if _DROPPED_G.search(name):
        forms.add(fold(_DROPPED_G.sub(r"\1g", name)))  # "Singin'"
    if _ELIDED.search(name):
        forms.add(fold(_ELIDED.sub(r"\1 ", name)))  # "L'Avventura"
    if not name.isascii():
        forms.add(fold("".join(f" {c}" if unicodedata.category(c) == "No" else c for c in name)))  # "8½"
        forms.add(fold(unicodedata.normalize("NFC", name).translate(_SPELT_OUT)))  # "Goetter"
    if not folded.isascii():
        forms.update(_latin(name))
    return frozenset(forms - {""})


@lru_cache(1024)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


def _latin(name: str) -> tuple[str, str]:
    """The name in Latin letters, its syllables together and apart: Chinese comes as "AiWeiWei"."""
    latin = anyascii(name)
    return fold(latin), fold(_JOINED.sub(" ", latin))
