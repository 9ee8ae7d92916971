"""Drafts in the database."""

import datetime
import json
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, select, update

from bot.domain.curation.drafts import Draft
from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import drafts, suggestions

# A suggestion that has been decided, or that another curator has taken over, is not the draft's any more.
_MADE_OF = and_(suggestions.c.number == drafts.c.suggestion, suggestions.c.draft == drafts.c.id)
_DRAFTS = select(drafts, suggestions.c.author_name).select_from(drafts.outerjoin(suggestions, _MADE_OF))


async def get(tx: AsyncConnection, guild_id: int, draft_id: str) -> Draft | None:
    """The draft, where that server has it."""
    rows = await tx.execute(_DRAFTS.where(drafts.c.id == draft_id, drafts.c.guild_id == guild_id))
    row = rows.first()
    return None if row is None else _draft(row)


async def hold(tx: AsyncConnection, guild_id: int, draft_id: str) -> Draft | None:
    """The draft, where that server has it; until the transaction ends, nobody else changes it."""
    await serialize(tx, f"draft {draft_id}")
    return await get(tx, guild_id, draft_id)


async def of_author(tx: AsyncConnection, guild_id: int, author_id: int) -> tuple[Draft, ...]:
    """All that the curator has begun in the server, the latest first."""
    rows = await tx.execute(
        _DRAFTS.where(drafts.c.guild_id == guild_id, drafts.c.author_id == author_id).order_by(
            drafts.c.written.desc(), drafts.c.id
        )
    )
    return tuple(_draft(row) for row in rows)


async def enter(tx: AsyncConnection, guild_id: int, author_id: int) -> None:
    """Begin to add a draft: from here to the end of the transaction the curator has no other one begun."""
    await serialize(tx, f"drafts {guild_id} {author_id}")


async def count(tx: AsyncConnection, guild_id: int, author_id: int) -> int:
    """How many the curator has; until the transaction ends, nobody adds one."""
    await enter(tx, guild_id, author_id)
    found = select(func.count()).where(drafts.c.guild_id == guild_id, drafts.c.author_id == author_id)
    return await tx.scalar(found) or 0


async def add(tx: AsyncConnection, draft: Draft) -> None:
    """Keep a new draft."""
    await tx.execute(insert(drafts).values(id=draft.id, **_values(draft)))


async def write(tx: AsyncConnection, draft: Draft) -> None:
    """Keep what has been changed."""
    await tx.execute(update(drafts).where(drafts.c.id == draft.id).values(**_values(draft)))


async def written_before(tx: AsyncConnection, moment: datetime.datetime) -> tuple[tuple[int, str], ...]:
    """The server and the id of every draft in which nothing has been written since."""
    rows = await tx.execute(select(drafts.c.guild_id, drafts.c.id).where(drafts.c.written < moment))
    return tuple((row.guild_id, row.id) for row in rows)


async def remove(tx: AsyncConnection, draft_id: str) -> bool:
    """Throw it away; False where it was gone already."""
    done = await tx.execute(delete(drafts).where(drafts.c.id == draft_id))
    return done.rowcount == 1


def _values(draft: Draft) -> dict[str, object]:
    return {
        "guild_id": draft.guild_id,
        "author_id": draft.author_id,
        "slug": draft.slug,
        "base": draft.base,
        "texts": json.dumps(dict(draft.texts)),  # with escapes only: PostgreSQL keeps no null character
        "suggestion": draft.suggestion,
        "written": draft.written,
    }


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        guild_id=row.guild_id,
        author_id=row.author_id,
        texts=json.loads(row.texts),
        written=row.written,
        slug=row.slug,
        base=row.base,
        suggestion=row.suggestion,
        suggested_by=row.author_name or None,
    )
