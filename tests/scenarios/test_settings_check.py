"""/settings check: what works is ticked; what is missing has a cross, its price, and the place to switch it on."""

from typing import NamedTuple

import discord
import pytest
import simcord
from simcord.backend import serializers

from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import Message, answer, beside, place, sentence, text, texts
from tests.scenarios.settings_forms import changed, news
from tests.scenarios.shelf import stocked
from tests.scenarios.staff import manager, take_rights
from tests.scenarios.test_discuss_permissions import deny, put_into_time_out
from tests.scenarios.test_discuss_places import forum_with
from tests.ui.kit.test_bot_limits import sent
from tests.ui.messages import refusals

# In the order in which they are named.
FOR_THREADS = (
    *("view_channel", "read_message_history", "send_messages_in_threads", "create_public_threads"),
    "embed_links",
)
FOR_CURATORS = ("view_channel", "send_messages", "read_message_history")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


@pytest.fixture
def mona(club: Club) -> simcord.MemberActor:
    return manager(club)


class Report(NamedTuple):
    """What the doctor says: in short, and line by line what does not work and what does, by its heading."""

    said: str
    faulty: dict[str, list[str]]
    works: dict[str, list[str]]
    message: Message


async def checked(club: Club, mona: simcord.MemberActor, where: simcord.ChannelHandle | None = None) -> Report:
    message = answer(await mona.slash(where or club.lobby, "settings check"))
    assert message.ephemeral
    assert refusals(sent([message])[0]) == []
    return read(message)


def read(message: Message) -> Report:
    head, *others = texts(message)
    title, said = head.splitlines()
    assert title == sentence("check.title")
    groups: dict[str, dict[str, list[str]]] = {sentence("check.faulty"): {}, sentence("check.works"): {}}
    group: dict[str, list[str]] = {}
    for each in others:
        if each in groups:
            group = groups[each]
        else:
            heading, *lines = each.splitlines()
            group[heading] = lines
    faulty, works = groups.values()
    return Report(said, faulty, works, message)


def about(key: str, channel: simcord.ChannelHandle | None = None) -> str:
    heading = Markup(sentence(f"check.{key}"))
    if channel is None:
        return sentence("check.heading", heading=heading)
    return sentence("check.heading_in", heading=heading, channel=place(channel))


def has(*names: str) -> str:
    return sentence("check.has", permissions=Markup(", ".join(sentence(f"permission.{name}") for name in names)))


def lacks(name: str) -> str:
    price = sentence(f"check.without.{name}")
    return sentence("check.lacks", permission=sentence(f"permission.{name}"), without=Markup(price))


def mend(club: Club) -> str:
    assert club.guild.me is not None
    return sentence("check.switch_on", role=Markup(club.guild.me.mention))


async def test_where_nothing_is_missing_everything_works(club: Club, mona: simcord.MemberActor) -> None:
    found = await checked(club, mona)
    assert found.said == sentence("check.healthy")
    assert found.faulty == {}
    assert list(found.works) == [about("discussions", club.lobby), about("curators_channel"), about("curators")]
    assert found.works[about("discussions", club.lobby)][0] == has(*FOR_THREADS)
    assert "❌" not in text(found.message)
    assert sentence("check.faulty") not in texts(found.message)


@pytest.mark.parametrize("name", FOR_THREADS[1:])
async def test_what_is_missing_here_comes_first_with_its_price_and_where_to_mend_it(
    club: Club, mona: simcord.MemberActor, name: str
) -> None:
    deny(club, club.lobby, name)
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.one", n=1)
    assert found.faulty == {about("discussions", club.lobby): [lacks(name), mend(club)]}
    assert found.works[about("discussions", club.lobby)][0] == has(*(each for each in FOR_THREADS if each != name))
    every = texts(found.message)
    assert every.index(sentence("check.faulty")) < every.index(sentence("check.works"))


async def test_embed_links_is_needed_for_nothing_but_trailers(club: Club, mona: simcord.MemberActor) -> None:
    deny(club, club.lobby, "embed_links")
    [said] = (await checked(club, mona)).faulty.values()
    assert "trailer" in said[0]
    assert "Everything else works" in said[0]


@pytest.mark.parametrize("name", [*FOR_THREADS[1:3], "embed_links", "send_messages"])
async def test_what_is_missing_in_the_chosen_forum_can_be_mended_by_another_choice(
    club: Club, mona: simcord.MemberActor, name: str
) -> None:
    forum = forum_with(club)
    await changed(club, mona, "discussion_place", [forum])
    deny(club, forum, name)
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.one", n=1)
    assert found.faulty == {about("discussions", forum): [lacks(name), mend(club)]}
    form = await mona.click(found.message, custom_id="settings:change:discussion_place")
    done = await mona.submit_modal(form, {"value": [club.lobby]})
    assert done.response is not None
    assert done.response.id == found.message.id
    assert news(done.response)[0].startswith("✅ Saved.")


async def test_a_time_out_stands_before_all_that_it_takes_away(club: Club, mona: simcord.MemberActor) -> None:
    until = put_into_time_out(club)
    found = await checked(club, mona)
    assert next(iter(found.faulty)) == about("time_out")
    line = sentence("check.timed_out", until=Markup(discord.utils.format_dt(until)))
    assert found.faulty[about("time_out")] == [line]


