"""Who has changed what, the latest first, each with a way back."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.curation.changes import Change
from bot.domain.curation.drafts import differences
from bot.ui.curation.draft_screen import difference_lines
from bot.ui.curation.draft_start import AddButton
from bot.ui.curation.import_screen import UndoImportButton
from bot.ui.curation.undo import UndoButton, name_of
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import Fixed, Line, Row, Section, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import listing, show_page
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, run_or_defer
from bot.ui.kit.text import Markup, Words, joined, words_for
from bot.ui.settings.labels import setting_lines

_PER_PAGE: Final = 5
_LINES: Final = 4
# Five of them and the title fit into what Discord shows of a message.
_LONGEST: Final = 770
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
    await show_page(interaction, history_page(found, slug, words, is_first=below is None))


def history_page(found: Sequence[Change], slug: str | None, words: Words, *, is_first: bool) -> Layout:
    """The page as it is shown; one change more than fits on it tells that there are older ones."""
    shown = found[:_PER_PAGE]
    if not shown:
        empty = Text(Line(words, "history.title"), Line(words, "history.empty"))
        return Layout([empty, Row(AddButton(words.plain("button.add_film")))])
    turns = list[HistoryPage]()
    if not is_first:
        turns.append(HistoryPage(0, slug or "", words.plain("button.latest")))
    if len(found) > _PER_PAGE:
        turns.append(HistoryPage(shown[-1].number, slug or "", words.plain("button.older")))
    return listing(Text(Line(words, "history.title")), [_entry(change, words) for change in shown], *turns)


def _entry(change: Change, words: Words) -> Section:
    who = Markup(f"<@{change.actor_id}>") if change.actor_id else words("member.former")
    when = Markup(discord.utils.format_dt(change.at, "R"))
    head = [Markup(_what(change, words)), words("history.line", who=who, when=when)]
    text = joined([*head, *_details(change, words)], "\n", _LONGEST)
    label = words.plain("button.undo")
    if change.films > 1 and change.batch is not None:
        return Section((Fixed(text),), UndoImportButton(change.batch, label))
    return Section((Fixed(text),), UndoButton(change.number, label))


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
