"""What the bot may not do in a channel is named before it is tried."""

import datetime

import discord
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.ui.kit.text import Markup, english
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, heading, place, posts, sentence
from tests.scenarios.sessions import send
from tests.scenarios.traffic import asked

FILM = "ai-weiwei-never-sorry-2012"
IN_ANY_CHANNEL = ("read_message_history", "send_messages_in_threads")


def deny(club: Club, channel: simcord.ChannelHandle, *names: str) -> None:
    """An admin takes something away from the bot in this channel."""
    denied = discord.Permissions(**dict.fromkeys(names, True)).value
    bot = club.env.backend.bot_user.id
    club.env.backend.set_overwrite(channel.id, Overwrite(bot, OverwriteType.MEMBER, deny=denied))


def put_into_time_out(club: Club) -> datetime.datetime:
    """A moderator has enough of the bot for an hour."""
    until = (discord.utils.utcnow() + datetime.timedelta(hours=1)).replace(microsecond=0)
    backend = club.env.backend
    backend.get_member(club.guild.id, backend.bot_user.id).timed_out_until = until.isoformat()
    send(club, club.guild.id)
    return until


def missing(channel: simcord.ChannelHandle, *names: str) -> str:
    """The sentence that asks an admin for these."""
    shown = Markup(", ".join(f"**{english().plain(f'permission.{name}')}**" for name in names))
    return english().count("error.missing_permissions", len(names), channel=place(channel), permissions=shown)


async def test_a_permission_that_a_text_channel_denies_is_named_and_nothing_tried(club: Club) -> None:
    for name in (*IN_ANY_CHANNEL, "create_public_threads"):
        channel = club.guild.create_text_channel(name)
        deny(club, channel, name)
        result = await club.ann.slash(channel, "discuss", title=FILM)
        assert refused(club, result) == missing(channel, name)
    assert asked(club, "*", "/channels/*") == []


async def test_a_permission_that_a_forum_denies_is_named_and_nothing_tried(club: Club) -> None:
    for name in (*IN_ANY_CHANNEL, "send_messages"):
        forum = club.guild.create_forum_channel(name)
        post = club.env.backend.create_thread(forum.id, "What are you watching?", club.ben.id, broadcast=False)
        club.env.backend.announce_thread_create(post)
        deny(club, forum, name)
        result = await club.ann.slash(forum.threads[0], "discuss", title=FILM)
        assert refused(club, result) == missing(forum, name)
    assert asked(club, "*", "/channels/*") == []


async def test_without_embed_links_the_talk_opens_all_the_same(club: Club) -> None:
    deny(club, club.lobby, "embed_links")
    result = await club.ann.slash(club.lobby, "discuss", title=FILM)
    [thread] = club.lobby.threads
    assert answer(result).content == sentence("thread.ready", thread=place(thread))
    card, *_ = posts(club, thread.id)
    assert heading(card) == "Ai Weiwei: Never Sorry (2012)"


async def test_everything_that_is_missing_is_named_at_once(club: Club) -> None:
    names = ("send_messages_in_threads", "create_public_threads")
    deny(club, club.lobby, *names)
    result = await club.ann.slash(club.lobby, "discuss", title=FILM)
    assert refused(club, result) == missing(club.lobby, *names)


async def test_a_channel_that_the_bot_may_not_see_is_named(club: Club) -> None:
    deny(club, club.lobby, "view_channel")
    result = await club.ann.slash(club.lobby, "discuss", title=FILM)
    said = refused(club, result)
    assert "**View Channel**" in said
    assert club.lobby.mention in said
    assert asked(club, "*", "/channels/*") == []


async def test_a_bot_in_time_out_says_so_and_for_how_long(club: Club) -> None:
    until = put_into_time_out(club)
    said = refused(club, await club.ann.slash(club.lobby, "discuss", title=FILM))
    assert said == sentence("error.timed_out_here", until=Markup(discord.utils.format_dt(until)))
    assert asked(club, "*", "/channels/*") == []


async def test_what_only_the_other_kind_of_channel_needs_is_not_asked_for(club: Club) -> None:
    deny(club, club.lobby, "send_messages")
    said = answer(await club.ann.slash(club.lobby, "discuss", title=FILM))
    assert said.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))


async def test_once_the_admin_has_switched_it_on_the_next_press_opens_the_thread(club: Club) -> None:
    deny(club, club.lobby, "create_public_threads")
    assert refused(club, await club.ann.slash(club.lobby, "discuss", title=FILM))
    deny(club, club.lobby)
    said = answer(await club.ann.slash(club.lobby, "discuss", title=FILM))
    assert said.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))


async def test_what_is_missing_is_named_for_a_thread_that_is_there_already(club: Club) -> None:
    await club.ann.slash(club.lobby, "discuss", title=FILM)
    asked_before = len(asked(club, "*", "/channels/*"))
    deny(club, club.lobby, "send_messages_in_threads")
    elsewhere = club.guild.create_text_channel("elsewhere")
    result = await club.ben.slash(elsewhere, "discuss", title=FILM)
    assert refused(club, result) == missing(club.lobby, "send_messages_in_threads")
    assert len(asked(club, "*", "/channels/*")) == asked_before


async def test_a_member_who_could_not_answer_opens_no_thread(club: Club) -> None:
    silent = discord.Permissions(send_messages_in_threads=True).value
    club.env.backend.set_overwrite(club.lobby.id, Overwrite(club.ann.id, OverwriteType.MEMBER, deny=silent))
    result = await club.ann.slash(club.lobby, "discuss", title=FILM)
    assert refused(club, result) == sentence("error.may_not_write")
    assert club.lobby.threads == []
