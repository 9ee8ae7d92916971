"""The film club of the demo: a server, its channels and two members."""

from dataclasses import dataclass
from typing import Final

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor

_WELCOME: Final = (
    "Welcome to the club! Type /film and a few letters of a title, say “never sorry”. "
    "Below its card, press *Leave a reply*: that leads to the film's thread."
)


@dataclass(frozen=True)
class World:
    """What there is to visit, and who visits it."""

    env: Env
    guild: GuildHandle
    lobby: ChannelHandle
    members: tuple[MemberActor, ...]

    def places(self) -> list[tuple[ChannelHandle, list[ChannelHandle]]]:
        """Every channel with its threads, the newest thread first."""
        forums = [channel for channel in self.guild.channels.values() if channel is not self.lobby]
        channels = [self.lobby, *(channel for channel in forums if channel.id != self.lobby.id)]
        return [(channel, sorted(channel.threads, key=lambda thread: -thread.id)) for channel in channels]

    def place(self, channel_id: int) -> ChannelHandle | None:
        """The channel or thread of that id."""
        every = (place for channel, threads in self.places() for place in (channel, *threads))
        return next((place for place in every if place.id == channel_id), None)


async def build_world(env: Env) -> World:
    """A club as a newcomer would find it."""
    assert env.bot.user is not None  # SimCord has logged the bot in
    await env.bot.user.edit(username="Front Row")
    admin_user, member_user = env.create_user("noor", global_name="Noor"), env.create_user("jonas", global_name="Jonas")
    guild = env.create_guild("Thursday Film Club")
    lobby = guild.create_text_channel("film-club", topic="What shall we watch?")
    guild.create_text_channel("after-the-credits", topic="Talk that belongs to no film")
    admins = guild.create_role("Curators", permissions=discord.Permissions(administrator=True), color=0xC8553D)
    member = guild.add_member(member_user)
    admin = guild.add_member(admin_user, roles=[admins])
    await admin.send(lobby, _WELCOME)
    return World(env, guild, lobby, (member, admin))
