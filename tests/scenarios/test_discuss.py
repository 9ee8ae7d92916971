"""/discuss and “Leave a reply”: one lasting thread for each film, and the way into it."""

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.domain.errors import DiscussionHidden
from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, button, card_and_trailer, heading, labels, picture, place, posts, sentence
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.traffic import CREATIONS, asked

ADDRESS = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
TRAIN = film(prompts=["Who sleeps?", "Who *pretends* to?"])
SILENT = film("Silent", 1961, trailers=[], prompts=[])
LONG = film("A Title That Goes On " * 7, 1962)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, SILENT, LONG])


async def opened(club: Club, title: str = "night train") -> simcord.ChannelHandle:
    """Ann opens the discussion from the lobby."""
    before = {thread.id for thread in club.lobby.threads}
    result = await club.ann.slash(club.lobby, "discuss", title=title)
    [thread] = [thread for thread in club.lobby.threads if thread.id not in before]
    assert answer(result).content == sentence("thread.ready", thread=place(thread))
    assert answer(result).ephemeral
    return thread


async def leads_to(club: Club, thread: simcord.ChannelHandle, channel: simcord.ChannelHandle | None = None) -> None:
    """Ben asks for the discussion and is brought into this thread."""
    said = answer(await club.ben.slash(channel or club.lobby, "discuss", title="night train"))
    assert (said.content, said.ephemeral) == (sentence("thread.ready", thread=place(thread)), True)
    assert club.ben.id in club.env.backend.get_thread(thread.id).thread_members


def mark(club: Club, thread: simcord.ChannelHandle, **state: bool) -> None:
    """A moderator changes the thread."""
    club.env.backend.edit_channel(thread.id, {}, thread_metadata=state)


async def test_a_new_thread_opens_with_card_trailer_and_invitation_in_this_order(club: Club) -> None:
    thread = await opened(club)
    assert thread.name == "Night Train (1959)"
    card, trailer, invitation = posts(club, thread.id)
    assert heading(card) == "Night Train (1959)"
    assert picture(card)
    assert labels(card) == ["Trailer", "Watch on YouTube", "Want to see", "Seen it", "Who else?"]
    assert button(card, "Watch on YouTube")["url"] == ADDRESS
    assert trailer.content == ADDRESS
    assert not trailer.embeds
    assert not trailer.components
    assert invitation.content.split("\n") == [
        sentence("thread.opening"),
        "",
        sentence("thread.prompts"),
        "1. Who sleeps?",
        "2. Who *pretends* to?",
    ]


async def test_a_film_without_trailer_and_questions_opens_with_card_and_welcome(club: Club) -> None:
    card, invitation = posts(club, (await opened(club, "silent")).id)
    assert heading(card) == "Silent (1961)"
    assert labels(card) == ["Want to see", "Seen it", "Who else?"]
    assert invitation.content == f"{sentence('thread.opening')}\n\n{sentence('thread.welcome')}"


async def test_a_long_title_gives_way_to_its_year(club: Club) -> None:
    name = str((await opened(club, LONG.slug)).name)
    assert name.endswith("… (1962)")
    assert 90 <= len(name) <= 100


async def test_the_member_is_added_to_the_thread(club: Club) -> None:
    thread = await opened(club)
    assert set(club.env.backend.get_thread(thread.id).thread_members) == {club.env.backend.bot_user.id, club.ann.id}


async def test_a_second_member_finds_the_same_thread(club: Club) -> None:
    thread = await opened(club)
    await leads_to(club, thread)
    assert len(posts(club, thread.id)) == 3
    assert len(asked(club, *CREATIONS)) == 1


async def test_leave_a_reply_is_the_same_as_discuss(club: Club) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))
    said = answer(await club.ann.click(card, label="Leave a reply"))
    [thread] = club.lobby.threads
    assert (said.content, said.ephemeral) == (sentence("thread.ready", thread=place(thread)), True)
    assert len(posts(club, thread.id)) == 3
    await leads_to(club, thread)
    assert len(asked(club, *CREATIONS)) == 1


async def test_the_thread_is_found_after_a_restart(club: Club, restart: Restart) -> None:
    thread = await opened(club)
    await restart()
    await leads_to(club, thread)
    assert len(asked(club, *CREATIONS)) == 1


async def test_from_a_second_channel_the_way_leads_to_the_first_thread(club: Club) -> None:
    thread = await opened(club)
    await leads_to(club, thread, club.guild.create_text_channel("annex"))
    assert len(asked(club, *CREATIONS)) == 1


