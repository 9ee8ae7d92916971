"""The numbers of changes: one line for all lists and settings, so that a look asks for what is newer, and no more."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import delete, func, insert, select

from bot.storage.db import hints
from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection, in_parts
from bot.storage.db.tables import guild_settings, revisions

# Not a server's: the row that tells when all of some server was last erased. Nothing else of it is left to find.
ERASED: Final = -1


async def following(tx: AsyncConnection) -> int:
    """The number of a change that is about to be written.

    Until the transaction ends nobody else is given one, so whoever has seen a number has seen all below it. To be
    asked for last: a transaction that queues for something else afterwards might wait for one that waits for it.
    """
    await serialize(tx, "revisions")
    await hints.give(tx)
    return 1 + await latest(tx)


async def latest(tx: AsyncConnection) -> int:
    """The number of the last change of any list or settings; 0 where there was none."""
    last = [await tx.scalar(select(func.max(each))) for each in (revisions.c.number, guild_settings.c.revision)]
    return max(number or 0 for number in last)


async def note(tx: AsyncConnection, scope: int) -> int:
    """Tell every process that the list has changed; the result is the number of the change."""
    number = await following(tx)
    await tx.execute(delete(revisions).where(revisions.c.scope == scope))
    await tx.execute(insert(revisions).values(scope=scope, number=number))
    return number


async def after(tx: AsyncConnection, number: int) -> Mapping[int, int]:
    """The scopes whose lists have changed since that number, each with the number of its last change."""
    rows = await tx.execute(select(revisions.c.scope, revisions.c.number).where(revisions.c.number > number))
    return {row.scope: row.number for row in rows}


async def changed_among(tx: AsyncConnection, guild_ids: Iterable[int]) -> frozenset[int]:
    """Those of the servers that have changed anything on their list, and have not been erased since."""
    found = set[int]()
    for some in in_parts(guild_ids):
        found.update(await tx.scalars(select(revisions.c.scope).where(revisions.c.scope.in_(some))))
    return frozenset(found)


async def erased_since(tx: AsyncConnection, number: int) -> int | None:
    """The number of the last erasing of all of some server; None where there was none since that number."""
    last = select(revisions.c.number).where(revisions.c.scope == ERASED, revisions.c.number > number)
    return await tx.scalar(last)
