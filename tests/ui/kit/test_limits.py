"""Whatever a film says, no screen exceeds what Discord takes."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.films.films import Film
from bot.domain.text.normalize import has_ink
from bot.ui.browse.search import SearchPage
from bot.ui.browse.state import BrowseState
from bot.ui.films.option import choice_name
from bot.ui.films.starter_messages import thread_name
from bot.ui.kit.text import width
from tests.builders import film
from tests.strategies import LARGE, PROPERTY, WORST, films, lines, named_films, packed, worst
from tests.ui import screens
from tests.ui.messages import refusals


def bare() -> Film:
    """A film with nothing in it that may be left out."""
    nothing: dict[str, Any] = dict.fromkeys("countries languages genres themes trailers prompts".split(), ())
    return film("M", 1931, runtime=None, **nothing)


def exceeded(entry: Film) -> list[str]:
    return [refusal for message in screens.all_of(entry) for refusal in refusals(message)]


@LARGE
@given(films())
def test_no_screen_of_a_film_exceeds_a_limit(entry: Film) -> None:
    assert exceeded(entry) == []


@pytest.mark.parametrize("name", WORST)
def test_no_screen_of_the_worst_films_exceeds_a_limit(name: str) -> None:
    assert exceeded(worst(name)) == []


def test_the_fullest_card_is_nearly_as_full_as_discord_allows() -> None:
    card = screens.card(packed(), private=True)
    assert refusals(card) == []
    assert sum(width(text.text) for text in card.texts() if text.place == "display") > 3800


def test_no_screen_of_a_film_with_next_to_nothing_exceeds_a_limit() -> None:
    assert exceeded(bare()) == []


@PROPERTY
@given(named_films())
def test_a_thread_is_called_by_the_film_and_its_year(entry: Film) -> None:
    name = thread_name(entry)
    assert width(name) <= 100
    assert name.endswith(f" ({entry.year})")
    assert has_ink(name.removesuffix(f" ({entry.year})"))


@PROPERTY
@given(named_films())
def test_a_choice_names_title_year_and_director(entry: Film) -> None:
    name = choice_name(entry)
    assert width(name) <= 100
    title, _, director = name.partition(f" ({entry.year})")
    assert has_ink(title)
    assert has_ink(director.removeprefix("\u2069").removeprefix(" – "))


@PROPERTY
@given(named_films())
def test_an_entry_of_a_list_holds_the_year_and_is_three_lines(entry: Film) -> None:
    [text] = [
        each.text for each in screens.browse_page([entry], BrowseState()).texts() if f"({entry.year})" in each.text
    ]
    assert len(text.split("\n")) == 3


@PROPERTY
@given(st.lists(named_films(), min_size=1, max_size=3), st.sampled_from(screens.COMMANDS), st.booleans())
def test_near_matches_are_told_apart_by_the_year(entries: list[Film], command: str, quiet: bool) -> None:
    different = list({entry.slug: entry for entry in entries}.values())
    message = screens.near_matches(different, command, quiet=quiet)
    assert refusals(message) == []
    labels = [control["label"] for control in message.controls]
    assert [label.rstrip("\u2069")[-6:] for label in labels] == [f"({entry.year})" for entry in different]


# So many characters fit into a custom id even where each counts as two.
_IN_A_BUTTON = 38


@PROPERTY
@given(lines(_IN_A_BUTTON), st.integers(-1, 9999), st.integers(1, 30))
@example(("👩‍👩‍👧‍👦" * _IN_A_BUTTON)[:_IN_A_BUTTON], 1, 30)
@example("*" * _IN_A_BUTTON, 1, 30)
@example("𝔉" * _IN_A_BUTTON, 1, 30)
def test_no_page_of_a_search_exceeds_a_limit(query: str, page: int, number: int) -> None:
    entries = [film(f"Film No {n}", 1950) for n in range(number)]
    message = screens.search_page(entries, page, query)
    assert refusals(message) == []
    turns = [
        control["custom_id"] for control in message.controls if control["label"] != screens.WORDS.plain("button.open")
    ]
    assert len(turns) == (2 if number > 7 else 0)
    for custom_id in turns:
        found = SearchPage.__discord_ui_compiled_template__.fullmatch(custom_id)
        assert found is not None
        assert found["query"] == query
