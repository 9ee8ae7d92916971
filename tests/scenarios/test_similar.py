"""“More like this” below a card: which films to see next, and why."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, panel, published
from tests.scenarios.screen import Message, answer, card_and_trailer, entries, heading, opened_by, sentence, text, texts
from tests.scenarios.shelf import Restart, stocked

LONG = "1\u00a0h\u00a039\u00a0min"
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
    assert heading(page) == "After Night Train (1959)"
    assert entries(page) == [
        f"**Platform (1964)**\nSomebody Else · {LONG}\n-# {PAIR}",
        f"**Mother Joan (1961)**\nJerzy Kawalerowicz · {LONG}\n-# Also by Jerzy Kawalerowicz.",
        f"**Last Stop (1948)**\nWanda Jakubowska · {LONG}\n-# Also about trains.",
    ]
    assert opened_by(page) == [PLATFORM.slug, SAME_HAND.slug, SAME_THEME.slug]


async def test_a_film_to_see_next_opens_for_whoever_presses(club: Club) -> None:
    page = await similar(club, "night train")
    card, _ = card_and_trailer(await club.ben.click(page, custom_id=f"film:peek:{SAME_THEME.slug}"))
    assert (heading(card), card.ephemeral) == ("Last Stop (1948)", True)


async def test_a_film_that_nothing_is_close_to_says_so(club: Club) -> None:
    page = await similar(club, "stranger")
    assert page.ephemeral
    assert text(page) == f"## After {STRANGER.name}\n{sentence('similar.none')}"
    card, _ = card_and_trailer(await club.ben.click(page, label="Open"))
    assert heading(card) == STRANGER.name


async def test_the_command_tells_the_same_to_whoever_asks(club: Club) -> None:
    button = await similar(club, "night train")
    command = answer(await club.ben.slash(club.lobby, "films similar", title="night train"))
    assert command.ephemeral
    assert texts(command) == texts(button)
    assert opened_by(command) == opened_by(button)


async def test_a_film_that_names_another_is_named_by_it_too(club: Club, restart: Restart) -> None:
    await restart()
    page = answer(await club.ann.slash(club.lobby, "films similar", title="platform"))
    [entry] = entries(page)
    assert entry.splitlines()[2:] == [f"-# {PAIR}", sentence("kin.from_there")]


async def test_a_film_that_is_not_on_the_list_is_refused_with_what_is_near(club: Club) -> None:
    assert "“zzz”" in refused(club, await club.ann.slash(club.lobby, "films similar", title="zzz"))
    near = await club.ann.slash(club.lobby, "films similar", title="trein")
    assert refused(club, near) == sentence("error.film_not_found_near", query="trein")


async def test_a_server_is_told_its_own_films_and_none_that_it_hides(club: Club) -> None:
    other = club.env.create_guild("Monday Film Club")
    hall = other.create_text_channel("hall")
    eve = other.add_member(club.env.create_user("eve"))
    noor = curator(club)
    await published(club, noor, name="Pharaoh (1966)")
    panel(await noor.slash(club.lobby, "curate hide", title=SAME_THEME.slug))
    here = answer(await club.ann.slash(club.lobby, "films similar", title="night train"))
    assert opened_by(here) == [PLATFORM.slug, SAME_HAND.slug, "pharaoh-1966"]
    there = answer(await eve.slash(hall, "films similar", title="night train"))
    assert opened_by(there) == [PLATFORM.slug, SAME_HAND.slug, SAME_THEME.slug]


async def test_a_film_that_has_just_come_is_told_at_once(club: Club) -> None:
    noor = curator(club)
    page = answer(await club.ann.slash(club.lobby, "films similar", title="stranger"))
    assert sentence("similar.none") in text(page)
    await published(club, noor, name="Desert Song (1970)", directors="Nobody Known")
    page = answer(await club.ann.slash(club.lobby, "films similar", title="stranger"))
    [entry] = entries(page)
    assert entry == "**Desert Song (1970)**\nNobody Known\n-# Also by Nobody Known."
