"""Picks: what they learn, what they say, and what they leave out."""

import itertools
from collections.abc import Iterable, Mapping
from random import Random

import numpy as np
import pytest

from bot.domain.films.films import Film
from bot.domain.recommend.company import mentioned_in, picks_for_company
from bot.domain.recommend.linear_model import LinearModel, Ratings, like_of
from bot.domain.recommend.picks import MemberPicks, likes_of, picks_for
from bot.domain.recommend.recommender import Recommender
from bot.domain.shelves.marks import NOTHING, Mark
from tests.builders import film, taste_map

SEEN = NOTHING.see(None)
# Two circles that have nothing to do with what the films are: whoever likes one of a circle likes the others.
CIRCLES = 2
FILMS = [
    film(f"Film {number:02}", 1950 + number, themes=[f"theme-{number}"], directors=[f"Person {number}"], trailers=[])
    for number in range(40)
]


def circle(one: Film) -> int:
    return int(one.title.split()[1]) % CIRCLES


def rated(slugs: Iterable[str], rating: int = 9) -> dict[str, Mark]:
    return {slug: SEEN.model_copy(update={"rating": rating}) for slug in slugs}


def club(members: int, seed: int = 1) -> LinearModel:
    chance, ratings = Random(seed), Ratings()  # noqa: S311  # no secret hangs on it
    for number in range(members):
        mine = [one for one in FILMS if circle(one) == number % CIRCLES]
        ratings.add((one.slug, 9) for one in chance.sample(mine, 10))
    return LinearModel(ratings)


