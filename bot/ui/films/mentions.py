"""The films that a message names, for whoever asks about it. What the message says is looked at and forgotten."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.films.films import Film
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.entries import film_entry
from bot.ui.films.message_text import texts_of
from bot.ui.kit.blocks import Line, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import OPTIONS
from bot.ui.kit.pages import listing, page_size
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Words, words_for

_ENTRIES: Final = page_size(buttons=0, menus=1)


async def show_mentioned(interaction: Interaction, message: discord.Message) -> None:
    """List the films that the message names, wherever in it."""
    words = words_for(interaction.locale)
    texts = texts_of(message)
    if not texts:
        await reply(interaction, words("mentions.empty"), private=True)
        return
    work = interaction.client.services.films.mentioned(texts, interaction.guild_id)
    films = await run_or_defer(interaction, work, private=True)
    await reply(interaction, view=mentions_page(films, words), private=True)


def mentions_page(films: Sequence[Film], words: Words) -> Layout:
    """What `show_mentioned` shows: the first films with a button each, the others in a menu.

    What the message says is not kept, so there is nothing to turn pages of.
    """
    title = Line(words, "mentions.title")
    if not films:
        return Layout([Text(title, Line(words, "mentions.none"))])
    shown, others = films[:_ENTRIES], films[_ENTRIES : _ENTRIES + OPTIONS]
    head = Text(title, Line(words, "page.small", said=words.count("page.found", len(shown) + len(others))))
    menu = [FilmSelect(words.plain("mentions.others"), others)] if others else []
    return listing(head, [film_entry(film, words) for film in shown], *menu)
