"""Narrowing, ordering and turning the list on the screen, step by step."""

import datetime
from typing import Any

import discord
import pytest
import simcord

from bot.domain.catalogue.filters import director_key
from bot.settings import Settings
from bot.ui.browse.menus import BACK
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import Message, answer, below, heading, labels, menu, named, sentence, subheading, texts
from tests.scenarios.shelf import Restart, stocked, take_off
from tests.scenarios.staff import manager

TRAINS = [
    film(f"Train {number:02}", 1950 + number, runtime=80 + number, added=datetime.date(2026, 1, 1))
    for number in range(1, 13)
]
BEACH = film(
    "The Beach",
    1991,
    directors=["Agnès Varda"],
    kind="documentary",
    runtime=45,
    countries=["FR"],
    genres=["essay"],
    themes=["old-age", "sea"],
    added=datetime.date(2026, 3, 1),
)
HARBOUR = film(
    "Harbour",
    1962,
    directors=["Agnès Varda"],
    runtime=150,
    countries=["FR"],
    themes=["sea"],
    added=datetime.date(2026, 2, 1),
)
FILMS = [*TRAINS, BEACH, HARBOUR]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


def options(message: Message, kind: str = "browse:by") -> dict[str, str]:
    """What a menu offers: labels, each with what stands below it."""
    return {option["label"]: option.get("description", "") for option in menu(message, kind)["options"]}


async def choose(member: simcord.MemberActor, page: Message, value: str, kind: str = "browse:by") -> Message:
    return answer(await member.select(page, [value], custom_id=menu(page, kind)["custom_id"]))


async def opened(club: Club, **options: Any) -> Message:
    return answer(await club.ann.slash(club.lobby, "films browse", **options))


async def test_the_list_is_narrowed_step_by_step_and_widened_again(club: Club) -> None:
    page = await opened(club)
    assert options(page) == {
        "Theme": "3 to choose from",
        "Genre": "2 to choose from",
        "Decade": "3 to choose from",
        "Length": "3 to choose from",
        "Country": "2 to choose from",
        "Kind": "2 to choose from",
        "Director": "2 to choose from",
    }
    page = await choose(club.ann, page, "theme")
    assert menu(page, "browse:by")["placeholder"] == "Which theme?"
    assert options(page) == {"← Back": "", "Trains": "12 films", "Sea": "2 films", "Old age": "1 film"}
    page = await choose(club.ann, page, "theme=sea")
    assert "theme: Sea" in subheading(page)
    assert named(page) == ["The Beach (1991)", "Harbour (1962)"]
    # Both are Varda's and French, so neither side would tell them apart.
    assert list(options(page)) == ["✕ theme: Sea", "Genre", "Decade", "Length", "Kind"]

    page = await choose(club.ann, page, "decade")
    assert options(page) == {"← Back": "", "1960s": "1 film", "1990s": "1 film"}
    page = await choose(club.ann, page, "decade=1990")
    assert named(page) == ["The Beach (1991)"]
    assert options(page) == {"✕ theme: Sea": "1 film", "✕ decade: 1990s": "2 films"}

    page = await choose(club.ann, page, "-theme")
    assert "decade: 1990s" in subheading(page)
    page = await choose(club.ann, page, "-decade")
    assert subheading(page) == "14 films · page 1 of 2"


async def test_the_way_back_leads_to_the_sides(club: Club) -> None:
    page = await opened(club)
    sides = options(page)
    inside = await choose(club.ann, page, "kind")
    assert options(await choose(club.ann, inside, BACK)) == sides


async def test_a_director_is_asked_for_and_named(club: Club) -> None:
    page = await choose(club.ann, await opened(club), "director")
    assert options(page) == {"← Back": "", "Jerzy Kawalerowicz": "12 films", "Agnès Varda": "2 films"}
    page = await choose(club.ann, page, f"director={director_key('Agnès Varda')}")
    assert "director: Agnès Varda" in subheading(page)
    assert named(page) == ["The Beach (1991)", "Harbour (1962)"]


async def test_the_list_is_read_in_every_order(club: Club) -> None:
    page = await opened(club)
    for order, first in (
        ("title", "The Beach (1991)"),
        ("year", "Train 01 (1951)"),
        ("length", "The Beach (1991)"),
        ("newest", "The Beach (1991)"),
    ):
        page = await choose(club.ann, page, order, "browse:sort")
        assert named(page)[0] == first
        [chosen] = [option["value"] for option in menu(page, "browse:sort")["options"] if option.get("default")]
        assert chosen == order
    page = await choose(club.ann, page, "year", "browse:sort")
    page = answer(await club.ann.click(page, label="Next"))
    assert named(page)[-1] == "The Beach (1991)"


def place(card: Message) -> str:
    """The small line below a card that says where in the list it stands."""
    return texts(card)[-1]


