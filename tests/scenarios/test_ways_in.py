"""/films themes, /films directors and /films new."""

import datetime

import pytest

from bot.domain.catalogue.filters import director_key
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import SLUG, curator, published
from tests.scenarios.screen import Message, answer, button, choices, sentence
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


def lines(page: Message) -> list[str]:
    return str(page.embeds[0].description).splitlines()


def day(added: datetime.date) -> str:
    noon = datetime.datetime(added.year, added.month, added.day, 12, tzinfo=datetime.UTC)
    return f"-# <t:{int(noon.timestamp())}:D>"


async def test_every_theme_is_listed_with_its_films_in_pages(club: Club) -> None:
    first = answer(await club.ann.slash(club.lobby, "films themes"))
    assert first.ephemeral
    assert first.embeds[0].title == "What the films are about"
    assert first.embeds[0].footer.text == "Page 1 of 2 · 32 themes"
    assert lines(first)[:3] == ["**Trains** · 31 films", "**Sea** · 2 films", "**Line 01** · 1 film"]
    assert (button(first, "Previous")["disabled"], button(first, "Next")["disabled"]) == (True, False)
    shown, themes = lines(first), choices(first)
    assert len(themes) == 25
    second = answer(await club.ann.click(first, label="Next"))
    assert (button(second, "Previous")["disabled"], button(second, "Next")["disabled"]) == (False, True)
    every = {"theme=trains", "theme=sea", *(f"theme=line-{number:02}" for number in range(1, 31))}
    assert {*themes, *choices(second)} == every
    back = answer(await club.ann.click(second, label="Previous"))
    assert lines(back) == shown


async def test_a_theme_leads_to_its_films_in_place_after_a_restart_too(club: Club, restart: Restart) -> None:
    themes = answer(await club.ann.slash(club.lobby, "films themes"))
    await restart()
    page = answer(await club.ann.select(themes, ["theme=sea"]))
    assert page.id == themes.id
    assert lines(page) == [
        "Only: theme: Sea",
        "",
        "**The Beach (1991)** · Agnès Varda · 1\u00a0h\u00a039\u00a0min",
        "**Harbour (1962)** · Agnes Varda · 1\u00a0h\u00a039\u00a0min",
    ]


async def test_directors_of_several_films_come_first_however_they_are_spelled(club: Club, restart: Restart) -> None:
    first = answer(await club.ann.slash(club.lobby, "films directors"))
    assert first.embeds[0].footer.text == "Page 1 of 2 · 31 directors"
    assert lines(first)[0] in {"**Agnès Varda** · 2 films", "**Agnes Varda** · 2 films"}
    assert lines(first)[1] == "**Guard 01** · 1 film"
    await restart()
    second = answer(await club.ann.click(first, label="Next"))
    assert lines(second)[-1] == "**Guard 30** · 1 film"
    first = answer(await club.ann.click(second, label="Previous"))
    page = answer(await club.ann.select(first, [f"director={director_key('Agnès Varda')}"]))
    assert choices(page) == [BEACH.slug, HARBOUR.slug]


async def test_what_has_left_the_list_meanwhile_is_explained(club: Club, settings: Settings, restart: Restart) -> None:
    themes = answer(await club.ann.slash(club.lobby, "films themes"))
    take_off(settings, BEACH)
    take_off(settings, HARBOUR)
    await restart()
    assert refused(club, await club.ann.select(themes, ["theme=sea"])) == sentence("error.list_changed")
    page = answer(await club.ann.click(themes, label="Next"))
    assert page.embeds[0].footer.text == "Page 2 of 2 · 31 themes"


async def test_what_came_last_stands_under_its_day(club: Club, restart: Restart) -> None:
    first = answer(await club.ann.slash(club.lobby, "films new"))
    assert first.ephemeral
    assert first.embeds[0].title == "New on the list"
    came_later, came_first = day(LATER), day(OLD)
    assert lines(first)[:4] == [
        came_later,
        "**The Beach (1991)** · Agnès Varda · 1\u00a0h\u00a039\u00a0min",
        came_first,
        "**Harbour (1962)** · Agnes Varda · 1\u00a0h\u00a039\u00a0min",
    ]
    assert first.embeds[0].footer.text == "Page 1 of 4 · 32 films"
    assert choices(first)[0] == BEACH.slug
    await restart()
    second = answer(await club.ann.click(first, label="Next"))
    assert lines(second)[0] == came_first
    assert second.embeds[0].footer.text == "Page 2 of 4 · 32 films"


async def test_a_server_hides_films_everywhere(club: Club) -> None:
    mona = manager(club)
    await mona.slash(club.lobby, "curate hide", title=BEACH.slug)
    themes = answer(await club.ann.slash(club.lobby, "films themes"))
    assert "theme=sea" not in choices(themes)
    assert lines(answer(await club.ann.click(themes, label="Next")))[-1] == "**Sea** · 1 film"
    directors = answer(await club.ann.slash(club.lobby, "films directors"))
    assert "**Agnes Varda** · 1 film" in lines(directors)
    assert BEACH.slug not in choices(answer(await club.ann.slash(club.lobby, "films new")))
    assert BEACH.slug in choices(answer(await club.ann.user.slash("films new")))


async def test_a_film_of_a_servers_own_is_new_there_and_nowhere_else(club: Club) -> None:
    await published(club, curator(club))
    page = answer(await club.ann.slash(club.lobby, "films new"))
    assert choices(page)[0] == SLUG
    assert lines(page)[1] == "**Night Train (1959)** · Jerzy Kawalerowicz · only here"
    assert SLUG not in choices(answer(await club.ann.user.slash("films new")))
