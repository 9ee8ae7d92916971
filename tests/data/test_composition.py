"""What the list is made of: enough of each sort for a Friday night."""

from typing import Final

import pytest

from bot.content import DATA
from bot.domain.films.films import Film, Kind
from bot.storage.content.films import read_films

FILMS: Final = read_films(DATA / "films").films


def share(word: str) -> float:
    """The films of that genre, theme or kind, of all."""
    return len([each for each in FILMS if word in _words(each)]) / len(FILMS)


def _words(film: Film) -> set[str]:
    return {*film.genres, *film.themes, film.kind.value}


@pytest.mark.parametrize(
    ("word", "least"), [("comedy", 0.15), ("horror", 0.08), ("science-fiction", 0.08), ("animation", 0.09)]
)
def test_there_is_enough_of_what_a_friday_asks_for(word: str, least: float) -> None:
    assert share(word) >= least


def test_documentaries_leave_room() -> None:
    assert share(Kind.DOCUMENTARY.value) <= 0.31


def test_a_third_of_the_list_is_from_after_2015() -> None:
    assert len([each for each in FILMS if each.year > 2015]) >= len(FILMS) // 3
