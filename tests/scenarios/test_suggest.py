"""/suggest: the member is thanked, the curators see a card, and what cannot be kept says why."""

import pytest

from bot.domain.curation.suggestions import read_proposal
from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club, refused
from tests.scenarios.screen import (
    answer,
    beside,
    button,
    card_and_trailer,
    heading,
    labels,
    posts,
    sentence,
    text,
    texts,
)
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import (
    SOLARIS,
    STALKER,
    bot_of,
    card_on,
    desk_of,
    minutes_ago,
    state_of,
    suggested,
    waiting,
)
from tests.scenarios.traffic import asked

TRAIN = film()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, film("Solar Wind", 1990, trailers=[])])


async def test_the_member_is_thanked_and_the_curators_get_a_card(club: Club) -> None:
    desk = await desk_of(club)
    thanks = await suggested(club)
    assert text(thanks) == sentence("suggestion.thanks", name="Solaris (1972)")
    [card] = posts(club, desk.id)
    assert heading(card) == sentence("suggestion.heading", name="Solaris (1972)").removeprefix("## ")
    why, asked = texts(card)[1].splitlines()
    assert why == SOLARIS["why"]
    assert asked.startswith(f"-# By <@{club.ann.id}>, ann · in <#{club.lobby.id}>, <t:")
    assert beside(card, "film:peek:solar-wind-1990") == "Solar Wind (1990)"
    assert state_of(card) == sentence("suggestion_state.open")
    assert labels(card) == ["See it", "Accept", "Merge with …", "Decline", "Watch on YouTube"]
    assert button(card, "Watch on YouTube")["url"] == "https://www.youtube.com/watch?v=6-4KydP92ss"
    assert posts(club, club.lobby.id) == []


async def test_title_and_reason_are_enough(club: Club) -> None:
    desk = await desk_of(club)
    assert text(await suggested(club, **STALKER)) == sentence("suggestion.thanks", name="Stalker")
    [card] = posts(club, desk.id)
    assert heading(card) == "A member suggests Stalker"
    assert labels(card) == ["Accept", "Merge with …", "Decline"]


async def test_without_a_curators_channel_it_waits_in_the_queue(club: Club) -> None:
    assert text(await suggested(club)) == sentence("suggestion.thanks", name="Solaris (1972)")
    [kept] = await waiting(club)
    assert (kept.name, kept.card_message_id, kept.channel_id) == ("Solaris (1972)", None, club.lobby.id)
    assert asked(club, "POST", "/channels/*/messages") == []


async def test_it_may_be_made_in_a_thread(club: Club) -> None:
    await club.ann.slash(club.lobby, "discuss", title="night train")
    [thread] = club.lobby.threads
    assert answer(await club.ann.slash(thread, "suggest", **SOLARIS)).ephemeral
    [kept] = await waiting(club)
    assert kept.channel_id == thread.id


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"title": "night train", "year": 1959}, "suggestion_known.name"),
        ({"title": "Night Train (1959)"}, "suggestion_known.name"),
        ({"title": "NIGHT TRAIN!"}, "suggestion_known.title"),
        ({"title": "Another", "trailer": f"https://youtu.be/{YOUTUBE_ID}"}, "suggestion_known.trailer"),
    ],
)
async def test_a_film_that_is_on_the_list_is_shown_instead(club: Club, said: dict[str, str], key: str) -> None:
    desk = await desk_of(club)
    told = await suggested(club, why="x", **said)
    assert text(told) == sentence(key, name="Night Train (1959)")
    card, _ = card_and_trailer(await club.ann.click(told, label="See it"))
    assert card.ephemeral
    assert heading(card) == "Night Train (1959)"
    assert posts(club, desk.id) == []
    assert await waiting(club) == ()


async def test_a_remake_is_kept_once_it_has_its_year(club: Club) -> None:
    await suggested(club, title="Night Train", year=2009, why="It is another one.")
    assert [kept.name for kept in await waiting(club)] == ["Night Train (2009)"]


async def test_a_second_one_has_to_wait_a_moment(club: Club) -> None:
    await suggested(club)
    said = refused(club, await club.ann.slash(club.lobby, "suggest", **STALKER))
    assert "Try again in" in said
    assert "seconds." in said
    await suggested(club, club.ben, **STALKER)
    await club.env.advance_time(31)
    await suggested(club, **STALKER)
    assert [kept.name for kept in await waiting(club)] == ["Solaris (1972)", "Stalker", "Stalker"]


async def test_a_fourth_one_has_to_wait_for_the_curators(club: Club) -> None:
    ann = Actor(guild_id=club.guild.id, member_id=club.ann.id, name="ann", manages=False)
    for number in range(3):
        proposal = read_proposal(f"Film {number}", "x")
        await bot_of(club).services.suggestions.make(ann, proposal, club.lobby.id, minutes_ago(9 - number))
    said = refused(club, await club.ann.slash(club.lobby, "suggest", **STALKER))
    assert said == sentence("error.too_many_open", limit=3)
    assert len(await waiting(club)) == 3


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (
            {"title": "Stalker", "why": "Nobody runs.", "trailer": "https://example.org/x"},
            ["**The trailer** is not a trailer address: only YouTube, Vimeo and Dailymotion are known."],
        ),
        (
            {"title": "\u200b", "why": "\u2060 ", "trailer": "soon"},
            [
                "**The title** is empty; write something that can be seen.",
                "**The reason to watch it** is empty; write something that can be seen.",
                "**The trailer** is not a trailer address: it is not a web address.",
            ],
        ),
    ],
)
async def test_what_cannot_be_kept_is_told_line_by_line_and_given_back(
    club: Club, said: dict[str, str], lines: list[str]
) -> None:
    desk = await desk_of(club)
    told = refused(club, await club.ann.slash(club.lobby, "suggest", **said))
    written = "Nobody runs." if "Nobody" in said["why"] else "…"
    assert told.splitlines()[1:] == [*lines, f"-# What you wrote, to copy: {written}"]
    assert posts(club, desk.id) == []
    assert await waiting(club) == ()
    # Nothing has been counted against the member.
    await suggested(club, **STALKER)


async def test_a_film_that_was_declined_may_be_put_forward_again(club: Club) -> None:
    desk = await desk_of(club)
    await card_on(club, desk)
    [kept] = await waiting(club)
    admin = Actor(guild_id=club.guild.id, member_id=1, name="admin", manages=True)
    await bot_of(club).services.suggestions.decline(admin, kept.number, "Not yet.", minutes_ago(0))
    await club.env.advance_time(31)
    await card_on(club, desk)
    assert len(posts(club, desk.id)) == 2


async def test_it_is_no_command_of_a_direct_message(club: Club) -> None:
    assert "suggest" in club.ann.available_commands(club.lobby)
    command = club.env.backend.find_command("suggest", None)
    assert command is not None
    assert command["contexts"] == [0]
