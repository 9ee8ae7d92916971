"""Whose turn it is: never two processes', and while somebody is there never nobody's."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guilds.turns import Turn, Turns

OURS, ANOTHERS, UNDECIDED = Turn.OURS, Turn.ANOTHERS, Turn.UNDECIDED


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock) -> Turns:
    return Turns(clock)


def test_nothing_is_ours_that_is_not_held(turns: Turns) -> None:
    turns.hold({0: 0}, 90)
    assert turns.of(0, 5) is OURS
    assert turns.of(1, 5) is ANOTHERS
    assert (turns.is_ours(0), turns.is_ours(1)) == (True, False)


def test_a_lease_that_has_run_out_is_silence_until_it_is_renewed(turns: Turns, clock: Clock) -> None:
    turns.hold({0: 0}, 90)
    clock.now = 90
    assert turns.of(0, 5) is ANOTHERS
    assert not turns.is_ours(0)
    turns.hold({}, 180)
    assert turns.of(0, 6) is OURS


def test_what_came_before_a_handover_is_answered_by_whoever_was_there(turns: Turns) -> None:
    turns.hold({0: 0}, 90)
    turns.of(0, 5)
    assert turns.begin_giving({0}) == {0: 5}
    assert (turns.of(0, 4), turns.of(0, 5), turns.of(0, 6)) == (OURS, OURS, UNDECIDED)
    assert (turns.held, turns.giving, turns.given) == ({0}, {0}, frozenset())
    turns.end_giving({0})
    assert (turns.of(0, 4), turns.of(0, 5), turns.of(0, 6)) == (OURS, OURS, ANOTHERS)
    assert (turns.held, turns.giving, turns.given) == (frozenset(), frozenset(), {0})
    assert not turns.is_ours(0)


def test_a_handover_that_is_tried_again_does_not_move_the_boundary(turns: Turns) -> None:
    turns.hold({0: 0, 1: 0}, 90)
    turns.of(0, 5)
    turns.begin_giving({0})
    turns.of(1, 9)
    assert turns.begin_giving({0, 1}) == {0: 5, 1: 9}


def test_who_takes_over_answers_from_the_next_one_on(turns: Turns) -> None:
    turns.ask_for({0})
    assert turns.of(0, 6) is UNDECIDED
    turns.hold({0: 5}, 90)
    assert (turns.of(0, 5), turns.of(0, 6)) == (ANOTHERS, OURS)


def test_what_the_one_before_the_last_answered_is_not_answered_again(turns: Turns) -> None:
    turns.hold({0: 5}, 90)
    turns.of(0, 7)
    turns.begin_giving({0})
    turns.end_giving({0})
    assert (turns.of(0, 5), turns.of(0, 7)) == (ANOTHERS, OURS)


def test_what_is_lost_is_anothers(turns: Turns) -> None:
    turns.hold({0: 0, 1: 0}, 90)
    turns.lose({0})
    assert (turns.of(0, 5), turns.of(1, 5)) == (ANOTHERS, OURS)
    assert turns.held == {1}


@given(st.permutations(range(1, 8)), st.permutations(range(1, 8)), st.integers(0, 7), st.integers(0, 7))
def test_in_whatever_order_two_processes_hear_each_is_answered_once(
    old_hears: list[int], new_hears: list[int], at_handover: int, known_at: int
) -> None:
    """The old one has heard of some when it gives up; the new one of others when it learns of that."""
    old, new = Turns(lambda: 0.0), Turns(lambda: 0.0)
    old.hold({0: 0}, 90)
    answered: Mapping[int, list[str]] = {each: [] for each in old_hears}
    waiting: list[int] = []
    new.ask_for({0})
    for each in old_hears[:at_handover]:
        if old.of(0, each) is OURS:
            answered[each].append("old")
    for each in new_hears[:known_at]:
        assert new.of(0, each) is UNDECIDED
        waiting.append(each)
    last = old.begin_giving({0})
    old.end_giving({0})
    new.hold(last, 90)
    for each in old_hears[at_handover:]:
        if old.of(0, each) is OURS:
            answered[each].append("old")
    for each in (*waiting, *new_hears[known_at:]):
        if new.of(0, each) is OURS:
            answered[each].append("new")
    assert {each: len(by) for each, by in answered.items()} == dict.fromkeys(old_hears, 1)
