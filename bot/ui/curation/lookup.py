"""Filling in a new film with what TMDB knows, for a curator to check."""

import secrets
from collections.abc import Sequence

import discord

from bot.domain.curation.film_metadata import Candidate, FilmMetadata
from bot.domain.curation.form_codec import texts_of_facts
from bot.domain.curation.lookups import NothingLookedUp
from bot.services.lookups import Lookups
from bot.ui.curation.draft_panel import show_draft
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import Row, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import OPTION
from bot.ui.kit.persistent import Menu, number_in
from bot.ui.kit.replies import Interaction, defer, reply
from bot.ui.kit.text import clip, isolated, words_for


class CandidateSelect(Menu, name="lookup:choose"):
    """Fills in the film that was meant."""

    def __init__(self, placeholder: str = "-", candidates: Sequence[Candidate] = ()) -> None:
        options = [
            discord.SelectOption(
                label=isolated(clip(_label(each), OPTION - 2)),
                value=str(each.tmdb_id),
                description=isolated(clip(each.original_title, OPTION - 2)) if each.original_title else None,
            )
            for each in candidates
        ]
        super().__init__(placeholder, options)

    async def choose(self, interaction: Interaction, value: str) -> None:
        interaction.client.services.guilds.require_curator(actor_of(interaction))
        await defer(interaction, private=True)
        await _begin(interaction, await _lookups(interaction).facts(number_in(value)))


async def look_up(interaction: Interaction, typed: str) -> None:
    """Find the film that a title, an address or an id means, and begin a draft of it."""
    interaction.client.services.guilds.require_curator(actor_of(interaction))
    await defer(interaction, private=True)
    found = await _lookups(interaction).find(typed)
    if isinstance(found, FilmMetadata):
        await _begin(interaction, found)
        return
    words = words_for(interaction.locale)
    menu = CandidateSelect(words.plain("button.choose_candidate"), found)
    await reply(interaction, view=Layout([said(words("lookup.which")), Row(menu)]), private=True)


async def _begin(interaction: Interaction, facts: FilmMetadata) -> None:
    drafts, now = interaction.client.services.drafts, discord.utils.utcnow()
    draft = await drafts.begin(actor_of(interaction), secrets.token_hex(8), texts_of_facts(facts), now)
    await show_draft(interaction, draft)
    await reply(interaction, words_for(interaction.locale)("lookup.credit"), private=True)


def _lookups(interaction: Interaction) -> Lookups:
    lookups = interaction.client.services.lookups
    if lookups is None:  # a menu from the time when there was a token
        raise NothingLookedUp
    return lookups


def _label(candidate: Candidate) -> str:
    return f"{candidate.title} ({candidate.year})" if candidate.year else candidate.title
