"""Discord refuses a part of a message: the rest is sent, the curator learns which part it was."""

import logging

import discord
import pytest

from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club
from tests.scenarios.curators import SLUG, add, curator, panel, seen
from tests.scenarios.screen import (
    Message,
    answer,
    card_and_trailer,
    heading,
    labels,
    picture,
    posts,
    sentence,
    text,
    texts,
)
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import SOLARIS, bot_of, desk_of
from tests.scenarios.traffic import CREATIONS, asked, refuse

PICTURE = "https://pictures.invalid/train.jpg"
WATCH = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
TRAIN = film(picture=PICTURE)
FERRY = film("Night Ferry", 1965, picture="https://pictures.invalid/ferry.jpg")
DISCUSS = "Leave a reply"
# How Discord may name a picture's address, or not name it at all.
HEAD = "components.0.components.0"
BLAMED = [None, "", HEAD, f"data.{HEAD}", f"{HEAD}.accessory", "data", "components", "components.0", "nowhere.7"]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, FERRY])


def has_picture(message: Message) -> bool:
    return picture(message) is not None


def callbacks(club: Club) -> int:
    return len(asked(club, "POST", "/interactions/*/callback"))


@pytest.mark.parametrize("blame", BLAMED)
@pytest.mark.parametrize("code", [50035, 240000])
async def test_a_card_does_without_a_refused_picture(
    club: Club, monkeypatch: pytest.MonkeyPatch, blame: str | None, code: int
) -> None:
    refuse(monkeypatch, PICTURE, blame=blame, code=code)
    card, trailer = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    assert not has_picture(card)
    assert TRAIN.why in text(card)
    assert trailer.content == WATCH
    assert not club.env.errors
    tried = callbacks(club)
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    assert not has_picture(card)
    assert callbacks(club) == tried + 1  # it is remembered
    other, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=FERRY.slug))
    assert has_picture(other)


