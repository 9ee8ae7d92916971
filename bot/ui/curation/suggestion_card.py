"""What a suggestion looks like to the curators: its card, and its line in the queue."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.curation.suggestions import State, Suggestion
from bot.domain.films.films import Film
from bot.domain.text.normalize import fold
from bot.ui.films.card import ACCENT
from bot.ui.kit.blocks import Line
from bot.ui.kit.text import Markup, Words, channel_mention, clip_plain, clip_plain_name, listed

_TITLE: Final = 250
_WHY: Final = 1500
_FACT: Final = 300
_NEAR: Final = 3


def suggestion_heading(suggestion: Suggestion, words: Words) -> Markup:
    """The text above the card, for those who see no embeds."""
    return words("suggestion.heading", name=short_name(suggestion))


def suggestion_card(suggestion: Suggestion, seen: Catalogue, words: Words) -> discord.Embed:
    """The whole card; `seen` is the server's list, in which near films are looked for."""
    embed = discord.Embed(
        title=_name(suggestion, _TITLE),
        description=clip_plain(suggestion.why, _WHY),
        colour=ACCENT,
    )
    embed.add_field(name=words("suggestion.by"), value=_author(suggestion))
    embed.add_field(name=words("suggestion.where"), value=channel_mention(suggestion.channel_id, words))
    embed.add_field(name=words("suggestion.when"), value=discord.utils.format_dt(suggestion.made, "R"))
    if not suggestion.is_decided and (near := near_films(suggestion, seen)):
        named = listed([film.name for film in near], 2 * _FACT, " · ")
        embed.add_field(name=words("suggestion.near"), value=named, inline=False)
    return embed.add_field(name=words("suggestion.state"), value=state_line(suggestion, seen, words), inline=False)


def state_line(suggestion: Suggestion, seen: Catalogue, words: Words) -> Markup:
    """How far it has come, and by whom."""
    return words(
        f"suggestion_state.{suggestion.state.value}",
        curator=Markup(f"<@{suggestion.curator_id}>"),
        film=film_name(suggestion, seen),
        reason=clip_plain(suggestion.reason or "", 2 * _FACT),
    )


def suggestion_line(suggestion: Suggestion, words: Words) -> Line:
    """By whom and when, and who has it in hand, in small print for the queue."""
    values = {
        "member": Markup(f"<@{suggestion.author_id}>"),
        "when": Markup(discord.utils.format_dt(suggestion.made, "R")),
    }
    if suggestion.state is State.TAKEN:
        return Line(words, "suggestion.line_taken", **values, curator=Markup(f"<@{suggestion.curator_id}>"))
    return Line(words, "suggestion.line", **values)


def short_name(suggestion: Suggestion) -> Markup:
    """Title and year, short enough for any sentence."""
    return _name(suggestion, 200)


def film_name(suggestion: Suggestion, seen: Catalogue) -> Markup:
    """The film that it became or turned out to be; what the member called it, where that is off the list again."""
    film = seen.by_slug.get(suggestion.slug or "")
    return clip_plain_name(film.title, film.year, 200) if film else short_name(suggestion)


def near_films(suggestion: Suggestion, seen: Catalogue) -> Sequence[Film]:
    """Films on the list that may be the same by another year or spelling, the likeliest first."""
    return seen.suggest(suggestion.title, _NEAR) if fold(suggestion.title) else ()


def _name(suggestion: Suggestion, limit: int) -> Markup:
    if suggestion.year is None:
        return clip_plain(suggestion.title, limit)
    return clip_plain_name(suggestion.title, suggestion.year, limit)


def _author(suggestion: Suggestion) -> str:
    mention = f"<@{suggestion.author_id}>"  # says nothing of somebody who has left; the name does
    return f"{mention} · {clip_plain(suggestion.author_name, _FACT)}" if suggestion.author_name else mention
