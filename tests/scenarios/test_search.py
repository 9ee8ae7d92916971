"""/films search: a member finds films by what she remembers of them."""

from collections.abc import Awaitable, Callable

import pytest
from discord.utils import utcnow

from bot.client import FilmBot
from bot.settings import Settings
from bot.ui.browse.search import MAX_QUERY
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.database import another_process
from tests.scenarios.screen import (
    answer,
    below,
    button,
    card_and_trailer,
    entries,
    heading,
    opened_by,
    sentence,
    subheading,
)
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import bot_of
from tests.scenarios.traffic import answers

# "Train", in so many scripts, of one code unit for each character and of two.
SCRIPTS = ["train", "поезд", "τρένο", "قطار", "רכבת", "रेलगाड़ी", "รถไฟ", "夜行列車", "기차", "გემი", "գնացք", "𠀋𠮟𠂉"]
TRAINS = [film(f"Train {number:02}", 1950 + number, why=" ".join(SCRIPTS)) for number in range(1, 22)]
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
    assert (heading(page), subheading(page)) == (f"Films for “{remembered}”", "1 film")
    assert entries(page) == [
        "**The Beach (1991)**\nAgnès Varda · 1\u00a0h\u00a039\u00a0min\n-# A lighthouse blinks through every scene."
    ]
    assert opened_by(page) == [BEACH.slug]
    assert below(page) == []


async def test_the_pages_of_a_search_turn_in_place_and_keep_its_words(club: Club) -> None:
    first = answer(await club.ann.slash(club.lobby, "films search", words="Train"))
    assert subheading(first) == "21 films · page 1 of 3"
    assert (button(first, "Previous")["disabled"], button(first, "Next")["disabled"]) == (True, False)
    found = opened_by(first)
    second = answer(await club.ann.click(first, label="Next"))
    assert heading(second) == "Films for “Train”"
    found += opened_by(second)
    third = answer(await club.ann.click(second, label="Next"))
    assert subheading(third) == "21 films · page 3 of 3"
    found += opened_by(third)
    assert sorted(found) == sorted(one.slug for one in TRAINS)
    assert first.id == second.id == third.id
    assert answers(club) == [4, 7, 7]


async def test_a_found_film_opens_for_whoever_opens_it(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "films search", words="beach"))
    card, _ = card_and_trailer(await club.ann.click(page, custom_id=f"film:peek:{BEACH.slug}"))
    assert (heading(card), card.ephemeral) == ("The Beach (1991)", True)


@pytest.mark.parametrize("remembered", ["zzz qqq", "🎬", "   "])
async def test_a_search_that_finds_nothing_is_refused_privately(club: Club, remembered: str) -> None:
    result = await club.ann.slash(club.lobby, "films search", words=remembered)
    assert "could not find" in refused(club, result)
    assert "films browse" in refused(club, result)


async def test_a_filter_narrows_a_search_and_outlives_a_restart(
    club: Club, restart: Callable[[], Awaitable[FilmBot]]
) -> None:
    fifties = answer(await club.ann.slash(club.lobby, "films search", words="train", decade="1950"))
    assert subheading(fifties) == "9 films · decade: 1950s · page 1 of 2"
    narrowed = answer(await club.ann.slash(club.lobby, "films search", words="train", kind="fiction"))
    await restart()
    turned = answer(await club.ann.click(narrowed, label="Next"))
    assert subheading(turned) == "21 films · kind: Fiction · page 2 of 3"


async def test_words_that_no_film_of_the_filter_has_are_refused(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "films search", words="beach", decade="1950")
    assert refused(club, result) == sentence("error.nothing_matches")


def rows_kept(settings: Settings) -> int:
    with another_process(settings) as connection:
        return connection.execute("SELECT count(*) FROM searches").fetchone()[0]


@pytest.mark.parametrize("word", SCRIPTS)
async def test_a_hundred_characters_turn_their_pages_after_a_restart_in_any_script(
    club: Club, settings: Settings, restart: Callable[[], Awaitable[FilmBot]], word: str
) -> None:
    words = (f"{word} " * MAX_QUERY)[: MAX_QUERY - 1] + word[0]
    first = answer(await club.ann.slash(club.lobby, "films search", words=words, kind="fiction"))
    assert subheading(first) == "21 films · kind: Fiction · page 1 of 3"
    found = opened_by(first)
    await restart()
    second = answer(await club.ann.click(first, label="Next"))
    found += opened_by(second)
    third = answer(await club.ann.click(second, label="Next"))
    assert subheading(third) == "21 films · kind: Fiction · page 3 of 3"
    assert {*found, *opened_by(third)} == {one.slug for one in TRAINS}
    assert rows_kept(settings) == 1


async def test_words_that_fit_into_a_button_are_not_kept(club: Club, settings: Settings) -> None:
    fits = answer(await club.ann.slash(club.lobby, "films search", words=("train " * 20)[:76]))
    assert subheading(fits) == "21 films · page 1 of 3"
    assert rows_kept(settings) == 0
    await club.ann.slash(club.lobby, "films search", words=("train " * 20)[:77])
    assert rows_kept(settings) == 1


async def test_a_search_of_one_page_keeps_no_words(club: Club, settings: Settings) -> None:
    page = answer(await club.ann.slash(club.lobby, "films search", words="🚂" * 94 + " beach"))
    assert below(page) == []
    assert rows_kept(settings) == 0


async def test_a_long_search_is_forgotten_after_its_day(club: Club, settings: Settings) -> None:
    first = answer(await club.ann.slash(club.lobby, "films search", words="🚂" * 94 + " train"))
    with another_process(settings) as connection:
        connection.execute("UPDATE searches SET made_at = '2020-01-01 00:00:00.000000'")
    assert refused(club, await club.ann.click(first, label="Next")) == sentence("error.search_gone")
    await bot_of(club).services.searches.forget_old(utcnow())
    assert rows_kept(settings) == 0


async def test_another_server_cannot_turn_the_pages_of_a_long_search(club: Club, settings: Settings) -> None:
    first = answer(await club.ann.slash(club.lobby, "films search", words="🚂" * 94 + " train"))
    with another_process(settings) as connection:
        connection.execute("UPDATE searches SET guild_id = guild_id + 1")
    assert refused(club, await club.ann.click(first, label="Next")) == sentence("error.search_gone")


async def test_a_long_search_is_answered_while_the_database_is_away(club: Club, settings: Settings) -> None:
    with another_process(settings) as connection:
        connection.execute("DROP TABLE searches")
    page = answer(await club.ann.slash(club.lobby, "films search", words="🚂" * 94 + " train"))
    assert subheading(page) == "21 films · page 1 of 3"
    assert below(page) == []
