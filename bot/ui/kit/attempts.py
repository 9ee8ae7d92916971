"""Steps that an answer can do without: they are tried, for a while, after the answer has gone out."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Final

import aiohttp
import discord

log = logging.getLogger(__name__)

_PATIENCE: Final = 10.0


async def attempt(request: Awaitable[object], what: str) -> bool:
    """Whether Discord carries the request out in time; if not, the log names what has come to nothing."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await request
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.info("Discord would not have %s (%s)", what, type(error).__name__)
        return False
    return True
