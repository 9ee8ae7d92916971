"""Narrowing, ordering and turning the list on the screen, step by step."""

import datetime
from typing import Any

import pytest
import simcord

from bot.domain.catalogue.filters import director_key
from bot.settings import Settings
from bot.ui.browse.menus import BACK
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import Message, answer, heading, labels, menu, sentence
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


def shown(message: Message) -> list[str]:
    """The films of a page of lines."""
    lines = str(message.embeds[0].description).splitlines()
    return [line.split("**")[1] for line in lines if line.startswith("**")]


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
    assert str(page.embeds[0].description).splitlines()[0] == "Only: theme: Sea"
    assert shown(page) == ["The Beach (1991)", "Harbour (1962)"]
    # Both are Varda's and French, so neither side would tell them apart.
    assert list(options(page)) == ["✕ theme: Sea", "Genre", "Decade", "Length", "Kind"]

    page = await choose(club.ann, page, "decade")
    assert options(page) == {"← Back": "", "1960s": "1 film", "1990s": "1 film"}
    page = await choose(club.ann, page, "decade=1990")
    assert shown(page) == ["The Beach (1991)"]
    assert options(page) == {"✕ theme: Sea": "1 film", "✕ decade: 1990s": "2 films"}

    page = await choose(club.ann, page, "-theme")
    assert str(page.embeds[0].description).splitlines()[0] == "Only: decade: 1990s"
    page = await choose(club.ann, page, "-decade")
    assert page.embeds[0].footer.text == "Page 1 of 2 · 14 films"


async def test_the_way_back_leads_to_the_sides(club: Club) -> None:
    page = await opened(club)
    sides = options(page)
    inside = await choose(club.ann, page, "kind")
    assert options(await choose(club.ann, inside, BACK)) == sides


async def test_a_director_is_asked_for_and_named(club: Club) -> None:
    page = await choose(club.ann, await opened(club), "director")
    assert options(page) == {"← Back": "", "Jerzy Kawalerowicz": "12 films", "Agnès Varda": "2 films"}
    page = await choose(club.ann, page, f"director={director_key('Agnès Varda')}")
    assert str(page.embeds[0].description).splitlines()[0] == "Only: director: Agnès Varda"
    assert shown(page) == ["The Beach (1991)", "Harbour (1962)"]


async def test_the_list_is_read_in_every_order(club: Club) -> None:
    page = await opened(club)
    for order, first in (
        ("title", "The Beach (1991)"),
        ("year", "Train 01 (1951)"),
        ("length", "The Beach (1991)"),
        ("newest", "The Beach (1991)"),
    ):
        page = await choose(club.ann, page, order, "browse:sort")
        assert shown(page)[0] == first
        [chosen] = [option["value"] for option in menu(page, "browse:sort")["options"] if option.get("default")]
        assert chosen == order
    page = await choose(club.ann, page, "year", "browse:sort")
    page = answer(await club.ann.click(page, label="Next"))
    assert shown(page)[-1] == "The Beach (1991)"


async def test_cards_show_one_film_with_its_buttons_and_lead_back_to_its_lines(club: Club) -> None:
    page = answer(await club.ann.click(await opened(club), label="As cards"))
    assert page.content == "-# Film 1 of 14\n**The Beach** (1991)"
    assert page.embeds[0].title == "The Beach (1991)"
    assert labels(page)[:4] == ["Share", "Trailer", "Leave a reply", "More like this"]
    assert labels(page)[-6:] == ["Previous", "Next", "As lines", "Want to see", "Seen it", "Who else?"]
    page = answer(await club.ann.click(page, label="Next"))
    assert page.content == "-# Film 2 of 14\n**Harbour** (1962)"
    for _ in range(9):
        page = answer(await club.ann.click(page, label="Next"))
    assert page.content.startswith("-# Film 11 of 14")
    title = str(page.embeds[0].title)
    lines = answer(await club.ann.click(page, label="As lines"))
    assert not lines.content
    assert lines.embeds[0].footer.text == "Page 2 of 2 · 14 films"
    assert title in shown(lines)


async def test_a_card_of_a_narrowed_list_says_what_was_asked_for(club: Club) -> None:
    page = answer(await club.ann.click(await opened(club, theme="sea"), label="As cards"))
    assert page.content == "-# Only: theme: Sea\n-# Film 1 of 2\n**The Beach** (1991)"
    page = await choose(club.ann, page, "length", "browse:by")
    page = await choose(club.ann, page, "length=epic", "browse:by")
    assert page.content == "-# Only: theme: Sea, length: Longer than that\n-# Film 1 of 1\n**Harbour** (1962)"


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
    assert page.embeds[0].footer.text == "Page 2 of 2 · 13 films"
    page = answer(await club.ann.click(page, label="As cards"))
    assert page.content == "-# Only: kind: Fiction\n-# Film 11 of 13\n**Train 10** (1960)"
    await restart()
    page = answer(await club.ann.click(page, label="Previous"))
    assert page.embeds[0].title == "Train 09 (1959)"


async def test_a_button_from_an_older_version_turns_to_a_page_of_the_new_kind(club: Club, restart: Restart) -> None:
    page = await opened(club)
    stored = club.env.backend.get_message(page.channel_id, page.id)
    for row in stored.components:
        for part in row["components"]:
            if part["custom_id"].startswith("browse:next"):
                part["custom_id"] = "films:browse:1:;;;;;fiction"
    await restart()
    page = answer(await club.ann.click(page, label="Next"))
    assert page.embeds[0].footer.text == "Page 2 of 2 · 13 films"
    assert "As cards" in labels(page)


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
    assert page.embeds[0].footer.text == "Page 1 of 2 · 13 films"
    assert options(await choose(club.ann, page, "theme")) == {"← Back": "", "Trains": "12 films", "Sea": "1 film"}
    shared = answer(await club.ann.user.slash("films browse"))
    assert shared.embeds[0].footer.text == "Page 1 of 2 · 14 films"
