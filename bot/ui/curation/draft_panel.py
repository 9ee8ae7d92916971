"""A draft on the screen: the real card in private, and a button for each form. The ids are `draft:verb:id`."""

from abc import ABC
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import discord

from bot.domain.curation.changes import Duplicate, duplicates
from bot.domain.curation.drafts import Conflict, Draft, Published
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.ui.curation import draft_screen
from bot.ui.curation.form import FORMS, film_parts, form_with
from bot.ui.curation.suggestion_outcome import announce, reopened
from bot.ui.curation.trailer_warnings import trailer_doubts
from bot.ui.curation.undo import UndoButton
from bot.ui.films.buttons import PeekButton, ShareButton
from bot.ui.films.card import film_card
from bot.ui.kit.actors import actor_of
from bot.ui.kit.forms import Form, before_form, show_form
from bot.ui.kit.limits import BUTTON_LABEL
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.refused_notice import tell_curator
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Words, clip, clip_name, isolated, words_for

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
        view = view_of(DropButton(draft.id, words), BackButton(draft.id, words))
        question = words("draft.discard", name=clip(draft.title, 200) or words("draft.nameless"))
        await edit_or_reply(interaction, question, view=view)


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
    words, services = words_for(interaction.locale), interaction.client.services
    film = draft.read(actor_of(interaction).name, discord.utils.utcnow().date())
    answer = edit_or_reply if in_place else _answer
    if not isinstance(film, Film):
        await answer(interaction, draft_screen.faulty(draft, film, words), view=_faulty_view(draft, film, words))
        return
    listed = services.films.catalogue_for(interaction.guild_id).alike([film.title], film.trailers)
    doubtful = duplicates(_placed(film, draft), listed)[:_DUPLICATES]
    view = _ready_view(draft, doubtful, words)
    said = draft_screen.ready(draft, film, doubtful, words)
    left_out = await answer(interaction, said, embed=film_card(film, words).embed, view=view)
    await tell_curator(interaction, left_out)
    if doubts := await trailer_doubts(interaction, draft, film, words):
        # Providers may take their time. By then the panel may show something else, so it is left alone.
        await reply(interaction, "\n".join(doubts), private=True)


async def show_published(interaction: Interaction, result: Published) -> None:
    """What a curator sees when the film is on the list."""
    words = words_for(interaction.locale)
    film = result.film
    items: list[discord.ui.Item[Any]] = [ShareButton(film.slug, words.plain("button.share"))]
    if result.change.number:
        items.append(UndoButton(result.change.number, words.plain("button.undo")))
    said = words("draft.published" if result.is_new else "draft.saved", name=film.name)
    try:
        left_out = await edit_or_reply(interaction, said, embed=film_card(film, words).embed, view=view_of(*items))
        await tell_curator(interaction, left_out)
    finally:  # the film is on the list, whether the curator can be shown it or not
        if result.suggestion is not None:
            await reply(interaction, await announce(interaction, result.suggestion), private=True)


def _placed(film: Film, draft: Draft) -> Film:
    """The film so that it is no duplicate of itself; a new one has no slug yet that could be anybody's."""
    return film if draft.slug else film.model_copy(update={"slug": ""})


def _ready_view(draft: Draft, doubtful: tuple[Duplicate, ...], words: Words) -> discord.ui.View:
    peeks = [
        PeekButton(each.film.slug, isolated(clip_name(each.film.title, each.film.year, BUTTON_LABEL - 2)))
        for each in doubtful
    ]
    return view_of(PublishButton(draft.id, words), *_form_buttons(draft, words), DiscardButton(draft.id, words), *peeks)


def _faulty_view(draft: Draft, faults: tuple[ValidationIssue, ...], words: Words) -> discord.ui.View:
    form = form_with(faults, is_new=draft.slug is None)
    correct = FormButton(form, draft.id, words.plain("button.draft_correct"), main=True)
    others = [button for button in _form_buttons(draft, words) if button.form != form]
    return view_of(correct, *others, DiscardButton(draft.id, words))


def _form_buttons(draft: Draft, words: Words) -> list[FormButton]:
    return [FormButton(form, draft.id, words.plain(f"button.form_{form}")) for form in FORMS if form != "essentials"]


async def _answer(
    interaction: Interaction, content: str, *, embed: discord.Embed | None = None, view: discord.ui.View
) -> tuple[str, ...]:
    return await reply(interaction, content, embed=embed, view=view, private=True)


async def _settle(interaction: Interaction, draft_id: str, *, keep_mine: bool) -> None:
    drafts, now = interaction.client.services.drafts, discord.utils.utcnow()
    await claim(interaction, in_place=True)
    work = drafts.settle(actor_of(interaction), draft_id, keep_mine=keep_mine, now=now)
    await show_draft(interaction, await run_or_defer(interaction, work, private=True), in_place=True)


async def _show_conflict(interaction: Interaction, found: Conflict) -> None:
    words, draft = words_for(interaction.locale), found.draft
    view = view_of(MineButton(draft.id, words), TheirsButton(draft.id, words), DiscardButton(draft.id, words))
    await edit_or_reply(interaction, draft_screen.conflict(found, words), view=view)
