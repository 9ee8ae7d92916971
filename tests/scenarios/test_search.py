"""/films search: a member finds films by what she remembers of them."""

from collections.abc import Awaitable, Callable

import pytest

from bot.client import FilmBot
from bot.settings import Settings
from bot.ui.browse.pager import MAX_QUERY
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, button, card_and_trailer, choices, labels, sentence
from tests.scenarios.shelf import stocked
from tests.scenarios.traffic import answers

TRAINS = [film(f"Train {number:02}", 1950 + number) for number in range(1, 22)]
BEACH = film(
    "The Beach",
    1991,
    directors=["Agnès Varda"],
    themes=["old-age"],
    why="A lighthouse blinks through every scene.",
    synopsis={"text": "A widow counts umbrellas.", "source": "Front Row"},
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [*TRAINS, BEACH])


@pytest.mark.parametrize("remembered", ["beach", "agnes varda", "OLD AGE", "lighthouse scene", "umbrellas", "baech"])
async def test_a_film_is_found_by_title_people_themes_reason_and_story(club: Club, remembered: str) -> None:
    page = answer(await club.ann.slash(club.lobby, "films search", words=remembered))
    assert page.ephemeral
    [embed] = page.embeds
    assert embed.title == f"Films for “{remembered}”"
    assert embed.footer.text == "Page 1 of 1 · 1 film"
    assert choices(page) == [BEACH.slug]
    assert labels(page) == []


async def test_the_pages_of_a_search_turn_in_place_and_keep_its_words(club: Club) -> None:
    first = answer(await club.ann.slash(club.lobby, "films search", words="Train"))
    assert first.embeds[0].footer.text == "Page 1 of 3 · 21 films"
    assert (button(first, "Previous")["disabled"], button(first, "Next")["disabled"]) == (True, False)
    found = choices(first)
    second = answer(await club.ann.click(first, label="Next"))
    assert second.embeds[0].title == "Films for “Train”"
    found += choices(second)
    third = answer(await club.ann.click(second, label="Next"))
    assert third.embeds[0].footer.text == "Page 3 of 3 · 21 films"
    found += choices(third)
    assert sorted(found) == sorted(one.slug for one in TRAINS)
    assert first.id == second.id == third.id
    assert answers(club) == [4, 7, 7]


async def test_a_found_film_opens_for_whoever_chooses_it(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "films search", words="beach"))
    card, _ = card_and_trailer(await club.ann.select(page, [BEACH.slug]))
    assert (card.content, card.ephemeral) == ("**The Beach** (1991)", True)


@pytest.mark.parametrize("remembered", ["zzz qqq", "🎬", "   "])
async def test_a_search_that_finds_nothing_is_refused_privately(club: Club, remembered: str) -> None:
    result = await club.ann.slash(club.lobby, "films search", words=remembered)
    assert "could not find" in refused(club, result)
    assert "films browse" in refused(club, result)


async def test_a_filter_narrows_a_search_and_outlives_a_restart(
    club: Club, restart: Callable[[], Awaitable[FilmBot]]
) -> None:
    fifties = answer(await club.ann.slash(club.lobby, "films search", words="train", decade="1950"))
    assert (fifties.embeds[0].description or "").startswith("Only: decade: 1950s")
    assert fifties.embeds[0].footer.text == "Page 1 of 1 · 9 films"
    narrowed = answer(await club.ann.slash(club.lobby, "films search", words="train", kind="fiction"))
    await restart()
    turned = answer(await club.ann.click(narrowed, label="Next"))
    assert (turned.embeds[0].description or "").startswith("Only: kind: Fiction")
    assert turned.embeds[0].footer.text == "Page 2 of 3 · 21 films"


async def test_words_that_no_film_of_the_filter_has_are_refused(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "films search", words="beach", decade="1950")
    assert refused(club, result) == sentence("error.nothing_matches")


async def test_more_than_a_button_can_remember_is_refused_with_a_way_on(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "films search", words="𝔉" * MAX_QUERY, decade="1950")
    assert refused(club, result) == sentence("error.search_too_long")
