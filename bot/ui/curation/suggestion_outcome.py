"""What follows a decision: the curators' card is brought up to date, and the member is told where they asked.

The decision stands by then, so no trouble with Discord may undo or hide it.
"""

import logging
from functools import partial
from typing import Any

import discord

from bot.domain.curation.suggestions import Suggestion
from bot.domain.errors import FrontRowError
from bot.ui.curation.suggestion_card import film_name, short_name, suggestion_layout
from bot.ui.films.buttons import PeekButton
from bot.ui.kit.actors import actor_of
from bot.ui.kit.attempts import attempt
from bot.ui.kit.blocks import Fixed, Section
from bot.ui.kit.layout import Layout
from bot.ui.kit.replies import Interaction, words_to
from bot.ui.kit.sending import send_accepted
from bot.ui.kit.text import Markup, channel_mention, clip_plain, words_for

log = logging.getLogger(__name__)


async def announce(interaction: Interaction, suggestion: Suggestion) -> Markup:
    """Close the card, tell the member, and give back the sentence that tells the curator how that went."""
    await renew_card(interaction, suggestion)
    told = await _tell(interaction, suggestion)
    words = words_for(interaction.locale)
    return words(
        "suggestion.told" if told else "suggestion.untold",
        member=Markup(f"<@{suggestion.author_id}>"),
        channel=channel_mention(suggestion.channel_id, words),
    )


async def renew_card(interaction: Interaction, suggestion: Suggestion) -> None:
    """Let the card in the curators' channel say how far it has come; without buttons once it is decided."""
    if suggestion.card_channel_id is None or suggestion.card_message_id is None:
        return
    channel = interaction.client.get_partial_messageable(suggestion.card_channel_id, guild_id=suggestion.guild_id)
    message = channel.get_partial_message(suggestion.card_message_id)
    await attempt(redraw(message, suggestion, interaction), f"the card of suggestion {suggestion.number}")


async def redraw(
    message: discord.Message | discord.PartialMessage, suggestion: Suggestion, interaction: Interaction
) -> None:
    """Let the card say what there is to say now, also one that was an embed."""
    seen = interaction.client.services.films.catalogue_for(suggestion.guild_id)
    card = suggestion_layout(suggestion, seen, words_to(interaction, private=False))
    parts: dict[str, Any] = {"content": None, "embeds": [], "view": card}
    await send_accepted(message.edit, parts, interaction.client.refused_addresses)


async def reopened(interaction: Interaction, number: int) -> None:
    """Let the card say that a suggestion is open again, because the draft of it has been thrown away."""
    try:
        suggestion = await interaction.client.services.suggestions.get(actor_of(interaction), number)
    except FrontRowError as error:
        log.info("could not look suggestion %d up (%s)", number, type(error).__name__)
    else:
        await renew_card(interaction, suggestion)


async def _tell(interaction: Interaction, suggestion: Suggestion) -> bool:
    """One short message for all, with a mention of the member and of nobody else."""
    words = words_to(interaction, private=False)
    seen = interaction.client.services.films.catalogue_for(suggestion.guild_id)
    news = words(
        f"suggestion_news.{suggestion.state.value}",
        member=Markup(f"<@{suggestion.author_id}>"),
        name=short_name(suggestion),
        film=film_name(suggestion, seen),
        reason=clip_plain(suggestion.reason or "", 900),
    )
    parts: dict[str, Any] = {"content": news}
    if suggestion.slug is not None:
        see = PeekButton(suggestion.slug, words.plain("button.see_film"))
        parts = {"view": Layout([Section((Fixed(news),), see)])}
    channel = interaction.client.get_partial_messageable(suggestion.channel_id, guild_id=suggestion.guild_id)
    only_them = discord.AllowedMentions(everyone=False, roles=False, users=[discord.Object(suggestion.author_id)])
    # The nonce keeps a request that Discord carried out but never answered from doubling.
    send = partial(channel.send, allowed_mentions=only_them, nonce=f"told-{suggestion.number}")
    sending = send_accepted(send, parts, interaction.client.refused_addresses)
    return await attempt(sending, f"the news of suggestion {suggestion.number}")
