"""Whether members are still in a server: asked of Discord one by one, and kept for an hour."""

import asyncio
import datetime
from collections.abc import Iterable, Sequence
from typing import Final
from weakref import WeakKeyDictionary

import aiohttp
import discord

from bot.client import FilmBot

_KEPT: Final = datetime.timedelta(hours=1)
_MOST: Final = 10_000
# For each bot: until when it is known what a member of a server is called; None where they have left.
_Known = dict[tuple[int, int], tuple[datetime.datetime, str | None]]
_known: Final[WeakKeyDictionary[FilmBot, _Known]] = WeakKeyDictionary()


async def names_of(
    client: FilmBot, guild: discord.Guild, members: Iterable[int], now: datetime.datetime, most: int
) -> Sequence[tuple[int, str]]:
    """The first `most` of these members who are still there, with what they are called there."""
    found = list[tuple[int, str]]()
    waiting = list(members)
    while waiting and len(found) < most:
        asked, waiting = waiting[: most - len(found)], waiting[most - len(found) :]
        names = await asyncio.gather(*(_name(client, guild, each, now) for each in asked))
        found += [(each, name) for each, name in zip(asked, names, strict=True) if name is not None]
    return found


def forget(client: FilmBot, member_id: int) -> None:
    """Forget what a member is called in every server."""
    known = _known.get(client, {})
    for key in [key for key in known if key[1] == member_id]:
        del known[key]


async def _name(client: FilmBot, guild: discord.Guild, member_id: int, now: datetime.datetime) -> str | None:
    known = _known.setdefault(client, {})
    until, name = known.get((guild.id, member_id), (now, None))
    if until > now:
        return name
    try:
        name = (await guild.fetch_member(member_id)).display_name
    except discord.NotFound:
        name = None
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        return None  # nobody is named of whom it is not known that they are there
    known.pop((guild.id, member_id), None)
    known[guild.id, member_id] = now + _KEPT, name
    while len(known) > _MOST:
        del known[next(iter(known))]
    return name