async def test_a_card_does_without_a_refused_button_only(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    refuse(monkeypatch, WATCH, at="components")  # it would be played all the same
    card, trailer = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    assert labels(card) == [label for label in labels(whole) if label != "Watch on YouTube"]
    assert has_picture(card)
    assert trailer.content == WATCH
    await club.ann.click(card, label=DISCUSS)
    assert not club.env.errors


async def test_a_text_that_discord_blocks_is_left_out_alone(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    said = f"{sentence('card.story')}\n{TRAIN.synopsis.text}"
    refuse(monkeypatch, said)
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    assert said not in texts(card)
    assert TRAIN.why in text(card)
    assert has_picture(card)


@pytest.mark.parametrize("blame", ["flags", ""])
async def test_a_place_that_takes_no_layout_gets_the_words_and_the_link(
    club: Club, monkeypatch: pytest.MonkeyPatch, blame: str
) -> None:
    refuse(monkeypatch, f"{sentence('card.why')}\n{TRAIN.why}", blame=blame)
    card, trailer = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    assert not card.components
    assert card.content.endswith(f"<{WATCH}>") is (blame == "flags")  # else the link may have been at fault
    assert card.content.startswith("## Night Train (1959)\n")
    assert TRAIN.why in card.content
    assert trailer.content == WATCH
    assert not club.env.errors


async def test_a_refused_trailer_is_owned_up_to(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, WATCH)
    card, said = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    assert TRAIN.why in text(card)
    assert (said.content, said.ephemeral) == (sentence("trailer.refused", name=TRAIN.name), True)
    alone = answer(await club.ann.slash(club.lobby, "trailer", title=TRAIN.slug))
    assert (alone.content, alone.ephemeral) == (sentence("trailer.refused", name=TRAIN.name), True)
    assert not club.env.errors


async def test_a_thread_is_whole_but_for_the_picture(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, PICTURE)
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    [thread] = club.lobby.threads
    card, trailer, invitation = posts(club, thread.id)
    assert not has_picture(card)
    assert trailer.content == WATCH
    assert sentence("thread.opening") in invitation.content


async def test_a_thread_that_takes_no_layout_begins_with_the_words_and_the_link(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, f"{sentence('card.why')}\n{TRAIN.why}", blame="flags")
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    card, trailer, invitation = posts(club, club.lobby.threads[0].id)
    assert not card.components
    assert card.content.startswith("## Night Train (1959)\n")
    assert card.content.endswith(f"<{WATCH}>")
    assert TRAIN.why in card.content
    assert trailer.content == WATCH
    assert sentence("thread.opening") in invitation.content
    await club.ben.slash(club.lobby, "discuss", title=TRAIN.slug)
    assert len(posts(club, club.lobby.threads[0].id)) == 3
    assert not club.env.errors


async def test_a_story_that_no_layout_can_tell_is_told_in_words(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, TRAIN.synopsis.text, blame="")
    told = answer(await club.ann.slash(club.lobby, "synopsis", title=TRAIN.slug))
    assert told.content == f"## Night Train (1959)\n{TRAIN.synopsis.text}\n-# Synopsis: Front Row"


async def test_a_thread_does_without_a_refused_trailer(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, WATCH)
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    card, invitation = posts(club, club.lobby.threads[0].id)
    assert labels(card) == ["Trailer", "Want to see", "Seen it", "Who else?"]
    assert sentence("thread.opening") in invitation.content
    assert not club.env.errors


async def test_a_forum_post_does_without_a_refused_picture(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    forum = club.guild.create_forum_channel("films")
    await club.env.settle()
    noor = curator(club)
    admin = Actor(guild_id=club.guild.id, member_id=1, name="admin", manages=True)
    await bot_of(club).services.guilds.change(admin, {"discussion_place": forum.id}, discord.utils.utcnow())
    refuse(monkeypatch, PICTURE)
    said = await noor.slash(club.lobby, "discuss", title=TRAIN.slug)
    [thread] = forum.threads
    assert not has_picture(posts(club, thread.id)[0])
    assert PICTURE in said.followups[-1].content


@pytest.mark.parametrize("code", [50035, 20031, 200001])
async def test_a_refused_name_becomes_another(club: Club, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    refuse(monkeypatch, TRAIN.name, at="name", code=code)
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    [thread] = club.lobby.threads
    assert thread.name == "Night Train (1959, Fiction)"
    refuse(monkeypatch, FERRY.name, "Night Ferry (1965, Fiction)", at="name", code=code)
    await club.ann.slash(club.lobby, "discuss", title=FERRY.slug)
    assert club.lobby.threads[-1].name == "Fiction (1965)"
    again = answer(await club.ben.slash(club.lobby, "discuss", title=FERRY.slug))
    assert str(club.lobby.threads[-1].id) in again.content
    assert not club.env.errors
    assert len(asked(club, *CREATIONS)) == 2 + 3


async def test_a_film_is_edited_and_published_and_the_curator_told(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    noor = curator(club)
    refuse(monkeypatch, PICTURE)
    shown = await noor.slash(club.lobby, "curate edit", title=TRAIN.slug)
    preview = panel(shown)
    assert not has_picture(preview)
    assert PICTURE in shown.followups[-1].content
    assert shown.followups[-1].ephemeral
    basics = await noor.click(preview, label="Story")
    changed = panel(await noor.submit_modal(basics, {"why": "Ours.", "synopsis": "Told anew."}))
    done = await noor.click(changed, label="Publish")
    assert heading(panel(done)) == sentence("draft.saved", name=TRAIN.name)
    assert PICTURE in done.followups[-1].content
    assert seen(club, TRAIN.slug).why == "Ours."
    assert not club.env.errors


async def test_a_new_film_is_reported_as_published(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    noor = curator(club)
    still = "https://i.ytimg.com/vi/night1959tr/mqdefault.jpg"
    refuse(monkeypatch, still)
    done = await noor.click(await add(club, noor), label="Publish")
    assert heading(panel(done)) == sentence("draft.published", name="Night Train (1959)")
    assert not has_picture(panel(done))
    assert seen(club, SLUG)


async def test_members_are_told_nothing_of_addresses_and_the_log_no_address(
    club: Club, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refuse(monkeypatch, PICTURE)
    with caplog.at_level(logging.INFO):
        result = await club.ann.slash(club.lobby, "film", title=TRAIN.slug)
    assert len(result.followups) == 1
    assert f"{HEAD}.accessory.media.url" in caplog.text
    assert PICTURE not in caplog.text
    told = await curator(club).slash(club.lobby, "film", title=TRAIN.slug)
    assert PICTURE in told.followups[-1].content


async def test_a_suggestion_is_shown_without_a_refused_button(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await desk_of(club)
    trailer = "https://www.youtube.com/watch?v=solaris1972"
    refuse(monkeypatch, trailer)
    await club.ann.slash(club.lobby, "suggest", **{**SOLARIS, "trailer": trailer})
    [card] = posts(club, desk.id)
    assert labels(card) == ["Accept", "Merge with …", "Decline"]
