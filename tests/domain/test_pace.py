"""Turns for work that nobody waits for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Pace


@given(st.lists(st.floats(0, 5), min_size=2, max_size=80), st.sampled_from([0.5, 3.0, 20.0]))
def test_no_second_has_more_turns_than_the_pace_and_nobody_waits_without_need(
    pauses: list[float], per_second: float
) -> None:
    pace, now, turns = Pace(per_second), 100.0, list[float]()
    for pause in pauses:
        now += pause
        delay = pace.delay(now)
        free = not turns or turns[-1] + 1 / per_second <= now
        assert (delay == 0) == free or abs(delay) < 1e-9
        turns.append(now + delay)
    assert all(later - sooner >= 1 / per_second - 1e-9 for sooner, later in pairwise(turns))


def test_turns_are_not_saved_up() -> None:
    pace = Pace(2)
    assert [pace.delay(1000.0) for _ in range(3)] == [0.0, 0.5, 1.0]
