"""What should have been done by now, and for how long it has been due."""

import datetime
from typing import Final, NamedTuple

from sqlalchemy import func, select

from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import departures, post_removals

# How long after the bot has left a server its data is due to go is the domain's rule; the caller brings it.
_KINDS: Final = {"post_removals": post_removals.c.due, "departures": departures.c.left_at}


class Due(NamedTuple):
    """How many, and since when the oldest has been due."""

    number: int
    since: datetime.datetime | None


async def due(tx: AsyncConnection, before: dict[str, datetime.datetime]) -> dict[str, Due]:
    """By kind, what was due before the moment of that kind."""
    found: dict[str, Due] = {}
    for kind, column in _KINDS.items():
        row = (await tx.execute(select(func.count(), func.min(column)).where(column <= before[kind]))).one()
        found[kind] = Due(row[0], row[1])
    return found
