"""What an operator sees of a running bot: is it alive, is it ready, and figures. Loaded only where a port is set."""

import contextlib
from collections.abc import AsyncGenerator

from bot import __version__
from bot.client import FilmBot
from bot.monitoring.metrics import Metrics
from bot.monitoring.observer import Observer
from bot.monitoring.sampler import Sampler
from bot.monitoring.server import serve
from bot.storage.db.database import Database


@contextlib.asynccontextmanager
async def monitored(bot: FilmBot, database: Database, host: str, port: int) -> AsyncGenerator[str]:
    """Watch the bot, which has not been started yet, and answer at that port; the result is the address.

    Raises `OSError` where the port is not to be had.
    """
    metrics = Metrics(__version__)
    observer = Observer(bot, metrics)
    database.observe(metrics.database_seconds.observe)
    sampler = Sampler(bot, database, metrics, observer)
    async with serve(sampler, host, port) as address, sampler.running():
        yield address
