"""The film clubs of the demo: two servers with their channels, a member, and an admin of both."""

from dataclasses import dataclass
from typing import Final

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

from bot.client import FilmBot
from bot.demo.marks import keep_marks
from bot.demo.spotlight import set_spotlight
from bot.domain.guilds.settings import Actor

# Members of the club who are there to be asked; nobody visits as one of them.
_OTHERS: Final = ("Mira", "Sam", "Tove", "Ines")
_WELCOME: Final = (
    "Welcome to the club! Type /film and a few letters of a title, say “never sorry”. "
    "Below its card, press *Leave a reply*: that leads to the film's thread. "
    "If you keep the list, type /curate add."
)
_WELCOME_ON_FRIDAY: Final = "A second server, with a list and settings of its own. Try /curate import here."


@dataclass(frozen=True)
class Place:
    """A channel or a thread of its parent, who can see it, and what it is there for.

    In a forum there are only threads to visit.
    """

    channel: ChannelHandle
    viewers: tuple[MemberActor, ...]
    note: str = ""
    is_forum: bool = False
    parent: ChannelHandle | None = None

    def threads(self) -> list["Place"]:
        """Its threads, the newest first; whoever sees the channel sees them."""
        found = sorted(self.channel.threads, key=lambda thread: -thread.id)
        return [Place(thread, self.viewers, parent=self.channel) for thread in found]


@dataclass(frozen=True)
class Visit:
    """A place, seen by one of those who may see it."""

    place: Place
    viewer: MemberActor

    @property
    def ids(self) -> tuple[int, int]:
        """Of the channel and of the member."""
        return self.place.channel.id, self.viewer.id


@dataclass(frozen=True)
class Server:
    """A server with its places."""

    guild: GuildHandle
    places: tuple[Place, ...]


@dataclass(frozen=True)
class World:
    """What there is to visit."""

    env: Env
    servers: tuple[Server, ...]

    def visits(self) -> list[Visit]:
        """Every place one can go to, a channel or a thread, as everybody who sees it."""
        channels = [place for server in self.servers for place in server.places]
        open_ = [each for place in channels for each in (place, *place.threads()) if not each.is_forum]
        return [Visit(place, viewer) for place in open_ for viewer in place.viewers]

    def visit(self, channel_id: int, member_id: int) -> Visit | None:
        """The place with that id as that member, if there is such a one."""
        return next((visit for visit in self.visits() if visit.ids == (channel_id, member_id)), None)


async def build_world(env: Env) -> World:
    """Two clubs as newcomers would find them, and a server to which the bot has just been added: nothing is set yet."""
    assert env.bot.user is not None  # SimCord has logged the bot in
    await env.bot.user.edit(username="Front Row")
    noor, jonas = env.create_user("noor", global_name="Noor"), env.create_user("jonas", global_name="Jonas")
    return World(env, (await _thursday(env, noor, jonas), await _friday(env, noor), _just_added(env, noor)))


async def _thursday(env: Env, noor: UserHandle, jonas: UserHandle) -> Server:
    guild = env.create_guild("Thursday Film Club")
    admins = guild.create_role("Admins", permissions=discord.Permissions(administrator=True), color=0xC8553D)
    member, admin = guild.add_member(jonas), guild.add_member(noor, roles=[admins])
    everyone, own = guild.default_role, guild.roles["Front Row"]
    hidden, seen = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    without_cards = discord.PermissionOverwrite(embed_links=False)
    lobby = guild.create_text_channel("film-club", topic="What shall we watch?")
    forum = guild.create_forum_channel("films")
    curators = guild.create_text_channel("curators", topic="Admins only", overwrites={everyone: hidden, own: seen})
    bare = guild.create_text_channel("after-the-credits", overwrites={own: without_cards})
    weekly = guild.create_text_channel("film-of-the-week", topic="One every Friday")
    await admin.send(lobby, _WELCOME)
    others = [guild.add_member(env.create_user(name.lower(), global_name=name)) for name in _OTHERS]
    if isinstance(env.bot, FilmBot):
        members = tuple(each.id for each in (member, admin, *others))
        await keep_marks(env.bot.services.shelves, guild.id, members, discord.utils.utcnow())
        await env.settle()
        noor_curates = Actor(guild_id=guild.id, member_id=admin.id, name="Noor", manages=True)
        await set_spotlight(env.bot, noor_curates, weekly.id, discord.utils.utcnow())
    return Server(
        guild,
        (
            Place(lobby, (member, admin)),
            Place(forum, (member, admin), "a forum, if you want discussions there", is_forum=True),
            Place(curators, (admin,), "only admins see it"),
            Place(bare, (member, admin), "the bot may not embed links here"),
            Place(weekly, (member, admin), "curators keep it with /club weekly"),
        ),
    )


async def _friday(env: Env, noor: UserHandle) -> Server:
    guild = env.create_guild("Friday Film Club", owner=noor)
    admin = guild.add_member(noor)
    lobby = guild.create_text_channel("screening-room")
    await admin.send(lobby, _WELCOME_ON_FRIDAY)
    return Server(guild, (Place(lobby, (admin,)),))


def _just_added(env: Env, noor: UserHandle) -> Server:
    guild = env.create_guild("Just Added", owner=noor)
    return Server(
        guild, (Place(guild.create_text_channel("general"), (guild.add_member(noor),), "nobody has said a word"),)
    )
