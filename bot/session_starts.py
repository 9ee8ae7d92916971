"""How often a day the bot may identify itself, looked at before it does.

Whoever uses up the day's starts is cut off and has the token reset
(https://docs.discord.com/developers/events/gateway#session-start-limit-object). discord.py does not look.
"""

import asyncio
import datetime
import logging
from typing import Final

from bot.client import FilmBot

log = logging.getLogger(__name__)

# Of all the starts of a day so many are left alone, for sessions that are lost meanwhile.
_RESERVE: Final = 0.1
_LONGEST_PAUSE: Final = 300.0


async def await_session_starts(bot: FilmBot) -> None:
    """Wait until Discord allows as many starts as the bot has shards, and a tenth of the day's.

    Raises discord.py's `GatewayNotFound`.
    """
    while True:
        advised, _, limit = await bot.http.get_bot_gateway()
        if (gate := bot.services.identify_gate) is not None:
            gate.max_concurrency = limit["max_concurrency"]
        shards = len(bot.shard_ids or ()) or bot.shard_count or advised
        if limit["remaining"] >= shards + _RESERVE * limit["total"]:
            return
        pause = min(limit["reset_after"] / 1000 + 1, _LONGEST_PAUSE)
        log.warning(
            "Discord allows %d of %d session starts until %s from now; this process needs %d and leaves a tenth alone. "
            "It waits; see whether something keeps starting",
            limit["remaining"],
            limit["total"],
            datetime.timedelta(seconds=limit["reset_after"] // 1000),
            shards,
        )
        await asyncio.sleep(pause)
