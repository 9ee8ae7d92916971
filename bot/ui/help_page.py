"""The pages behind /help and /about."""

from typing import Final

import discord

from bot.client import CommandTree
from bot.services import Services
from bot.ui.film_card import ACCENT
from bot.ui.text import Markup, Words, clip_plain

# Headings and the commands below them; a command's sentence is the last part of its name.
_SECTIONS: Final = (
    ("help.lookup", ("film", "synopsis", "trailer")),
    ("help.around", ("films browse", "films search", "films random")),
    ("help.talk", ("discuss",)),
    ("help.bring", ("suggest",)),
    ("help.more", ("about",)),
)
# Only those who may use these see them.
_CURATORS: Final = (
    "help.curators",
    (
        "curate add",
        "curate drafts",
        "curate edit",
        "curate remove",
        "curate restore",
        "curate hide",
        "curate unhide",
        "curate reset",
        "curate suggestions",
        "curate history",
        "curate import",
        "curate export",
    ),
)


def help_embed(tree: CommandTree, words: Words, *, curates: bool) -> discord.Embed:
    """Every command as something to press, and what it does; `curates` adds what curators can do."""
    lines = [words("help.intro")]
    for heading, names in (*_SECTIONS, _CURATORS) if curates else _SECTIONS:
        lines += [Markup(""), words(heading)]
        for name in names:
            what = words(f"help.{name.rpartition(' ')[2]}")
            lines.append(words("help.line", command=Markup(tree.mention(name)), what=what))
    embed = discord.Embed(title=words("help.title"), description="\n".join(lines), colour=ACCENT)
    return embed.set_footer(text=words.plain("help.footer"))


def about_embed(services: Services, guild_id: int | None, words: Words) -> discord.Embed:
    """Who runs the bot, and what it knows about people."""
    about = services.about
    films = words.count("page.found", len(services.films.seen_in(guild_id).films))
    embed = discord.Embed(title=words("about.title"), description=words("about.what"), colour=ACCENT)
    for key, value in (("run_by", about.run_by), ("contact", about.contact), ("version", about.version)):
        if value:
            embed.add_field(name=words(f"about.{key}"), value=clip_plain(value, 300))
    embed.add_field(name=words("about.films"), value=films)
    if services.lookups is not None:
        embed.set_footer(text=words.plain("about.tmdb"))
    return embed.add_field(name=words("about.privacy_title"), value=words("about.privacy"), inline=False)
