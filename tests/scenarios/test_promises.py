"""What is promised is checked at once: where nothing can be written, and where a chosen channel cannot be used."""

import discord
import pytest
import simcord

from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import labels, place, sentence
from tests.scenarios.settings_forms import change, changed, news
from tests.scenarios.shelf import stocked
from tests.scenarios.staff import manager, take_rights
from tests.scenarios.suggestions import STALKER, bot_of, suggested, waiting
from tests.scenarios.test_discuss_permissions import deny
from tests.scenarios.test_discuss_places import forum_with


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


@pytest.fixture
def mona(club: Club) -> simcord.MemberActor:
    return manager(club)


async def test_a_member_hears_at_once_that_nothing_can_be_told_here_and_the_suggestion_is_kept(club: Club) -> None:
    deny(club, club.lobby, "send_messages")
    told = await suggested(club, **STALKER)
    assert told.content == sentence("suggestion.thanks_untold", name="Stalker", channel=place(club.lobby))
    assert [(kept.name, kept.why) for kept in await waiting(club)] == [("Stalker", STALKER["why"])]


async def test_in_a_thread_the_right_to_write_in_threads_counts(club: Club) -> None:
    await club.ann.slash(club.lobby, "discuss", title="night train")
    [thread] = club.lobby.threads
    deny(club, club.lobby, "send_messages")
    assert (await suggested_in(club, thread)).content == sentence("suggestion.thanks", name="Stalker")
    await club.env.advance_time(31)
    deny(club, club.lobby, "send_messages_in_threads")
    untold = sentence("suggestion.thanks_untold", name="Stalker", channel=place(thread))
    assert (await suggested_in(club, thread)).content == untold


async def suggested_in(club: Club, channel: simcord.ChannelHandle) -> simcord.ResponseMessage:
    shown = (await club.ann.slash(channel, "suggest", **STALKER)).response
    assert shown is not None
    return shown


def lacks(name: str) -> str:
    price = sentence(f"check.without.{name}")
    return sentence("check.lacks", permission=sentence(f"permission.{name}"), without=Markup(price))


@pytest.mark.parametrize(
    ("name", "permission"),
    [
        ("discussion_place", "create_public_threads"),
        ("discussion_place", "send_messages_in_threads"),
        ("discussion_place", "view_channel"),
        ("curators_channel", "send_messages"),
        ("curators_channel", "read_message_history"),
        ("discussion_place", "embed_links"),
        ("curators_channel", "view_channel"),
    ],
)
async def test_a_channel_in_which_it_cannot_work_is_saved_with_a_warning(
    club: Club, mona: simcord.MemberActor, name: str, permission: str
) -> None:
    annex = club.guild.create_text_channel("annex")
    deny(club, annex, permission)
    saved, warning, *lines = news(await changed(club, mona, name, [annex]))
    assert saved == sentence("settings.saved", setting=sentence(f"setting.{name}.label"), value=place(annex))
    assert warning == sentence("settings.does_not_work")
    assert [line for line in lines if line.startswith("❌")] == [lacks(permission)]
    assert bot_of(club).services.guilds.settings(club.guild.id).model_dump()[name] == annex.id


async def test_a_forum_that_wants_a_tag_which_is_not_there_is_warned_of(club: Club, mona: simcord.MemberActor) -> None:
    forum = forum_with(club, reserved="news", demanding=True)
    await club.env.settle()
    said = news(await changed(club, mona, "discussion_place", [forum]))
    assert said[1:] == [sentence("settings.does_not_work"), sentence("check.forum_needs_tag")]


@pytest.mark.parametrize("name", ["discussion_place", "curators_channel"])
async def test_nothing_is_warned_of_where_nothing_is_missing(club: Club, mona: simcord.MemberActor, name: str) -> None:
    assert len(news(await changed(club, mona, name, [club.lobby]))) == 1
    deny(club, club.lobby, "view_channel", "send_messages")
    assert len(news(await changed(club, mona, name, None))) == 1
    assert len(news(await changed(club, mona, "trailer", ["on_request"]))) == 1


async def test_everybody_as_curators_is_asked_twice(club: Club, mona: simcord.MemberActor) -> None:
    everyone = club.guild.default_role
    asked = (await change(club, mona, "curator_role", [everyone])).response
    assert asked is not None
    assert news(asked) == [sentence("settings.everyone")]
    assert curators_of(club) is None
    assert sentence("settings.everyone_yes") in labels(asked)
    done = await mona.click(asked, label=sentence("settings.everyone_yes"))
    assert done.response is not None
    assert sentence("setting.curator_role.label") in news(done.response)[0]
    assert curators_of(club) == club.guild.id


async def test_the_second_answer_is_for_managers_too(club: Club, mona: simcord.MemberActor) -> None:
    asked = (await change(club, mona, "curator_role", [club.guild.default_role])).response
    assert asked is not None
    take_rights(club, mona)
    await mona.click(asked, label=sentence("settings.everyone_yes"))
    assert curators_of(club) is None
    club.env.errors.clear()


async def test_another_role_is_asked_for_once(club: Club, mona: simcord.MemberActor) -> None:
    role = club.guild.create_role("Curators", permissions=discord.Permissions())
    await changed(club, mona, "curator_role", [role])
    assert curators_of(club) == role.id


def curators_of(club: Club) -> int | None:
    return bot_of(club).services.guilds.settings(club.guild.id).curator_role
