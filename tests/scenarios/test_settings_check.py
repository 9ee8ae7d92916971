"""/settings check: what works is ticked; what is missing has a cross, its price, and the place to switch it on."""

import discord
import pytest
import simcord
from simcord.backend import serializers

from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import answer, sentence
from tests.scenarios.settings_forms import changed
from tests.scenarios.shelf import stocked
from tests.scenarios.staff import manager
from tests.scenarios.test_discuss_permissions import deny, put_into_time_out
from tests.scenarios.test_discuss_places import forum_with
from tests.ui.kit.test_bot_limits import sent
from tests.ui.messages import refusals

FOR_THREADS = ("view_channel", "read_message_history", "send_messages_in_threads")
FOR_CURATORS = ("view_channel", "send_messages", "embed_links", "read_message_history")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


@pytest.fixture
def mona(club: Club) -> simcord.MemberActor:
    return manager(club)


async def checked(
    club: Club, member: simcord.MemberActor, channel: simcord.ChannelHandle | None = None
) -> tuple[str, dict[str, list[str]]]:
    """What is said of all, and the lines under each heading."""
    message = answer(await member.slash(channel or club.lobby, "settings check"))
    assert message.ephemeral
    [shown] = sent([message])
    assert refusals(shown) == []
    [embed] = message.embeds
    return str(embed.description), {str(field.name): str(field.value).splitlines() for field in embed.fields}


def has(name: str) -> str:
    return sentence("check.has", permission=sentence(f"permission.{name}"))


def lacks(name: str) -> str:
    price = sentence(f"check.without.{name}")
    return sentence("check.lacks", permission=sentence(f"permission.{name}"), without=Markup(price))


def mend(club: Club) -> str:
    assert club.guild.me is not None
    return sentence("check.switch_on", role=Markup(club.guild.me.mention))


async def test_where_nothing_is_missing_everything_is_ticked(club: Club, mona: simcord.MemberActor) -> None:
    said, found = await checked(club, mona)
    assert said == sentence("check.healthy")
    assert list(found) == [sentence(f"check.{heading}") for heading in ("discussions", "curators_channel", "curators")]
    lines = found[sentence("check.discussions")]
    assert lines[:-1] == [club.lobby.mention, *map(has, FOR_THREADS), has("create_public_threads")]
    assert "❌" not in str(found)


@pytest.mark.parametrize("name", [*FOR_THREADS[1:], "create_public_threads"])
async def test_what_is_missing_here_has_a_cross(club: Club, mona: simcord.MemberActor, name: str) -> None:
    deny(club, club.lobby, name)
    said, found = await checked(club, mona)
    assert said == sentence("check.faults.one", n=1)
    lines = found[sentence("check.discussions")]
    others = {*FOR_THREADS, "create_public_threads"} - {name}
    assert {lacks(name), mend(club), *map(has, others)} <= set(lines)
    assert has(name) not in lines


@pytest.mark.parametrize("name", [*FOR_THREADS[1:], "send_messages"])
async def test_what_is_missing_in_the_chosen_forum_has_a_cross(
    club: Club, mona: simcord.MemberActor, name: str
) -> None:
    forum = forum_with(club)
    await changed(club, mona, "discussion_place", [forum])
    deny(club, forum, name)
    said, found = await checked(club, mona)
    assert said == sentence("check.faults.one", n=1)
    lines = found[sentence("check.discussions")]
    assert lines[0] == forum.mention
    assert lacks(name) in lines
    assert mend(club) in lines


async def test_a_time_out_stands_before_all_that_it_takes_away(club: Club, mona: simcord.MemberActor) -> None:
    until = put_into_time_out(club)
    _, found = await checked(club, mona)
    assert next(iter(found)) == sentence("check.time_out")
    [line] = found[sentence("check.time_out")]
    assert line == sentence("check.timed_out", until=Markup(discord.utils.format_dt(until)))


async def test_a_hidden_channel_is_one_cross_since_nothing_else_can_be_known(
    club: Club, mona: simcord.MemberActor
) -> None:
    forum = forum_with(club)
    await changed(club, mona, "discussion_place", [forum])
    deny(club, forum, "view_channel")
    said, found = await checked(club, mona)
    assert said == sentence("check.faults.one", n=1)
    assert found[sentence("check.discussions")] == [forum.mention, lacks("view_channel"), mend(club)]


