"""/films browse: a member leafs through the list, narrowed as she likes."""

import datetime

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import (
    answer,
    below,
    button,
    card_and_trailer,
    entries,
    heading,
    labels,
    named,
    opened_by,
    sentence,
    subheading,
)
from tests.scenarios.shelf import Restart, stocked, take_off
from tests.scenarios.traffic import answers

TRAINS = [film(f"Train {number:02}", 1950 + number, added=datetime.date(2026, 1, 1)) for number in range(1, 22)]
NEWEST = film(
    "The Newest",
    1991,
    directors=["Agnès Varda"],
    kind="documentary",
    runtime=45,
    countries=["FR"],
    genres=["essay"],
    themes=["social-media"],
    added=datetime.date(2026, 2, 1),
)
FILMS = [*TRAINS, NEWEST]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


async def test_the_list_opens_with_the_newest_film_for_the_member_alone(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    assert page.ephemeral
    assert (heading(page), subheading(page)) == ("The list", "22 films · page 1 of 4")
    newest, second, *more = entries(page)
    why = "-# Nobody sleeps, and everybody is seen."
    assert newest == f"**The Newest (1991)**\nAgnès Varda · 45\u00a0min\n{why}"
    assert second == f"**Train 01 (1951)**\nJerzy Kawalerowicz · 1\u00a0h\u00a039\u00a0min\n{why}"
    assert len(more) == 5


async def test_next_and_previous_change_the_page_in_place(club: Club) -> None:
    page = first = answer(await club.ann.slash(club.lobby, "films browse"))
    assert (button(page, "Previous")["disabled"], button(page, "Next")["disabled"]) == (True, False)
    shown = [named(page)]
    for number in (2, 3, 4):
        page = answer(await club.ann.click(page, label="Next"))
        assert subheading(page) == f"22 films · page {number} of 4"
        shown.append(named(page))
    assert (button(page, "Previous")["disabled"], button(page, "Next")["disabled"]) == (False, True)
    assert sorted(name for names in shown for name in names) == sorted(one.name for one in FILMS)
    back = answer(await club.ann.click(page, label="Previous"))
    assert named(back) == shown[2]
    assert first.id == page.id == back.id
    assert answers(club) == [4, 7, 7, 7, 7]


async def test_a_single_page_has_no_ways_to_turn(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse", decade="1990"))
    assert subheading(page) == "1 film · decade: 1990s"
    assert below(page) == ["As cards"]


async def test_the_list_is_narrowed_by_each_side_however_it_is_typed_and_says_so(club: Club) -> None:
    for side, typed, said in (
        ("theme", "social-media", "theme: Social media"),
        ("theme", "SOCIAL MEDIA", "theme: Social media"),
        ("genre", "essay", "genre: Essay"),
        ("decade", "1990", "decade: 1990s"),
        ("decade", "1990s", "decade: 1990s"),
        ("length", "short", "length: Up to an hour"),
        ("country", "FR", "country: France"),
        ("country", "france", "country: France"),
        ("kind", "documentary", "kind: Documentary"),
    ):
        page = answer(await club.ann.slash(club.lobby, "films browse", **{side: typed}))
        assert subheading(page) == f"1 film · {said}"
        assert opened_by(page) == [NEWEST.slug]


async def test_what_was_asked_for_stays_while_leafing(club: Club) -> None:
    first = answer(await club.ann.slash(club.lobby, "films browse", theme="trains", kind="fiction", length="medium"))
    second = answer(await club.ann.click(first, label="Next"))
    asked = "theme: Trains · length: Up to 100 minutes · kind: Fiction"
    assert subheading(second) == f"21 films · {asked} · page 2 of 3"


async def test_typing_a_side_offers_what_the_list_has(club: Club) -> None:
    offered = await club.ann.autocomplete(club.lobby, "films browse", "country", "")
    assert offered == [{"name": "France", "value": "FR"}, {"name": "Poland", "value": "PL"}]
    offered = await club.ann.autocomplete(club.lobby, "films browse", "theme", "MEDIA")
    assert offered == [{"name": "Social media", "value": "social-media"}]


async def test_what_no_film_fits_is_refused_privately(club: Club) -> None:
    for number, wanted in enumerate(({"theme": "no such theme"}, {"theme": "trains", "country": "FR"}), start=1):
        result = await club.ann.slash(club.lobby, "films browse", **wanted)
        assert refused(club, result) == sentence("error.nothing_matches")
        assert len(club.env.errors) == number


async def test_a_film_opens_by_its_own_button(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    card, trailer = card_and_trailer(await club.ann.click(page, custom_id=f"film:peek:{NEWEST.slug}"))
    assert (heading(card), card.ephemeral) == ("The Newest (1991)", True)
    assert trailer.ephemeral
    assert labels(card)[0] == "Share"


async def test_a_page_that_is_gone_leads_to_the_last_one(club: Club, settings: Settings, restart: Restart) -> None:
    first = answer(await club.ann.slash(club.lobby, "films browse"))
    second = answer(await club.ann.click(first, label="Next"))
    for one in TRAINS[5:]:
        take_off(settings, one)
    await restart()
    page = answer(await club.ann.click(second, label="Next"))
    assert subheading(page) == "6 films"
    assert below(page) == ["As cards"]


async def test_the_list_can_be_leafed_through_in_a_direct_message(club: Club) -> None:
    first = answer(await club.ann.user.slash("films browse"))
    second = answer(await club.ann.user.click(first, label="Next"))
    assert subheading(second) == "22 films · page 2 of 4"
