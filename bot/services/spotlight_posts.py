"""Posting films of the week, each once: who claims a slot, what becomes of it, and when it is tried again."""

import datetime
import logging
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bot.domain.films.films import Film
from bot.domain.spotlight.draws import draw
from bot.domain.spotlight.occasions import Occasion, occasion_of
from bot.domain.spotlight.plans import Trouble
from bot.domain.spotlight.posts import HELD, Post, PostState
from bot.domain.spotlight.schedules import GRACE
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.services.spotlight import Spotlight
from bot.storage.db import film_counts, guilds, spotlight
from bot.storage.db.database import Database, Transaction
from bot.storage.db.spotlight import Spotlight as Stored

log = logging.getLogger(__name__)

_PAGE: Final = 500
_LONG_AGO: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class Billing(NamedTuple):
    """What there is to say of a film that is to be posted; no film where it has left the list meanwhile."""

    film: Film | None
    occasion: Occasion | None


class SpotlightPosts:
    """Claims slots, and keeps how far their posts have come. No claim is given back: a retry sends the same film."""

    def __init__(self, database: Database, films: Films, all_guilds: Guilds, plans: Spotlight) -> None:
        self._database = database
        self._films = films
        self._guilds = all_guilds
        self._plans = plans

    async def due(self, now: datetime.datetime, is_ours: Callable[[int], bool], limit: int = _PAGE) -> list[int]:
        """At most `limit` of our servers in which something is due, the longest first."""
        found, after = list[int](), (_LONG_AGO, 0)
        while True:
            async with self._database.read() as tx:
                page = await spotlight.due(tx, now, after, _PAGE)
            found += [guild_id for _, guild_id in page if is_ours(guild_id)]
            if len(page) < _PAGE or len(found) >= limit:
                return found[:limit]
            after = page[-1]

    async def claim(self, guild_id: int, now: datetime.datetime) -> Post | Trouble | None:
        """The post that whoever asks is to make now, and nobody else for `HELD`; or why it has just stopped.

        None where nothing is due any more: somebody else has it, it was too long ago, or the clocks have changed.
        """
        await self._films.ensure_loaded(guild_id)
        async with self._database.begin() as tx:
            zone = (await guilds.write(tx, guild_id)).time_zone
            stored = await spotlight.get(tx, guild_id)
            if stored.next_at is None or stored.next_at > now:
                return None
            held = stored._replace(next_at=now + HELD)
            begun = await spotlight.unfinished(tx, guild_id)
            if begun is None:
                return await self._begin(tx, guild_id, held, zone, now)
            post, state = begun
            if now - stored.plan.schedule.moment(post.slot, zone) > GRACE + HELD:
                log.warning("the film of %s in server %d was given up after %d tries", post.slot, guild_id, post.tries)
                is_seen = state is PostState.POSTED
                await self._end(tx, post, PostState.DONE if is_seen else PostState.FAILED, now)
                return None
            again = post._replace(tries=post.tries + 1)
            await spotlight.advance(tx, again, state)
            await spotlight.put(tx, guild_id, held)
            return again

    async def _begin(
        self, tx: Transaction, guild_id: int, held: Stored, zone: str, now: datetime.datetime
    ) -> Post | Trouble | None:
        """Claim the slot that is due, with the film that is next."""
        plan = held.plan
        slot = None if held.next_slot is None else plan.schedule.due_slot(held.next_slot, now, zone)
        if slot is None or plan.channel_id is None:
            await spotlight.put(tx, guild_id, await spotlight.planned(tx, guild_id, held, zone, now))
            return None
        stored = await spotlight.waiting(tx, guild_id)
        waiting = stored.among(self._films.catalogue_for(guild_id).by_slug)
        drawn = draw(waiting, await self._plans.order(tx, guild_id, plan), slot)
        if drawn is None:
            await self._stop(tx, guild_id, held, Trouble.NOTHING_TO_DRAW)
            return Trouble.NOTHING_TO_DRAW
        post = Post(guild_id, slot, drawn[0].slug, plan, plan.channel_id, now, latest=stored.latest)
        await spotlight.claim(tx, post)
        await spotlight.put_waiting(tx, guild_id, stored, drawn[1])
        await spotlight.put(tx, guild_id, held)
        return post

    async def billing(self, post: Post) -> Billing:
        """The film of the post, and why it comes now."""
        await self._films.ensure_loaded(post.guild_id)
        seen = self._films.catalogue_for(post.guild_id)
        film = seen.by_slug.get(post.slug)
        if film is None:
            return Billing(None, None)
        async with self._database.read() as tx:
            wants: Mapping[str, int] = await film_counts.wants(tx, post.guild_id)
        return Billing(film, occasion_of(film, seen, post.latest, wants.get(post.slug, 0), post.slot))

    async def posted(self, post: Post, message_id: int) -> Post:
        """The card is there."""
        seen = post._replace(message_id=message_id)
        async with self._database.begin() as tx:
            await guilds.write(tx, post.guild_id)
            await spotlight.advance(tx, seen, PostState.POSTED)
        return seen

    async def finish(self, post: Post, trouble: Trouble | None, now: datetime.datetime) -> bool:
        """All of the post is there, but for what is named; whether the curators have not been told of that yet."""
        async with self._database.begin() as tx:
            before = await self._end(tx, post, PostState.DONE, now, trouble)
        return trouble is not None and trouble is not before

    async def put_off(self, post: Post, now: datetime.datetime) -> None:
        """Try again after a while."""
        async with self._database.begin() as tx:
            await guilds.write(tx, post.guild_id)
            stored = await spotlight.get(tx, post.guild_id)
            if stored.next_at is not None:
                await spotlight.put(tx, post.guild_id, stored._replace(next_at=post.next_try(now)))

    async def stop(self, guild_id: int, trouble: Trouble, post: Post | None = None) -> bool:
        """Post nothing more until a curator has looked; whether this call has stopped it.

        The film of a post that Discord refused for certain is the next one.
        """
        async with self._database.begin() as tx:
            await guilds.write(tx, guild_id)
            stored = await spotlight.get(tx, guild_id)
            if post is not None:
                await spotlight.advance(tx, post, PostState.DONE if post.message_id else PostState.FAILED)
                if post.message_id is None:
                    before = await spotlight.waiting(tx, guild_id)
                    after = before._replace(
                        passed=before.passed - {post.slug}, chosen={**before.chosen, post.slot: post.slug}
                    )
                    await spotlight.put_waiting(tx, guild_id, before, after)
            if not stored.plan.is_on:
                return False
            await self._stop(tx, guild_id, stored, trouble)
        log.warning("the film of the week in server %d has stopped (%s)", guild_id, trouble)
        return True

    async def retime(self, is_ours: Callable[[int], bool]) -> int:
        """Work out anew when each of our next slots is due, as rules of time zones may have changed; how many moved."""
        moved, after = 0, 0
        while True:
            async with self._database.read() as tx:
                page = await spotlight.running(tx, after, _PAGE)
            ours = {guild_id: stored for guild_id, stored in page if is_ours(guild_id)}
            await self._guilds.load(ours)
            for guild_id, stored in ours.items():
                zone = self._guilds.settings(guild_id).time_zone
                if stored.next_slot and stored.plan.schedule.moment(stored.next_slot, zone) != stored.next_at:
                    moved += await self._retime(guild_id)
            if len(page) < _PAGE:
                return moved
            after = page[-1][0]

    async def _retime(self, guild_id: int) -> bool:
        async with self._database.begin() as tx:
            zone = (await guilds.write(tx, guild_id)).time_zone
            stored = await spotlight.get(tx, guild_id)
            if stored.next_at is None or stored.next_slot is None or await spotlight.unfinished(tx, guild_id):
                return False
            at = stored.plan.schedule.moment(stored.next_slot, zone)
            await spotlight.put(tx, guild_id, stored._replace(next_at=at))
            return at != stored.next_at

    async def _end(
        self, tx: Transaction, post: Post, state: PostState, now: datetime.datetime, trouble: Trouble | None = None
    ) -> Trouble | None:
        """Close the slot and plan the next; the trouble that was known before."""
        zone = (await guilds.write(tx, post.guild_id)).time_zone
        await spotlight.advance(tx, post, state)
        stored = await spotlight.get(tx, post.guild_id)
        if not stored.plan.is_on:
            return stored.trouble
        kept = await spotlight.planned(tx, post.guild_id, stored._replace(trouble=trouble), zone, now)
        await spotlight.put(tx, post.guild_id, kept)
        return stored.trouble

    async def _stop(self, tx: Transaction, guild_id: int, stored: Stored, trouble: Trouble) -> None:
        plan = stored.plan.model_copy(update={"is_on": False})
        await spotlight.put(tx, guild_id, Stored(plan, stored.next_slot, None, trouble))
