"""The suggestions that wait for the curators, in pages."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.curation.suggestions import Suggestion
from bot.ui.curation.suggestion_card import short_name, suggestion_layout, suggestion_line
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import Line, Section, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import Page, listing, page_size, show_page
from bot.ui.kit.persistent import NUMBER, Menu, PersistentButton, number_in
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, opening, words_for

_PER_PAGE: Final = page_size()
_WHY: Final = 120


class QueuePage(PersistentButton, template=r"suggest:queue:(?P<page>-?[0-9]{1,6})"):
    """Turns to a page of the queue."""

    def __init__(self, page: int, label: str = "-", *, disabled: bool = False) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"suggest:queue:{page}", disabled=disabled))
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_queue(interaction, self.page)


class SuggestionSelect(Menu, name="suggest:open"):
    """Opens a suggestion from a list of an older version, which had a menu below it."""

    async def choose(self, interaction: Interaction, value: str) -> None:
        await _open(interaction, number_in(value))


class OpenSuggestionButton(PersistentButton, template=rf"suggest:open:{NUMBER}"):
    """Opens the card of the suggestion beside which it stands, for whoever presses it."""

    def __init__(self, number: int, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"suggest:open:{number}"))
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        await _open(interaction, self.number)


CONTROLS: Final = (QueuePage, SuggestionSelect, OpenSuggestionButton)


async def show_queue(interaction: Interaction, page: int = 0) -> None:
    """A page of what waits, as a first answer or in place of the page before."""
    work = interaction.client.services.suggestions.queue(actor_of(interaction))
    waiting = await run_or_defer(interaction, work, private=True)
    suggest = Markup(interaction.client.tree.mention("suggest"))
    await show_page(interaction, queue_page(waiting, page, words_for(interaction.locale), suggest))


def queue_page(waiting: Sequence[Suggestion], page: int, words: Words, suggest: Markup) -> Layout:
    """The page as it is shown; `suggest` is the command by which members fill the queue."""
    title = Line(words, "suggestion.queue_title")
    if not waiting:
        return Layout([Text(title, Line(words, "suggestion.queue_empty", suggest=suggest))])
    turned = Page(waiting, page, _PER_PAGE)
    head = turned.head(words, title, words.count("suggestion.found", len(waiting)))
    turns = [QueuePage(turn.page, words.plain(turn.label), disabled=turn.is_off) for turn in turned.turns]
    return listing(head, [_entry(suggestion, words) for suggestion in turned.shown], *turns)


async def _open(interaction: Interaction, number: int) -> None:
    work = interaction.client.services.suggestions.get(actor_of(interaction), number)
    suggestion = await run_or_defer(interaction, work, private=True)
    words = words_for(interaction.locale)
    seen = interaction.client.services.films.catalogue_for(interaction.guild_id)
    await reply(interaction, view=suggestion_layout(suggestion, seen, words), private=True)


def _entry(suggestion: Suggestion, words: Words) -> Section:
    lines = (
        Line(words, "suggestion.name", name=short_name(suggestion)),
        suggestion_line(suggestion, words),
        Line(words, "page.small", said=opening(" ".join(suggestion.why.split()), _WHY)),
    )
    return Section(lines, OpenSuggestionButton(suggestion.number, words.plain("button.open")))
