"""The checker finds nothing wrong with ordinary discord.py traffic, and something in each broken request."""

import re
from typing import Any, Self

import discord
import pytest
import simcord
from discord import app_commands
from discord.ext import commands
from simcord import HttpLogEntry

from tests.openapi import KNOWN_DIFFERENCES, faults, requires_document

pytestmark = requires_document
NOTHING: list[Any] = []


def _card() -> discord.Embed:
    card = discord.Embed(title="Playtime", description="Glass.", url="https://example.org/", colour=0x336699)
    card.timestamp = discord.utils.utcnow()
    card.set_author(name="Tati", icon_url="https://example.org/tati.png").set_footer(text="1967")
    return card.set_image(url="https://example.org/still.png").add_field(name="Minutes", value="124")


class Note(discord.ui.Modal, title="Your note"):
    """A form of labelled controls."""

    text: discord.ui.Label[Self] = discord.ui.Label(
        text="Note", description="A line", component=discord.ui.TextInput(custom_id="text", max_length=80)
    )
    mood: discord.ui.Label[Self] = discord.ui.Label(
        text="Mood",
        component=discord.ui.Select(
            custom_id="mood", required=False, options=[discord.SelectOption(label="calm", emoji="🌊")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Noted.", ephemeral=True)


class Panel(discord.ui.View):
    """A link, a button that changes its own message, and one that opens the form."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Trailer", url="https://example.org/trailer"))

    @discord.ui.button(label="Seen", emoji="🎬", custom_id="seen", style=discord.ButtonStyle.primary)
    async def seen(self, interaction: discord.Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.edit_message(content="Seen.", view=None)

    @discord.ui.button(label="Note", custom_id="note")
    async def note(self, interaction: discord.Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.send_modal(Note())


class Desk(commands.Cog):
    """Commands that answer in each of the usual ways."""

    @app_commands.command(description="Show a film")
    async def film(self, interaction: discord.Interaction, title: app_commands.Range[str, 1, 100]) -> None:
        await interaction.response.send_message(
            title, embed=_card(), view=Panel(), allowed_mentions=discord.AllowedMentions(users=[interaction.user])
        )
        await interaction.followup.send("https://example.org/trailer", ephemeral=True)

    @film.autocomplete("title")
    async def titles(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}time", value="playtime")]

    @app_commands.command(description="Think, then answer")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def slow(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="Ready.", embed=_card(), view=Panel())


class Usher(commands.Bot):
    """A bot with nothing of Front Row in it, so that what is tested is the checker."""

    def __init__(self) -> None:
        super().__init__("!", intents=discord.Intents.default(), allowed_mentions=discord.AllowedMentions.none())

    async def setup_hook(self) -> None:
        await self.add_cog(Desk())
        await self.tree.sync()


async def _interactions(member: simcord.MemberActor, channel: simcord.ChannelHandle) -> None:
    await member.autocomplete(channel, "film", "title", "Play")
    shown = (await member.slash(channel, "film", title="Playtime")).response
    assert shown is not None
    form = await member.click(shown, custom_id="note")
    await member.submit_modal(form, {"text": "Look at the glass", "mood": ["calm"]})
    await member.click(shown, custom_id="seen")
    await member.slash(channel, "slow")


async def _messages(channel: discord.TextChannel) -> None:
    message = await channel.send("A film", embed=_card(), view=Panel(), nonce="weekly-1", silent=True)
    await message.edit(content="The film", embed=_card())
    await message.reply("Its trailer", file=discord.File(__file__, description="Not a trailer"))


async def _threads(channel: discord.TextChannel, forum: discord.ForumChannel, member_id: int) -> None:
    thread = await channel.create_thread(name="Playtime", type=discord.ChannelType.public_thread)
    await thread.add_user(discord.Object(member_id))
    tag = await forum.create_tag(name="1960s", emoji=discord.PartialEmoji(name="🎬"))
    post, _ = await forum.create_thread(
        name="Playtime", content="Spoilers are welcome.", embed=_card(), view=Panel(), applied_tags=[tag]
    )
    await post.edit(archived=True, locked=True)
    await post.edit(archived=False)


async def _traffic() -> list[HttpLogEntry]:
    bot = Usher()
    async with simcord.run(bot) as env:
        guild = env.create_guild()
        lobby, shelf = guild.create_text_channel("lobby"), guild.create_forum_channel("shelf")
        curators = guild.create_role("curators", permissions=discord.Permissions(manage_guild=True))
        member = guild.add_member(env.create_user("hulot"), roles=[curators])
        await env.settle()
        channel, forum = bot.get_channel(lobby.id), bot.get_channel(shelf.id)
        assert isinstance(channel, discord.TextChannel)
        assert isinstance(forum, discord.ForumChannel)
        await _interactions(member, lobby)
        await _messages(channel)
        await _threads(channel, forum, member.id)
        return list(env.http_requests)


@pytest.mark.asyncio
async def test_ordinary_traffic_is_in_order() -> None:
    traffic = await _traffic()
    with_body = {
        f"{request.method} {re.sub(r'[^/]*[0-9][^/]*', '*', request.path)}"
        for request in traffic
        if request.json is not None
    }
    assert with_body == {
        "PUT /applications/*/commands",
        "POST /interactions/*/*/callback",
        "POST /webhooks/*/*",
        "PATCH /webhooks/*/*/messages/@original",
        "POST /channels/*/messages",
        "PATCH /channels/*/messages/*",
        "POST /channels/*/threads",
        "PATCH /channels/*",
    }
    assert any("/thread-members/" in request.path for request in traffic)
    assert faults(traffic) == []


@pytest.mark.asyncio
async def test_every_known_difference_is_still_met() -> None:
    traffic = await _traffic()
    for difference in KNOWN_DIFFERENCES:
        others = tuple(known for known in KNOWN_DIFFERENCES if known is not difference)
        assert faults(traffic, others), f"no longer needed: {difference.schema} {difference.key}"


def _button(custom_id: str, **rest: object) -> dict[str, object]:
    button = {"type": 2, "style": 1, "label": "Seen", "custom_id": custom_id, **rest}
    return {"components": [{"type": 1, "components": [button]}]}


def _layout(*parts: object) -> dict[str, object]:
    return {"flags": 1 << 15, "components": [{"type": 17, "components": list(parts)}]}


def _section(*texts: str, **rest: object) -> dict[str, object]:
    return {"type": 9, "components": [{"type": 10, "content": text} for text in texts], **rest}


def _thumbnail(**rest: object) -> dict[str, object]:
    return {"type": 11, "media": {"url": "https://example.org/still.png"}, **rest}


def _choices(count: int) -> dict[str, object]:
    return {"type": 8, "data": {"choices": [{"name": f"Film {n}", "value": str(n)} for n in range(count)]}}


MESSAGES = "POST /channels/1/messages"
CALLBACK = "POST /interactions/1/token/callback"


def _request(route: str, body: object) -> HttpLogEntry:
    method, path = route.split(" ")
    return HttpLogEntry(method, path, {}, body, None)


@pytest.mark.parametrize(
    ("route", "body", "expected"),
    [
        (MESSAGES, {"content": 5}, "POST /channels/{channel_id}/messages #/content: 5 is not of type"),
        (MESSAGES, {"embeds": [{"title": 5}]}, "#/embeds/0/title: 5 is not of type"),
        (MESSAGES, {"embeds": [{"titel": "Playtime"}]}, "#/embeds/0: Additional properties"),
        (MESSAGES, _button("x" * 101), "#/components/0/components/0/custom_id:"),
        (MESSAGES, _button("seen", colour="red"), "#/components/0/components/0: Additional properties"),
        (MESSAGES, _layout({"type": 10, "content": ""}), "#/components/0/components/0/content:"),
        (MESSAGES, _layout({"type": 10, "content": "x" * 4001}), "#/components/0/components/0/content:"),
        (MESSAGES, _layout(_section("Playtime")), "#/components/0/components/0: 'accessory' is a required property"),
        (MESSAGES, _layout(_section(*"abcd", accessory=_thumbnail())), "#/components/0/components/0/components:"),
        (
            MESSAGES,
            _layout(_section("a", accessory=_thumbnail(description="x" * 1025))),
            "#/components/0/components/0/accessory/description:",
        ),
        (MESSAGES, _layout({"type": 1, "components": []}), "#/components/0/components/0/components:"),
        (MESSAGES, _layout({"type": 14, "spacing": 3}), "#/components/0/components/0/spacing:"),
        (MESSAGES, {"allowed_mentions": {"users": ["hulot"]}}, "#/allowed_mentions/users/0: 'hulot' does not"),
        (MESSAGES, {"contents": "Playtime"}, "'contents' was unexpected"),
        (CALLBACK, _choices(26), "#/data/choices:"),
        (CALLBACK, {"type": 4, "data": {"contents": "Playtime"}}, "#/data: Additional properties"),
        (CALLBACK, {"type": 99}, "POST /interactions/{interaction_id}/{interaction_token}/callback #"),
        ("POST /webhooks/1/token", {"content": 5}, "POST /webhooks/{webhook_id}/{webhook_token} #/content"),
        ("PATCH /webhooks/1/token/messages/@original", {"tts": True}, "/messages/@original #/tts"),
        (
            "POST /channels/1/threads",
            {"name": "Playtime", "message": {"embeds": [{"title": 5}]}},
            "#/message/embeds/0/title: 5",
        ),
        (
            "POST /channels/1/threads",
            {"name": "Playtime", "message": {"embeds": [{"titel": "Playtime"}]}},
            "#/message/embeds/0: Additional properties",
        ),
        ("PATCH /channels/1", {"archived": "no"}, "#/archived: 'no' is not of type"),
        ("PUT /applications/1/commands", [{"description": "Show"}], "#/0: 'name' is a required property"),
        ("PATCH /guilds/1/members/@me", {"roles": []}, "PATCH /guilds/{guild_id}/members/@me #"),
        ("PUT /channels/1/thread-members/2", {}, "takes no JSON"),
        ("PUT /channels/1/messages", {}, "PUT /channels/1/messages: the document has no such operation"),
        ("POST /channels/1/films", {}, "POST /channels/1/films: the document has no such operation"),
    ],
)
def test_broken_request_is_a_fault(route: str, body: object, expected: str) -> None:
    (fault,) = faults([_request(route, body)])
    assert expected in fault


SOUND: list[tuple[str, object]] = [
    (MESSAGES, _button("x" * 100)),
    (MESSAGES, _layout(_section("a", "b", accessory=_thumbnail(description="x"))) | {"content": None}),
    (CALLBACK, {"type": 4, "data": _layout({"type": 10, "content": "x" * 4000})}),
    (CALLBACK, {"type": 7, "data": _layout({"type": 10, "content": "a"}) | {"content": None, "embeds": []}}),
    (MESSAGES, {"content": None, "sticker_ids": (1, "2")}),
    (CALLBACK, _choices(25)),
    ("PUT /applications/1/commands", NOTHING),
    ("PATCH /guilds/1/members/2", {"roles": NOTHING}),
    ("GET /channels/1/films", None),
]


@pytest.mark.parametrize(("route", "body"), SOUND)
def test_sound_request_has_no_fault(route: str, body: object) -> None:
    assert faults([_request(route, body)]) == []
