"""Who has changed what, the latest first, each with a way back."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.curation.changes import Change
from bot.domain.curation.drafts import differences
from bot.ui.curation.draft_screen import difference_lines
from bot.ui.curation.import_screen import UndoImportButton
from bot.ui.curation.undo import UndoButton, name_of
from bot.ui.films.card import ACCENT
from bot.ui.kit.actors import actor_of
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, joined, words_for
from bot.ui.settings.labels import setting_lines

_PER_PAGE: Final = 5
_LINES: Final = 4
_PAGE: Final = r"change:page:(?P<below>[0-9]{1,9}):(?P<slug>[a-z0-9-]{0,72})"


class HistoryPage(PersistentButton, template=_PAGE):
    """Turns to the changes below a number; 0 begins with the latest."""

    def __init__(self, below: int, slug: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"change:page:{below}:{slug}"))
        self.below = below
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        await show_history(interaction, self.slug or None, self.below or None)


async def show_history(interaction: Interaction, slug: str | None, below: int | None = None) -> None:
    """A page of changes, of the whole list or of one film."""
    words, actor = words_for(interaction.locale), actor_of(interaction)
    work = interaction.client.services.curation.history(actor, slug, below, _PER_PAGE + 1)
    found = await run_or_defer(interaction, work, private=True)
    if not found:
        await reply(interaction, words("history.empty"), private=True)
        return
    embed, view = history_page(found, slug, words, is_first=below is None)
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, "", embed=embed, view=view)
    else:
        await reply(interaction, embed=embed, view=view, private=True)


def history_page(
    found: Sequence[Change], slug: str | None, words: Words, *, is_first: bool
) -> tuple[discord.Embed, discord.ui.View]:
    """The page as it is shown; one change more than fits on it tells that there are older ones."""
    shown = found[:_PER_PAGE]
    blocks = [_block(number, change, words) for number, change in enumerate(shown, start=1)]
    embed = discord.Embed(title=words("history.title"), description=joined(blocks, "\n\n", 4000), colour=ACCENT)
    buttons: list[discord.ui.Item[Any]] = [
        _undo(change, words.plain("button.undo_number", number=number)) for number, change in enumerate(shown, start=1)
    ]
    if not is_first:
        buttons.append(HistoryPage(0, slug or "", words.plain("button.latest")))
    if len(found) > _PER_PAGE:
        buttons.append(HistoryPage(shown[-1].number, slug or "", words.plain("button.older")))
    return embed, view_of(*buttons)


def _undo(change: Change, label: str) -> discord.ui.Item[Any]:
    if change.films > 1 and change.batch is not None:
        return UndoImportButton(change.batch, label)
    return UndoButton(change.number, label)


def _block(number: int, change: Change, words: Words) -> Markup:
    head = words(
        "history.line",
        number=number,
        what=_what(change, words),
        who=Markup(f"<@{change.actor_id}>") if change.actor_id else words("member.former"),
        when=Markup(discord.utils.format_dt(change.at, "R")),
    )
    return joined([head, *_details(change, words)], "\n", 780)


def _what(change: Change, words: Words) -> Markup:
    if change.films > 1:
        return words(f"history.batch_{change.act.value}", n=change.films)
    return words(f"history.{change.act.value}", name=name_of(change, words))


def _details(change: Change, words: Words) -> list[Markup]:
    if change.settings is not None:
        return setting_lines(change.settings, words)
    before, after = change.film_before, change.film_after
    if change.films > 1 or before is None or after is None:
        return []
    return difference_lines(differences(before, after), words, _LINES)
