"""The steps of a mark, and what can be taken back."""

import datetime

import pytest
from pydantic import ValidationError

from bot.domain.shelves.counts import FilmCounts, Share, average_of, share_of
from bot.domain.shelves.marks import (
    MAX_REVIEW,
    MAX_VIEWINGS,
    NOTHING,
    Mark,
    MarkChanged,
    Review,
    ReviewFaulty,
    Step,
    taken_back,
)

NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
DAY = NOW.date()
EARLIER = datetime.date(2020, 2, 29)
REVIEW = Review(text="Nobody sleeps.")


def test_wanting_and_seeing_follow_each_other() -> None:
    wanted = NOTHING.want(NOW)
    assert wanted.wanted == NOW
    assert wanted.want(NOW + datetime.timedelta(days=1)) == wanted  # since when, stays
    seen = wanted.see(DAY)
    assert (seen.wanted, seen.viewings) == (None, (DAY,))
    assert seen.want(NOW).viewings == (DAY,)  # once more
    assert wanted.unwant() == NOTHING


def test_a_rewatch_is_another_viewing_and_the_latest_stands_last() -> None:
    twice = NOTHING.see(DAY).see(EARLIER).see(None)
    assert twice.viewings == (None, EARLIER, DAY)
    assert twice.last_seen == DAY
    assert not twice.is_bare
    assert twice.unsee() == NOTHING


def test_viewings_have_an_end() -> None:
    mark = NOTHING
    for number in range(MAX_VIEWINGS + 5):
        mark = mark.see(DAY + datetime.timedelta(days=number))
    assert len(mark.viewings) == MAX_VIEWINGS
    assert mark.last_seen == DAY + datetime.timedelta(days=MAX_VIEWINGS + 4)


def test_who_says_something_has_seen_it_and_saying_it_again_is_no_rewatch() -> None:
    said = NOTHING.want(NOW).say(9, REVIEW, DAY)
    assert said == Mark(viewings=(DAY,), rating=9, review=REVIEW)
    assert said.say(7, REVIEW, DAY).viewings == (DAY,)
    assert said.say(None, None, None) == Mark(viewings=(DAY,))
    assert said.say(9, REVIEW, EARLIER).viewings == (EARLIER,)  # the day was wrong
    assert said.see(EARLIER).say(9, REVIEW, DAY).viewings == (EARLIER, DAY)


def test_a_command_tells_a_day_and_stars_or_neither() -> None:
    assert NOTHING.want(NOW).saw(None, None, DAY) == Mark(viewings=(DAY,))
    assert NOTHING.saw(8, EARLIER, DAY) == Mark(viewings=(EARLIER,), rating=8)
    rated = Mark(viewings=(EARLIER,), rating=8, review=REVIEW)
    assert rated.saw(None, None, DAY) == rated
    assert rated.saw(10, None, DAY) == rated.model_copy(update={"rating": 10})
    assert rated.saw(None, DAY, DAY).viewings == (EARLIER, DAY)


def test_turning_down_and_wanting_exclude_each_other() -> None:
    down = NOTHING.want(NOW).turn_down()
    assert (down.wanted, down.hidden) == (None, True)
    assert not down.want(NOW).hidden


@pytest.mark.parametrize("rating", [0, 11, -1])
def test_a_rating_is_one_of_ten_half_stars(rating: int) -> None:
    with pytest.raises(ValidationError):
        Mark.model_validate({"rating": rating})


@pytest.mark.parametrize("typed", ["", "  \n ", "\u200b\u200b", "\u2800", "\u3164 \ufeff", "\u202e"])
def test_a_review_that_shows_nothing_is_none(typed: str) -> None:
    assert Review.of(typed, spoils=True, named=True) is None


def test_a_review_is_kept_without_what_cannot_be_seen() -> None:
    review = Review.of("So\u202e \x00good\n\n\nreally ", spoils=False, named=True)
    assert review == Review(text="So good\n\nreally", spoils=False, named=True)


def test_a_review_has_an_end() -> None:
    assert Review.of("é" * MAX_REVIEW, spoils=True, named=False) is not None
    with pytest.raises(ReviewFaulty):
        Review.of("a" * (MAX_REVIEW + 1), spoils=True, named=False)


def test_an_act_is_taken_back_for_films_that_nothing_was_done_to_since() -> None:
    steps = {name: Step(before=NOTHING.want(NOW), after=NOTHING.see(DAY)) for name in ("a-2000", "b-2000")}
    current = {"a-2000": NOTHING.see(DAY), "b-2000": NOTHING.see(DAY).see(DAY)}
    assert taken_back(steps, current) == {"a-2000": NOTHING.want(NOW)}
    with pytest.raises(MarkChanged):
        taken_back(steps, {})


def share(*, counted: int | None, shown: bool, wanted: bool = True, rating: int | None = 8) -> Share:
    return share_of(wanted=wanted, seen=True, rating=rating, counted=counted, shown=shown)


def test_only_what_is_shown_counts() -> None:
    assert share(counted=None, shown=False) == Share()
    assert share(counted=None, shown=True) == Share(1, 1, 1, 8, pending=1)
    assert share(counted=8, shown=True) == Share(1, 1, 1, 8)
    assert share(counted=8, shown=False) == Share(pending=1, withdrawn=1)
    assert share(counted=8, shown=True, wanted=False, rating=None) == Share(seen=1, pending=1, withdrawn=1)


def test_two_raters_have_no_average() -> None:
    assert average_of(2, 0, 3, 24) is None
    assert average_of(3, 1, 3, 24) is None
    assert average_of(3, 0, None, None) is None
    assert average_of(3, 0, 3, 23) == 3.8
    assert FilmCounts().is_empty