def direct(likes: np.ndarray, given: np.ndarray) -> np.ndarray:
    """EASE^R as its paper writes it."""
    inverse = np.linalg.inv(likes.T @ likes + 100.0 * np.eye(likes.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return given @ weights


@pytest.mark.parametrize(("members", "films"), [(4, 9), (9, 4), (6, 6), (60, 20)])
def test_both_ways_give_what_the_paper_says(members: int, films: int) -> None:
    chance, ratings, matrix = Random(3), Ratings(), np.zeros((members, films))  # noqa: S311  # no secret hangs on it
    ratings.films.update({str(number): number for number in range(films)})
    for member in range(members):
        given = {str(each): chance.randint(1, 10) for each in range(films) if chance.random() < 0.6}
        ratings.add(given.items())
        for slug, rating in given.items():
            matrix[member, int(slug)] = like_of(rating)
    model = LinearModel(ratings)
    likes = {"0": 1.0, "2": 0.5}
    given = np.zeros(films)
    given[[0, 2]] = 1.0, 0.5
    expected = direct(matrix, given)
    found = model.scores(likes)
    assert np.allclose([found[str(each)] for each in range(films)], expected, atol=1e-5)
    for wanted in range(films):
        parts = dict(model.reasons(likes, str(wanted)))
        assert sum(parts.values()) == pytest.approx(expected[wanted], abs=1e-5)


def test_picks_come_from_the_members_own_circle_and_say_why() -> None:
    mine = [one.slug for one in FILMS if circle(one) == 0]
    found = picks_for(taste_map(FILMS), rated(mine[:6]), club(30))
    assert not found.by_content
    assert len(found.picks) == 5
    assert {circle(pick.film) for pick in found.picks} == {0}
    for pick in found.picks:
        assert pick.film.slug not in mine[:6]
        assert pick.because
        assert {because.film.slug for because in pick.because} <= set(mine[:6])
        assert all(because.rating == 9 for because in pick.because)


def test_nothing_comes_that_was_seen_rated_or_turned_down() -> None:
    marks = rated(one.slug for one in FILMS[:6])
    marks |= {FILMS[7].slug: SEEN, FILMS[8].slug: NOTHING.turn_down()}
    found = picks_for(taste_map(FILMS), marks, club(30), limit=40)
    assert {pick.film.slug for pick in found.picks}.isdisjoint(marks)
    assert len(found.picks) == len(FILMS) - len(marks)


@pytest.mark.parametrize(("own", "members", "by_content"), [(4, 30, True), (5, 30, False), (5, 2, True), (5, 3, False)])
def test_under_five_ratings_or_three_raters_it_goes_by_content(own: int, members: int, by_content: bool) -> None:
    found = picks_for(taste_map(FILMS), rated(one.slug for one in FILMS[:own]), club(members))
    assert found.by_content is by_content


def test_content_alone_finds_what_is_alike_and_names_it() -> None:
    trains = [film(f"Train {n}", 1950 + n, themes=["trains"], trailers=[]) for n in range(3)]
    ships = [film(f"Ship {n}", 1980 + n, themes=["the-sea"], directors=["Her"], trailers=[]) for n in range(9)]
    found = picks_for(taste_map([*trains, *ships]), rated([trains[0].slug]), None, limit=2)
    assert {pick.film.slug for pick in found.picks} == {one.slug for one in trains[1:]}
    assert [because.film for pick in found.picks for because in pick.because] == [trains[0]] * 2


def test_who_has_marked_nothing_gets_nothing() -> None:
    assert picks_for(taste_map(FILMS), {}, club(30)) == MemberPicks((), by_content=True)
    down = {FILMS[0].slug: NOTHING.turn_down()}
    assert picks_for(taste_map(FILMS), down, None).picks == ()


def test_a_film_that_was_not_liked_is_no_reason() -> None:
    marks = {**rated([FILMS[0].slug], 2), **rated([one.slug for one in FILMS[2:12:2]], 9)}
    found = picks_for(taste_map(FILMS), marks, club(30))
    assert FILMS[0].slug not in {because.film.slug for pick in found.picks for because in pick.because}


def test_what_is_not_on_the_list_any_more_is_no_reason_and_no_pick() -> None:
    listed = FILMS[6:]
    found = picks_for(taste_map(listed), rated(one.slug for one in FILMS[:10]), club(30), limit=30)
    named = [because.film.slug for pick in found.picks for because in pick.because]
    assert {*named, *(pick.film.slug for pick in found.picks)} <= {one.slug for one in listed}


def test_five_picks_are_not_five_of_one_kind() -> None:
    seen = film("Seen", 1959, themes=["trains", "strikes"], directors=["Nobody"], trailers=[])
    alike = [film(f"Alike {n}", 1960, themes=["trains"], directors=["Her"], trailers=[]) for n in range(6)]
    others = [film(f"Other {n}", 1990, themes=["strikes", "work"], directors=[f"P{n}"], trailers=[]) for n in range(3)]
    far = [film(f"Far {n}", 1930, themes=["the-sea"], directors=[f"F{n}"], trailers=[]) for n in range(20)]
    found = picks_for(taste_map([seen, *alike, *others, *far]), rated([seen.slug]), None)
    assert 0 < sum(pick.film in others for pick in found.picks) < 5


def test_likes_are_ratings_or_else_what_was_seen_and_is_wanted() -> None:
    marks: Mapping[str, Mark] = {"a": SEEN, **rated("b", 8), **rated("c", 6), **rated("d", 5)}
    assert likes_of(marks) == {"b": 1.0, "c": 0.5, "d": 0.1}
    assert likes_of({"a": SEEN}) == {"a": 0.5}


def company(*shelves: Mapping[str, Mark], taste: Recommender | None = None) -> list[tuple[str, int, int]]:
    known = taste or taste_map(FILMS[:6])
    found = picks_for_company(known, known.catalogue.films, shelves)[:5]
    return [(pick.film.slug, pick.wants, pick.seen) for pick in found]


def test_a_company_gets_what_several_want_and_most_have_not_seen() -> None:
    first, second, third, hated, *_ = (one.slug for one in FILMS)
    wanted = Mark.model_validate({"wanted": "2026-12-01T20:00:00Z"})
    anna = {first: wanted, second: SEEN, third: wanted, hated: wanted}
    ben = {first: wanted, second: SEEN, third: SEEN, hated: rated([hated], 2)[hated]}
    cleo = {second: wanted, hated: wanted}
    found = company(anna, ben, cleo)
    assert found[0] == (first, 2, 0)
    assert (third, 1, 1) in found
    assert {slug for slug, _, _ in found}.isdisjoint({second, hated})


def test_nobody_is_brought_what_one_has_turned_down() -> None:
    assert FILMS[0].slug not in {slug for slug, _, _ in company({FILMS[0].slug: NOTHING.turn_down()}, {})}
    assert len(company({}, {})) == 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<@123456789012345678> and <@!223456789012345678>", (123456789012345678, 223456789012345678)),
        ("<@123456789012345678><@123456789012345678>", (123456789012345678,)),
        ("@ann @ben", ()),
        ("<@&123456789012345678> <#123456789012345678> <@12>", ()),
        ("<@" + "9" * 30 + ">", ()),
    ],
)
def test_who_comes_is_read_from_mentions(text: str, found: tuple[int, ...]) -> None:
    assert mentioned_in(text) == found


def test_a_crowd_has_an_end() -> None:
    text = "".join(f"<@{123456789012345678 + number}>" for number in range(100))
    assert len(mentioned_in(text)) == 25


def test_the_same_question_has_the_same_answer() -> None:
    marks = rated(one.slug for one in FILMS[:6])
    first, second = (picks_for(taste_map(FILMS), marks, club(12)) for _ in range(2))
    assert first == second
    assert len(list(itertools.combinations(first.picks, 2))) == 10
