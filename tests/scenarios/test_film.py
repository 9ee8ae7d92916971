"""/film: a member asks for a film and sees its card and its trailer."""

import discord
import pytest

from tests.conftest import Club, refused
from tests.scenarios.screen import (
    answer,
    button,
    card_and_trailer,
    heading,
    labels,
    picture,
    place,
    sentence,
    text,
    texts,
)

FILM = "ai-weiwei-never-sorry-2012"
TRAILER = "https://www.youtube.com/watch?v=0MYFOzP6Xns"
MARKS = ["Want to see", "Seen it", "Who else?"]
HEADING = "Ai Weiwei: Never Sorry (2012)"


async def test_a_member_sees_the_card_and_then_the_trailer_alone(club: Club) -> None:
    choices = await club.ann.autocomplete(club.lobby, "film", "title", "never so")
    assert choices[0]["name"] == "Ai Weiwei: Never Sorry (2012) – Alison Klayman"

    result = await club.ann.slash(club.lobby, "film", title=choices[0]["value"])

    assert result.response is not None
    assert not result.ephemeral
    assert heading(result.response) == HEADING
    assert not result.response.embeds  # which members can switch off
    [trailer] = result.followups
    assert trailer.content == TRAILER
    assert not trailer.ephemeral
    assert not trailer.embeds
    assert not trailer.components


async def test_the_card_tells_the_reason_the_story_and_the_facts(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "film", title=FILM, quiet=True)
    card, _ = card_and_trailer(result)

    head, why, story, notes, praise, thanks = texts(card)
    assert head.splitlines() == [
        "## Ai Weiwei: Never Sorry (2012)",
        "Alison Klayman · 1\u00a0h\u00a031\u00a0min · United States",
        "-# Documentary · Art, Activism, Censorship, Social media, China · English, Chinese",
    ]
    assert why.startswith("**Why it is here**\nNames and birthdays cover a wall of the studio")
    assert story.startswith("**What it is about**\nAi Weiwei helps to design the Bird's Nest stadium")
    title, hidden = notes.splitlines()
    assert title == sentence("card.notes")
    assert hidden.startswith("|| a police assault, heard as it happens")
    assert hidden.endswith(" ||")
    magazine = {"publication": "New York Magazine", "listed_as": "Best movies of 2012", "year": 2012}
    assert praise.splitlines()[:2] == ["**Named by**", sentence("card.praised", **magazine)]
    assert thanks == "-# Picked by Front Row"
    assert picture(card) == "https://i.ytimg.com/vi/0MYFOzP6Xns/mqdefault.jpg"


async def test_a_long_card_folds_for_all_and_opens_for_whoever_wants_the_rest(club: Club) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=FILM))
    assert "**Named by**" not in text(card)
    assert "|| a police assault" in text(card)

    whole = answer(await club.ben.click(card, label="The whole story"))
    assert whole.ephemeral
    assert heading(whole) == HEADING
    assert "Best movies of 2012" in text(whole)


async def test_below_the_card_are_the_trailer_the_talk_the_next_films_and_the_way_out(club: Club) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=FILM))
    assert labels(card) == ["The whole story", "Trailer", "Leave a reply", "More like this", "Watch on YouTube", *MARKS]
    assert button(card, "Watch on YouTube")["url"] == TRAILER


async def test_the_trailer_button_plays_for_whoever_presses_it(club: Club) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=FILM))
    played = answer(await club.ben.click(card, label="Trailer"))
    assert (played.content, played.ephemeral) == (TRAILER, True)
    assert not played.embeds
    assert not played.components


async def test_a_quiet_film_is_seen_by_one_member_until_she_shares_it(club: Club) -> None:
    quiet = await club.ann.slash(club.lobby, "film", title=FILM, quiet=True)
    card, trailer = card_and_trailer(quiet)
    assert (heading(card), card.ephemeral) == (HEADING, True)
    assert (trailer.content, trailer.ephemeral) == (TRAILER, True)
    assert labels(card)[0] == "Share"
    assert club.lobby.history(viewer=club.ben) == []

    card, trailer = card_and_trailer(await club.ann.click(card, label="Share"))
    assert (heading(card), card.ephemeral) == (HEADING, False)
    assert (trailer.content, trailer.ephemeral) == (TRAILER, False)
    assert "Share" not in labels(card)
    assert [message.id for message in club.lobby.history(viewer=club.ben)] == [card.id, trailer.id]


async def test_a_film_without_a_trailer_is_a_card_alone(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "film", title="all-the-beauty-and-the-bloodshed-2022")
    assert labels(answer(result)) == ["The whole story", "Leave a reply", "More like this", *MARKS]


async def test_a_film_can_be_looked_up_in_a_direct_message(club: Club) -> None:
    card, trailer = card_and_trailer(await club.ann.user.slash("film", title=FILM))
    assert (heading(card), trailer.content) == (HEADING, TRAILER)


async def test_where_no_player_can_be_drawn_the_member_alone_is_told_why(club: Club) -> None:
    plain = discord.PermissionOverwrite(embed_links=False)
    bare = club.guild.create_text_channel("bare", overwrites={club.guild.default_role: plain})
    result = await club.ann.slash(bare, "film", title=FILM)
    trailer, note = result.followups
    assert (trailer.content, trailer.ephemeral) == (TRAILER, False)
    assert note.ephemeral
    assert note.content == sentence("trailer.not_playing", channel=place(bare))


@pytest.mark.parametrize(
    "typed",
    ["AI WEIWEI – NEVER SORRY", "ai weiwei never sory", "Klayman's Ai Weiwei Never Sorry, 2012", "艾未未：道歉你妹"],
)
async def test_free_text_finds_the_film(club: Club, typed: str) -> None:
    result = await club.ann.slash(club.lobby, "film", title=typed)
    assert result.response is not None
    assert heading(result.response) == HEADING


async def test_an_unknown_title_is_refused_privately_with_a_way_on(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "film", title="zzz qqq")
    assert "could not find “zzz qqq”" in refused(club, result)
