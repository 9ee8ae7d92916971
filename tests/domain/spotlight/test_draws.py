"""Which film is next: no film again before all have been, and what curators put in front of it."""

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.spotlight.draws import Chosen, Draw, Waiting, draw, draws
from bot.domain.spotlight.sources import Order, Source, SourceKind, order_of
from tests.builders import film

START = datetime.date(2026, 12, 4)
SLOTS = [START + datetime.timedelta(weeks=n) for n in range(60)]
FILMS = [film(f"Reel {n}", 1950 + n, trailers=[]) for n in range(7)]
SLUGS = [each.slug for each in FILMS]


def by_lot(count: int = 7) -> Order:
    return order_of(Source(), 7, FILMS[:count], {})


def shown(waiting: Waiting, order: Order, count: int) -> list[str]:
    return [each.slug for each in draws(waiting, order, SLOTS[:count])]


def test_nothing_comes_twice_before_all_has_come_once() -> None:
    found = shown(Waiting(), by_lot(), 21)
    assert [set(found[start : start + 7]) for start in (0, 7, 14)] == [set(SLUGS)] * 3
    assert found[:7] != found[7:14]
    assert found[6] != found[7]


def test_of_two_servers_each_has_an_order_of_its_own() -> None:
    orders = {tuple(order_of(Source(), guild_id, FILMS, {})(0)) for guild_id in range(20)}
    assert len(orders) > 15


def test_a_film_that_joins_leaves_the_order_of_the_others() -> None:
    before = [slug for slug in order_of(Source(), 7, FILMS, {})(0) if slug != SLUGS[3]]
    assert list(order_of(Source(), 7, [*FILMS[:3], *FILMS[4:]], {})(0)) == before


def test_a_collection_keeps_its_order_and_begins_anew() -> None:
    order = order_of(Source(kind=SourceKind.COLLECTION, name="ships"), 7, FILMS[:3], {})
    assert shown(Waiting(), order, 5) == [*SLUGS[:3], *SLUGS[:2]]


def test_what_most_want_comes_first_and_then_the_rest() -> None:
    order = order_of(Source(kind=SourceKind.WANTED), 7, FILMS, {SLUGS[4]: 6, SLUGS[2]: 1})
    found = shown(Waiting(), order, 7)
    assert found[:2] == [SLUGS[4], SLUGS[2]]
    assert set(found) == set(SLUGS)


def test_what_is_chosen_for_a_day_comes_before_what_is_queued_and_that_before_the_lot() -> None:
    order = by_lot()
    _, second, third, *_, last = order(0)
    waiting = Waiting(queue=(third, second), chosen={SLOTS[1]: last})
    found = draws(waiting, order, SLOTS[:4])
    assert [each.how for each in found] == [Chosen.QUEUED, Chosen.FOR_THE_DAY, Chosen.QUEUED, Chosen.DRAWN]
    assert [each.slug for each in found] == [third, last, second, order(0)[0]]


def test_what_was_chosen_for_a_day_that_is_none_any_more_comes_on_the_next() -> None:
    waiting = Waiting(chosen={SLOTS[0] - datetime.timedelta(days=1): SLUGS[5]})
    assert draws(waiting, by_lot(), SLOTS[:1]) == [Draw(SLOTS[0], SLUGS[5], Chosen.FOR_THE_DAY)]


def test_a_skipped_film_waits_for_the_next_round() -> None:
    first = by_lot()(0)[0]
    found = shown(Waiting(passed=frozenset({first})), by_lot(), 7)
    assert first not in found[:6]


def test_what_waits_and_is_off_the_list_is_passed_over() -> None:
    waiting = Waiting(queue=(SLUGS[1], "gone-1950"), chosen={SLOTS[0]: "gone-1950"})
    assert waiting.among(set(SLUGS)) == Waiting(queue=(SLUGS[1],))


def test_a_source_of_one_film_shows_it_again_and_one_of_none_nothing() -> None:
    assert shown(Waiting(), by_lot(1), 3) == SLUGS[:1] * 3
    assert draws(Waiting(), by_lot(0), SLOTS) == []
    assert shown(Waiting(chosen={SLOTS[2]: SLUGS[0]}), by_lot(1), 3) == SLUGS[:1] * 3


@pytest.mark.parametrize("source", [{"kind": "theme"}, {"kind": "list", "name": "boats"}, {"kind": "collection"}])
def test_only_what_has_a_name_is_named(source: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Source.model_validate(source)


@given(
    st.integers(1, 7),
    st.lists(st.sampled_from(SLUGS), max_size=3, unique=True),
    st.dictionaries(st.sampled_from(SLOTS[:10]), st.sampled_from(SLUGS), max_size=3),
    st.sets(st.sampled_from(SLUGS)),
)
def test_what_is_shown_before_is_what_is_drawn(
    count: int, queue: Sequence[str], chosen: dict[datetime.date, str], passed: set[str]
) -> None:
    order = by_lot(count)
    waiting = Waiting(passed=frozenset(passed), queue=tuple(queue), chosen=chosen)
    told = draws(waiting, order, SLOTS[:12])
    for place, slot in enumerate(SLOTS[:12]):
        drawn = draw(waiting, order, slot)
        assert drawn is not None
        assert drawn[0] == told[place]
        assert drawn[0] == draw(waiting, order, slot)[0]  # pyright: ignore[reportOptionalSubscript]
        assert list(draws(waiting, order, SLOTS[place:12])) == list(told[place:])
        waiting = drawn[1]
    assert not waiting.queue
