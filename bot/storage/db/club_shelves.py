"""What those members of a server keep who agreed that the others see it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import String, and_, cast, func, select

from bot.domain.shelves.marks import Mark
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import marks, shown_members


async def interested(tx: AsyncConnection, guild_id: int, slug: str) -> tuple[list[int], list[int]]:
    """Who of those who agreed wants the film, the longest first, and who has seen it."""
    agreed = _agreed(guild_id)
    film = and_(marks.c.guild_id == guild_id, marks.c.slug == slug, marks.c.member_id.in_(agreed))
    wants = select(marks.c.member_id).where(film, marks.c.wanted_at.is_not(None)).order_by(marks.c.wanted_at)
    seen = select(marks.c.member_id).where(film, marks.c.seen).order_by(marks.c.member_id)
    return list(await tx.scalars(wants)), list(await tx.scalars(seen))


async def of_several(tx: AsyncConnection, guild_id: int, members: Collection[int]) -> dict[int, dict[str, Mark]]:
    """The marks of those of these members who agreed, without days and reviews."""
    agreed = marks.c.member_id.in_(_agreed(guild_id))
    row = marks.c
    wanted = select(row.member_id, row.slug, row.wanted_at, row.seen, row.rating, row.hidden)
    found: dict[int, dict[str, Mark]] = {}
    mine = and_(row.guild_id == guild_id, row.member_id.in_(members))
    for each in await tx.execute(wanted.where(mine, agreed)):
        days = (None,) if each.seen else ()
        mark = Mark(wanted=each.wanted_at, viewings=days, rating=each.rating, hidden=each.hidden)
        found.setdefault(each.member_id, {})[each.slug] = mark
    return found


async def ratings(tx: AsyncConnection, guild_id: int, after: int, limit: int) -> list[tuple[int, str]]:
    """The ratings of members who agreed, as "slug:half-stars slug:…" for each; `after` is the last one's id before.

    One row for each member, because a row for each rating takes the event loop a second for a large club.
    """
    row = marks.c
    told = row.slug.concat(":").concat(cast(row.rating, String))
    query = (
        select(row.member_id, func.aggregate_strings(told, " ").label("ratings"))
        .where(row.guild_id == guild_id, row.rating.is_not(None), row.member_id > after)
        .where(row.member_id.in_(_agreed(guild_id)))
        .group_by(row.member_id)
        .order_by(row.member_id)
        .limit(limit)
    )
    return [(each.member_id, each.ratings) for each in await tx.execute(query)]


def _agreed(guild_id: int) -> Any:
    return select(shown_members.c.member_id).where(shown_members.c.guild_id == guild_id)
