"""*Find films mentioned here*: a member asks which films of the list a message names."""

import logging

import pytest
import simcord

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.curators import curator, published
from tests.scenarios.screen import (
    Message,
    answer,
    card_and_trailer,
    choices,
    heading,
    named,
    opened_by,
    sentence,
    text,
    texts,
)
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.staff import manager

FIND = "Find films mentioned here"
STORY = film("Tokyo Story", 1953)
ALIEN = film("Alien", 1979, trailers=[{"provider": "youtube", "id": "aBcDeFgHi_1"}])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [STORY, ALIEN, *(film(f"Whale Rider {number}", 1990) for number in range(30))])


async def asked(club: Club, text: str, where: simcord.ChannelHandle | None = None) -> Message:
    """What Ann is told about a message of Ben's."""
    channel = where or club.lobby
    said = await club.ben.send(channel, text)
    return answer(await club.ann.context_menu(channel, FIND, said))


async def test_the_films_of_a_message_are_listed_for_whoever_asks(club: Club) -> None:
    page = await asked(club, "We watched Alien and then Tokyo Story.")
    assert page.ephemeral
    assert texts(page)[0] == f"{sentence('mentions.title')}\n-# 2 films"
    assert named(page) == ["Alien (1979)", "Tokyo Story (1953)"]
    assert opened_by(page) == [ALIEN.slug, STORY.slug]


async def test_a_listed_film_opens_after_a_restart_too(club: Club, restart: Restart) -> None:
    page = await asked(club, "https://youtu.be/aBcDeFgHi_1")
    await restart()
    card, _ = card_and_trailer(await club.ann.click(page, custom_id=f"film:peek:{ALIEN.slug}"))
    assert (heading(card), card.ephemeral) == ("Alien (1979)", True)


async def test_a_message_without_films_says_so_privately(club: Club) -> None:
    page = await asked(club, "an alien in tokyo")
    assert page.ephemeral
    assert text(page) == f"{sentence('mentions.title')}\n{sentence('mentions.none')}"


async def test_more_films_than_have_room_are_in_a_menu(club: Club) -> None:
    text = ", ".join(f"“Whale Rider {number}”" for number in range(30))
    page = await asked(club, text)
    assert opened_by(page) == [f"whale-rider-{number}-1990" for number in range(7)]
    assert choices(page) == [f"whale-rider-{number}-1990" for number in range(7, 30)]
    assert texts(page)[0].endswith("-# 30 films")
    card, _ = card_and_trailer(await club.ann.select(page, ["whale-rider-29-1990"]))
    assert heading(card) == "Whale Rider 29 (1990)"


async def test_it_works_in_a_thread(club: Club) -> None:
    await club.ann.slash(club.lobby, "discuss", title="tokyo story")
    [thread] = club.lobby.threads
    assert opened_by(await asked(club, "*Alien*", thread)) == [ALIEN.slug]


async def test_a_server_is_told_of_its_own_films_and_not_of_hidden_ones(club: Club) -> None:
    await manager(club).slash(club.lobby, "curate hide", title=STORY.slug)
    await published(club, curator(club))
    page = await asked(club, "“Tokyo Story” and “Night Train”")
    assert opened_by(page) == ["night-train-1959"]


async def test_what_the_message_says_reaches_no_log(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await asked(club, "a secret about Tokyo Story")
    assert "secret" not in caplog.text
