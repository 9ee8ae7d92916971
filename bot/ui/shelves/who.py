"""Who else wants to see a film, and who has seen it and may be asked."""

from typing import Final

import discord

from bot.domain.errors import ServerOnly
from bot.domain.films.films import Film
from bot.ui.films.counts import counts_line
from bot.ui.films.entries import open_button
from bot.ui.kit.blocks import RULE, Line, Row, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import FilmButton
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip, words_for
from bot.ui.shelves.owners import owner_of
from bot.ui.shelves.presence import names_of

_SHOWN: Final = 10
_NAME: Final = 60


class WhoButton(FilmButton, verb="who"):
    """Tells whoever presses."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await show_who(interaction, film)


async def show_who(interaction: Interaction, film: Film) -> None:
    """Name up to ten of each, of those who agreed and are still in the server."""
    guild, owner = interaction.guild, owner_of(interaction)
    if guild is None or owner.is_alone:
        raise ServerOnly
    layout = await run_or_defer(interaction, _told(interaction, film, guild), private=True)
    await reply(interaction, view=layout, private=True)


async def _told(interaction: Interaction, film: Film, guild: discord.Guild) -> Layout:
    words = words_for(interaction.locale)
    club, now = interaction.client.services.club_shelves, discord.utils.utcnow()
    found = await club.interested(guild.id, film.slug)
    wants = await names_of(interaction.client, guild, found.wants, now, _SHOWN)
    seen = await names_of(interaction.client, guild, found.seen, now, _SHOWN)
    counts = await club.counts(guild.id, film.slug)
    told = counts_line(counts, words)
    facts = [Line(words, "page.small", said=told)] if told is not None else []
    lines = [
        *_named("who.wants", [name for _, name in wants], words),
        *_named("who.seen", [name for _, name in seen], words),
    ]
    how = Line(words, "who.how", shelf=Markup(interaction.client.tree.mention("my shelf")))
    return Layout(
        [
            Text(Line(words, "who.title", title=film.title, year=film.year), *facts),
            Text(*(lines or [Line(words, "who.nobody")])),
            Text(how),
            RULE,
            Row(open_button(film, words)),
        ]
    )


def _named(key: str, names: list[str], words: Words) -> list[Line]:
    return [Line(words, key, names=", ".join(clip(name, _NAME) for name in names))] if names else []
