"""The ways into the list: within Discord's limits whatever the films are called."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.facets import facets
from bot.domain.catalogue.filters import Facet, FilmFilter
from bot.domain.films.films import Film
from bot.ui.browse.index_pages import NewPage, WayPage, new_page, values_page
from tests.builders import film
from tests.strategies import LARGE, WORST, films, worst
from tests.ui import screens
from tests.ui.messages import Message, marks, refusals

SIDES = (Facet.THEME, Facet.DIRECTOR)
AWFUL = [worst(name) for name in WORST]


def values(entries: Sequence[Film], side: Facet, page: int) -> Message:
    return Message.of(view=values_page(facets(entries, FilmFilter()), side, page, screens.WORDS))


def new(entries: Sequence[Film], own: set[str], page: int) -> Message:
    return Message.of(view=new_page(entries, own, page, screens.WORDS))


def drawn(message: Message) -> list[str]:
    """The marks in each of its texts."""
    return [marks(text.text) for text in message.texts() if text.place == "display"]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("page", [0, 1, 2, 99_999])
def test_no_list_of_values_exceeds_a_limit(side: Facet, page: int) -> None:
    assert refusals(values(AWFUL, side, page)) == []


@LARGE
@given(films(), st.sampled_from(SIDES))
def test_no_list_of_the_values_of_any_film_exceeds_a_limit_or_draws_anything(entry: Film, side: Facet) -> None:
    message = values([entry, film()], side, 0)
    assert refusals(message) == []
    head, *entries = drawn(message)
    assert (head, set(entries)) == ("##-#", {"****"})


@pytest.mark.parametrize("page", [0, 1, 99_999])
def test_no_page_of_what_is_new_exceeds_a_limit(page: int) -> None:
    assert refusals(new(AWFUL, {entry.slug for entry in AWFUL}, page)) == []


@LARGE
@given(films())
def test_nothing_that_a_new_film_says_is_drawn(entry: Film) -> None:
    message = new([entry], {entry.slug}, 0)
    assert refusals(message) == []
    assert drawn(message)[:2] == ["##-#", "**<**"]
    assert drawn(message)[2].replace("*", "") == "-#"


@pytest.mark.parametrize("page", [0, 99_999])
@pytest.mark.parametrize("verb", ["back", "next"])
def test_the_buttons_are_known_again(page: int, verb: str) -> None:
    for side in SIDES:
        found = WayPage.__discord_ui_compiled_template__.fullmatch(WayPage(side, page, verb).custom_id)
        assert found is not None
        assert (found["side"], int(found["page"])) == (side.value, page)
    assert NewPage.__discord_ui_compiled_template__.fullmatch(NewPage(page, verb).custom_id) is not None
