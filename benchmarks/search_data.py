"""What the search benchmark looks for: films made of a long list of real titles, and queries drawn from a seed."""

import csv
import datetime
import gzip
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from bot.content import DATA
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.films.films import Film, Synopsis
from bot.domain.films.films import Kind as FilmKind
from bot.domain.films.places import country_code
from bot.domain.search.query import bare, title_forms
from bot.domain.text.normalize import fold
from bot.storage.content.films import read_films

TITLES = Path(__file__).parents[2] / "shared" / "film-facts" / "titles-large.csv.gz"
_DAY = datetime.date(2026, 1, 1)
_NOTHING_TOLD = Synopsis(text="-", source="-")


class Kind(Enum):
    WHOLE = "whole title"
    BEGINNING = "three letters"
    SHUFFLED = "words out of order"
    ONE_SLIP = "one slip"
    TWO_SLIPS = "two slips, 8+ letters"


class Asked(NamedTuple):
    typed: str
    means: Callable[[Film], bool]


class CastFilm(Film):
    """A film of the long list, whose cast is known."""

    cast: tuple[str, ...] = ()


def large_list() -> list[Film]:
    """All 95,352, with directors and cast where the list has them."""
    return [_film(number, row) for number, row in enumerate(rows())]


def rows() -> list[Mapping[str, str]]:
    """The lines of the large list, by column."""
    with gzip.open(TITLES, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def titles() -> list[str]:
    """The titles of the large list, some of them more than once."""
    return [row["title"] for row in rows()]


def known_films() -> tuple[Film, ...]:
    """The shipped list."""
    return read_films(DATA / "films").films


def shared_names(films: Sequence[Film]) -> Mapping[str, int]:
    """How many films go by each folded title."""
    return Counter(fold(film.title) for film in films)


def drawn(kind: Kind, films: Sequence[Film], rng: Random, times: int, named: Mapping[str, int]) -> list[Asked]:
    """Queries of one kind. One that means a film whose title others have too closes with its year.

    Of the thousands that three letters may mean, none can be meant: what counts is that what is found begins so.
    """
    asked: list[Asked] = []
    while len(asked) < times:
        film = rng.choice(films)
        typed = _typed(kind, film.title.lower(), rng)
        if typed is None:
            continue
        if kind is Kind.BEGINNING:
            asked.append(Asked(typed, partial(_begins, typed)))
        else:
            year = f" {film.year}" if named[fold(film.title)] > 1 else ""
            asked.append(Asked(typed + year, partial(_same, film)))
    return asked


def by_first_letters(catalogue: Catalogue, letters: int, places: int) -> float:
    """The share of films that are there when their title's first letters have been typed, without its article."""
    there = [
        film in catalogue.suggest(bare(fold(film.title))[:letters], places)
        for film in catalogue.films
        if len(fold(film.title)) >= letters
    ]
    return sum(there) / len(there)


def _film(number: int, row: Mapping[str, str]) -> Film:
    def several(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in row[column].split("|") if name))

    return CastFilm.model_construct(
        slug=f"film-{number}",
        title=row["title"],
        year=int(row["year"]),
        directors=several("directors"),
        cast=several("cast"),
        kind=FilmKind.FICTION,
        runtime=int(row["runtime_min"] or 0) or None,
        genres=tuple(fold(genre).replace(" ", "-") for genre in several("genres")),
        countries=tuple(dict.fromkeys(code for name in several("countries") if (code := country_code(name)))),
        languages=several("languages"),
        themes=(),
        why="",
        synopsis=_NOTHING_TOLD,
        added=_DAY,
    )


def _typed(kind: Kind, title: str, rng: Random) -> str | None:
    letters = sum(map(str.isalpha, title))
    match kind:
        case Kind.WHOLE:
            return title if letters else None
        case Kind.BEGINNING:
            begun = bare(fold(title))[:3]
            return begun if len(begun) == 3 and begun.isalpha() else None
        case Kind.SHUFFLED:
            words = fold(title).split()
            return " ".join(rng.sample(words, len(words))) if len(words) > 1 else None
        case Kind.ONE_SLIP:
            return slip(title, rng) if letters >= 3 else None
        case Kind.TWO_SLIPS:
            return slip(slip(title, rng), rng) if letters >= 8 else None


def slip(text: str, rng: Random) -> str:
    """A letter left out, another one in its place, one too many, or two that changed places."""
    at = rng.choice([at for at, letter in enumerate(text) if letter.isalpha()])
    other = rng.choice(string.ascii_lowercase)
    before, letter, after = text[:at], text[at], text[at + 1 :]
    return before + rng.choice([after, other + after, other + letter + after, after[:1] + letter + after[1:]])


def _same(film: Film, found: Film) -> bool:
    return film.slug == found.slug


def _begins(typed: str, film: Film) -> bool:
    return any(form.startswith(typed) or bare(form).startswith(typed) for form in title_forms(film))