async def test_a_hidden_channel_is_one_fault_since_nothing_else_can_be_known(
    club: Club, mona: simcord.MemberActor
) -> None:
    forum = forum_with(club)
    await changed(club, mona, "discussion_place", [forum])
    deny(club, forum, "view_channel")
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.one", n=1)
    assert found.faulty == {about("discussions", forum): [lacks("view_channel"), mend(club)]}
    assert about("discussions", forum) not in found.works


async def test_all_that_is_missing_everywhere_is_counted_and_fits(club: Club, mona: simcord.MemberActor) -> None:
    talk = club.guild.create_text_channel("t" * 100)
    await changed(club, mona, "discussion_place", [talk])
    await changed(club, mona, "curators_channel", [talk])
    deny(club, talk, "read_message_history", "embed_links", "send_messages_in_threads", "create_public_threads")
    deny(club, club.lobby, "embed_links")
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.other", n=6)
    assert str(found.faulty).count("❌") == 6
    assert found.faulty[about("here", club.lobby)] == [lacks("embed_links"), mend(club)]


@pytest.mark.parametrize("name", FOR_CURATORS[1:])
async def test_what_is_missing_in_the_curators_channel(club: Club, mona: simcord.MemberActor, name: str) -> None:
    desk = club.guild.create_text_channel("desk")
    await changed(club, mona, "curators_channel", [desk])
    heading = about("curators_channel", desk)
    assert (await checked(club, mona)).works[heading] == [has(*FOR_CURATORS)]
    deny(club, desk, name)
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.one", n=1)
    assert lacks(name) in found.faulty[heading]


async def test_what_was_switched_on_works_when_it_is_checked_again_in_place(
    club: Club, mona: simcord.MemberActor
) -> None:
    deny(club, club.lobby, "create_public_threads")
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.one", n=1)
    deny(club, club.lobby)
    again = await mona.click(found.message, label=sentence("check.again"))
    assert again.response is not None
    assert again.response.id == found.message.id
    assert read(again.response).said == sentence("check.healthy")


async def test_whom_the_right_was_taken_from_checks_nothing_again(club: Club, mona: simcord.MemberActor) -> None:
    found = await checked(club, mona)
    take_rights(club, mona)
    again = await mona.click(found.message, label=sentence("check.again"))
    assert refused(club, again) == sentence("error.managers_only")


async def test_what_was_chosen_and_is_gone_can_be_chosen_anew_there(club: Club, mona: simcord.MemberActor) -> None:
    talk, role = club.guild.create_text_channel("talk"), club.guild.create_role("Curators")
    for name in ("discussion_place", "curators_channel"):
        await changed(club, mona, name, [talk])
    await changed(club, mona, "curator_role", [role])
    club.env.backend.delete_channel(talk.id)
    club.env.backend.delete_role(club.guild.id, role.id)
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.other", n=3)
    assert list(found.faulty) == [about(heading) for heading in ("discussions", "curators_channel", "curators")]
    assert all("</settings show:" in line for [line] in found.faulty.values())
    for name in ("discussion_place", "curators_channel", "curator_role"):
        assert "❌" in beside(found.message, f"settings:change:{name}")


async def test_the_curators_role_works_and_the_way_to_their_commands_is_told(
    club: Club, mona: simcord.MemberActor
) -> None:
    role = club.guild.create_role("Curators")
    await changed(club, mona, "curator_role", [role])
    mention = Markup(role.mention)
    lines = (await checked(club, mona)).works[about("curators")]
    assert lines == [sentence("check.has_role", role=mention), sentence("check.integrations", role=mention)]


async def test_in_a_thread_the_channel_counts_that_it_hangs_in(club: Club, mona: simcord.MemberActor) -> None:
    await club.ann.slash(club.lobby, "discuss", title="night train")
    [thread] = club.lobby.threads
    deny(club, club.lobby, "create_public_threads")
    assert list((await checked(club, mona, thread)).faulty) == [about("discussions", club.lobby)]


async def test_a_channel_without_threads_has_a_cross_unless_a_place_is_chosen(
    club: Club, mona: simcord.MemberActor
) -> None:
    voice = club.guild.create_voice_channel("voice")
    found = await checked(club, mona, voice)
    assert found.said == sentence("check.faults.one", n=1)
    assert found.faulty[about("discussions")][0].startswith("❌ This channel has no threads.")
    await changed(club, mona, "discussion_place", [club.lobby])
    assert (await checked(club, mona, voice)).said == sentence("check.healthy")


async def test_a_forum_that_demands_a_tag_and_has_none_has_a_cross(club: Club, mona: simcord.MemberActor) -> None:
    forum = forum_with(club, reserved="Official", demanding=True)
    await changed(club, mona, "discussion_place", [forum])
    found = await checked(club, mona)
    assert found.said == sentence("check.faults.one", n=1)
    assert found.faulty == {about("discussions", forum): [sentence("check.forum_needs_tag")]}
    channel = club.env.backend.get_channel(forum.id)
    channel.available_tags.append({"id": "7", "name": "Talk", "moderated": False, "emoji_id": None, "emoji_name": None})
    payload = {**serializers.channel_payload(club.env.backend, channel), "flags": 1 << 4}
    club.env.backend.emit("CHANNEL_UPDATE", payload)
    assert (await checked(club, mona)).said == sentence("check.healthy")
