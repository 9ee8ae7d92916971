"""Which films go with which: the curators' pairs, then shared people and themes."""

import random

import pytest
from hypothesis import given

from bot.domain.films import Film
from bot.domain.taste import more_like
from tests.builders import film
from tests.strategies import PROPERTY, few_films

VARDA = film("Cléo", 1962, directors=["Agnès Varda"], themes=["paris", "cities", "love"], kind="fiction")


def like(title: str, year: int = 1962, **changes: object) -> Film:
    """A film that shares nothing with `VARDA` but what is given."""
    alone = {"directors": [f"Director of {title}"], "themes": [], "kind": "documentary"}
    return film(title, year, **{**alone, **changes})


def ranked(*films: Film, after: Film = VARDA, limit: int = 10) -> list[str]:
    return [kin.film.title for kin in more_like(after, films, limit)]


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (like("Z", themes=["paris", "love"]), like("B", themes=["paris"])),
        (like("Z", directors=["Agnès Varda"]), like("B", themes=["paris"])),
        (like("Z", themes=["paris", "love"]), like("B", directors=["Agnès Varda"])),
        (like("Z", themes=["paris", "love", "cities"]), like("B", directors=["Agnès Varda"])),
        (like("Z", directors=["Agnès Varda"], themes=["paris"]), like("B", themes=["paris", "love"])),
        (like("Z", themes=["paris"], kind="fiction"), like("B", themes=["paris"])),
        (like("Z", 1963, themes=["paris"]), like("B", 1960, themes=["paris"])),
        (like("Z", 1961, themes=["paris"]), like("B", 1964, themes=["paris"])),
        (like("A", themes=["paris"]), like("B", themes=["paris"])),
    ],
)
def test_what_shares_more_comes_first(nearer: Film, farther: Film) -> None:
    assert ranked(farther, nearer) == [nearer.title, farther.title]
    assert ranked(nearer, farther) == [nearer.title, farther.title]


@pytest.mark.parametrize("stranger", [like("A"), like("A", kind="fiction"), like("A", 1962, genres=["drama"])])
def test_what_shares_neither_people_nor_themes_is_left_out(stranger: Film) -> None:
    assert ranked(stranger) == []


def test_a_curators_pair_comes_first_in_the_curators_order_and_with_the_reason() -> None:
    pairs = [{"slug": "b-1962", "why": "Both walk."}, {"slug": "a-1962", "why": "Both wait."}]
    after = VARDA.model_copy(update={"pairs_with": film(pairs_with=pairs).pairs_with})
    found = more_like(after, [like("A"), like("B"), like("C", themes=["paris", "love"])], 10)
    assert [(kin.film.title, kin.why) for kin in found] == [("B", "Both walk."), ("A", "Both wait."), ("C", None)]


def test_a_pair_that_is_not_on_the_list_is_passed_over() -> None:
    after = film("Cléo", 1962, pairs_with=[{"slug": "gone-1999", "why": "It was."}])
    assert ranked(like("A"), after=after) == []


def test_a_film_is_not_like_itself() -> None:
    assert ranked(VARDA, like("A", themes=["paris"])) == ["A"]


def test_the_reasons_are_what_both_share_in_the_films_own_order() -> None:
    other = like("A", directors=["Someone", "Agnès Varda"], themes=["love", "art", "paris"])
    [kin] = more_like(VARDA, [other], 1)
    assert (kin.why, kin.directors, kin.themes) == (None, ("Agnès Varda",), ("paris", "love"))


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4])
def test_no_more_are_named_than_asked_for(limit: int) -> None:
    listed = [like(title, themes=["paris"]) for title in "ABC"]
    assert ranked(*listed, limit=limit) == ["A", "B", "C"][:limit]


@PROPERTY
@given(few_films(6))
def test_the_order_of_the_list_does_not_matter_and_no_film_is_named_twice(listed: list[Film]) -> None:
    shuffled = random.Random(len(listed)).sample(listed, len(listed))  # noqa: S311  # no secret hangs on it
    found = more_like(listed[0], listed, 5)
    assert found == more_like(listed[0], shuffled, 5)
    slugs = [kin.film.slug for kin in found]
    assert len(set(slugs)) == len(slugs)
    assert listed[0].slug not in slugs
