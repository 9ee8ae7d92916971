"""All that is kept of one member, in every server: counted, read, and erased, as the registry says."""

import datetime
import json
from typing import Any

from sqlalchemy import delete, func, select, union, update

from bot.domain.shelves.marks import ShelfOwner
from bot.storage.db import film_credits, posted_reviews, shelves
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.kept_data import FORMER_MEMBER, MEMBERS, Erasing, Held
from bot.storage.db.tables import marks, reviews, shelf_acts, shelf_imports, shown_members, viewings

_SHELVES = (marks, viewings, reviews, shelf_acts, shelf_imports, shown_members)


async def counted(tx: AsyncConnection, member_id: int) -> dict[int, dict[str, int]]:
    """How many rows there are of each sort, by server; 0 is what belongs to the member alone."""
    found: dict[int, dict[str, int]] = {}
    for held in MEMBERS:
        guild_id = held.column.table.c.guild_id
        rows = select(guild_id, func.count()).where(held.column == member_id).group_by(guild_id)
        for server, number in await tx.execute(rows):
            found.setdefault(server, {})[held.noun] = number
    return found


async def exported(tx: AsyncConnection, member_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of each sort, as values that JSON knows."""
    return {held.noun: await _rows(tx, held, member_id) for held in MEMBERS}


async def erase(
    tx: AsyncConnection, member_id: int, names: frozenset[str], former: str, now: datetime.datetime
) -> None:
    """Erase the member everywhere: rows go, posts are put into the queue, history and credits say `former`.

    `names` are what the member is called, by which credits are told apart from those of others.
    """
    servers = await _servers(tx, member_id)
    for guild_id in sorted(servers):
        owner = ShelfOwner(guild_id, member_id)
        await shelves.hold(tx, owner)
        await shelves.take_out(tx, owner, now)
    await posted_reviews.remove_posts(tx, await posted_reviews.posts_of_member(tx, member_id))
    await film_credits.rename(tx, member_id, names, former)
    for held in MEMBERS:
        if held.erasing is Erasing.DELETE:
            await tx.execute(delete(held.column.table).where(held.column == member_id))
        else:
            name = held.column.name
            await tx.execute(update(held.column.table).where(held.column == member_id).values({name: FORMER_MEMBER}))


async def _servers(tx: AsyncConnection, member_id: int) -> set[int]:
    own = union(*(select(table.c.guild_id).where(table.c.member_id == member_id) for table in _SHELVES))
    return set(await tx.scalars(own))


async def _rows(tx: AsyncConnection, held: Held, member_id: int) -> list[dict[str, Any]]:
    table = held.column.table
    columns = [column for column in table.columns if column.name not in held.left_out]
    found = await tx.execute(select(*columns).where(held.column == member_id).order_by(*table.primary_key))
    return [{str(name): _plain(value) for name, value in row.items()} for row in found.mappings()]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith("{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
