"""A member suggests a film: the answer is for them alone, the card is for the curators."""

import logging

import discord

from bot.domain.curation.changes import Duplicate
from bot.domain.curation.suggestions import Suggestion, read_proposal
from bot.domain.errors import StorageUnavailable
from bot.ui.curation.suggestion_card import short_name, suggestion_layout
from bot.ui.films.buttons import PeekButton
from bot.ui.kit.actors import actor_of
from bot.ui.kit.attempts import attempt
from bot.ui.kit.blocks import Line, Section
from bot.ui.kit.layout import Layout
from bot.ui.kit.replies import Interaction, claim, reply, run_or_defer, words_to
from bot.ui.kit.sending import send_accepted
from bot.ui.kit.text import channel_mention, words_for

log = logging.getLogger(__name__)


async def suggest(interaction: Interaction, title: str, why: str, year: int | None, trailer: str | None) -> None:
    """Keep the suggestion and show it to the curators, or show the member the film that is there already."""
    actor, proposal = actor_of(interaction), read_proposal(title, why, year, trailer)
    suggestions = interaction.client.services.suggestions
    await claim(interaction)
    work = suggestions.make(actor, proposal, interaction.channel_id or 0, discord.utils.utcnow())
    made = await run_or_defer(interaction, work, private=True)
    if isinstance(made, Duplicate):
        await _say_known(interaction, made, is_year_known=proposal.year is not None)
        return
    words = words_for(interaction.locale)
    key = "suggestion.thanks" if _may_write(interaction) else "suggestion.thanks_untold"
    thanks = words(key, name=short_name(made), channel=channel_mention(interaction.channel_id, words))
    try:
        await reply(interaction, thanks, private=True)
    finally:  # it is kept, whether the member can be thanked or not
        await _show_curators(interaction, made)


def _may_write(interaction: Interaction) -> bool:
    """Whether the bot could tell the member here, later, what has become of it."""
    own = interaction.app_permissions
    is_thread = isinstance(interaction.channel, discord.Thread)
    return own.view_channel and (own.send_messages_in_threads if is_thread else own.send_messages)


async def _say_known(interaction: Interaction, known: Duplicate, *, is_year_known: bool) -> None:
    words, film = words_for(interaction.locale), known.film
    key = (
        "suggestion_known.title" if known.common == "name" and not is_year_known else f"suggestion_known.{known.common}"
    )
    see = PeekButton(film.slug, words.plain("button.see_film"))
    await reply(interaction, view=Layout([Section((Line(words, key, name=film.name),), see)]), private=True)


async def _show_curators(interaction: Interaction, suggestion: Suggestion) -> None:
    """Post the card where curators look. Where that fails it waits in the queue, and the member need not know."""
    services = interaction.client.services
    channel_id = services.guilds.settings(suggestion.guild_id).curators_channel
    if channel_id is None:
        return
    words = words_to(interaction, private=False)
    seen = services.films.catalogue_for(suggestion.guild_id)
    channel = interaction.client.get_partial_messageable(channel_id, guild_id=suggestion.guild_id)

    async def post() -> None:
        card = {"view": suggestion_layout(suggestion, seen, words), "nonce": f"card-{suggestion.number}"}
        sent = await send_accepted(channel.send, card, interaction.client.refused_addresses)
        await services.suggestions.remember_card(suggestion, channel_id, sent.result.id)

    try:
        await attempt(post(), f"a card of suggestion {suggestion.number}")
    except StorageUnavailable as failure:  # the card can be pressed all the same; it says nothing new by itself
        log.warning("could not note the card of suggestion %d (%s)", suggestion.number, failure.reason)
