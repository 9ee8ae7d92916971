"""Adding and editing films: a draft is kept from the first word on, and published in one transaction."""

import dataclasses
import datetime
from collections.abc import Mapping

from bot.domain.curation.changes import Change, ChangeKind, GuildFilmState, film_of
from bot.domain.curation.drafts import MAX_DRAFTS, Conflict, Draft, Published, merged, renamed
from bot.domain.curation.form_codec import texts_of
from bot.domain.curation.keeping import DRAFT_KEPT
from bot.domain.curation.suggestions import State, Suggestion
from bot.domain.errors import DraftGone, FilmNotFound, TooManyDrafts
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue, film_body
from bot.domain.guilds.settings import Actor
from bot.services.curation import record
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.db import changes, drafts, films, suggestions
from bot.storage.db.database import Database, Transaction


class Drafts:
    """Keeps what curators type, and makes films of it.

    Each method raises `CuratorsOnly`, and those that name a draft `DraftGone`. A draft belongs to whoever
    began it.
    """

    def __init__(self, database: Database, all_films: Films, guilds: Guilds) -> None:
        self._database = database
        self._films = all_films
        self._guilds = guilds

    async def mine(self, actor: Actor) -> tuple[Draft, ...]:
        """Every draft that the curator has in this server, the latest first."""
        self._guilds.require_curator(actor)
        async with self._database.read() as tx:
            return await drafts.of_author(tx, actor.guild_id, actor.member_id)

    async def get(self, actor: Actor, draft_id: str) -> Draft:
        """One of the curator's drafts."""
        self._guilds.require_curator(actor)
        async with self._database.read() as tx:
            return _of(actor, await drafts.get(tx, actor.guild_id, draft_id))

    async def begin(self, actor: Actor, draft_id: str, texts: Mapping[str, str], now: datetime.datetime) -> Draft:
        """Keep the draft of a new film; the same form sent again is the same draft. Raises `TooManyDrafts`."""
        self._guilds.require_curator(actor)
        draft = Draft(draft_id, actor.guild_id, actor.member_id, texts, now)
        async with self._database.begin() as tx:
            await drafts.enter(tx, actor.guild_id, actor.member_id)
            for known in await drafts.of_author(tx, actor.guild_id, actor.member_id):
                if known.slug is None and known.suggestion is None and known.texts == texts:
                    return known
            await add(tx, draft)
        return draft

    async def begin_edit(self, actor: Actor, draft_id: str, slug: str, now: datetime.datetime) -> Draft:
        """A draft of a film on the list: the one that the curator has of it already, or a new one.

        Raises `FilmNotFound` or `TooManyDrafts`.
        """
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            await drafts.enter(tx, actor.guild_id, actor.member_id)
            for draft in await drafts.of_author(tx, actor.guild_id, actor.member_id):
                if draft.slug == slug:
                    return draft
            standing, shared = await films.standing(tx, actor.guild_id, slug), await films.shared_body(tx, slug)
            base = standing.shown(shared)
            if (film := film_of(base)) is None:
                raise FilmNotFound(slug)
            draft = Draft(draft_id, actor.guild_id, actor.member_id, texts_of(film), now, slug, base)
            await add(tx, draft)
        return draft

    async def write(self, actor: Actor, draft_id: str, texts: Mapping[str, str], now: datetime.datetime) -> Draft:
        """Keep what one form said; the texts of other forms stay."""
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            draft = await _own(tx, actor, draft_id)
            draft = dataclasses.replace(draft, texts={**draft.texts, **texts}, written=now)
            await drafts.write(tx, draft)
        return draft

    async def forget_old(self, now: datetime.datetime) -> int:
        """Throw away every draft in which nothing has been written for long; tells of how many."""
        async with self._database.read() as tx:
            old = await drafts.written_before(tx, now - DRAFT_KEPT)
        forgotten = 0
        for guild_id, draft_id in old:
            async with self._database.begin() as tx:
                draft = await drafts.hold(tx, guild_id, draft_id)
                if draft is not None and draft.written < now - DRAFT_KEPT:
                    await _throw_away(tx, draft)
                    forgotten += 1
        return forgotten

    async def discard(self, actor: Actor, draft_id: str) -> Draft:
        """Throw the draft away; the suggestion that it was made of is open again."""
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            draft = await _own(tx, actor, draft_id)
            await _throw_away(tx, draft)
        return draft

    async def publish(
        self, actor: Actor, draft_id: str, now: datetime.datetime
    ) -> Published | Conflict | tuple[ValidationIssue, ...]:
        """Put the film on the list, or tell what is wrong with it, or who has changed it meanwhile."""
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            await films.write(tx, actor.guild_id)
            draft = await _own(tx, actor, draft_id)
            suggestion = await _behind(tx, draft)
            film = draft.read(actor.name, now.date(), last=await _last(tx, draft))
            if not isinstance(film, Film):
                return film
            if draft.slug is None:
                film = renamed(film, await films.slugs(tx, actor.guild_id))
                if not isinstance(film, Film):
                    return film
            standing = await films.standing(tx, actor.guild_id, film.slug)
            shared = await films.shared_body(tx, film.slug)
            if (theirs := standing.shown(shared)) != draft.base:
                latest = await changes.latest(tx, actor.guild_id, slug=film.slug, limit=1)
                return Conflict(draft, theirs, latest[0] if latest else None)
            act = ChangeKind.EDIT if draft.slug else ChangeKind.ADD
            after = GuildFilmState(own=film_body(film))  # no longer hidden: a reset has to show the shared film
            change = Change(actor.guild_id, now, actor.member_id, act, film.slug, standing, after, shared)
            if standing != after and theirs != after.own:
                change = await record(tx, change)
            if suggestion is not None:
                suggestion = suggestion.decided(State.ACCEPTED, actor.member_id, slug=film.slug)
                await suggestions.decide(tx, suggestion)
            await _remove(tx, draft)
        await self._films.refresh_if_possible()
        return Published(film, change, is_new=draft.slug is None, suggestion=suggestion)

    async def settle(self, actor: Actor, draft_id: str, *, keep_mine: bool, now: datetime.datetime) -> Draft:
        """Join the draft with what has been published meanwhile.

        Where both changed the same text, `keep_mine` says whose stands. A film that was taken off the list
        meanwhile comes back when the draft is published.
        """
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            draft = await _own(tx, actor, draft_id)
            slug = draft.slug or ""
            standing, shared = await films.standing(tx, actor.guild_id, slug), await films.shared_body(tx, slug)
            theirs, base = standing.shown(shared), film_of(draft.base)
            other, texts = film_of(theirs), draft.texts
            if other is not None and base is not None:
                texts = merged(texts, base, other, prefer_mine=keep_mine)
            draft = dataclasses.replace(draft, texts=texts, base=theirs, written=now)
            await drafts.write(tx, draft)
        return draft


