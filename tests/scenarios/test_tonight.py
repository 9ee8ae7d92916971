"""/films tonight: a handful of films for a mood and the time there is, each with a reason; or what to ask less of."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, panel, published
from tests.scenarios.screen import (
    Message,
    answer,
    below,
    card_and_trailer,
    entries,
    heading,
    labels,
    opened_by,
    sentence,
    subheading,
    text,
    texts,
    with_controls,
)
from tests.scenarios.shelf import Restart, stocked

FUNNY = [
    film(f"Funny {number:02}", 1980, themes=["comedy", "trains"], runtime=80 + number, light=True)
    for number in range(12)
]
SAD = film("Sad", 1999, themes=["grief"], runtime=70, languages=["en"])
BLOODY = film("Bloody", 2001, themes=["comedy"], runtime=60, languages=["en"], light=False)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [*FUNNY, SAD, BLOODY])


async def tonight(club: Club, **asked: str | int | bool) -> Message:
    page = answer(await club.ann.slash(club.lobby, "films tonight", **asked))
    assert page.ephemeral
    return page


async def test_what_was_asked_stands_above_films_with_their_length_and_reason(club: Club) -> None:
    page = await tonight(club, mood="laugh", minutes=90, language="English")
    assert (heading(page), subheading(page)) == (
        "For tonight",
        "To laugh · up to 1\u00a0h\u00a030\u00a0min · in English",
    )
    assert entries(page) == [
        "**Bloody (2001)**\nJerzy Kawalerowicz · 1\u00a0h\n-# To laugh: comedy · 30\u00a0min to spare"
    ]
    assert opened_by(page) == [BLOODY.slug]
    assert below(page) == []


async def test_without_a_wish_the_themes_are_the_reason(club: Club) -> None:
    page = await tonight(club, minutes=70, decade="1990")
    [entry] = entries(page)
    assert entry == "**Sad (1999)**\nJerzy Kawalerowicz · 1\u00a0h\u00a010\u00a0min\n-# About grief"
    assert texts(await tonight(club))[0] == sentence("tonight.title")


async def test_others_follow_until_all_have_come_and_a_restart_forgets_nothing(club: Club, restart: Restart) -> None:
    page = await tonight(club, mood="laugh", light=True)
    pages = [opened_by(page)]
    for _ in range(3):
        await restart()
        page = answer(await club.ann.click(page, label="Others"))
        pages.append(opened_by(page))
    assert [len(found) for found in pages] == [5, 5, 2, 5]
    assert pages[3] == pages[0]
    assert {slug for found in pages for slug in found} == {one.slug for one in FUNNY}
    assert subheading(page) == "To laugh · nothing too dark"


async def test_a_film_for_tonight_opens(club: Club, restart: Restart) -> None:
    page = await tonight(club, decade="1990")
    await restart()
    card, _ = card_and_trailer(await club.ann.click(page, custom_id=f"film:peek:{SAD.slug}"))
    assert (heading(card), card.ephemeral) == ("Sad (1999)", True)


async def test_where_nothing_fits_each_wish_that_stands_in_the_way_can_be_given_up(
    club: Club, restart: Restart
) -> None:
    page = await tonight(club, mood="laugh", language="English", light=True)
    assert text(page).splitlines() == [
        sentence("tonight.nothing"),
        "-# To laugh · in English · nothing too dark",
        sentence("tonight.loosen"),
        "- **in English**: 12 films without it",
        "- **nothing too dark**: 1 film without it",
    ]
    assert labels(page) == ["Any language", "Dark ones too"]
    await restart()
    fewer = answer(await club.ann.click(page, label="Dark ones too"))
    assert (fewer.id, opened_by(fewer)) == (page.id, [BLOODY.slug])


async def test_where_no_single_wish_stands_in_the_way_there_is_any_film(club: Club) -> None:
    page = await tonight(club, mood="love", minutes=20, light=True)
    assert sentence("tonight.too_much") in text(page)
    assert labels(page) == ["Any film"]
    assert len(opened_by(answer(await club.ann.click(page, label="Any film")))) == 5


async def test_a_server_is_offered_its_own_films_and_none_that_it_hides(club: Club) -> None:
    noor = curator(club)
    await published(club, noor, name="Ours (1931)")
    panel(await noor.slash(club.lobby, "curate hide", title=SAD.slug))
    assert opened_by(await tonight(club, decade="1930")) == ["ours-1931"]
    gone = await club.ann.slash(club.lobby, "films tonight", decade="1990")
    assert refused(club, gone) == sentence("error.nothing_matches")
    private = answer(await club.ann.user.slash("films tonight", decade="1990"))
    assert opened_by(private) == [SAD.slug]


async def test_a_button_of_what_an_older_version_knew_is_refused_like_any_other(club: Club) -> None:
    page = await tonight(club, mood="laugh")
    page = with_controls(club, page, ":laugh;", ":glee;")
    assert refused(club, await club.ann.click(page, label="Others")) == sentence("error.nothing_matches")


async def test_a_list_that_is_empty_is_refused(club: Club) -> None:
    noor = curator(club)
    for one in (*FUNNY, SAD, BLOODY):
        panel(await noor.slash(club.lobby, "curate hide", title=one.slug))
    assert refused(club, await club.ann.slash(club.lobby, "films tonight")) == sentence("error.nothing_matches")
