"""A process of its own that posts films of the week by a clock of the test's, until somebody kills it.

`python -m tests.process.spotlight_process DATABASE PORT NAME CLOCK GUILDS` talks to a `Cinema` on that port. CLOCK is a
file with a moment, when that was, and how much faster than life time goes since.
"""

import asyncio
import datetime
import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import discord
from pydantic import SecretStr

from bot.app import open_app
from bot.client import FilmBot
from bot.ui.spotlight import posting
from tests.conftest import UnfiledSettings
from tests.discord_payloads import CLUB, TEXT_CHANNEL
from tests.on_loopback import point_at

FIRST: Final = 1_400_000_000_000_000_000
_PAUSE: Final = 0.05


def channel_of(guild_id: int) -> int:
    return guild_id + 1


def club(guild_id: int) -> Any:
    """A server as the gateway sends it, with one channel."""
    mine = {"id": str(guild_id)}
    channel = TEXT_CHANNEL | {"id": str(channel_of(guild_id)), "guild_id": str(guild_id)}
    return CLUB | mine | {"roles": [CLUB["roles"][0] | mine], "channels": [channel]}


class Clock:
    """Reads the file at each look, so that whoever writes it can let time jump."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @staticmethod
    def write(path: Path, moment: datetime.datetime, speed: float) -> None:
        """Let it be that moment now, and time go on so much faster than life."""
        aside = path.with_suffix(".new")
        aside.write_text(json.dumps([moment.timestamp(), time.monotonic(), speed]))
        aside.replace(path)

    @property
    def speed(self) -> float:
        return float(self._read()[2])

    def __call__(self) -> datetime.datetime:
        moment, since, speed = self._read()
        return datetime.datetime.fromtimestamp(moment + (time.monotonic() - since) * speed, datetime.UTC)

    def _read(self) -> tuple[float, float, float]:
        return json.loads(self._path.read_text())


async def ready(bot: FilmBot, token: str, guilds: int) -> None:
    """Log in, and let the bot know its servers as after a session has begun."""
    await bot._async_setup_hook()  # pyright: ignore[reportPrivateUsage]
    bot._connection.user = discord.ClientUser(state=bot._connection, data=await bot.http.static_login(token))  # pyright: ignore[reportPrivateUsage]
    ids = [FIRST + 10 * number for number in range(guilds)]
    for guild_id in ids:
        bot._connection._add_guild_from_data(club(guild_id))  # pyright: ignore[reportPrivateUsage]
    bot.memberships.list_shard(0, 1, ids)


async def main(database: str, port: str, name: str, clock: str, guilds: str) -> None:
    point_at(int(port))
    now = Clock(Path(clock))
    # What is measured by the process's own clock goes as much faster as the other.
    posting._LIMIT /= now.speed  # pyright: ignore[reportPrivateUsage]
    settings = UnfiledSettings(database_url=SecretStr(database), discord_token=None, tmdb_token=None, shard_count=1)
    async with open_app(settings) as app:
        await ready(app.bot, name, int(guilds))
        paced = app.bot.background.requests
        app.bot.background.requests = lambda share: paced(share * now.speed)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            await posting.post_due(app.bot, now)
            await asyncio.sleep(_PAUSE)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
