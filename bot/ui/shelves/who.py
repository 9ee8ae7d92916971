"""Who else wants to see a film, and who has seen it and may be asked."""

from typing import Final

import discord

from bot.domain.errors import ServerOnly
from bot.domain.films.films import Film
from bot.ui.films.card import ACCENT
from bot.ui.films.counts import counts_line
from bot.ui.kit.persistent import FilmButton
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip, clip_plain_name, joined, plain, words_for
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
    embed = await run_or_defer(interaction, _told(interaction, film, guild), private=True)
    await reply(interaction, embed=embed, private=True)


async def _told(interaction: Interaction, film: Film, guild: discord.Guild) -> discord.Embed:
    words = words_for(interaction.locale)
    club, now = interaction.client.services.club_shelves, discord.utils.utcnow()
    found = await club.interested(guild.id, film.slug)
    wants = await names_of(interaction.client, guild, found.wants, now, _SHOWN)
    seen = await names_of(interaction.client, guild, found.seen, now, _SHOWN)
    counts = await club.counts(guild.id, film.slug)
    lines = [
        _named("who.wants", [name for _, name in wants], words),
        _named("who.seen", [name for _, name in seen], words),
    ]
    lines = [line for line in lines if line] or [words("who.nobody")]
    if (told := counts_line(counts, words)) is not None:
        lines.insert(0, told)
    lines.append(words("who.how", shelf=Markup(interaction.client.tree.mention("my shelf"))))
    title = words("who.title", name=clip_plain_name(film.title, film.year, 200))
    return discord.Embed(title=title, description=joined(lines, "\n\n", 4000), colour=ACCENT)


def _named(key: str, names: list[str], words: Words) -> Markup:
    if not names:
        return Markup("")
    told = joined([plain(clip(name, _NAME)) for name in names], ", ", 1200)
    return words(key, names=told)
