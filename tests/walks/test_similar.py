"""“More like this” below a card: which films to see next, and why."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.walks.screen import Message, answer, card_and_trailer, choices, sentence
from tests.walks.shelf import stocked

PAIR = "Both films never leave the platform."
TRAIN = film(pairs_with=[{"slug": "platform-1964", "why": PAIR}])
PLATFORM = film("Platform", 1964, directors=["Somebody Else"], themes=["waiting"])
SAME_HAND = film("Mother Joan", 1961, themes=["faith"])
SAME_THEME = film("Last Stop", 1948, directors=["Wanda Jakubowska"], themes=["trains"])
STRANGER = film("Stranger", 1999, directors=["Nobody Known"], themes=["deserts"])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, PLATFORM, SAME_HAND, SAME_THEME, STRANGER])


async def similar(club: Club, title: str) -> Message:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=title))
    return answer(await club.ben.click(card, label="More like this"))


async def test_the_curators_pairs_come_first_then_what_films_share(club: Club) -> None:
    page = await similar(club, "night train")
    assert page.ephemeral
    [embed] = page.embeds
    assert embed.title == "After Night Train (1959)"
    assert str(embed.description).split("\n\n") == [
        f"**Platform (1964)**\n{PAIR}",
        f"**Mother Joan (1961)**\n{sentence('similar.why_directors', directors='Jerzy Kawalerowicz')}",
        f"**Last Stop (1948)**\n{sentence('similar.why_themes', themes='Trains')}",
    ]
    assert choices(page) == [PLATFORM.slug, SAME_HAND.slug, SAME_THEME.slug]


async def test_a_film_to_see_next_opens_for_whoever_chooses_it(club: Club) -> None:
    page = await similar(club, "night train")
    card, _ = card_and_trailer(await club.ben.select(page, [SAME_THEME.slug]))
    assert (card.content, card.ephemeral) == ("**Last Stop** (1948)", True)


async def test_a_film_that_nothing_is_close_to_says_so(club: Club) -> None:
    page = await similar(club, "stranger")
    assert page.content == sentence("similar.none", name=STRANGER.name)
    assert page.ephemeral
    assert not page.components