async def test_cards_show_one_film_with_its_buttons_and_lead_back_to_its_lines(club: Club) -> None:
    page = answer(await club.ann.click(await opened(club), label="As cards"))
    assert (heading(page), place(page)) == ("The Beach (1991)", "-# Film 1 of 14")
    assert labels(page)[:4] == ["Share", "Trailer", "Leave a reply", "More like this"]
    assert labels(page)[-6:] == ["Want to see", "Seen it", "Who else?", "Previous", "Next", "As lines"]
    page = answer(await club.ann.click(page, label="Next"))
    assert (heading(page), place(page)) == ("Harbour (1962)", "-# Film 2 of 14")
    for _ in range(9):
        page = answer(await club.ann.click(page, label="Next"))
    assert place(page) == "-# Film 11 of 14"
    title = heading(page)
    lines = answer(await club.ann.click(page, label="As lines"))
    assert subheading(lines) == "14 films · page 2 of 2"
    assert title in named(lines)


async def test_a_card_of_a_narrowed_list_says_what_was_asked_for(club: Club) -> None:
    page = answer(await club.ann.click(await opened(club, theme="sea"), label="As cards"))
    assert (heading(page), place(page)) == ("The Beach (1991)", "-# Film 1 of 2 · theme: Sea")
    page = await choose(club.ann, page, "length", "browse:by")
    page = await choose(club.ann, page, "length=epic", "browse:by")
    assert heading(page) == "Harbour (1962)"
    assert place(page) == "-# Film 1 of 1 · theme: Sea · length: Longer than that"


async def test_a_card_is_shared_with_all(club: Club) -> None:
    page = answer(await club.ann.click(await opened(club), label="As cards"))
    shared = await club.ann.click(page, label="Share")
    assert shared.response is not None
    assert (heading(shared.response), shared.response.ephemeral) == ("The Beach (1991)", False)


async def test_everything_works_after_a_restart(club: Club, restart: Restart) -> None:
    page = await choose(club.ann, await opened(club), "kind")
    await restart()
    page = await choose(club.ann, page, "kind=fiction")
    await restart()
    page = await choose(club.ann, page, "title", "browse:sort")
    await restart()
    page = answer(await club.ann.click(page, label="Next"))
    await restart()
    assert subheading(page) == "13 films · kind: Fiction · page 2 of 2"
    page = answer(await club.ann.click(page, label="As cards"))
    assert (heading(page), place(page)) == ("Train 07 (1957)", "-# Film 8 of 13 · kind: Fiction")
    await restart()
    page = answer(await club.ann.click(page, label="Previous"))
    assert heading(page) == "Train 06 (1956)"


async def test_what_is_left_of_an_older_version_keeps_its_meaning(club: Club, restart: Restart) -> None:
    """A message of rows and an embed: its buttons turn to the film that they promised, ten to a page."""
    page = await opened(club)
    stored = club.env.backend.get_message(page.channel_id, page.id)
    stored.flags &= ~discord.MessageFlags(components_v2=True).value
    stored.content, stored.embeds = "", [{"title": "The list", "description": "**Train 01 (1951)**"}]
    old = {"type": 2, "style": 2, "label": "Next", "custom_id": "films:browse:1:;;;;;fiction"}
    menu_of_films = {"type": 3, "custom_id": "film:choose", "options": [{"label": "x", "value": BEACH.slug}]}
    stored.components = [{"type": 1, "components": [menu_of_films]}, {"type": 1, "components": [old]}]
    await restart()
    message = type(page)(club.env, stored)
    card = (await club.ann.select(message, [BEACH.slug], custom_id="film:choose")).response
    assert card is not None
    assert heading(card) == "The Beach (1991)"
    page = answer(await club.ann.click(message, label="Next"))
    assert page.id == message.id
    assert (page.content, page.embeds) == ("", [])
    assert subheading(page) == "13 films · kind: Fiction · page 2 of 2"
    assert "As cards" in below(page)


async def test_what_has_left_the_list_is_explained(club: Club, settings: Settings, restart: Restart) -> None:
    values = await choose(club.ann, await opened(club), "director")
    narrowed = await opened(club, theme="sea", decade="1990")
    for gone in (BEACH, HARBOUR):
        take_off(settings, gone)
    await restart()
    custom_id = menu(values, "browse:by")["custom_id"]
    varda = await club.ann.select(values, [f"director={director_key('Agnès Varda')}"], custom_id=custom_id)
    assert refused(club, varda) == sentence("error.list_changed")
    cards = await club.ann.click(narrowed, label="As cards")
    assert refused(club, cards) == sentence("error.list_changed")


async def test_a_film_that_the_server_hides_is_nowhere_counted(club: Club) -> None:
    mona = manager(club)
    await mona.slash(club.lobby, "curate hide", title=BEACH.slug)
    page = await opened(club)
    assert subheading(page) == "13 films · page 1 of 2"
    assert options(await choose(club.ann, page, "theme")) == {"← Back": "", "Trains": "12 films", "Sea": "1 film"}
    shared = answer(await club.ann.user.slash("films browse"))
    assert subheading(shared) == "14 films · page 1 of 2"
