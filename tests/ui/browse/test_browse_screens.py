"""The screens of browsing: within Discord's limits, and all that they lead to in their custom ids."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.facets import facets
from bot.domain.catalogue.filters import Facet, FilmFilter, director_key
from bot.domain.catalogue.orders import Order
from bot.domain.errors import ListChanged
from bot.domain.films.films import Film
from bot.ui.browse.browse import BrowseButton, NarrowMenu, OldBrowsePage, OrderMenu
from bot.ui.browse.menus import BACK, Choice, read_choice, side_options, value_options
from bot.ui.browse.state import LAST_PAGE, PER_PAGE, BrowseState, Look
from tests.builders import film
from tests.strategies import LARGE, PROPERTY, WORST, films, worst
from tests.ui import screens
from tests.ui.messages import Message, refusals

LONGEST = FilmFilter.of("t" * 20, "g" * 20, "1990", "medium", "SUHH", "experimental", director_key("Varda"))
FITTING: dict[str, Any] = {
    "year": 1990,
    "runtime": 90,
    "themes": ["t" * 20],
    "genres": ["g" * 20],
    "countries": ["SUHH"],
    "kind": "experimental",
    "directors": ["Varda"],
}
WANTED = [FilmFilter(), FilmFilter(theme="art", decade=1990), LONGEST]


def many(number: int) -> list[Film]:
    """A list of the worst and of ordinary films."""
    awful = [worst(name) for name in WORST]
    ordinary = (film(f"Film No {n}", 1950 + n % 50, directors=[f"Director {n}"]) for n in range(number - len(awful)))
    return [*awful, *ordinary][:number]


def state_of(control: BrowseButton | NarrowMenu | OrderMenu) -> BrowseState:
    """What the control leads to, as it is read from its custom id."""
    found = type(control).__discord_ui_compiled_template__.fullmatch(control.custom_id)
    assert found is not None
    return BrowseState.decoded(found["state"])


@pytest.mark.parametrize(("wanted", "order", "look"), list(product(WANTED, Order, Look)))
@pytest.mark.parametrize("page", [0, 9, LAST_PAGE])
def test_every_control_is_known_again_by_its_custom_id(wanted: FilmFilter, order: Order, look: Look, page: int) -> None:
    state = BrowseState(wanted, page, order, look)
    encoded = state.encoded()
    controls = [
        *(BrowseButton(verb, encoded) for verb in ("back", "next", "look")),
        NarrowMenu(encoded),
        OrderMenu(encoded),
    ]
    for control in controls:
        assert len(control.custom_id) <= 100
        assert state_of(control) == state


def test_a_page_beyond_what_a_custom_id_holds_becomes_the_last_one() -> None:
    assert BrowseState.decoded(BrowseState(page=LAST_PAGE + 1).encoded()).page == LAST_PAGE


@pytest.mark.parametrize("wanted", WANTED[:2])
@pytest.mark.parametrize("page", [-1, 0, 9, 9999])
def test_a_button_from_before_is_still_known(wanted: FilmFilter, page: int) -> None:
    found = OldBrowsePage.__discord_ui_compiled_template__.fullmatch(f"films:browse:{page}:{wanted.encoded()}")
    assert found is not None
    assert (int(found["page"]), FilmFilter.decoded(found["wanted"])) == (page, wanted)


def test_a_state_that_asks_for_nothing_known_says_that_the_list_has_changed() -> None:
    with pytest.raises(ListChanged):
        BrowseState.decoded("0:nl:;;;;nowhere;")


@pytest.mark.parametrize("number", [1, 9, 10, 11, 12, 20, 21, 101])
@pytest.mark.parametrize("page", [0, 1, 2, 10, 9999])
@pytest.mark.parametrize("look", Look)
def test_no_page_of_the_list_exceeds_a_limit(number: int, page: int, look: Look) -> None:
    assert refusals(screens.browse_page(many(number), BrowseState(page=page, look=look))) == []


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("order", Order)
def test_no_page_of_the_longest_filter_exceeds_a_limit(look: Look, order: Order) -> None:
    entries = [film(f"Film No {n}", **FITTING) for n in range(30)]
    message = screens.browse_page(entries, BrowseState(LONGEST, 9999, order, look))
    assert refusals(message) == []


@pytest.mark.parametrize("side", Facet)
@pytest.mark.parametrize("skip", [0, 23, 9999])
def test_no_menu_of_values_exceeds_a_limit(side: Facet, skip: int) -> None:
    assert refusals(screens.browse_page(many(101), BrowseState(), Choice(side, skip=skip))) == []


@LARGE
@given(films())
def test_no_menu_of_any_film_exceeds_a_limit(entry: Film) -> None:
    two = [entry, film("Another", 1900, themes=["a"], genres=["b"], countries=["VC"], directors=["Nobody"])]
    for side in Facet:
        assert refusals(screens.browse_page(two, BrowseState(), Choice(side))) == []
        for value in facets(two, FilmFilter()).counts[side]:
            asked = BrowseState(FilmFilter().narrowed(side, value))
            assert refusals(screens.browse_page(two, asked)) == []


def opened_by(message: Message) -> list[str]:
    """The slugs of the films that have a button of their own."""
    found = [control.get("custom_id", "") for control in message.controls]
    return [custom_id.rpartition(":")[2] for custom_id in found if custom_id.startswith("film:peek:")]


@pytest.mark.parametrize(
    ("number", "page", "first", "last", "turns"),
    [
        (2, 0, 0, 1, []),
        (7, 0, 0, 6, []),
        (8, 0, 0, 6, [True, False]),
        (8, 1, 7, 7, [False, True]),
        (8, 7, 7, 7, [False, True]),
        (25, 1, 7, 13, [False, False]),
    ],
)
def test_a_page_shows_seven_films_and_the_ways_on(
    number: int, page: int, first: int, last: int, turns: list[bool]
) -> None:
    entries = [film(f"Film No {n}", 1950) for n in range(number)]
    message = screens.browse_page(entries, BrowseState(page=page))
    assert opened_by(message) == [entry.slug for entry in entries[first : last + 1]]
    ways = [control for control in message.controls if control.get("label") in {"Previous", "Next"}]
    assert [way["disabled"] for way in ways] == turns


@pytest.mark.parametrize("name", WORST)
def test_every_film_of_a_page_of_the_worst_is_there(name: str) -> None:
    entries = [worst(name).model_copy(update={"slug": f"film-{number}"}) for number in range(PER_PAGE)]
    assert opened_by(screens.browse_page(entries, BrowseState())) == [one.slug for one in entries]


@pytest.mark.parametrize("page", [0, 1, 2])
def test_the_other_look_shows_the_same_film(page: int) -> None:
    lines = BrowseState(page=page)
    cards = lines.in_other_look()
    assert (cards.look, cards.page) == (Look.CARDS, page * PER_PAGE)
    assert cards.turned(cards.page + PER_PAGE - 1).in_other_look() == lines


def rows(message: Message) -> list[list[str]]:
    """The verbs of the controls, row by row."""
    return [
        [control.get("custom_id", "").partition(":")[2].partition(":")[0] for control in part["components"]]
        for part in message.parts
        if part["type"] == 1
    ]


def test_the_rows_of_lines_and_of_a_card() -> None:
    entries = [film("A", themes=["a"]), film("B", themes=["b"], trailers=[])]
    below = [["look"], ["by"], ["sort"]]
    assert rows(screens.browse_page(entries, BrowseState())) == below
    cards = BrowseState(look=Look.CARDS)
    card = screens.browse_page(entries, cards)
    turns = [["want", "seen", "who"], ["back", "next", "look"], ["by"], ["sort"]]
    assert rows(card) == [["share", "trailer", "discuss", "similar", ""], *turns]
    # A card of fewer buttons keeps its row to itself.
    assert rows(screens.browse_page(entries, cards.turned(1))) == [["share", "discuss", "similar"], *turns]


def test_a_film_that_is_alone_needs_no_order_and_no_narrowing() -> None:
    assert rows(screens.browse_page([film()], BrowseState())) == [["look"]]


@pytest.mark.parametrize(
    ("value", "choice"),
    [
        (BACK, None),
        ("theme", Choice(Facet.THEME)),
        ("theme+23", Choice(Facet.THEME, skip=23)),
        ("theme=art", Choice(Facet.THEME, "art")),
        ("-theme", Choice(Facet.THEME, is_removal=True)),
    ],
)
def test_an_option_says_what_it_does(value: str, choice: Choice | None) -> None:
    assert read_choice(value) == choice


@pytest.mark.parametrize("value", ["", "poem", "theme=", "theme+", "theme+-1", "+3", "=art", "theme\nart"])
def test_any_other_option_is_refused(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the enumeration's own message is as good
        read_choice(value)


def test_the_sides_that_are_asked_can_be_given_up_and_the_open_ones_opened() -> None:
    entries = [film("A", 1951), film("B", 1959), film("C", 1961), film("D", 1962, themes=["sea"], countries=["FR"])]
    wanted = FilmFilter(theme="trains")
    options = side_options(facets(entries, wanted), wanted.asked, screens.WORDS)
    assert [(option.label, option.value, option.description) for option in options] == [
        ("✕ theme: Trains", "-theme", "4 films"),
        ("Decade", "decade", "2 to choose from"),
    ]


def test_every_value_is_reached_and_says_how_many_films_it_leaves() -> None:
    entries = [film(f"Film {n}", themes=[f"theme-{n % 60}"]) for n in range(90)]
    seen, found, skip = facets(entries, FilmFilter()), list[str](), 0
    while True:
        back, *options = value_options(seen, Facet.THEME, skip, screens.WORDS)
        assert back.value == BACK
        assert len(options) <= 24
        onward = [option.value for option in options if option.value.startswith("theme+")]
        found += [f"{option.value} {option.description}" for option in options if option.value not in onward]
        if not onward:
            break
        chosen = read_choice(onward[0])
        assert chosen is not None
        skip = chosen.skip
    twos = [f"theme=theme-{n} 2 films" for n in range(30)]
    ones = [f"theme=theme-{n} 1 film" for n in range(30, 60)]
    assert sorted(found[:30]) == sorted(twos)
    assert sorted(found[30:]) == sorted(ones)


def test_decades_and_lengths_stand_in_a_row() -> None:
    entries = [film("A", 1991, runtime=200), film("B", 1961, runtime=50), film("C", 1962, runtime=90)]
    seen = facets(entries, FilmFilter())
    decades = [option.value for option in value_options(seen, Facet.DECADE, 0, screens.WORDS)]
    assert decades == [BACK, "decade=1960", "decade=1990"]
    lengths = [option.value for option in value_options(seen, Facet.LENGTH, 0, screens.WORDS)]
    assert lengths == [BACK, "length=short", "length=medium", "length=epic"]


@PROPERTY
@given(st.sampled_from(WANTED), st.integers(0, LAST_PAGE), st.sampled_from(Order), st.sampled_from(Look))
def test_narrowing_and_ordering_begin_at_the_first_page(
    wanted: FilmFilter, page: int, order: Order, look: Look
) -> None:
    state = BrowseState(wanted, page, order, look)
    assert state.ordered(Order.YEAR) == BrowseState(wanted, 0, Order.YEAR, look)
    assert state.narrowed(Facet.THEME, "art") == BrowseState(wanted.narrowed(Facet.THEME, "art"), 0, order, look)
