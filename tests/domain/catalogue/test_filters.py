"""Narrowing the list, and carrying what was asked for in a custom id."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.catalogue.filters import LAST_MINUTE, Facet, FilmFilter, Length, director_key, length_of
from bot.domain.films.films import Kind
from tests.builders import film
from tests.strategies import COUNTRIES, PROPERTY, lines, tags

OLD_LONGEST = FilmFilter.of("a" * 20, "b" * 20, "1990", "medium", "SUHH", "experimental")
LONGEST = FilmFilter.of("a" * 20, "b" * 20, "1990", "medium", "SUHH", "experimental", director_key("Varda"))


def wanted() -> st.SearchStrategy[FilmFilter]:
    return st.fixed_dictionaries(
        {},
        optional={
            "theme": tags(),
            "genre": tags(),
            "decade": st.integers(187, 220).map(lambda number: number * 10),
            "length": st.sampled_from(Length),
            "country": st.sampled_from(COUNTRIES),
            "kind": st.sampled_from(Kind),
            "director": lines(150).map(director_key),
        },
    ).map(FilmFilter.model_validate)


@pytest.mark.parametrize(
    ("minutes", "length"),
    [
        (1, Length.SHORT),
        (60, Length.SHORT),
        (61, Length.MEDIUM),
        (100, Length.MEDIUM),
        (101, Length.LONG),
        (140, Length.LONG),
        (141, Length.EPIC),
        (2000, Length.EPIC),
    ],
)
def test_a_running_time_belongs_to_one_length(minutes: int, length: Length) -> None:
    assert length_of(minutes) is length


def test_each_length_but_the_last_ends_at_a_minute() -> None:
    assert set(Length) - set(LAST_MINUTE) == {Length.EPIC}


@pytest.mark.parametrize(
    ("asked", "accepted"),
    [
        ({}, True),
        ({"theme": "trains"}, True),
        ({"theme": "train"}, False),
        ({"theme": "drama"}, False),
        ({"genre": "drama"}, True),
        ({"genre": "trains"}, False),
        ({"decade": 1950}, True),
        ({"decade": 1960}, False),
        ({"length": "medium"}, True),
        ({"length": "long"}, False),
        ({"country": "PL"}, True),
        ({"country": "FR"}, False),
        ({"kind": "fiction"}, True),
        ({"kind": "documentary"}, False),
        ({"director": director_key("Jerzy Kawalerowicz")}, True),
        ({"director": director_key("JERZY  KAWALEROWICZ")}, True),
        ({"director": director_key("Agnès Varda")}, False),
        ({"theme": "trains", "country": "PL", "decade": 1950}, True),
        ({"theme": "trains", "country": "PL", "decade": 1960}, False),
    ],
)
def test_a_film_has_to_be_all_that_is_asked(asked: dict[str, Any], accepted: bool) -> None:
    assert FilmFilter.model_validate(asked).accepts(film()) is accepted


@pytest.mark.parametrize("length", Length)
def test_a_film_of_unknown_length_has_no_length(length: Length) -> None:
    assert not FilmFilter(length=length).accepts(film(runtime=None))


def test_the_order_of_the_list_stays() -> None:
    listed = [film("C", 1951), film("A", 1959), film("B", 1971), film("D", 1950)]
    assert [found.title for found in FilmFilter(decade=1950).among(listed)] == ["C", "A", "D"]


@PROPERTY
@given(wanted())
def test_a_filter_comes_back_out_of_a_custom_id(asked: FilmFilter) -> None:
    assert FilmFilter.decoded(asked.encoded()) == asked
    assert ":" not in asked.encoded()
    assert len(asked.encoded()) <= len(LONGEST.encoded())


def test_the_longest_filter_leaves_room_for_a_page_in_a_custom_id() -> None:
    assert len(f"films:browse:9999:{LONGEST.encoded()}") <= 100
    assert len(OLD_LONGEST.encoded()) == 71
    assert len(LONGEST.encoded()) == 79


def test_a_filter_from_before_directors_could_be_asked_for_means_the_same() -> None:
    assert FilmFilter.decoded("art;;1990;;;").asked == {"theme": "art", "decade": "1990"}


def test_the_sides_are_the_fields_of_a_filter() -> None:
    assert [side.value for side in Facet] == list(FilmFilter.model_fields)


@PROPERTY
@given(wanted(), st.sampled_from(Facet))
def test_one_side_is_asked_or_given_up_alone(asked: FilmFilter, side: Facet) -> None:
    rest = {key: value for key, value in asked.asked.items() if key != side}
    assert asked.narrowed(side, None).asked == rest
    if side in asked.asked:
        assert FilmFilter.model_validate(rest).narrowed(side, asked.asked[side]) == asked


def test_something_that_cannot_be_asked_is_refused() -> None:
    with pytest.raises(ValidationError):
        FilmFilter().narrowed(Facet.KIND, "poem")


@PROPERTY
@given(wanted())
def test_a_filter_is_read_from_what_people_choose(asked: FilmFilter) -> None:
    assert FilmFilter.of(*(asked.asked.get(name) for name in FilmFilter.model_fields)) == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        ";;;;",
        ";;;;;;",
        ";;;;;;short",
        ";;;;;;;abcdefg",
        ";;;;;;AAAAAAA",
        "Art;;;;;",
        ";;1994;;;",
        ";;soon;;;",
        ";;1000;;;",
        ";;;huge;;",
        ";;;;XX;",
        ";;;;;poem",
        "a:b;;;;;",
        "x" * 10_000,
    ],
)
def test_anything_else_is_no_filter(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # zip's own and pydantic's are both meant
        FilmFilter.decoded(text)


def test_a_filter_that_asks_for_something_unknown_is_refused() -> None:
    with pytest.raises(ValidationError):
        FilmFilter.model_validate({"director": "Varda"})
