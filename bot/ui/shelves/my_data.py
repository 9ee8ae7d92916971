"""What is kept of a member in every server: shown, handed over, and erased where they say so twice."""

import io
from collections.abc import Mapping
from typing import Final

import discord

from bot.client import FilmBot
from bot.domain.guilds.departures import confirmation
from bot.domain.shelves.marks import ALONE
from bot.services.member_data import Member, MemberRecords
from bot.ui.kit.blocks import Attached, Fixed, Line, Row, Text, said
from bot.ui.kit.forms import Form, show_form, text_part
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer, words_to
from bot.ui.kit.text import Words, clip, isolated, words_for
from bot.ui.shelves import presence
from bot.ui.shelves.review_posts import remove_due_posts

_NAME: Final = "name"
_HELP: Final = 100
_SERVERS: Final = 5  # as many as can say the most that there is
_FILE: Final = "front-row-my-data.json"


class EraseMeButton(PersistentButton, template="my:erase"):
    """Opens the form."""

    def __init__(self, label: str = "-") -> None:
        style = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=label, custom_id="my:erase", style=style))

    async def press(self, interaction: Interaction) -> None:
        words = words_for(interaction.locale)
        name = isolated(clip(_to_type(interaction), _HELP - 2))
        typed = text_part(_NAME, words.plain("my_erase.label"), name, required=True)
        await show_form(interaction, "my:erase", words.plain("my_erase.title"), [typed])


class EraseMeForm(Form):
    """Erases, if the name is right."""

    template = "my:erase"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        await claim(interaction, in_place=True)
        client, now = interaction.client, discord.utils.utcnow()
        former = words_to(interaction, private=False).plain("member.former")
        work = client.services.member_data.erase(_member(interaction), typed.get(_NAME, ""), former, now)
        await run_or_defer(interaction, work, private=True)
        presence.forget(client, interaction.user.id)
        await edit_or_reply(interaction, words_for(interaction.locale)("my_erase.done"))
        await remove_due_posts(client, now)


async def show_data(interaction: Interaction) -> None:
    """All that is kept, as a page and as a file."""
    words = words_for(interaction.locale)
    work = interaction.client.services.member_data.of(interaction.user.id)
    records = await run_or_defer(interaction, work, private=True)
    if not records.counts:
        await reply(interaction, words("my_data.nothing"), private=True)
        return
    file = discord.File(io.BytesIO(records.file), _FILE)
    await reply(interaction, view=data_layout(records, interaction.client, words), file=file, private=True)


async def explain_erasing(interaction: Interaction) -> None:
    """Tell what would go, and what would not."""
    words = words_for(interaction.locale)
    heading = Fixed(words("my_data.heading", title=words("my_erase.title")))
    what = Line(words, "my_erase.what", name=_to_type(interaction))
    erase = EraseMeButton(words.plain("my_erase.button"))
    await reply(interaction, view=Layout([Text(heading, what), Row(erase)]), private=True)


def data_layout(records: MemberRecords, client: FilmBot, words: Words) -> Layout:
    """How much there is of each sort, server by server."""
    heading = words("my_data.heading", title=words("my_data.title"))
    servers = sorted(records.counts.items())
    return Layout(
        [
            Text(Fixed(heading), Fixed(words("my_data.intro"))),
            *(_server(guild_id, counts, client, words) for guild_id, counts in servers[:_SERVERS]),
            *([said(words("my_data.more"))] if len(servers) > _SERVERS else []),
            Attached(_FILE),
            Row(EraseMeButton(words.plain("my_erase.button"))),
        ]
    )


def _server(guild_id: int, counts: Mapping[str, int], client: FilmBot, words: Words) -> Text:
    guild = client.get_guild(guild_id)
    key = "my_data.alone" if guild_id == ALONE else "my_data.gone_server"
    name = guild.name if guild else words(key)
    lines = (Fixed(words("my_data.count", what=words(f"member_data.{noun}", n=n))) for noun, n in counts.items())
    return Text(Line(words, "my_data.server", name=name), *lines)


def _member(interaction: Interaction) -> Member:
    user = interaction.user
    return Member(user.id, user.name, frozenset(filter(None, (user.display_name, user.global_name))))


def _to_type(interaction: Interaction) -> str:
    return confirmation(interaction.user.id, interaction.user.name)