async def test_inside_the_thread_there_is_no_way_to_go(club: Club) -> None:
    thread = await opened(club)
    said = answer(await club.ann.slash(thread, "discuss", title="night train"))
    assert (said.content, said.ephemeral) == (sentence("thread.inside"), True)


async def test_from_the_thread_of_another_film_a_new_one_opens_beside_it(club: Club) -> None:
    await opened(club)
    said = answer(await club.ann.slash(club.lobby.threads[0], "discuss", title="silent"))
    first, second = club.lobby.threads
    assert (first.name, second.name) == ("Night Train (1959)", "Silent (1961)")
    assert said.content == sentence("thread.ready", thread=place(second))


@pytest.mark.parametrize("restarted", [False, True])
async def test_an_archived_thread_is_reopened(club: Club, restart: Restart, restarted: bool) -> None:
    thread = await opened(club)
    mark(club, thread, archived=True)
    if restarted:
        await restart()
    await leads_to(club, thread)
    state = club.env.backend.get_thread(thread.id).thread_metadata
    assert state is not None
    assert not state.archived
    assert len(asked(club, *CREATIONS)) == 1


@pytest.mark.parametrize("archived", [True, False])
async def test_a_locked_thread_is_shown_as_one_that_can_only_be_read(club: Club, archived: bool) -> None:
    thread = await opened(club)
    mark(club, thread, locked=True, archived=archived)
    said = answer(await club.ben.slash(club.lobby, "discuss", title="night train"))
    assert (said.content, said.ephemeral) == (sentence("thread.locked", thread=place(thread)), True)
    state = club.env.backend.get_thread(thread.id).thread_metadata
    assert state is not None
    assert (state.locked, state.archived) == (True, archived)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_deleted_thread_is_made_anew(club: Club, restart: Restart, restarted: bool) -> None:
    deleted = await opened(club)
    club.env.backend.delete_channel(deleted.id)
    if restarted:
        await restart()
    thread = await opened(club)
    assert thread.id != deleted.id
    assert len(posts(club, thread.id)) == 3
    await leads_to(club, thread)
    assert len(asked(club, *CREATIONS)) == 2


async def test_whoever_does_not_fit_into_a_full_thread_still_gets_the_link(club: Club) -> None:
    thread = await opened(club)
    club.env.inject_error("PUT", "/channels/*/thread-members/*", status=400, code=30033)
    said = answer(await club.ben.slash(club.lobby, "discuss", title="night train"))
    assert said.content == sentence("thread.ready", thread=place(thread))


async def test_whoever_may_not_see_the_thread_is_told_so_instead_of_a_dead_link(club: Club) -> None:
    hidden = club.guild.create_text_channel("inner-circle")
    said = answer(await club.ann.slash(hidden, "discuss", title="night train"))
    assert said.content == sentence("thread.ready", thread=place(hidden.threads[0]))
    denied = discord.Permissions(view_channel=True).value
    club.env.backend.set_overwrite(hidden.id, Overwrite(club.ben.id, OverwriteType.MEMBER, deny=denied))
    result = await club.ben.slash(club.lobby, "discuss", title="night train")
    assert refused(club, result) == sentence(DiscussionHidden.key)
    assert club.ben.id not in club.env.backend.get_thread(hidden.threads[0].id).thread_members
    assert len(asked(club, *CREATIONS)) == 1


async def test_two_servers_have_a_thread_each(club: Club) -> None:
    ours = await opened(club)
    other = club.env.create_guild("Monday Film Club")
    hall = other.create_text_channel("hall")
    eve = other.add_member(club.env.create_user("eve"))
    said = answer(await eve.slash(hall, "discuss", title="night train"))
    [theirs] = hall.threads
    assert said.content == sentence("thread.ready", thread=place(theirs))
    await leads_to(club, ours)
    assert eve.id not in club.env.backend.get_thread(ours.id).thread_members
    assert len(asked(club, *CREATIONS)) == 2


async def test_a_direct_message_has_nobody_to_talk_with(club: Club) -> None:
    said = refused(club, await club.ann.user.slash("discuss", title="night train"))
    assert said == sentence("error.server_only")
    card, _ = card_and_trailer(await club.ann.user.slash("film", title="night train"))
    assert "Leave a reply" not in labels(card)
    assert asked(club, *CREATIONS) == []
