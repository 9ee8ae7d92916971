"""Reviews in the film's thread: posted when their writer says so, edited with them, gone with them."""

import datetime
import logging
from typing import Final

import aiohttp
import discord

from bot.client import FilmBot
from bot.domain.films.films import Film
from bot.domain.shelves.marks import MarkChanged
from bot.domain.shelves.posts import Post
from bot.services.shelves import Marked
from bot.ui.films.thread import check_may_write, film_thread
from bot.ui.kit.double_click import once
from bot.ui.kit.replies import Interaction, reply, words_to
from bot.ui.kit.text import Markup, Words, words_for
from bot.ui.shelves.owners import owner_of
from bot.ui.shelves.review_text import review_post

log = logging.getLogger(__name__)

_ARCHIVED: Final = 50083
_FAILURES: Final = (discord.DiscordException, aiohttp.ClientError, OSError)


async def post_review(interaction: Interaction, film: Film) -> None:
    """Post the member's review in the film's thread, once."""
    async with once(interaction) as is_first:
        if is_first:
            await _post(interaction, film)


async def _post(interaction: Interaction, film: Film) -> None:
    words, shelves = words_for(interaction.locale), interaction.client.services.shelves
    owner = owner_of(interaction)
    thread, _ = await film_thread(interaction, film)
    check_may_write(thread, interaction.user)
    marked = await shelves.mark(owner, film.slug)
    if marked.mark.review is None:
        raise MarkChanged
    if marked.post is None:
        text = _text(interaction, film, marked, words_to(interaction, private=False))
        # The same press in two processes, or sent again after an answer that was lost, is one message.
        message = await thread.send(text, nonce=str(interaction.id))
        await shelves.remember_post(owner, film.slug, Post(owner.guild_id, thread.id, message.id))
    await reply(interaction, words("review.posted", thread=Markup(thread.mention)), private=True)


async def edit_post(interaction: Interaction, film: Film, marked: Marked) -> None:
    """Let the post say what the mark says now; where the review has gone, its post goes at once if it can."""
    client = interaction.client
    if marked.mark.review is None:
        await remove_due_posts(client, discord.utils.utcnow())
    if marked.post is None or marked.mark.review is None:
        return
    text = _text(interaction, film, marked, words_to(interaction, private=False))
    try:
        await _message(client, marked.post).edit(content=text)
    except discord.NotFound:
        await client.services.shelves.forget_post(marked.post)
    except _FAILURES as failure:
        log.warning("a posted review could not be edited (%s)", type(failure).__name__)


async def remove_due_posts(client: FilmBot, now: datetime.datetime) -> None:
    """Delete what is in the queue of posts that are to go; what Discord will not delete is tried again later."""
    data = client.services.member_data
    for removal in await data.due_removals(now):
        try:
            await _delete(client, removal.post)
        except discord.NotFound:
            await data.removed(removal.post)
        except _FAILURES as failure:
            log.warning("a post could not be deleted yet (%s)", type(failure).__name__)
            await data.put_off(removal, now)
        else:
            await data.removed(removal.post)


async def _delete(client: FilmBot, post: Post) -> None:
    try:
        await _message(client, post).delete()
    except discord.HTTPException as failure:
        if failure.code != _ARCHIVED:
            raise
        thread = await client.fetch_channel(post.channel_id)
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=False)
        await _message(client, post).delete()


def _message(client: FilmBot, post: Post) -> discord.PartialMessage:
    channel = client.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
    return channel.get_partial_message(post.message_id)


def _text(interaction: Interaction, film: Film, marked: Marked, words: Words) -> Markup:
    assert marked.mark.review is not None  # asked before
    return review_post(film, marked.mark, marked.mark.review, interaction.user.display_name, words)
