"""Uploads of members' own that wait for a press: what they say of which film."""

import datetime
from collections.abc import Mapping

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select

from bot.domain.shelves.imports import BroughtMark
from bot.domain.shelves.marks import ShelfOwner
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import shelf_imports

Found = Mapping[str, tuple[BroughtMark, ...]]
_FOUND: TypeAdapter[Found] = TypeAdapter(Found)


def packed(found: Found) -> str:
    """The form in which it is kept."""
    return _FOUND.dump_json(found, exclude_defaults=True).decode()


async def put(tx: AsyncConnection, owner: ShelfOwner, import_id: str, body: str, now: datetime.datetime) -> None:
    """Keep an upload, in place of any that the member has left lying."""
    await remove(tx, owner)
    values = {"guild_id": owner.guild_id, "member_id": owner.member_id, "id": import_id, "body": body, "read_at": now}
    await tx.execute(insert(shelf_imports).values(**values))


async def get(tx: AsyncConnection, owner: ShelfOwner, import_id: str, since: datetime.datetime) -> Found | None:
    """What is kept under that id, where it is the member's, and not from before that moment."""
    row = shelf_imports.c
    mine = (row.guild_id == owner.guild_id) & (row.member_id == owner.member_id)
    body = await tx.scalar(select(row.body).where(mine, row.id == import_id, row.read_at >= since))
    return None if body is None else _FOUND.validate_json(body)


async def remove(tx: AsyncConnection, owner: ShelfOwner) -> None:
    """Forget it."""
    row = shelf_imports.c
    await tx.execute(delete(shelf_imports).where(row.guild_id == owner.guild_id, row.member_id == owner.member_id))


async def forget_old(tx: AsyncConnection, before: datetime.datetime) -> int:
    """Forget all from before that moment; tells how many."""
    return (await tx.execute(delete(shelf_imports).where(shelf_imports.c.read_at < before))).rowcount