async def test_all_that_is_missing_everywhere_is_counted_and_fits(club: Club, mona: simcord.MemberActor) -> None:
    talk = club.guild.create_text_channel("t" * 100)
    await changed(club, mona, "discussion_place", [talk])
    await changed(club, mona, "curators_channel", [talk])
    deny(club, talk, "read_message_history", "embed_links", "send_messages_in_threads", "create_public_threads")
    deny(club, club.lobby, "embed_links")
    said, found = await checked(club, mona)
    assert said == sentence("check.faults.other", n=6)
    assert str(found).count("❌") == 6
    assert lacks("embed_links") in found[sentence("check.here")]


@pytest.mark.parametrize("name", FOR_CURATORS[1:])
async def test_what_is_missing_in_the_curators_channel_has_a_cross(
    club: Club, mona: simcord.MemberActor, name: str
) -> None:
    desk = club.guild.create_text_channel("desk")
    await changed(club, mona, "curators_channel", [desk])
    assert (await checked(club, mona))[1][sentence("check.curators_channel")] == [desk.mention, *map(has, FOR_CURATORS)]
    deny(club, desk, name)
    said, found = await checked(club, mona)
    assert said == sentence("check.faults.one", n=1)
    assert lacks(name) in found[sentence("check.curators_channel")]


async def test_what_was_switched_on_is_ticked_the_next_time(club: Club, mona: simcord.MemberActor) -> None:
    deny(club, club.lobby, "create_public_threads")
    assert (await checked(club, mona))[0] == sentence("check.faults.one", n=1)
    deny(club, club.lobby)
    assert (await checked(club, mona))[0] == sentence("check.healthy")


async def test_what_was_chosen_and_is_gone_has_a_cross(club: Club, mona: simcord.MemberActor) -> None:
    talk, role = club.guild.create_text_channel("talk"), club.guild.create_role("Curators")
    for name in ("discussion_place", "curators_channel"):
        await changed(club, mona, name, [talk])
    await changed(club, mona, "curator_role", [role])
    club.env.backend.delete_channel(talk.id)
    club.env.backend.delete_role(club.guild.id, role.id)
    said, found = await checked(club, mona)
    assert said == sentence("check.faults.other", n=3)
    for heading in ("discussions", "curators_channel", "curators"):
        assert len(found[sentence(f"check.{heading}")]) == 1
        assert "</settings show:" in found[sentence(f"check.{heading}")][0]


async def test_the_curators_role_is_ticked_and_the_way_to_their_commands_told(
    club: Club, mona: simcord.MemberActor
) -> None:
    role = club.guild.create_role("Curators")
    await changed(club, mona, "curator_role", [role])
    lines = (await checked(club, mona))[1][sentence("check.curators")]
    mention = Markup(role.mention)
    assert lines == [sentence("check.has_role", role=mention), sentence("check.integrations", role=mention)]


async def test_in_a_thread_the_channel_counts_that_it_hangs_in(club: Club, mona: simcord.MemberActor) -> None:
    await club.ann.slash(club.lobby, "discuss", title="night train")
    [thread] = club.lobby.threads
    deny(club, club.lobby, "create_public_threads")
    assert (await checked(club, mona, thread))[1][sentence("check.discussions")][0] == club.lobby.mention


async def test_a_channel_without_threads_has_a_cross_unless_a_place_is_chosen(
    club: Club, mona: simcord.MemberActor
) -> None:
    voice = club.guild.create_voice_channel("voice")
    said, found = await checked(club, mona, voice)
    assert said == sentence("check.faults.one", n=1)
    assert found[sentence("check.discussions")][0].startswith("❌ This channel has no threads.")
    await changed(club, mona, "discussion_place", [club.lobby])
    assert (await checked(club, mona, voice))[0] == sentence("check.healthy")


async def test_a_forum_that_demands_a_tag_and_has_none_has_a_cross(club: Club, mona: simcord.MemberActor) -> None:
    forum = forum_with(club, reserved="Official", demanding=True)
    await changed(club, mona, "discussion_place", [forum])
    said, found = await checked(club, mona)
    assert said == sentence("check.faults.one", n=1)
    assert sentence("check.forum_needs_tag") in found[sentence("check.discussions")]
    channel = club.env.backend.get_channel(forum.id)
    channel.available_tags.append({"id": "7", "name": "Talk", "moderated": False, "emoji_id": None, "emoji_name": None})
    payload = {**serializers.channel_payload(club.env.backend, channel), "flags": 1 << 4}
    club.env.backend.emit("CHANNEL_UPDATE", payload)
    assert (await checked(club, mona))[0] == sentence("check.healthy")
