"""A curator's drafts in pages, to go on with one of them."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.curation.drafts import Draft
from bot.ui.curation.draft_panel import show_draft
from bot.ui.curation.draft_start import AddButton
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import Line, Row, Section, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.pages import Page, listing, page_size, show_page
from bot.ui.kit.persistent import Menu, PersistentButton
from bot.ui.kit.replies import Interaction, run_or_defer
from bot.ui.kit.text import Markup, Words, words_for

_PER_PAGE: Final = page_size()


class DraftSelect(Menu, name="draft:choose"):
    """Opens a draft from a list of an older version, which had a menu below it."""

    async def choose(self, interaction: Interaction, value: str) -> None:
        await _open(interaction, value)


class OpenDraftButton(PersistentButton, template=r"draft:open:(?P<draft_id>[0-9a-f]{16})"):
    """Opens the draft beside which it stands."""

    def __init__(self, draft_id: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"draft:open:{draft_id}"))
        self.draft_id = draft_id

    async def press(self, interaction: Interaction) -> None:
        await _open(interaction, self.draft_id)


class DraftsPage(PersistentButton, template=r"draft:page:(?P<page>[0-9]{1,3})"):
    """Turns to a page of the drafts."""

    def __init__(self, page: int, label: str = "-", *, disabled: bool = False) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"draft:page:{page}", disabled=disabled))
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await show_drafts(interaction, self.page)


CONTROLS: Final = (DraftSelect, OpenDraftButton, DraftsPage)


async def show_drafts(interaction: Interaction, page: int = 0) -> None:
    """A page of the drafts that the curator has in this server, the latest first."""
    work = interaction.client.services.drafts.mine(actor_of(interaction))
    drafts = await run_or_defer(interaction, work, private=True)
    await show_page(interaction, drafts_page(drafts, page, words_for(interaction.locale)))


def drafts_page(drafts: Sequence[Draft], page: int, words: Words) -> Layout:
    """What `show_drafts` shows; where there are none, the way to begin one."""
    title = Line(words, "drafts.title")
    if not drafts:
        return Layout([Text(title, Line(words, "drafts.none")), Row(AddButton(words.plain("button.add_film")))])
    turned = Page(drafts, page, _PER_PAGE)
    turns = [DraftsPage(turn.page, words.plain(turn.label), disabled=turn.is_off) for turn in turned.turns]
    head = turned.head(words, title, words.count("drafts.found", len(drafts)))
    return listing(head, [_entry(draft, words) for draft in turned.shown], *turns)


async def _open(interaction: Interaction, draft_id: str) -> None:
    work = interaction.client.services.drafts.get(actor_of(interaction), draft_id)
    await show_draft(interaction, await run_or_defer(interaction, work, private=True))


def _entry(draft: Draft, words: Words) -> Section:
    when = Markup(discord.utils.format_dt(draft.written, "R"))
    lines = (
        Line(words, "drafts.name", name=draft.title or words("draft.nameless")),
        Line(words, "drafts.of_edit" if draft.slug else "drafts.of_new", when=when),
    )
    return Section(lines, OpenDraftButton(draft.id, words.plain("button.open")))
