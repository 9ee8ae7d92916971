"""How alike films are told: rare words, stems, nothing but words, and each list for itself."""

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given

from bot.domain.films.films import Film
from bot.storage.db.full_text_similarity import FullTextSimilarity
from tests.builders import film
from tests.strategies import LARGE, films


def told(title: str, text: str) -> Film:
    """A film of which nothing is told but this."""
    return film(title, 1962, why=title, synopsis={"text": text, "source": "Front Row"}, prompts=[], content_notes=[])


BEES = told("Bees", "An old beekeeper carries her hives up the mountain")
THEFT = told("Theft", "Somebody steals hives from a beekeeper at night")
FOREST = told("Forest", "A hive hangs in the forest")
TRAIN = told("Train", "The night train stands still")
# Enough others that a word of two films is rare.
REST = tuple(told(f"Rest {number}", f"Nothing much in the year {number}") for number in range(30))


def nearest(film: Film, *listed: Film) -> list[str]:
    near = FullTextSimilarity((*listed, *REST)).near(film)
    return [slug for slug in sorted(near, key=lambda slug: (-near[slug], slug)) if slug != film.slug]


def test_the_film_with_more_rare_words_in_common_is_nearer_and_one_without_is_not_named() -> None:
    assert nearest(BEES, BEES, FOREST, THEFT, TRAIN) == [THEFT.slug, FOREST.slug]


def test_a_word_counts_in_all_its_forms() -> None:
    hiking = told("Hiking", "He hikes")
    assert nearest(told("Hiker", "They were hiking"), hiking) == [hiking.slug]


def test_a_film_is_nearest_to_itself_and_need_not_be_on_the_list() -> None:
    near = FullTextSimilarity((BEES, THEFT, *REST)).near(BEES)
    assert max(near, key=lambda slug: near[slug]) == BEES.slug
    assert nearest(BEES, THEFT) == [THEFT.slug]


def test_a_word_that_most_films_have_says_nothing() -> None:
    assert nearest(told("Much", "Nothing much"), told("Other", "Nothing at all")) == []


def test_every_text_that_a_curator_writes_counts() -> None:
    bare = told("Bare", "Silence")
    asked = bare.model_copy(update={"prompts": ("Did the beekeeper mind?",)})
    noted = bare.model_copy(update={"content_notes": ("a beekeeper is stung",)})
    reason = bare.model_copy(update={"why": "The beekeeper never hurries."})
    assert nearest(bare, BEES) == []
    for told_more in (asked, noted, reason):
        assert nearest(told_more, BEES) == [BEES.slug]


@pytest.mark.parametrize("text", ['" OR told : *', "NEAR(a b) AND NOT ^x", "'; DROP TABLE told; --", "🙂 -", "a" * 900])
def test_what_is_told_is_nothing_but_words(text: str) -> None:
    odd = told("Odd", text)
    likeness = FullTextSimilarity((odd, BEES, *REST))
    assert set(likeness.near(odd)) <= {odd.slug}
    assert BEES.slug in likeness.near(BEES)


def test_an_empty_list_answers_nothing() -> None:
    assert FullTextSimilarity(()).near(BEES) == {}


def test_it_may_be_asked_about_different_films_by_many_at_once() -> None:
    assert sqlite3.threadsafety == 3, "this SQLite does not let threads share a connection"
    films = (BEES, THEFT, FOREST, TRAIN, *REST)
    likeness = FullTextSimilarity(films)
    alone = [likeness.near(film) for film in films]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(likeness.near, films * 20))
    assert answers == alone * 20


def test_the_same_film_may_be_asked_about_by_many_at_once() -> None:
    """From Python 3.12 on, threads that ask one connection the same thing share a statement that each would step."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        likeness = FullTextSimilarity((BEES, THEFT, FOREST, TRAIN, *REST))
        alone = likeness.near(BEES)
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(likeness.near, [BEES] * 3000))
    finally:
        sys.setswitchinterval(before)
    assert all(answer == alone for answer in answers)


@LARGE
@given(films(), films())
def test_any_films_can_be_asked_about(one: Film, other: Film) -> None:
    likeness = FullTextSimilarity((one, *REST))
    for asked in (one, other):
        assert set(likeness.near(asked)) <= {one.slug, *(rest.slug for rest in REST)}
