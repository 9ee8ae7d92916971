"""The vocabulary: what a word is called, and which words are near."""

import pytest
from pydantic import ValidationError

from bot.domain.films.vocabulary import Term, Vocabulary

SPACE = Term(slug="space", name="Space", line="Off the Earth", related=("sci-fi",))
SCI_FI = Term(slug="sci-fi", name="Science fiction", line="Worlds that are not there yet")
CRIME = Term(slug="crime", name="Crime", line="A law is broken")
WORDS = Vocabulary((SPACE, SCI_FI), (CRIME,))


@pytest.mark.parametrize(
    ("tag", "name"),
    [("sci-fi", "Science fiction"), ("crime", "Crime"), ("night-trains", "Night trains"), ("trains", "Trains")],
)
def test_a_word_has_its_name_and_a_strange_one_is_its_own(tag: str, name: str) -> None:
    assert WORDS.name(tag) == name


def test_a_theme_and_a_genre_of_one_slug_are_called_as_the_theme() -> None:
    genre = Term(slug="space", name="Space opera", line="Ships")
    assert Vocabulary((SPACE,), (genre,)).name("space") == "Space"


def test_related_themes_are_found_from_both_sides() -> None:
    assert (WORDS.related("space"), WORDS.related("sci-fi")) == ({"sci-fi"}, {"space"})
    assert WORDS.related("crime") == WORDS.related("no such theme") == frozenset()


def test_a_relation_with_itself_or_with_no_theme_is_strange() -> None:
    odd = Term(slug="odd", name="Odd", line="!", related=("odd", "crime", "space"))
    assert list(Vocabulary((SPACE, SCI_FI, odd), (CRIME,)).strangers()) == [(odd, "odd"), (odd, "crime")]


@pytest.mark.parametrize(
    "wrong", [{"slug": "Space"}, {"name": " "}, {"line": "x" * 121}, {"related": ["art", "art"]}, {"colour": "red"}]
)
def test_a_word_that_is_not_right_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Term.model_validate({"slug": "space", "name": "Space", "line": "Off the Earth", **wrong})
