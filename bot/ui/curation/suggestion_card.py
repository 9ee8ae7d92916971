"""What a suggestion looks like to the curators: its card, and its line in the queue."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import discord

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.curation.suggestions import State, Suggestion
from bot.domain.films.films import Film
from bot.domain.text.normalize import fold
from bot.ui.kit.blocks import RULE, Block, Fixed, Joined, Line, Row, Section, Text, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.text import Markup, Words, channel_mention, clip_plain, clip_plain_name

_FACT: Final = 300
_NEAR: Final = 3
_WAYS: Final[Mapping[str, discord.ButtonStyle]] = {
    "accept": discord.ButtonStyle.success,
    "merge": discord.ButtonStyle.secondary,
    "decline": discord.ButtonStyle.danger,
}


def suggestion_layout(suggestion: Suggestion, seen: Catalogue, words: Words) -> Layout:
    """The whole card; `seen` is the server's list, in which near films are looked for."""
    when = Markup(discord.utils.format_dt(suggestion.made, "R"))
    asked = words("suggestion.asked", channel=channel_mention(suggestion.channel_id, words), when=when)
    return Layout(
        [
            Text(Fixed(words("suggestion.heading", name=short_name(suggestion)))),
            Text(Line(words, "suggestion.why", why=suggestion.why), Joined(_author(suggestion, words), Fixed(asked))),
            *([] if suggestion.is_decided else _near(suggestion, seen, words)),
            RULE,
            said(state_line(suggestion, seen, words)),
            Row(*([] if suggestion.is_decided else decision_buttons(suggestion, words))),
        ]
    )


def decision_buttons(suggestion: Suggestion, words: Words) -> list[discord.ui.Item[Any]]:
    """The three ways to decide, answered by `suggestion_buttons`, and the way to the trailer."""
    items: list[discord.ui.Item[Any]] = [
        discord.ui.Button(
            label=words.plain(f"button.{verb}"), custom_id=f"suggest:{verb}:{suggestion.number}", style=style
        )
        for verb, style in _WAYS.items()
    ]
    if (video := suggestion.video) is not None:
        provider = words.plain(f"provider.{video.provider.value}")
        items.append(discord.ui.Button(label=words.plain("button.watch", provider=provider), url=suggestion.trailer))
    return items


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


def _author(suggestion: Suggestion, words: Words) -> Line:
    """A mention says nothing of somebody who has left; the name does."""
    mention = Markup(f"<@{suggestion.author_id}>")
    if not suggestion.author_name:
        return Line(words, "suggestion.by", member=mention)
    return Line(words, "suggestion.by_name", member=mention, name=suggestion.author_name)


def _near(suggestion: Suggestion, seen: Catalogue, words: Words) -> Iterator[Block]:
    near = near_films(suggestion, seen)
    if near:
        yield said(words("suggestion.near"))
    for film in near:
        see = discord.ui.Button[Any](label=words.plain("button.see_film"), custom_id=f"film:peek:{film.slug}")
        yield Section((Line(words, "suggestion.near_film", name=film.name),), see)
