"""A draft's panel and all that can be pressed on it. The ids are `draft:verb:id`."""

from abc import ABC
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import discord

from bot.domain.curation.changes import Duplicate, duplicates
from bot.domain.curation.drafts import Conflict, Draft, Published
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.ui.curation import draft_screen
from bot.ui.curation.form import FORMS, film_parts, forms_with
from bot.ui.curation.suggestion_outcome import announce, reopened
from bot.ui.curation.trailer_warnings import trailer_doubts
from bot.ui.curation.undo import UndoButton
from bot.ui.films.buttons import ShareButton
from bot.ui.films.card import card_blocks
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import RULE, Line, Row, Text
from bot.ui.kit.forms import Form, before_form, show_form
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.refused_notice import tell_curator
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Words, words_for

_DRAFT: Final = r"(?P<draft_id>[0-9a-f]{16})"
_FORM: Final = rf"draft:form:(?P<form>[a-z]+):{_DRAFT}"
_DUPLICATES: Final = 2


class DraftButton(PersistentButton, ABC, template="-"):
    """A button about one draft, with the custom id `draft:verb:id`."""

    verb: ClassVar[str]
    style: ClassVar[discord.ButtonStyle]

    def __init_subclass__(cls, *, verb: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> None:
        super().__init_subclass__(template=f"draft:{verb}:{_DRAFT}")
        cls.verb, cls.style = verb, style

    def __init__(self, draft_id: str, words: Words | None = None) -> None:
        label = words.plain(f"button.draft_{self.verb}") if words else "-"
        custom_id = f"draft:{self.verb}:{draft_id}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, style=self.style))
        self.draft_id = draft_id

    async def draft(self, interaction: Interaction) -> Draft:
        """The draft that it is about."""
        work = interaction.client.services.drafts.get(actor_of(interaction), self.draft_id)
        return await run_or_defer(interaction, work, private=True)


class FormButton(PersistentButton, template=_FORM):
    """Opens one of a draft's forms, filled in with what is known."""

    def __init__(self, form: str, draft_id: str, label: str = "-", *, main: bool = False) -> None:
        style = discord.ButtonStyle.primary if main else discord.ButtonStyle.secondary
        super().__init__(discord.ui.Button(label=label, custom_id=f"draft:form:{form}:{draft_id}", style=style))
        self.form = form
        self.draft_id = draft_id

    async def press(self, interaction: Interaction) -> None:
        draft = await before_form(interaction.client.services.drafts.get(actor_of(interaction), self.draft_id))
        words = words_for(interaction.locale)
        form = self.form if self.form in FORMS else "basics"
        parts = film_parts(form, draft.texts, words)
        await show_form(interaction, f"draft:form:{form}:{draft.id}", words.plain(f"form.{form}"), parts)


class PublishButton(DraftButton, verb="publish", style=discord.ButtonStyle.success):
    """Puts the film on the list."""

    async def press(self, interaction: Interaction) -> None:
        drafts, actor = interaction.client.services.drafts, actor_of(interaction)
        await claim(interaction, in_place=True)
        work = drafts.publish(actor, self.draft_id, discord.utils.utcnow())
        result = await run_or_defer(interaction, work, private=True)
        if isinstance(result, Published):
            await show_published(interaction, result)
        elif isinstance(result, Conflict):
            await _show_conflict(interaction, result)
        else:
            await show_draft(interaction, await drafts.get(actor, self.draft_id), in_place=True)


class DiscardButton(DraftButton, verb="discard"):
    """Asks whether the draft may go."""

    async def press(self, interaction: Interaction) -> None:
        draft = await self.draft(interaction)
        words = words_for(interaction.locale)
        question = Line(words, "draft.discard", name=draft.title or words.plain("draft.nameless"))
        row = Row(DropButton(draft.id, words), BackButton(draft.id, words))
        await edit_or_reply(interaction, None, view=Layout([Text(question), row]))


class DropButton(DraftButton, verb="drop", style=discord.ButtonStyle.danger):
    """Throws the draft away."""

    async def press(self, interaction: Interaction) -> None:
        await claim(interaction, in_place=True)
        work = interaction.client.services.drafts.discard(actor_of(interaction), self.draft_id)
        dropped = await run_or_defer(interaction, work, private=True)
        await edit_or_reply(interaction, words_for(interaction.locale)("draft.discarded"))
        if dropped.suggestion is not None:
            await reopened(interaction, dropped.suggestion)


class BackButton(DraftButton, verb="back"):
    """Leads back to the draft."""

    async def press(self, interaction: Interaction) -> None:
        draft = await self.draft(interaction)
        await show_draft(interaction, draft, in_place=True)


class MineButton(DraftButton, verb="mine", style=discord.ButtonStyle.primary):
    """Joins both changes; where they differ, the draft's words stand."""

    async def press(self, interaction: Interaction) -> None:
        await _settle(interaction, self.draft_id, keep_mine=True)


class TheirsButton(DraftButton, verb="theirs"):
    """Joins both changes; where they differ, the published words stand."""

    async def press(self, interaction: Interaction) -> None:
        await _settle(interaction, self.draft_id, keep_mine=False)


class DraftForm(Form):
    """Any form of a draft that is there already."""

    template = _FORM
    gives_back = True

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        drafts, now = interaction.client.services.drafts, discord.utils.utcnow()
        await claim(interaction, in_place=True)
        work = drafts.write(actor_of(interaction), ids["draft_id"], typed, now)
        await show_draft(interaction, await run_or_defer(interaction, work, private=True), in_place=True)


BUTTONS: Final = (FormButton, PublishButton, DiscardButton, DropButton, BackButton, MineButton, TheirsButton)


async def show_draft(interaction: Interaction, draft: Draft, *, in_place: bool = False) -> None:
    """The panel of a draft, as a private answer or in place of the panel that was pressed."""
    words = words_for(interaction.locale)
    film = draft.read(actor_of(interaction).name, discord.utils.utcnow().date())
    if not isinstance(film, Film):
        await _answer(interaction, faulty_layout(draft, film, words), in_place=in_place)
        return
    listed = interaction.client.services.films.catalogue_for(interaction.guild_id).alike([film.title], film.trailers)
    doubtful = duplicates(_placed(film, draft), listed)[:_DUPLICATES]
    left_out = await _answer(interaction, ready_layout(draft, film, doubtful, words), in_place=in_place)
    await tell_curator(interaction, left_out)
    if doubts := await trailer_doubts(interaction, draft, film, words):
        # Providers may take their time. By then the panel may show something else, so it is left alone.
        await reply(interaction, "\n".join(doubts), private=True)


async def show_published(interaction: Interaction, result: Published) -> None:
    """What a curator sees when the film is on the list."""
    words = words_for(interaction.locale)
    try:
        left_out = await edit_or_reply(interaction, None, view=published_layout(result, words))
        await tell_curator(interaction, left_out)
    finally:  # the film is on the list, whether the curator can be shown it or not
        if result.suggestion is not None:
            await reply(interaction, await announce(interaction, result.suggestion), private=True)


def _placed(film: Film, draft: Draft) -> Film:
    """The film so that it is no duplicate of itself; a new one has no slug yet that could be anybody's."""
    return film if draft.slug else film.model_copy(update={"slug": ""})


def ready_layout(draft: Draft, film: Film, doubtful: Sequence[Duplicate], words: Words) -> Layout:
    """The panel of a draft that could be published."""
    acts = Row(PublishButton(draft.id, words), DiscardButton(draft.id, words))
    return Layout(draft_screen.ready(draft, film, doubtful, words, acts, _form_buttons(draft, words)))


def faulty_layout(draft: Draft, faults: Sequence[ValidationIssue], words: Words) -> Layout:
    """The panel of a draft that cannot be published yet."""
    buttons = _form_buttons(draft, words)
    for number, form in enumerate(forms_with(faults, is_new=draft.slug is None)):
        label = words.plain("button.draft_correct")
        buttons[form] = FormButton(form, draft.id, label, main=number == 0)
    return Layout(draft_screen.faulty(draft, faults, words, Row(DiscardButton(draft.id, words)), buttons))


def published_layout(result: Published, words: Words) -> Layout:
    """The film as it is on the list now."""
    said = Line(words, "draft.published" if result.is_new else "draft.saved", name=result.film.name)
    share = ShareButton(result.film.slug, words.plain("button.share"))
    undo = [UndoButton(result.change.number, words.plain("button.undo"))] if result.change.number else []
    return Layout([Text(said), RULE, *card_blocks(result.film, words, folded=False), RULE, Row(share, *undo)])


def conflict_layout(found: Conflict, words: Words) -> Layout:
    """Who was faster, and whose words are to stand."""
    mine, theirs, discard = (kind(found.draft.id, words) for kind in (MineButton, TheirsButton, DiscardButton))
    return Layout(draft_screen.conflict(found, words, mine, theirs, discard))


def _form_buttons(draft: Draft, words: Words) -> dict[str, discord.ui.Item[Any]]:
    forms = [form for form in FORMS if form != "essentials"]
    return {form: FormButton(form, draft.id, words.plain(f"button.form_{form}")) for form in forms}


async def _answer(interaction: Interaction, layout: Layout, *, in_place: bool) -> tuple[str, ...]:
    if in_place:
        return await edit_or_reply(interaction, None, view=layout)
    return await reply(interaction, view=layout, private=True)


async def _settle(interaction: Interaction, draft_id: str, *, keep_mine: bool) -> None:
    drafts, now = interaction.client.services.drafts, discord.utils.utcnow()
    await claim(interaction, in_place=True)
    work = drafts.settle(actor_of(interaction), draft_id, keep_mine=keep_mine, now=now)
    await show_draft(interaction, await run_or_defer(interaction, work, private=True), in_place=True)


async def _show_conflict(interaction: Interaction, found: Conflict) -> None:
    await edit_or_reply(interaction, None, view=conflict_layout(found, words_for(interaction.locale)))
