"""What members did to their shelves, kept for a while to be taken back."""

import datetime
import json

from sqlalchemy import delete, insert, select

from bot.domain.shelves.marks import ShelfOwner, Step, Steps
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import shelf_acts


async def add(tx: AsyncConnection, owner: ShelfOwner, steps: Steps, now: datetime.datetime) -> int:
    """Remember an act; the result is its number."""
    body = json.dumps({slug: step.model_dump(mode="json", exclude_defaults=True) for slug, step in steps.items()})
    number = await tx.scalar(
        insert(shelf_acts)
        .values(guild_id=owner.guild_id, member_id=owner.member_id, at=now, body=body)
        .returning(shelf_acts.c.number)
    )
    assert number is not None  # the database gives every row one
    return number


async def get(tx: AsyncConnection, owner: ShelfOwner, number: int) -> Steps | None:
    """What the member's act of that number did; None where it is not known any more."""
    mine = (shelf_acts.c.guild_id == owner.guild_id) & (shelf_acts.c.member_id == owner.member_id)
    body = await tx.scalar(select(shelf_acts.c.body).where(mine, shelf_acts.c.number == number))
    return None if body is None else {slug: Step.model_validate(step) for slug, step in json.loads(body).items()}


async def remove(tx: AsyncConnection, number: int) -> None:
    """Forget an act, which is not to be taken back twice."""
    await tx.execute(delete(shelf_acts).where(shelf_acts.c.number == number))


async def forget_old(tx: AsyncConnection, before: datetime.datetime) -> int:
    """Forget all acts before that moment; tells how many."""
    return (await tx.execute(delete(shelf_acts).where(shelf_acts.c.at < before))).rowcount
