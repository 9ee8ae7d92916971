"""A club whose curators have a channel of their own, and what members put forward there."""

import datetime
from typing import Any, Final

import discord
import simcord

from bot.client import FilmBot
from bot.domain.curation.suggestions import Suggestion
from bot.domain.guilds.settings import Actor
from tests.conftest import Club
from tests.scenarios.screen import Message, answer, posts, texts

SOLARIS: Final = {"title": "Solaris", "year": 1972, "why": "The sea looks back.", "trailer": "youtu.be/6-4KydP92ss"}
STALKER: Final = {"title": "Stalker", "why": "Nobody runs."}
# What the entry of Solaris lacks before it can be published.
FINISHED: Final = {"directors": "Andrei Tarkovsky", "synopsis": "A station above a sea that remembers."}


def bot_of(club: Club) -> FilmBot:
    """The bot of the moment, after a restart too."""
    bot = club.env.bot
    assert isinstance(bot, FilmBot)
    return bot


async def desk_of(club: Club) -> simcord.ChannelHandle:
    """The curators' channel, which the server has set."""
    desk = club.guild.create_text_channel("curators")
    await club.env.settle()
    admin = Actor(guild_id=club.guild.id, member_id=1, name="admin", manages=True)
    guilds = bot_of(club).services.guilds
    await guilds.change(admin, {"curators_channel": desk.id}, discord.utils.utcnow())
    return desk


async def suggested(club: Club, who: simcord.MemberActor | None = None, /, **said: Any) -> Message:
    """Put a film forward; the answer is for the member alone."""
    thanks = answer(await (who or club.ann).slash(club.lobby, "suggest", **(said or SOLARIS)))
    assert thanks.ephemeral
    return thanks


async def card_on(club: Club, desk: simcord.ChannelHandle, who: simcord.MemberActor | None = None) -> Message:
    """The card of a film that has just been put forward."""
    await suggested(club, who)
    return posts(club, desk.id)[-1]


def state_of(message: Message) -> str:
    """How far the card says that the suggestion has come."""
    return texts(message)[-1]


def shown_now(club: Club, message: Message) -> Message:
    """The message as it stands by now."""
    return simcord.ResponseMessage(club.env, club.env.backend.get_message(message.channel_id, message.id))


async def waiting(club: Club) -> tuple[Suggestion, ...]:
    """What the curators have not decided on."""
    admin = Actor(guild_id=club.guild.id, member_id=1, name="admin", manages=True)
    return await bot_of(club).services.suggestions.queue(admin)


def minutes_ago(minutes: int) -> datetime.datetime:
    """A moment before now."""
    return discord.utils.utcnow() - datetime.timedelta(minutes=minutes)
