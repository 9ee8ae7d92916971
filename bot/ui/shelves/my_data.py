"""What is kept of a member in every server: shown, handed over, and erased where they say so twice."""

import io
from collections.abc import Mapping
from typing import Final

import discord

from bot.client import FilmBot
from bot.domain.guilds.departures import confirmation
from bot.domain.shelves.marks import ALONE
from bot.services.member_data import Member, MemberRecords
from bot.ui.films.card import ACCENT
from bot.ui.kit.forms import Form, show_form, text_part
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer, words_to
from bot.ui.kit.text import Markup, Words, clip, clip_plain, isolated, joined, words_for
from bot.ui.shelves import presence
from bot.ui.shelves.review_posts import remove_due_posts

_NAME: Final = "name"
_HELP: Final = 100
_SERVERS: Final = 25


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
    file = discord.File(io.BytesIO(records.file), "front-row-my-data.json")
    view = view_of(EraseMeButton(words.plain("my_erase.button")))
    embed = data_embed(records, interaction.client, words)
    await reply(interaction, embed=embed, view=view, file=file, private=True)


async def explain_erasing(interaction: Interaction) -> None:
    """Tell what would go, and what would not."""
    words = words_for(interaction.locale)
    what = words("my_erase.what", name=clip_plain(_to_type(interaction), 400))
    embed = discord.Embed(title=words("my_erase.title"), description=what, colour=ACCENT)
    await reply(interaction, embed=embed, view=view_of(EraseMeButton(words.plain("my_erase.button"))), private=True)


def data_embed(records: MemberRecords, client: FilmBot, words: Words) -> discord.Embed:
    """How much there is of each sort, server by server."""
    embed = discord.Embed(title=words("my_data.title"), description=words("my_data.intro"), colour=ACCENT)
    for guild_id, counts in sorted(records.counts.items())[:_SERVERS]:
        guild = client.get_guild(guild_id)
        name = words("my_data.alone") if guild_id == ALONE else guild.name if guild else words("my_data.gone_server")
        lines = [words(f"member_data.{noun}", n=number) for noun, number in counts.items()]
        embed.add_field(name=Markup(clip_plain(name, 200)), value=joined(lines, "\n", 1000), inline=False)
    if len(records.counts) > _SERVERS:
        embed.set_footer(text=words.plain("my_data.more"))
    return embed


def _member(interaction: Interaction) -> Member:
    user = interaction.user
    return Member(user.id, user.name, frozenset(filter(None, (user.display_name, user.global_name))))


def _to_type(interaction: Interaction) -> str:
    return confirmation(interaction.user.id, interaction.user.name)
