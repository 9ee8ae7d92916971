"""Hints of PostgreSQL's that something was written, which spare others the wait for their next look.

A hint does not say what was written, and is lost with its connection: whoever hears one looks, and looks now and then
without one. SQLite gives none.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.util.concurrency import greenlet_spawn

from bot.storage.db.connections import AsyncConnection, AsyncEngine

log = logging.getLogger(__name__)

_CHANNEL: Final = "front_row"
_NOTIFY: Final = text(f"NOTIFY {_CHANNEL}")
# Seconds until a lost connection is made anew; twice as many each time, up to the longest.
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
# How often a connection on which nothing arrives is asked whether it is still there, and how long it may take.
_CHECK: Final = 30.0
_PATIENCE: Final = 5.0


async def give(tx: AsyncConnection) -> None:
    """Have all who listen told as soon as the transaction is committed.

    PostgreSQL lets such transactions commit one after the other only, so this is for what is written seldom.
    """
    if tx.dialect.name == "postgresql":
        await tx.execute(_NOTIFY)


async def heard(engine: AsyncEngine) -> AsyncGenerator[None]:
    """A turn for each hint, and whenever some may have been missed; for ever, on a connection outside the pool.

    Hints that come while a turn is taken make one turn together. Ends at once where there are none.
    """
    pause = _FIRST_PAUSE
    while engine.dialect.name == "postgresql":
        try:
            connection = await _connect(engine)
            try:
                async for _ in _heard_until_lost(connection):
                    pause = _FIRST_PAUSE
                    yield
            finally:
                connection.terminate()
        except Exception as error:  # noqa: BLE001  # whatever it is, whoever ends listening is told nothing any more
            log.warning("not listening to the database (%s); trying again in %d seconds", type(error).__name__, pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


async def _connect(engine: AsyncEngine) -> Any:
    """A connection of asyncpg's, which has no types, made as those in the pool are."""
    pooled = await greenlet_spawn(engine.sync_engine.raw_connection)
    connection = pooled.driver_connection
    pooled.detach()
    return connection


async def _heard_until_lost(connection: Any) -> AsyncGenerator[None]:
    something = asyncio.Event()

    def note(*_: Any) -> None:
        something.set()

    connection.add_termination_listener(note)
    await connection.add_listener(_CHANNEL, note)
    note()  # nothing was heard until now
    while not connection.is_closed():
        try:
            async with asyncio.timeout(_CHECK):
                await something.wait()
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=_PATIENCE)
        else:
            something.clear()
            yield
