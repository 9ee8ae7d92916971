"""Making a film's thread: exactly one, with each opening message once, whatever Discord answers on the way."""

import asyncio
import logging
from collections.abc import Collection
from typing import Any, Final

import aiohttp
import discord

from bot.client import FilmBot
from bot.deliveries import OutcomeUnknown, may_be_done, watched
from bot.domain.films.films import Film
from bot.domain.guilds.settings import GuildSettings
from bot.domain.text.normalize import fold
from bot.ui.films.starter_messages import begins_with_card, is_about_another, missing, opening_messages, thread_names
from bot.ui.kit.limits import TAGS
from bot.ui.kit.message_parts import opening_of, opening_text
from bot.ui.kit.permissions import ForumNeedsTag, Place
from bot.ui.kit.sending import faults_of, is_refusal, send_accepted
from bot.ui.kit.text import Words

log = logging.getLogger(__name__)

_READ_BACK: Final = 30
# Seconds before a request is made again.
_PAUSES: Final = (1.0, 3.0, 5.0)
# "Not allowed in a community that can be discovered", and "title blocked by automatic moderation"
# (developers/topics/opcodes-and-status-codes in Discord's documentation).
_NAME_REFUSED: Final = frozenset({20031, 200001})
_TOO_MANY_REQUESTS: Final = 429


class ThreadMaker:
    """Makes the thread of one film, while nobody else may.

    `left_out` has the addresses that Discord would not have in the opening messages.
    """

    def __init__(self, client: FilmBot, guild: discord.Guild, film: Film, words: Words) -> None:
        self._refused = client.refused_addresses
        self._settings: GuildSettings = client.services.guilds.settings(guild.id)
        self._guild = guild
        self._film = film
        self._words = words
        self._names = thread_names(film, words)
        self.left_out: tuple[str, ...] = ()

    async def thread(self, place: Place, on_record: Collection[int]) -> discord.Thread:
        """A thread with all its opening messages: one that was left behind half done, or a new one.

        `on_record` are the threads that belong to some film already.
        """
        archived = [thread async for thread in place.archived_threads(limit=100)]
        found = await self._ours([*place.threads, *archived], on_record)
        thread, there = found or await self._made(place, on_record)
        await self._furnish(thread, there)
        return thread

    async def _ours(
        self, candidates: Collection[discord.Thread], on_record: Collection[int]
    ) -> tuple[discord.Thread, Collection[str]] | None:
        """The one that was made for this film and never put on record, and the texts that stand in it."""
        own = self._guild.me.id
        for thread in candidates:
            if thread.owner_id == own and thread.name in self._names and thread.id not in on_record:
                first = [message async for message in thread.history(limit=_READ_BACK, oldest_first=True)]
                sent = [m for m in first if m.author.id == own and m.type is discord.MessageType.default]
                texts = [opening_of(message) for message in sent]
                # Films share what a thread is called where its own name is refused.
                doubtful = bool(texts) and thread.name != self._names[0] and not self._has_card(texts)
                if not doubtful and not is_about_another(sent, self._film):
                    return thread, texts
        return None

    def _has_card(self, texts: Collection[str]) -> bool:
        return begins_with_card(self._film, self._words, texts)

    async def _made(self, place: Place, on_record: Collection[int]) -> tuple[discord.Thread, Collection[str]]:
        for name in self._names[:-1]:
            try:
                return await self._made_once(place, name, on_record)
            except discord.HTTPException as error:
                if not _is_name_refused(error):
                    raise
                log.info("Discord refused a name for the thread of %s (%d)", self._film.slug, error.code)
        return await self._made_once(place, self._names[-1], on_record)

    async def _made_once(
        self, place: Place, name: str, on_record: Collection[int]
    ) -> tuple[discord.Thread, Collection[str]]:
        """Make it; where nobody knows whether Discord did, it is looked for before it is made again."""
        for pause in (*_PAUSES, None):
            try:
                with watched(once=True):
                    return await self._make(place, name)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
                if not may_be_done(error):
                    raise
                if (found := await self._just_made(place, on_record)) is not None:
                    return found
                if pause is None or not isinstance(error, OutcomeUnknown):
                    raise
            await asyncio.sleep(pause)
        raise AssertionError  # the last try has returned or raised

    async def _just_made(
        self, place: Place, on_record: Collection[int]
    ) -> tuple[discord.Thread, Collection[str]] | None:
        active = await self._guild.active_threads()
        return await self._ours([thread for thread in active if thread.parent_id == place.id], on_record)

    async def _make(self, place: Place, name: str) -> tuple[discord.Thread, Collection[str]]:
        parts: dict[str, Any] = {"name": name, "auto_archive_duration": self._settings.archive_after}
        if isinstance(place, discord.ForumChannel):
            first = opening_messages(self._film, self._words)[0]
            parts |= {**first, "applied_tags": _tags(place, self._film)}
            sent = await send_accepted(place.create_thread, parts, self._refused)
            self.left_out += sent.left_out
            return sent.result.thread, [opening_text(first) or ""]
        news = place.is_news()
        parts["type"] = discord.ChannelType.news_thread if news else discord.ChannelType.public_thread
        return (await send_accepted(place.create_thread, parts, self._refused)).result, []

    async def _furnish(self, thread: discord.Thread, there: Collection[str]) -> None:
        to_send = missing(opening_messages(self._film, self._words), there)
        if thread.archived and to_send:
            await thread.edit(archived=False)
        for number, message in to_send:
            # The nonce keeps a request that Discord carried out but never answered from doubling.
            await self._send(thread, {**message, "nonce": f"{thread.id}-{number}"})

    async def _send(self, thread: discord.Thread, message: dict[str, Any]) -> None:
        """Send one message, and again where Discord has had too many. The thread does without all but the card."""
        for pause in (*_PAUSES, None):
            try:
                sent = await send_accepted(thread.send, message, self._refused)
            except discord.HTTPException as error:
                if is_refusal(error) and "view" not in message:
                    log.warning("Discord refused an opening message of thread %d (%d)", thread.id, error.code)
                    return
                if error.status != _TOO_MANY_REQUESTS or pause is None:
                    raise
            else:
                self.left_out += sent.left_out
                return
            await asyncio.sleep(pause)


def _is_name_refused(error: discord.HTTPException) -> bool:
    return error.code in _NAME_REFUSED or any(path[0] == "name" for path in faults_of(error))


def _tags(forum: discord.ForumChannel, film: Film) -> list[discord.ForumTag]:
    """The forum's tags that name a theme, a genre or the kind; any tag at all where one is demanded."""
    about = {fold(tag) for tag in (*film.themes, *film.genres, film.kind.value)}
    usable = [tag for tag in forum.available_tags if not tag.moderated]
    fitting = [tag for tag in usable if fold(tag.name) in about][:TAGS]
    if fitting or not forum.flags.require_tag:
        return fitting
    if not usable:
        raise ForumNeedsTag(forum.id)
    return usable[:1]
