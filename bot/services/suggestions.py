"""Members propose films, and curators decide: each step is one transaction, and one of two who try it wins."""

import asyncio
import datetime
import math
from typing import NamedTuple

from bot.domain.curation.changes import Duplicate
from bot.domain.curation.drafts import Draft
from bot.domain.curation.suggestions import (
    COOLDOWN,
    MAX_OPEN,
    TAKEN_LASTS,
    Proposal,
    State,
    Suggestion,
    already_there,
    credit_of,
)
from bot.domain.errors import SuggestionDecided, SuggestionGone, SuggestionTaken, TooManyOpen, TooSoon
from bot.domain.guilds.settings import Actor
from bot.services.drafts import add
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.db import drafts, suggestions
from bot.storage.db.database import Database, Transaction


class Taken(NamedTuple):
    """A suggestion in a curator's hands, and the draft that was made of it."""

    suggestion: Suggestion
    draft: Draft


class Suggestions:
    """Keeps what members propose until curators have decided.

    All but `make` and `remember_card` raise `CuratorsOnly`; those that name a suggestion raise
    `SuggestionGone`, and those that decide `SuggestionDecided` or `SuggestionTaken`.
    """

    def __init__(self, database: Database, all_films: Films, guilds: Guilds) -> None:
        self._database = database
        self._films = all_films
        self._guilds = guilds

    async def make(
        self, actor: Actor, proposal: Proposal, channel_id: int, now: datetime.datetime
    ) -> Suggestion | Duplicate:
        """Keep what a member proposes, unless it is on the list. Raises `TooManyOpen` or `TooSoon`."""
        if (there := await self._already_there(actor, proposal)) is not None:
            return there
        suggestion = Suggestion(
            number=0,
            guild_id=actor.guild_id,
            author_id=actor.member_id,
            author_name=credit_of(actor.name),
            title=proposal.title,
            year=proposal.year,
            why=proposal.why,
            trailer=proposal.trailer.address() if proposal.trailer else None,
            channel_id=channel_id,
            made=now,
        )
        async with self._database.begin() as tx:
            await _check_limits(tx, actor, now)
            number = await suggestions.add(tx, suggestion)
            made = await suggestions.get(tx, actor.guild_id, number)
            assert made is not None  # it has just been added
        return made

    async def _already_there(self, actor: Actor, proposal: Proposal) -> Duplicate | None:
        await self._films.ensure_loaded(actor.guild_id)
        seen, trailers = self._films.catalogue_for(actor.guild_id), [proposal.trailer] if proposal.trailer else []
        return already_there(proposal, await asyncio.to_thread(seen.alike, [proposal.title], trailers))

    async def remember_card(self, suggestion: Suggestion, channel_id: int, message_id: int) -> None:
        """Note which message shows it to the curators."""
        async with self._database.begin() as tx:
            await suggestions.remember_card(tx, suggestion.guild_id, suggestion.number, channel_id, message_id)

    async def get(self, actor: Actor, number: int) -> Suggestion:
        """One suggestion, decided or not."""
        self._guilds.require_curator(actor)
        async with self._database.read() as tx:
            found = await suggestions.get(tx, actor.guild_id, number)
        if found is None:
            raise SuggestionGone
        return found

    async def queue(self, actor: Actor) -> tuple[Suggestion, ...]:
        """All that are undecided, the oldest first."""
        self._guilds.require_curator(actor)
        async with self._database.read() as tx:
            return await suggestions.waiting(tx, actor.guild_id)

    async def take(self, actor: Actor, number: int, draft_id: str, now: datetime.datetime) -> Taken:
        """Make a draft of it; a curator who has one already gets that again. Raises `TooManyDrafts`."""
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            found, held = await _free(tx, actor, number, now)
            if held is not None and held.author_id == actor.member_id:
                return Taken(found, held)
            who, credit = actor.member_id, found.author_name or None
            draft = Draft(draft_id, actor.guild_id, who, found.texts, now, suggestion=number, suggested_by=credit)
            await add(tx, draft)
            taken = found.taken(who, draft.id)
            await suggestions.decide(tx, taken)
        return Taken(taken, draft)

    async def merge(self, actor: Actor, number: int, slug: str, now: datetime.datetime) -> Suggestion:
        """Settle it with a film on the list, which the member gets instead. Raises as `Films.get` does."""
        self._guilds.require_curator(actor)
        film = await self._films.get(slug, actor.guild_id)
        async with self._database.begin() as tx:
            found, _ = await _free(tx, actor, number, now)
            merged = found.decided(State.MERGED, actor.member_id, slug=film.slug)
            await suggestions.decide(tx, merged)
        return merged

    async def decline(self, actor: Actor, number: int, reason: str, now: datetime.datetime) -> Suggestion:
        """Settle it without a film. The reason is `read_reason`'s."""
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            found, _ = await _free(tx, actor, number, now)
            declined = found.decided(State.DECLINED, actor.member_id, reason=reason)
            await suggestions.decide(tx, declined)
        return declined


async def _check_limits(tx: Transaction, actor: Actor, now: datetime.datetime) -> None:
    if await suggestions.waiting_of(tx, actor.guild_id, actor.member_id) >= MAX_OPEN:
        raise TooManyOpen(MAX_OPEN)
    last = await suggestions.last_made(tx, actor.guild_id, actor.member_id)
    if last is not None and now - last < COOLDOWN:
        # No longer than the whole of it, even where another process's clock runs ahead.
        raise TooSoon(math.ceil(min(COOLDOWN, last + COOLDOWN - now).total_seconds()))


async def _free(tx: Transaction, actor: Actor, number: int, now: datetime.datetime) -> tuple[Suggestion, Draft | None]:
    """The suggestion for this curator to decide on, and the draft that somebody has of it."""
    found = await suggestions.hold(tx, actor.guild_id, number)
    if found is None:
        raise SuggestionGone
    if found.is_decided:
        raise SuggestionDecided(found.curator_id or 0)
    held = await drafts.get(tx, found.guild_id, found.draft) if found.draft else None
    if held is not None and held.author_id != actor.member_id and now - held.written < TAKEN_LASTS:
        raise SuggestionTaken(held.author_id)
    return found, held
