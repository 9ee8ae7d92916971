"""A curator's drafts, to go on with one of them."""

from collections.abc import Sequence

import discord

from bot.domain.curation.drafts import Draft
from bot.ui.curation.draft_panel import show_draft
from bot.ui.kit.actors import actor_of
from bot.ui.kit.limits import OPTION
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import Menu
from bot.ui.kit.replies import Interaction, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip, clip_plain, isolated, joined, words_for


class DraftSelect(Menu, name="draft:choose"):
    """Opens one of a curator's drafts."""

    async def choose(self, interaction: Interaction, value: str) -> None:
        work = interaction.client.services.drafts.get(actor_of(interaction), value)
        await show_draft(interaction, await run_or_defer(interaction, work, private=True))


async def show_drafts(interaction: Interaction) -> None:
    """Every draft that the curator has in this server, the latest first."""
    words = words_for(interaction.locale)
    work = interaction.client.services.drafts.mine(actor_of(interaction))
    drafts = await run_or_defer(interaction, work, private=True)
    if not drafts:
        await reply(interaction, words("drafts.none"), private=True)
        return
    said, view = drafts_page(drafts, words)
    await reply(interaction, said, view=view, private=True)


def drafts_page(drafts: Sequence[Draft], words: Words) -> tuple[Markup, discord.ui.View]:
    """What stands there, and the menu; `drafts` are as many as a curator may have."""
    lines = [words("drafts.title"), *(_line(draft, words) for draft in drafts)]
    options = [discord.SelectOption(label=_label(draft, words), value=draft.id) for draft in drafts]
    return joined(lines, "\n", 1900), view_of(DraftSelect(words.plain("button.choose_draft"), options))


def _line(draft: Draft, words: Words) -> Markup:
    name = clip_plain(draft.title, 100) if draft.title else words("draft.nameless")
    when = Markup(discord.utils.format_dt(draft.written, "R"))
    return words("drafts.line_edit" if draft.slug else "drafts.line", name=name, when=when)


def _label(draft: Draft, words: Words) -> str:
    return isolated(clip(draft.title or words.plain("draft.nameless"), OPTION - 2))
