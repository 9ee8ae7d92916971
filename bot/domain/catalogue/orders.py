"""The orders in which a list of films can be read."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from bot.domain.films.films import Film
from bot.domain.text.normalize import fold

# Titles are English or as the film is known among those who read English.
_ARTICLES: Final = ("the ", "a ", "an ")


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    TITLE = "title"
    YEAR = "year"
    LENGTH = "length"


def in_order(films: Iterable[Film], order: Order) -> tuple[Film, ...]:
    """The films of a list, which is newest first as it comes: by title, by year or by length, the least first.

    Films of unknown length come last.
    """
    if order is Order.NEWEST:
        return tuple(films)
    return tuple(sorted(films, key=lambda film: (*_rank(film, order), _by_title(film.title), film.year, film.slug)))


def _rank(film: Film, order: Order) -> tuple[int, ...]:
    if order is Order.YEAR:
        return (film.year,)
    if order is Order.LENGTH:
        return (film.runtime is None, film.runtime or 0)
    return ()


def _by_title(title: str) -> str:
    folded = fold(title)
    article = next((article for article in _ARTICLES if folded.startswith(article)), "")
    return folded.removeprefix(article)
