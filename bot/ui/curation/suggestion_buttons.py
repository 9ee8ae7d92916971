"""How curators decide on a suggestion: three buttons with the custom ids `suggest:verb:number`, and two forms."""

import asyncio
import contextlib
import secrets
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Coroutine, Mapping
from typing import Any, ClassVar, Final

import discord

from bot.domain.curation.suggestions import MAX_REASON, Suggestion, read_reason
from bot.domain.errors import FilmNotFound, SuggestionDecided
from bot.services.real_words import is_word
from bot.ui.curation.draft_panel import show_draft
from bot.ui.curation.suggestion_card import near_films, short_name, suggestion_layout
from bot.ui.curation.suggestion_outcome import announce, redraw, renew_card
from bot.ui.errors.error_messages import refusal
from bot.ui.kit.actors import actor_of
from bot.ui.kit.attempts import attempt
from bot.ui.kit.blocks import rows, said
from bot.ui.kit.forms import Form, before_form, part, show_form, text_part
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import BUTTON_LABEL
from bot.ui.kit.persistent import NUMBER, SLUG, PersistentButton
from bot.ui.kit.replies import Interaction, can_show_in_place, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, clip_name, isolated, words_for

_NEWS_PATIENCE: Final = 1.0


class SuggestionButton(PersistentButton, ABC, template="-"):
    """A button about one suggestion."""

    verb: ClassVar[str]
    style: ClassVar[discord.ButtonStyle]

    def __init_subclass__(
        cls, *, verb: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary, tail: str = ""
    ) -> None:
        super().__init_subclass__(template=f"suggest:{verb}:{NUMBER}{tail}")
        cls.verb, cls.style = verb, style

    def __init__(self, number: int, label: str = "-", tail: str = "") -> None:
        custom_id = f"suggest:{self.verb}:{number}{tail}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, style=self.style))
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        async with _shown_if_decided(interaction, self.number):
            await self.act(interaction)

    @abstractmethod
    async def act(self, interaction: Interaction) -> None:
        """What a click does. `SuggestionDecided` brings the pressed card up to date on its way."""


class AcceptButton(SuggestionButton, verb="accept", style=discord.ButtonStyle.success):
    """Makes a draft of it, or shows the curator the draft again."""

    async def act(self, interaction: Interaction) -> None:
        suggestions = interaction.client.services.suggestions
        await claim(interaction)
        work = suggestions.take(actor_of(interaction), self.number, secrets.token_hex(8), discord.utils.utcnow())
        taken = await run_or_defer(interaction, work, private=True)
        await show_draft(interaction, taken.draft)
        await renew_card(interaction, taken.suggestion)


class MergeButton(SuggestionButton, verb="merge"):
    """Asks which film on the list it is."""

    async def act(self, interaction: Interaction) -> None:
        words = words_for(interaction.locale)
        suggestion = await _undecided(interaction, self.number)
        likeliest = near_films(suggestion, interaction.client.services.films.catalogue_for(interaction.guild_id))
        film = text_part(
            "film",
            words.plain("suggestion.which_film"),
            words.plain("suggestion.which_film_help"),
            value=likeliest[0].name if likeliest else "",
            required=True,
        )
        await show_form(interaction, f"suggest:merge:{self.number}", words.plain("button.merge"), [film])


class MergeWithButton(SuggestionButton, verb="with", tail=f":{SLUG}"):
    """Settles it with a film that was near to what the curator typed."""

    def __init__(self, number: int, slug: str, label: str = "-") -> None:
        super().__init__(number, label, f":{slug}")
        self.slug = slug

    async def act(self, interaction: Interaction) -> None:
        await _merge(interaction, self.number, self.slug)


class DeclineButton(SuggestionButton, verb="decline", style=discord.ButtonStyle.danger):
    """Asks for the reason."""

    async def act(self, interaction: Interaction) -> None:
        words = words_for(interaction.locale)
        await _undecided(interaction, self.number)
        field = discord.ui.TextInput[Any](
            custom_id="reason", style=discord.TextStyle.paragraph, required=True, max_length=MAX_REASON
        )
        reason = part(words.plain("suggestion.reason"), field, words.plain("suggestion.reason_help", limit=MAX_REASON))
        await show_form(
            interaction, f"suggest:decline:{self.number}", words.plain("suggestion.decline_title"), [reason]
        )


