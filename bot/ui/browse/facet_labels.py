"""What a list can be narrowed by, in words: the sides, their values, and a whole filter."""

from collections.abc import Iterable

from bot.domain.catalogue.filters import Facet, FilmFilter, director_key
from bot.domain.films.films import Film
from bot.domain.films.places import country_name
from bot.ui.films.card import tag_words
from bot.ui.kit.blocks import Line
from bot.ui.kit.text import Words


def value_names(side: Facet, values: Iterable[str], films: Iterable[Film], words: Words) -> dict[str, str]:
    """Each value as people write it. Directors are named by these films; one that made none of them is left out."""
    if side is Facet.DIRECTOR:
        names = {director_key(name): name for film in films for name in film.directors}
        return {value: names[value] for value in values if value in names}
    return {value: _name(side, value, words) for value in values}


def filter_lines(wanted: FilmFilter, words: Words, films: Iterable[Film]) -> list[Line]:
    """What is asked for, one line for each side. The films are some that fit."""
    return [
        Line(words, "page.filter_pair", name=words(f"filter.{side}"), value=name)
        for side, value in wanted.asked.items()
        for name in value_names(Facet(side), [value], films, words).values()
    ]


def _name(side: Facet, value: str, words: Words) -> str:
    match side:
        case Facet.THEME | Facet.GENRE:
            return tag_words(value)
        case Facet.KIND:
            return words.plain(f"kind.{value}")
        case Facet.LENGTH:
            return words.plain(f"length.{value}")
        case Facet.COUNTRY:
            return country_name(value)
        case Facet.DECADE:
            return words.plain("card.decade", decade=value)
        case Facet.DIRECTOR:
            return value
