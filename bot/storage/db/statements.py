"""What statements to the database take, and how many connections are in use, for whoever watches."""

import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, event

from bot.storage.db.connections import AsyncEngine

_BEGUN: Final = "front-row begun"


def observe(engine: AsyncEngine, note: Callable[[float], object]) -> None:
    """Have the seconds of each statement noted from now on."""

    def before(connection: Connection, *_: object) -> None:
        connection.info[_BEGUN] = time.perf_counter()

    def after(connection: Connection, *_: object) -> None:
        note(time.perf_counter() - connection.info.pop(_BEGUN, time.perf_counter()))

    event.listen(engine.sync_engine, "before_cursor_execute", before)
    event.listen(engine.sync_engine, "after_cursor_execute", after)


def connections_in_use(engine: AsyncEngine) -> int:
    """How many of the pool somebody has."""
    checked_out: Callable[[], int] = getattr(engine.sync_engine.pool, "checkedout", lambda: 0)
    return checked_out()