class MergeForm(Form):
    """Settles it with the film that was named."""

    template = f"suggest:merge:{NUMBER}"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        number = int(ids["number"])
        async with _shown_if_decided(interaction, number):
            try:
                seen = interaction.client.services.films.catalogue_for(interaction.guild_id)
                film = seen.find(typed.get("film", ""), is_word)
            except FilmNotFound as error:
                await _offer_near(interaction, number, error)
            else:
                await _merge(interaction, number, film.slug)


class DeclineForm(Form):
    """Settles it without a film."""

    template = f"suggest:decline:{NUMBER}"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        number = int(ids["number"])
        async with _shown_if_decided(interaction, number):
            reason = read_reason(typed.get("reason", ""))
            suggestions = interaction.client.services.suggestions
            await claim(interaction, in_place=True)
            work = suggestions.decline(actor_of(interaction), number, reason, discord.utils.utcnow())
            await _conclude(interaction, work)


BUTTONS: Final = (AcceptButton, MergeButton, MergeWithButton, DeclineButton)
FORMS: Final = (MergeForm, DeclineForm)


async def _undecided(interaction: Interaction, number: int) -> Suggestion:
    """The suggestion before a form about it is opened. Raises `TimeoutError` where that would come too late."""
    suggestion = await before_form(interaction.client.services.suggestions.get(actor_of(interaction), number))
    if suggestion.is_decided:
        raise SuggestionDecided(suggestion.curator_id or 0)
    return suggestion


async def _merge(interaction: Interaction, number: int, slug: str) -> None:
    suggestions = interaction.client.services.suggestions
    await claim(interaction, in_place=True)
    await _conclude(interaction, suggestions.merge(actor_of(interaction), number, slug, discord.utils.utcnow()))


async def _conclude(interaction: Interaction, work: Coroutine[Any, Any, Suggestion]) -> None:
    """Decide, close the pressed card, tell the member, and tell the curator that it is done."""
    suggestion = await run_or_defer(interaction, work, private=True)
    await _show_state(interaction, suggestion)
    done = words_for(interaction.locale)(f"suggestion_done.{suggestion.state.value}", name=short_name(suggestion))
    news = asyncio.ensure_future(announce(interaction, suggestion))
    try:
        await asyncio.wait({news}, timeout=_NEWS_PATIENCE)
        if not news.done():  # what is done is said without waiting for Discord to tell the member
            await reply(interaction, done, private=True)
            done = Markup("")
    finally:
        told = await news
    await reply(interaction, Markup(f"{done} {told}".strip()), private=True)


async def _offer_near(interaction: Interaction, number: int, error: FilmNotFound) -> None:
    """What was typed and not found, the films that may be meant, and the form once more."""
    words = words_for(interaction.locale)
    near = [
        MergeWithButton(number, match.slug, isolated(clip_name(match.title, match.year, BUTTON_LABEL - 2)))
        for match in error.near
    ]
    again = MergeButton(number, words.plain("button.merge"))
    asked = said(refusal(error, words) or Markup(""))
    await reply(interaction, view=Layout([asked, *rows(*near, again)]), private=True)


@contextlib.asynccontextmanager
async def _shown_if_decided(interaction: Interaction, number: int) -> AsyncGenerator[None]:
    """Where somebody has decided meanwhile, let the pressed card say so as well.

    Where the card is the answer it comes before the refusal, which follows it; else after it.
    """
    try:
        yield
    except SuggestionDecided as decided:
        suggestion = await interaction.client.services.suggestions.get(actor_of(interaction), number)
        if can_show_in_place(interaction):
            await _show_state(interaction, suggestion)
            raise
        await interaction.client.tree.on_error(interaction, decided)
        await _show_state(interaction, suggestion)


async def _show_state(interaction: Interaction, suggestion: Suggestion) -> None:
    """Turn the message that was pressed into the decided card, as far as it can be changed."""
    pressed = interaction.message
    if pressed is None:
        return
    seen = interaction.client.services.films.catalogue_for(interaction.guild_id)
    what = f"the pressed card of suggestion {suggestion.number}"
    if can_show_in_place(interaction):
        card = suggestion_layout(suggestion, seen, words_for(interaction.locale))
        await attempt(edit_or_reply(interaction, None, view=card), what)
    elif not pressed.flags.ephemeral:
        await attempt(redraw(pressed, suggestion, interaction), what)
