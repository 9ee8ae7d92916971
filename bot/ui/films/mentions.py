"""The films that a message names, for whoever asks about it. What the message says is looked at and forgotten."""

import discord

from bot.domain.films.films import Film
from bot.ui.films.buttons import FilmSelect
from bot.ui.films.card import ACCENT, film_line
from bot.ui.films.message_text import texts_of
from bot.ui.kit.limits import OPTIONS
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Words, joined, words_for


async def show_mentioned(interaction: Interaction, message: discord.Message) -> None:
    """List the films that the message names, wherever in it, with a menu to open one."""
    words = words_for(interaction.locale)
    texts = texts_of(message)
    if not texts:
        await reply(interaction, words("mentions.empty"), private=True)
        return
    work = interaction.client.services.films.mentioned(texts, interaction.guild_id)
    films = await run_or_defer(interaction, work, private=True)
    if not films:
        await reply(interaction, words("mentions.none"), private=True)
        return
    embed, view = mentions_screen(films[:OPTIONS], words)
    await reply(interaction, embed=embed, view=view, private=True)


def mentions_screen(films: tuple[Film, ...], words: Words) -> tuple[discord.Embed, discord.ui.View]:
    """What `show_mentioned` shows of up to 25 films."""
    lines = [film_line(film, words, 160) for film in films]
    embed = discord.Embed(title=words.plain("mentions.title"), description=joined(lines, "\n", 4090), colour=ACCENT)
    embed.set_footer(text=words.count("page.found", len(films)))
    return embed, view_of(FilmSelect(words.plain("button.choose_film"), films))
