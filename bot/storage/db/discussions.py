"""Which thread a server has for a film, and who is opening one right now.

A row without a thread is a claim. The primary key decides between two presses, in one process or in
two; a claim that has run out may be taken over.
"""

import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.discussions import Claim, Discussion
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import discussions


async def get(tx: AsyncConnection, guild_id: int, slug: str) -> Discussion | None:
    """The thread on record."""
    thread_id = await tx.scalar(
        select(discussions.c.thread_id).where(discussions.c.guild_id == guild_id, discussions.c.slug == slug)
    )
    return None if thread_id is None else Discussion(guild_id, slug, thread_id)


async def on_record(tx: AsyncConnection, guild_id: int) -> frozenset[int]:
    """Every thread that the server has for any film."""
    rows = await tx.scalars(
        select(discussions.c.thread_id).where(discussions.c.guild_id == guild_id, discussions.c.thread_id.is_not(None))
    )
    return frozenset(thread_id for thread_id in rows if thread_id is not None)


async def claim(tx: AsyncConnection, wanted: Claim, now: datetime.datetime, until: datetime.datetime) -> bool:
    """Take the right to open the thread; False where it is on record or somebody else's claim holds."""
    held = {"claim": wanted.token, "claimed_until": until, "thread_id": None}
    try:
        async with tx.begin_nested():
            await tx.execute(insert(discussions).values(guild_id=wanted.guild_id, slug=wanted.slug, **held))
    except IntegrityError:
        taken = await tx.execute(
            update(discussions)
            .where(discussions.c.guild_id == wanted.guild_id, discussions.c.slug == wanted.slug)
            .where(discussions.c.thread_id.is_(None))
            .where(or_(discussions.c.claimed_until.is_(None), discussions.c.claimed_until < now))
            .values(**held)
        )
        return taken.rowcount == 1
    return True


async def record(tx: AsyncConnection, held: Claim, thread_id: int) -> bool:
    """Put the thread on record and give the claim back; False where somebody took the claim over."""
    done = await tx.execute(
        update(discussions).where(_held(held)).values(thread_id=thread_id, claim=None, claimed_until=None)
    )
    return done.rowcount == 1


async def release(tx: AsyncConnection, held: Claim) -> None:
    """Give up a claim without a thread, so that the next press need not wait."""
    await tx.execute(delete(discussions).where(_held(held)))


async def forget(tx: AsyncConnection, gone: Discussion) -> None:
    """Take a thread that no longer exists off the record, unless a newer one is there already."""
    await tx.execute(
        delete(discussions)
        .where(discussions.c.guild_id == gone.guild_id, discussions.c.slug == gone.slug)
        .where(discussions.c.thread_id == gone.thread_id)
    )


def _held(claim: Claim) -> ColumnElement[bool]:
    return and_(
        discussions.c.guild_id == claim.guild_id,
        discussions.c.slug == claim.slug,
        discussions.c.claim == claim.token,
    )
