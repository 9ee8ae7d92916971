"""What the post of a film of the week looks like: a heading, why now, the thread, and the film's card."""

from typing import Any, Final

import discord

from bot.domain.films.films import Film
from bot.domain.shelves.counts import FilmCounts
from bot.domain.spotlight.occasions import Occasion
from bot.ui.films.buttons import card_buttons
from bot.ui.films.story import card_screen
from bot.ui.kit.blocks import RULE, AnyLine, Fixed, Line, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.message_parts import parts_of
from bot.ui.kit.text import Markup, Words, clip_plain_name

_NAME: Final = 200


def post_parts(
    film: Film, occasion: Occasion | None, counts: FilmCounts, words: Words, *, role_id: int | None, thread: str | None
) -> dict[str, Any]:
    """The arguments for sending the card; nobody is told but the role."""
    lines: list[AnyLine] = [Line(words, "spotlight.heading", title=film.title, year=film.year)]
    if occasion is not None:
        lines.append(Fixed(_why_now(occasion, words)))
    if thread is not None:
        lines.append(Fixed(words("spotlight.thread", thread=Markup(thread))))
    if role_id is not None:
        lines.append(Fixed(Markup(f"<@&{role_id}>")))
    roles = [] if role_id is None else [discord.Object(role_id)]
    buttons = card_buttons(film, words, private=False)
    return {
        "view": Layout([Text(*lines), RULE, *card_screen(film, words, counts, buttons, folded=True)]),
        "allowed_mentions": discord.AllowedMentions(everyone=False, users=False, roles=roles),
    }


def is_post_of(film: Film, message: discord.Message) -> bool:
    """Whether a message of the bot's own shows the film's card without anybody having asked for it."""
    ids = {getattr(part, "custom_id", None) for part in parts_of(message.components)}
    return f"film:discuss:{film.slug}" in ids and message.interaction_metadata is None


def _why_now(occasion: Occasion, words: Words) -> Markup:
    key = f"spotlight_why.{occasion.kind.value}"
    if occasion.other is not None:
        return words(key, name=clip_plain_name(occasion.other.title, occasion.other.year, _NAME))
    return words(key, number=occasion.number)
