"""The suggestions that wait for the curators, in pages."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.curation.suggestions import Suggestion
from bot.ui.curation.suggestion_card import suggestion_layout, suggestion_line
from bot.ui.films.card import ACCENT
from bot.ui.kit.actors import actor_of
from bot.ui.kit.limits import OPTION
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import Menu, PersistentButton, number_in
from bot.ui.kit.replies import Interaction, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Words, clip, isolated, joined, words_for

_PER_PAGE: Final = 10


class QueuePage(PersistentButton, template=r"suggest:queue:(?P<page>-?[0-9]{1,6})"):
    """Turns to a page of the queue."""

    def __init__(self, page: int, label: str = "-", *, disabled: bool = False) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"suggest:queue:{page}", disabled=disabled))
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_queue(interaction, self.page)


class SuggestionSelect(Menu, name="suggest:open"):
    """Opens the card of a suggestion, for whoever chooses it."""

    def __init__(self, placeholder: str = "-", suggestions: Sequence[Suggestion] = ()) -> None:
        options = [
            discord.SelectOption(
                label=isolated(clip(suggestion.name, OPTION - 2)),
                value=str(suggestion.number),
                description=isolated(clip(suggestion.author_name, OPTION - 2)) or None,
            )
            for suggestion in suggestions
        ]
        super().__init__(placeholder, options)

    async def choose(self, interaction: Interaction, value: str) -> None:
        work = interaction.client.services.suggestions.get(actor_of(interaction), number_in(value))
        suggestion = await run_or_defer(interaction, work, private=True)
        words = words_for(interaction.locale)
        seen = interaction.client.services.films.catalogue_for(interaction.guild_id)
        await reply(interaction, view=suggestion_layout(suggestion, seen, words), private=True)


async def show_queue(interaction: Interaction, page: int = 0) -> None:
    """A page of what waits, as a first answer or in place of the page before."""
    work = interaction.client.services.suggestions.queue(actor_of(interaction))
    waiting = await run_or_defer(interaction, work, private=True)
    words = words_for(interaction.locale)
    embed, view = queue_page(waiting, page, words)
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, None, embed=embed, view=view)
    else:
        await reply(interaction, embed=embed, view=view, private=True)


def queue_page(waiting: Sequence[Suggestion], page: int, words: Words) -> tuple[discord.Embed, discord.ui.View | None]:
    """The page as it is shown, the last one where there are not so many; without controls where nothing waits."""
    embed = discord.Embed(title=words("suggestion.queue_title"), colour=ACCENT)
    if not waiting:
        embed.description = words("suggestion.queue_empty")
        return embed, None
    pages = -(-len(waiting) // _PER_PAGE)
    page = min(max(page, 0), pages - 1)
    shown = waiting[page * _PER_PAGE : (page + 1) * _PER_PAGE]
    embed.description = joined([suggestion_line(suggestion, words) for suggestion in shown], "\n", 4090)
    found = words.count("suggestion.found", len(waiting))
    embed.set_footer(text=words.plain("page.footer", page=page + 1, pages=pages, found=found))
    turns = [
        QueuePage(page - 1, words.plain("button.previous"), disabled=page == 0),
        QueuePage(page + 1, words.plain("button.next"), disabled=page == pages - 1),
    ]
    menu = SuggestionSelect(words.plain("suggestion.choose"), shown)
    return embed, view_of(menu, *(turns if pages > 1 else ()))
