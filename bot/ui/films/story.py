"""What of a film's story all read at once, and what only whoever opens it: a long card that all see is folded."""

from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.films.films import Film
from bot.domain.shelves.counts import NO_COUNTS, FilmCounts
from bot.ui.films.card import card_blocks, is_foldable, praise_blocks, title_line
from bot.ui.films.counts import mark_buttons
from bot.ui.kit.blocks import RULE, Block, Line, Prose, Row, Text, rows, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import FilmButton
from bot.ui.kit.replies import Interaction, reply, words_to
from bot.ui.kit.text import Markup, Words


class StoryButton(FilmButton, verb="story"):
    """Opens what a folded card keeps back, for whoever presses it."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await reply(interaction, view=story_layout(film, words_to(interaction, private=True)), private=True)


class SynopsisButton(FilmButton, verb="synopsis", private=False):
    """Tells the story to all."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await tell(interaction, film, private=False)


def card_layout(
    film: Film,
    words: Words,
    counts: FilmCounts = NO_COUNTS,
    buttons: Iterable[discord.ui.Item[Any]] = (),
    *,
    private: bool,
    note: Markup | None = None,
) -> Layout:
    """The card above these buttons, and a note below; folded where all see it and it is long."""
    below = [] if note is None else [said(note)]
    return Layout([*card_screen(film, words, counts, buttons, folded=not private), *below])


def card_screen(
    film: Film, words: Words, counts: FilmCounts, buttons: Iterable[discord.ui.Item[Any]], *, folded: bool
) -> list[Block]:
    """The card and its buttons, to be a part of a message; a long one is folded if asked."""
    folded = folded and is_foldable(film, words)
    story = [StoryButton(film.slug, words.plain("button.story"))] if folded else []
    blocks = card_blocks(film, words, counts, folded=folded)
    return [*blocks, RULE, *rows(*story, *buttons), Row(*mark_buttons(film, words))]


def story_layout(film: Film, words: Words) -> Layout:
    """What a folded card keeps back, with the beginning of the story, which would be missed."""
    return Layout([*_story(film, words), *praise_blocks(film, words)])


def synopsis_layout(film: Film, words: Words) -> Layout:
    """The story alone."""
    return Layout(_story(film, words))


async def tell(interaction: Interaction, film: Film, *, private: bool) -> None:
    """The story, and whose words it is told in."""
    words = words_to(interaction, private=private)
    await reply(interaction, view=synopsis_layout(film, words), private=private)


def _story(film: Film, words: Words) -> list[Block]:
    return [
        Text(title_line(film, words)),
        Text(Line(words, "card.said", said=Prose(film.synopsis.text))),
        Text(Line(words, "card.source", source=film.synopsis.source)),
    ]
