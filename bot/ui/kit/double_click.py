"""A button that posts for all, clicked twice in a moment by one member, is meant once."""

import contextlib
import datetime
from collections.abc import AsyncGenerator
from typing import Final
from weakref import WeakKeyDictionary

import discord

from bot.client import FilmBot
from bot.ui.kit.replies import ALREADY_ACKNOWLEDGED, Interaction

# Longer than a double click takes, shorter than it takes to read what was posted and want it again.
_MOMENT: Final = datetime.timedelta(seconds=5)
_KEPT: Final = 1000
# For each bot: when a member last clicked on what, the latest last.
_seen: Final[WeakKeyDictionary[FilmBot, dict[tuple[int, int, str], datetime.datetime]]] = WeakKeyDictionary()


@contextlib.asynccontextmanager
async def once(interaction: Interaction) -> AsyncGenerator[bool]:
    """Whether this click is the first of its moment; what follows it is acknowledged here, and does nothing.

    A click that comes to nothing does not count, so that it can be tried again at once. One that another process
    has answered does: what it asked for is there.
    """
    message = interaction.message.id if interaction.message else 0
    click = (interaction.user.id, message, str((interaction.data or {}).get("custom_id", "")))
    clicks = _seen.setdefault(interaction.client, {})
    last = clicks.get(click)
    if last is not None and abs(interaction.created_at - last) < _MOMENT:
        await interaction.response.defer()
        yield False
        return
    clicks[click] = interaction.created_at
    if len(clicks) > _KEPT:
        del clicks[next(iter(clicks))]
    try:
        yield True
    except BaseException as error:
        if not (isinstance(error, discord.HTTPException) and error.code == ALREADY_ACKNOWLEDGED):
            clicks.pop(click, None)
        raise
