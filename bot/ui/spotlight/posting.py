"""Posting what is due: each film of the week once, whatever Discord answers and whenever the process ends."""

import asyncio
import datetime
import logging
from collections.abc import Callable
from typing import Any, Final

import aiohttp
import discord

from bot.client import FilmBot
from bot.deliveries import may_be_done, watched
from bot.domain.errors import DiscussionBusy, FrontRowError, StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.spotlight.plans import Trouble
from bot.domain.spotlight.posts import Post
from bot.services.spotlight_posts import Billing
from bot.ui.films.thread import open_film_thread
from bot.ui.kit.message_parts import opening_of, opening_text
from bot.ui.kit.permissions import FOR_SPOTLIGHT, TimedOutHere, require_voice
from bot.ui.kit.sending import is_refusal, send_accepted
from bot.ui.kit.text import words_for
from bot.ui.spotlight.notice import tell_curators
from bot.ui.spotlight.post import is_post_of, post_parts

log = logging.getLogger(__name__)

Clock = Callable[[], datetime.datetime]
# Servers that one look takes up, and how many of them at once.
_AT_ONCE: Final = 500
_WORKERS: Final = 8
# Seconds for one server's post; well below the time for which it is held.
_LIMIT: Final = 120.0
_READ_BACK: Final = 200
_BEFORE: Final = datetime.timedelta(minutes=1)  # by which clocks may differ from Discord's
_TOO_MANY_REQUESTS: Final = 429


async def post_due(client: FilmBot, now: Clock) -> None:
    """Post what is due in the servers that this process looks after, the longest due first."""
    due = await client.services.spotlight_posts.due(now(), client.memberships.__contains__, _AT_ONCE)
    left = iter(due)

    async def work() -> None:
        for guild_id in left:
            await _look_after(client, guild_id, now)

    async with asyncio.TaskGroup() as group:
        for _ in range(min(_WORKERS, len(due))):
            group.create_task(work())


async def _look_after(client: FilmBot, guild_id: int, now: Clock) -> None:
    """One server's post. Whatever goes wrong with it leaves the others alone."""
    guild = client.get_guild(guild_id)
    if guild is None or guild.unavailable:  # it stays due
        return
    share = max(1, len(client.shards)) / max(1, client.shard_count or 1)
    try:
        await client.services.ensure_loaded(guild_id)
        with client.background.requests(share):
            await _claim_and_post(client, guild, now)
    except StorageUnavailable as failure:
        log.warning("could not post the film of the week in server %d (%s)", guild_id, failure.reason)
    except Exception:  # whoever else is due is posted all the same
        log.exception("could not post the film of the week in server %d", guild_id)


async def _claim_and_post(client: FilmBot, guild: discord.Guild, now: Clock) -> None:
    posts = client.services.spotlight_posts
    claimed = await posts.claim(guild.id, now())
    if claimed is None:
        return
    if isinstance(claimed, Trouble):
        await tell_curators(client, guild, claimed, None)
        return
    try:
        async with asyncio.timeout(_LIMIT):
            await _Posting(client, guild, claimed, now).run()
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError, TimedOutHere, DiscussionBusy) as error:
        if (trouble := _lasting(error)) is None:
            log.warning("the film of the week in server %d has to wait (%s)", guild.id, type(error).__name__)
            await posts.put_off(claimed, now())
        elif await posts.stop(guild.id, trouble, claimed):
            await tell_curators(client, guild, trouble, claimed)


def _lasting(error: BaseException) -> Trouble | None:
    """What a curator has to see to; None for a failure that passes."""
    if not isinstance(error, discord.HTTPException) or error.status == _TOO_MANY_REQUESTS or may_be_done(error):
        return None
    return {403: Trouble.NO_ACCESS, 404: Trouble.CHANNEL_GONE}.get(error.status, Trouble.REFUSED)


