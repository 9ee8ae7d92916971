"""The pages behind /help and /about."""

from typing import Final

import discord

from bot.client import CommandTree
from bot.domain.guilds.departures import KEPT_DAYS
from bot.services import Services
from bot.ui.films.card import ACCENT
from bot.ui.kit.text import Markup, Words, clip_plain

# Headings and the commands below them.
_SECTIONS: Final = (
    ("help.lookup", ("film", "synopsis", "trailer")),
    (
        "help.around",
        (
            "films browse",
            "films themes",
            "films directors",
            "films new",
            "films search",
            "films collection",
            "films random",
            "films similar",
            "films tonight",
        ),
    ),
    ("help.talk", ("discuss",)),
    (
        "help.marks",
        (
            *("want", "seen", "who", "my shelf", "my picks"),
            *("my import", "my export", "my data", "my erase"),
        ),
    ),
    ("help.bring", ("suggest",)),
    ("help.more", ("about",)),
)
# Only those who may use the rest see them.
_MANAGERS: Final = ("help.manage", ("settings show", "settings check", "settings erase"))
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
        "curate check",
        "curate import",
        "curate export",
        "club weekly",
    ),
)


def help_embed(tree: CommandTree, words: Words, *, curates: bool, manages: bool) -> discord.Embed:
    """Every command that the member may use as something to press, and what it does."""
    lines = [words("help.intro")]
    sections = (*_SECTIONS, *((_CURATORS,) if curates else ()), *((_MANAGERS,) if manages else ()))
    for heading, names in sections:
        lines += [Markup(""), words(heading)]
        for name in names:
            what = words(f"help.{name.replace(' ', '_')}")
            lines.append(words("help.line", command=Markup(tree.mention(name)), what=what))
        if heading == "help.around":
            lines.append(words("help.mentioned", command=words.plain("message_command.find_mentioned")))
    embed = discord.Embed(title=words("help.title"), description="\n".join(lines), colour=ACCENT)
    return embed.set_footer(text=words.plain("help.footer"))


def about_embed(tree: CommandTree, services: Services, guild_id: int | None, words: Words) -> discord.Embed:
    """Who runs the bot, and what it knows about people."""
    about = services.about
    films = words.count("page.found", len(services.films.catalogue_for(guild_id).films))
    embed = discord.Embed(title=words("about.title"), description=words("about.what"), colour=ACCENT)
    for key, value in (("run_by", about.run_by), ("contact", about.contact), ("version", about.version)):
        if value:
            embed.add_field(name=words(f"about.{key}"), value=clip_plain(value, 300))
    embed.add_field(name=words("about.films"), value=films)
    if services.lookups is not None:
        embed.set_footer(text=words.plain("about.tmdb"))
    commands = {name: Markup(tree.mention(f"my {name}")) for name in ("data", "erase")}
    privacy = words("about.privacy", days=KEPT_DAYS, **commands)
    if about.privacy_page:
        page = words("about.privacy_page", page=Markup(f"<{about.privacy_page}>"))
        privacy = Markup(f"{privacy}\n{page}")
    return embed.add_field(name=words("about.privacy_title"), value=privacy, inline=False)
