"""Telling a server's curators, once, that the film of the week has stopped or lacks something."""

import discord

from bot.client import FilmBot
from bot.domain.spotlight.plans import Trouble
from bot.domain.spotlight.posts import Post
from bot.ui.kit.attempts import attempt
from bot.ui.kit.text import Markup, channel_mention, words_for


async def tell_curators(client: FilmBot, guild: discord.Guild, trouble: Trouble, post: Post | None) -> None:
    """Say it in the curators' channel, where there is one; the panel says it anyway."""
    settings = client.services.guilds.settings(guild.id)
    if settings.curators_channel is None:
        return
    words = words_for(settings.language or guild.preferred_locale)
    said = words(
        f"spotlight_trouble.{trouble.value}",
        channel=channel_mention(None if post is None else post.channel_id, words),
        panel=Markup(client.tree.mention("club weekly")),
    )
    channel = client.get_partial_messageable(settings.curators_channel, guild_id=guild.id)
    nonce = f"n{guild.id}" if post is None else post.nonce("notice")
    await attempt(channel.send(said, nonce=nonce), f"a notice to the curators of server {guild.id}")
