"""/films themes, /films directors and /films new."""

import datetime

import pytest
import simcord

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import SLUG, curator, published
from tests.scenarios.screen import (
    Message,
    answer,
    button,
    custom_ids,
    entries,
    heading,
    named,
    opened_by,
    sentence,
    subheading,
    texts,
)
from tests.scenarios.shelf import Restart, stocked, take_off
from tests.scenarios.staff import manager

OLD = datetime.date(2025, 1, 1)
LATER = datetime.date(2025, 2, 1)
MANY = [
    film(
        f"Train {number:02}",
        1950 + number,
        themes=["trains", f"line-{number:02}"],
        directors=[f"Guard {number:02}"],
        added=OLD,
    )
    for number in range(1, 31)
]
BEACH = film("The Beach", 1991, directors=["Agnès Varda"], themes=["sea"], added=LATER)
HARBOUR = film("Harbour", 1962, directors=["Agnes Varda"], themes=["sea", "trains"], added=OLD)
FILMS = [*MANY, BEACH, HARBOUR]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


def firsts(page: Message) -> list[str]:
    """The first line of each entry."""
    return [entry.splitlines()[0] for entry in entries(page)]


async def choose(member: simcord.MemberActor, page: Message, name: str) -> simcord.InteractionResult:
    """Press what stands beside the entry of that name."""
    place = named(page).index(name)
    return await member.click(page, custom_id=[each for each in custom_ids(page) if ":of:" in each][place])


def day(added: datetime.date) -> str:
    noon = datetime.datetime(added.year, added.month, added.day, 12, tzinfo=datetime.UTC)
    return f"**<t:{int(noon.timestamp())}:D>**"


async def test_every_theme_is_listed_with_its_films_in_pages(club: Club) -> None:
    page = first = answer(await club.ann.slash(club.lobby, "films themes"))
    assert first.ephemeral
    assert (heading(first), subheading(first)) == ("What the films are about", "32 themes · page 1 of 4")
    assert entries(first)[:3] == ["**Trains** · 31 films", "**Sea** · 2 films", "**Line 01** · 1 film"]
    assert (button(first, "Previous")["disabled"], button(first, "Next")["disabled"]) == (True, False)
    shown, themes = entries(first), named(first)
    assert len(themes) == 10
    for _ in range(3):
        page = answer(await club.ann.click(page, label="Next"))
        themes += named(page)
    assert (button(page, "Previous")["disabled"], button(page, "Next")["disabled"]) == (False, True)
    assert themes == ["Trains", "Sea", *(f"Line {number:02}" for number in range(1, 31))]
    for _ in range(3):
        page = answer(await club.ann.click(page, label="Previous"))
    assert entries(page) == shown


async def test_a_theme_leads_to_its_films_in_place_after_a_restart_too(club: Club, restart: Restart) -> None:
    themes = answer(await club.ann.slash(club.lobby, "films themes"))
    await restart()
    page = answer(await choose(club.ann, themes, "Sea"))
    assert page.id == themes.id
    assert subheading(page) == "2 films · theme: Sea"
    assert firsts(page) == [
        "**The Beach (1991)**",
        "**Harbour (1962)**",
    ]


async def test_directors_of_several_films_come_first_however_they_are_spelled(club: Club, restart: Restart) -> None:
    first = answer(await club.ann.slash(club.lobby, "films directors"))
    assert subheading(first) == "31 directors · page 1 of 4"
    assert entries(first)[0] in {"**Agnès Varda** · 2 films", "**Agnes Varda** · 2 films"}
    assert entries(first)[1] == "**Guard 01** · 1 film"
    name = named(first)[0]
    await restart()
    second = answer(await club.ann.click(first, label="Next"))
    assert entries(second)[-1] == "**Guard 19** · 1 film"
    first = answer(await club.ann.click(second, label="Previous"))
    page = answer(await choose(club.ann, first, name))
    assert opened_by(page) == [BEACH.slug, HARBOUR.slug]


async def test_what_has_left_the_list_meanwhile_is_explained(club: Club, settings: Settings, restart: Restart) -> None:
    themes = answer(await club.ann.slash(club.lobby, "films themes"))
    take_off(settings, BEACH)
    take_off(settings, HARBOUR)
    await restart()
    assert refused(club, await choose(club.ann, themes, "Sea")) == sentence("error.list_changed")
    page = answer(await club.ann.click(themes, label="Next"))
    assert subheading(page) == "31 themes · page 2 of 4"


async def test_the_menu_of_an_older_version_still_leads_to_the_films(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    page = answer(await club.ann.select(page, ["theme"], custom_id="browse:by:0:nl:;;;;;"))
    page = answer(await club.ann.select(page, ["theme=sea"], custom_id="browse:by:0:nl:;;;;;"))
    assert opened_by(page) == [BEACH.slug, HARBOUR.slug]


async def test_what_came_last_stands_under_its_day(club: Club, restart: Restart) -> None:
    first = answer(await club.ann.slash(club.lobby, "films new"))
    assert first.ephemeral
    assert (heading(first), subheading(first)) == ("New on the list", "32 films · page 1 of 5")
    came_later, came_first = day(LATER), day(OLD)
    _, *rest = texts(first)
    assert [text.splitlines()[0] for text in rest[:4]] == [
        came_later,
        "**The Beach (1991)**",
        came_first,
        "**Harbour (1962)**",
    ]
    assert opened_by(first)[0] == BEACH.slug
    await restart()
    second = answer(await club.ann.click(first, label="Next"))
    assert texts(second)[1] == came_first
    assert subheading(second) == "32 films · page 2 of 5"


async def test_a_server_hides_films_everywhere(club: Club) -> None:
    mona = manager(club)
    await mona.slash(club.lobby, "curate hide", title=BEACH.slug)
    themes = answer(await club.ann.slash(club.lobby, "films themes"))
    assert "Sea" not in named(themes)
    for _ in range(3):
        themes = answer(await club.ann.click(themes, label="Next"))
    assert entries(themes)[-1] == "**Sea** · 1 film"
    directors = answer(await club.ann.slash(club.lobby, "films directors"))
    assert "**Agnes Varda** · 1 film" in entries(directors)
    assert BEACH.slug not in opened_by(answer(await club.ann.slash(club.lobby, "films new")))
    assert BEACH.slug in opened_by(answer(await club.ann.user.slash("films new")))


async def test_a_film_of_a_servers_own_is_new_there_and_nowhere_else(club: Club) -> None:
    await published(club, curator(club))
    page = answer(await club.ann.slash(club.lobby, "films new"))
    assert opened_by(page)[0] == SLUG
    name, _, why = entries(page)[0].splitlines()
    assert name == "**Night Train (1959)**"
    assert why.endswith(" · only here")
    assert SLUG not in opened_by(answer(await club.ann.user.slash("films new")))
