"""Counting what each further narrowing would leave, against counting one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.facets import facets, most_first
from bot.domain.catalogue.filters import Facet, FilmFilter, director_key, values_of
from bot.domain.films.films import Film, Kind
from tests.builders import film
from tests.strategies import PROPERTY

VARDA = film(
    "Cléo",
    1962,
    directors=["Agnès Varda"],
    themes=["art", "time"],
    genres=["drama"],
    countries=["FR", "IT"],
    runtime=90,
)
MARKER = film("Sans soleil", 1983, directors=["Chris Marker"], themes=["art"], genres=[], countries=["FR"], runtime=104)
TRAIN = film("Night Train", 1959, runtime=None)
FILMS = (VARDA, MARKER, TRAIN)


def some_films() -> st.SearchStrategy[list[Film]]:
    """Films that have a little of everything in common."""
    one = st.builds(
        film,
        st.sampled_from(["A", "B", "C", "D", "E", "F"]),
        st.integers(1955, 1985),
        directors=st.lists(st.sampled_from(["Agnès", "Agnes", "Chris"]), unique=True, min_size=1),
        themes=st.lists(st.sampled_from(["art", "love", "war"]), unique=True),
        genres=st.lists(st.sampled_from(["drama", "essay"]), unique=True),
        countries=st.lists(st.sampled_from(["FR", "PL", "SUHH"]), unique=True),
        kind=st.sampled_from([Kind.FICTION, Kind.ESSAY]),
        runtime=st.none() | st.sampled_from([50, 90, 120, 200]),
    )
    return st.lists(one, unique_by=lambda drawn: drawn.slug, max_size=12)


def some_filter() -> st.SearchStrategy[FilmFilter]:
    return st.fixed_dictionaries(
        {},
        optional={
            "theme": st.sampled_from(["art", "love", "gone"]),
            "genre": st.sampled_from(["drama", "essay"]),
            "decade": st.sampled_from([1950, 1960, 1970, 1980]),
            "length": st.sampled_from(["short", "medium", "epic"]),
            "country": st.sampled_from(["FR", "SUHH"]),
            "kind": st.sampled_from(["fiction", "essay"]),
            "director": st.sampled_from([director_key("Agnès"), director_key("Chris")]),
        },
    ).map(FilmFilter.model_validate)


def test_an_unfiltered_list_counts_every_value() -> None:
    seen = facets(FILMS, FilmFilter())
    assert seen.fitting == FILMS
    assert seen.without == {}
    assert seen.counts == {
        Facet.THEME: {"art": 2, "time": 1, "trains": 1},
        Facet.GENRE: {"drama": 2},
        Facet.DECADE: {"1960": 1, "1980": 1, "1950": 1},
        Facet.LENGTH: {"medium": 1, "long": 1},
        Facet.COUNTRY: {"FR": 2, "IT": 1, "PL": 1},
        Facet.KIND: {"fiction": 3},
        Facet.DIRECTOR: {director_key(name): 1 for name in ("Agnès Varda", "Chris Marker", "Jerzy Kawalerowicz")},
    }


def test_a_side_that_is_asked_counts_what_else_could_be_asked_there() -> None:
    seen = facets(FILMS, FilmFilter(theme="art", genre="drama"))
    assert seen.fitting == (VARDA,)
    assert seen.counts[Facet.THEME] == {"art": 1, "time": 1, "trains": 1}
    assert seen.counts[Facet.GENRE] == {"drama": 1}
    assert seen.without == {Facet.THEME: 2, Facet.GENRE: 2}


def test_sides_on_which_all_films_agree_or_that_are_asked_are_not_open() -> None:
    assert facets(FILMS, FilmFilter()).open_sides == tuple(side for side in Facet if side is not Facet.KIND)
    assert facets(FILMS, FilmFilter(theme="art")).open_sides == (
        Facet.GENRE,  # which only one of the two has
        Facet.DECADE,
        Facet.LENGTH,
        Facet.COUNTRY,
        Facet.DIRECTOR,
    )
    assert facets(FILMS, FilmFilter(theme="time")).open_sides == ()


@PROPERTY
@given(some_films(), some_filter())
def test_counts_are_what_one_gets_by_trying(films: list[Film], wanted: FilmFilter) -> None:
    seen = facets(films, wanted)
    assert seen.fitting == wanted.among(films)
    for side in Facet:
        others = wanted.narrowed(side, None)
        every = {value for one in films for value in values_of(one, side)}
        tried = {value: len(others.narrowed(side, value).among(films)) for value in every}
        assert seen.counts[side] == {value: count for value, count in tried.items() if count}
    assert seen.without == {Facet(side): len(wanted.narrowed(Facet(side), None).among(films)) for side in wanted.asked}


@PROPERTY
@given(some_films(), st.data())
def test_whoever_takes_what_is_offered_never_comes_to_an_empty_list(films: list[Film], data: st.DataObject) -> None:
    wanted = FilmFilter()
    while offered := facets(films, wanted).open_sides:
        side = data.draw(st.sampled_from(offered))
        counts = facets(films, wanted).counts[side]
        value = data.draw(st.sampled_from(sorted(counts)))
        wanted = wanted.narrowed(side, value)
        assert len(wanted.among(films)) == counts[value] > 0


@pytest.mark.parametrize(
    ("counts", "order"),
    [({}, ()), ({"b": 1, "a": 1, "c": 2}, ("c", "a", "b")), ({"x": 3, "y": 4}, ("y", "x"))],
)
def test_values_that_leave_most_come_first(counts: dict[str, int], order: tuple[str, ...]) -> None:
    assert most_first(counts, {value: value.upper() for value in counts}) == order