async def add(tx: Transaction, draft: Draft) -> None:
    """Keep a new draft. Raises `TooManyDrafts`."""
    if await drafts.count(tx, draft.guild_id, draft.author_id) >= MAX_DRAFTS:
        raise TooManyDrafts
    await drafts.add(tx, draft)


async def _own(tx: Transaction, actor: Actor, draft_id: str) -> Draft:
    return _of(actor, await drafts.hold(tx, actor.guild_id, draft_id))


async def _last(tx: Transaction, draft: Draft) -> Film | None:
    """What was last published of the film that the draft edits, whether members see it or not."""
    if draft.slug is None:
        return None
    return await films.get(tx, draft.slug, draft.guild_id) or await films.get(tx, draft.slug)


def _of(actor: Actor, draft: Draft | None) -> Draft:
    if draft is None or draft.author_id != actor.member_id:
        raise DraftGone
    return draft


async def _behind(tx: Transaction, draft: Draft) -> Suggestion | None:
    """The suggestion that the draft was made of, unless it has been decided or taken over meanwhile."""
    if draft.suggestion is None:
        return None
    found = await suggestions.hold(tx, draft.guild_id, draft.suggestion)
    return found if found is not None and found.state is State.TAKEN and found.draft == draft.id else None


async def _throw_away(tx: Transaction, draft: Draft) -> None:
    if (suggestion := await _behind(tx, draft)) is not None:
        await suggestions.decide(tx, suggestion.given_back())
    await _remove(tx, draft)


async def _remove(tx: Transaction, draft: Draft) -> None:
    """Take the draft away. Raises `DraftGone` where another process has done so a moment ago."""
    if not await drafts.remove(tx, draft.id):
        raise DraftGone
