"""One thread for each film, whatever happens at the same time or stops half-way."""

import datetime

import discord
import pytest
import simcord

from bot.app import App
from bot.domain.discussions import CLAIM_LASTS
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.presses import at_once, begin, click
from tests.scenarios.screen import answer, card_and_trailer, picture, place, posts, sentence
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.traffic import CREATIONS, asked

TRAIN = film()
CROWD = 50
OTHER_PROCESS = "0" * 32


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN])


def made_by_hand(club: Club, owner: int, name: str = TRAIN.name) -> simcord.ChannelHandle:
    """A thread that no database knows."""
    thread = club.env.backend.create_thread(club.lobby.id, name, owner)
    return next(handle for handle in club.lobby.threads if handle.id == thread.id)


async def press(club: Club, member: simcord.MemberActor) -> str:
    said = answer(await member.slash(club.lobby, "discuss", title="night train"))
    assert said.ephemeral
    return said.content


def ready(thread: simcord.ChannelHandle) -> str:
    return sentence("thread.ready", thread=place(thread))


def is_furnished(club: Club, thread: simcord.ChannelHandle) -> bool:
    """Whether card, trailer and invitation are there, once each and in this order."""
    card, trailer, invitation = posts(club, thread.id)
    return bool(picture(card)) and "youtube" in trailer.content and sentence("thread.opening") in invitation.content


async def test_fifty_presses_at_once_open_one_thread_for_all_fifty(club: Club) -> None:
    members = [club.guild.add_member(club.env.create_user(f"member{number}")) for number in range(CROWD)]
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))

    results = await at_once(club, [click(club, member, card, "Leave a reply") for member in members])

    [thread] = club.lobby.threads
    assert len(asked(club, *CREATIONS)) == 1
    assert [answer(result).content for result in results] == [ready(thread)] * CROWD
    assert is_furnished(club, thread)
    assert {member.id for member in members} <= set(club.env.backend.get_thread(thread.id).thread_members)


async def test_a_thread_that_was_made_and_never_recorded_is_taken_up(club: Club, restart: Restart) -> None:
    thread = made_by_hand(club, club.env.backend.bot_user.id)
    await restart()
    assert await press(club, club.ann) == ready(thread)
    assert is_furnished(club, thread)
    assert asked(club, *CREATIONS) == []


async def test_an_archived_thread_that_was_never_recorded_is_taken_up_and_reopened(club: Club) -> None:
    thread = made_by_hand(club, club.env.backend.bot_user.id)
    club.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    assert await press(club, club.ann) == ready(thread)
    assert is_furnished(club, thread)
    state = club.env.backend.get_thread(thread.id).thread_metadata
    assert state is not None
    assert not state.archived
    assert asked(club, *CREATIONS) == []


async def test_a_members_thread_of_the_same_name_is_left_alone(club: Club) -> None:
    theirs = made_by_hand(club, club.ben.id)
    said = await press(club, club.ann)
    [ours] = [thread for thread in club.lobby.threads if thread.id != theirs.id]
    assert said == ready(ours)
    assert posts(club, theirs.id) == []


@pytest.mark.parametrize("sent", [0, 1, 2])
async def test_a_process_that_dies_half_way_leaves_a_thread_that_the_next_press_completes(
    club: Club, app: App, restart: Restart, sent: int
) -> None:
    club.env.inject_error("POST", "/channels/*/messages", status=500, times=None)
    assert refused(club, await club.ann.slash(club.lobby, "discuss", title="night train"))
    club.env.backend.faults.clear()
    await press(club, club.ann)
    [thread] = club.lobby.threads
    for message in posts(club, thread.id)[sent:]:
        club.env.backend.delete_message(thread.id, message.id)
    # What is on record then: a claim that nobody gives back.
    discussions = app.bot.services.discussions
    found = await discussions.find(club.guild.id, TRAIN.slug)
    assert found is not None
    await discussions.forget(found)
    long_ago = discord.utils.utcnow() - CLAIM_LASTS - datetime.timedelta(seconds=1)
    assert await discussions.claim(club.guild.id, TRAIN.slug, OTHER_PROCESS, long_ago)
    await restart()

    assert await press(club, club.ben) == ready(thread)
    assert is_furnished(club, thread)
    assert len(club.lobby.threads) == 1


async def test_while_another_process_opens_the_thread_a_press_waits_for_it(club: Club, app: App) -> None:
    discussions = app.bot.services.discussions
    claim = await discussions.claim(club.guild.id, TRAIN.slug, OTHER_PROCESS, discord.utils.utcnow())
    assert claim is not None
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))
    [result] = begin(club, [click(club, club.ben, card, "Leave a reply")])
    await club.env.advance_time(2)
    assert result.deferred
    thread = made_by_hand(club, club.env.backend.bot_user.id)
    assert await discussions.record(claim, thread.id)
    await club.env.advance_time(2)
    assert answer(result).content == ready(thread)
    assert asked(club, *CREATIONS) == []


async def test_a_press_does_not_wait_for_ever(club: Club, app: App) -> None:
    discussions = app.bot.services.discussions
    # A clock that runs ahead in the other process: its claim holds longer than anybody waits.
    later = discord.utils.utcnow() + CLAIM_LASTS
    assert await discussions.claim(club.guild.id, TRAIN.slug, OTHER_PROCESS, later)
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))
    [result] = begin(club, [click(club, club.ben, card, "Leave a reply")])
    await club.env.advance_time(20)
    assert refused(club, result) == sentence("error.discussion_busy")
    assert asked(club, *CREATIONS) == []