class _Posting:
    """One try to make a post whole."""

    def __init__(self, client: FilmBot, guild: discord.Guild, post: Post, now: Clock) -> None:
        self._client = client
        self._posts = client.services.spotlight_posts
        self._guild = guild
        self._post = post
        self._now = now
        self._settings = client.services.guilds.settings(guild.id)
        self._trouble: Trouble | None = None

    async def run(self) -> None:
        channel = self._guild.get_channel(self._post.channel_id)
        if not isinstance(channel, discord.TextChannel):
            await self._stop(Trouble.CHANNEL_GONE)
            return
        require_voice(self._guild.me)
        own = channel.permissions_for(self._guild.me)
        if not all(getattr(own, name) for name in FOR_SPOTLIGHT):
            await self._stop(Trouble.NO_ACCESS)
            return
        billing = await self._posts.billing(self._post)
        if billing.film is None:
            log.warning("a film of the week has left the list while it was posted in server %d", self._guild.id)
        else:
            await self._show(channel, billing.film, billing)
        if await self._posts.finish(self._post, self._trouble, self._now()) and self._trouble is not None:
            await tell_curators(self._client, self._guild, self._trouble, self._post)

    async def _show(self, channel: discord.TextChannel, film: Film, billing: Billing) -> None:
        """Thread, card and trailer, as far as they are missing."""
        if self._post.message_id is None:
            thread = await self._thread(channel, film)
            words = words_for(self._settings.language or self._guild.preferred_locale)
            counts = await self._client.services.club_shelves.counts(self._guild.id, film.slug)
            role_id = self._post.plan.role_id
            parts = post_parts(film, billing.occasion, counts, words, role_id=role_id, thread=thread)
            message = await self._sent(channel, "card", parts, lambda each: is_post_of(film, each))
            self._post = await self._posts.posted(self._post, message.id)
        if film.trailers and self._settings.trailer == "with_card":
            await self._trailer(channel, film.trailers[0].address())

    async def _thread(self, channel: discord.TextChannel, film: Film) -> str | None:
        """The film's thread as something to press; the card does without one that cannot be opened."""
        if not self._post.plan.opens_thread:
            return None
        if self._post.wants_thread:
            try:
                return (await open_film_thread(self._client, film, channel)).mention
            except DiscussionBusy:
                raise
            except FrontRowError as refused:
                log.info("no thread for the film of the week in server %d (%s)", self._guild.id, type(refused).__name__)
            except discord.HTTPException as error:
                if _lasting(error) is None:
                    raise
                log.info("no thread for the film of the week in server %d (%d)", self._guild.id, error.code)
        self._trouble = Trouble.NO_THREAD
        return None

    async def _trailer(self, channel: discord.TextChannel, address: str) -> None:
        """The bare link, so that Discord draws its player; the post does without one that Discord will not have."""
        try:
            await self._sent(channel, "trailer", {"content": address}, lambda _: False)
        except discord.HTTPException as error:
            if not is_refusal(error):
                raise
            log.warning("Discord refused the trailer of %s (%d)", self._post.slug, error.code)

    async def _sent(
        self, channel: discord.TextChannel, part: str, parts: dict[str, Any], is_it: Callable[[discord.Message], bool]
    ) -> discord.Message:
        """Send one message of the post, unless an earlier try has.

        An answer that was lost is looked for in the channel; beyond that, Discord itself knows the nonce for a while.
        """

        def is_there(message: discord.Message) -> bool:
            is_ours = message.author.id == self._guild.me.id and message.interaction_metadata is None
            return is_ours and (opening_of(message) == opening_text(parts) or is_it(message))

        if self._post.tries and (found := await self._found(channel, is_there)) is not None:
            return found
        try:
            with watched(once=True):
                sent = await send_accepted(
                    channel.send, {**parts, "nonce": self._post.nonce(part)}, self._client.refused_addresses
                )
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if not may_be_done(error) or (found := await self._found(channel, is_there)) is None:
                raise
            return found
        message: discord.Message = sent.result
        return message

    async def _found(
        self, channel: discord.TextChannel, is_there: Callable[[discord.Message], bool]
    ) -> discord.Message | None:
        since = self._post.claimed_at - _BEFORE
        async for message in channel.history(limit=_READ_BACK, after=since, oldest_first=True):
            if is_there(message):
                return message
        return None

    async def _stop(self, trouble: Trouble) -> None:
        if await self._posts.stop(self._guild.id, trouble, self._post):
            await tell_curators(self._client, self._guild, trouble, self._post)
