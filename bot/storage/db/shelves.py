"""What members keep of films. Whoever writes holds the shelf's server, so that marks and counts go together."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Table, and_, bindparam, delete, insert, select, update

from bot.domain.shelves.marks import NOTHING, Mark, Review, ShelfOwner
from bot.storage.db import film_counts, posted_reviews
from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.film_counts import Rated
from bot.storage.db.tables import marks, reviews, shown_members, viewings


async def hold(tx: AsyncConnection, owner: ShelfOwner) -> None:
    """Begin to write: until the transaction ends, nobody else writes to a shelf of that server."""
    await serialize(tx, f"shelves {owner.guild_id} {owner.member_id if owner.is_alone else ''}")


async def of(tx: AsyncConnection, owner: ShelfOwner, slug: str | None = None) -> dict[str, Mark]:
    """The member's marks by film, or that of one film; what holds nothing is left out."""
    days: dict[str, list[datetime.date | None]] = {}
    order = viewings.c.slug, viewings.c.place
    for row in await tx.execute(select(*order, viewings.c.day).where(_mine(viewings, owner, slug)).order_by(*order)):
        days.setdefault(row.slug, []).append(row.day)
    written = await tx.execute(select(reviews.c.slug, reviews.c.body).where(_mine(reviews, owner, slug)))
    texts = {row.slug: Review.model_validate_json(row.body) for row in written}
    kept = select(marks.c.slug, marks.c.wanted_at, marks.c.rating, marks.c.hidden).where(_mine(marks, owner, slug))
    found = {
        row.slug: Mark(
            wanted=row.wanted_at,
            viewings=tuple(days.get(row.slug, ())),
            rating=row.rating,
            review=texts.get(row.slug),
            hidden=row.hidden,
        )
        for row in await tx.execute(kept)
    }
    return {key: mark for key, mark in found.items() if mark != NOTHING}


async def put(tx: AsyncConnection, owner: ShelfOwner, changed: Mapping[str, Mark], now: datetime.datetime) -> None:
    """Make the member's marks of these films so, and the counts of the server with them. To be held."""
    shown = await is_shown(tx, owner)
    known = await _rated(tx, owner)
    shares = film_counts.Shares()
    rows: list[dict[str, Any]] = []
    for slug, mark in changed.items():
        before = known.get(slug, Rated())
        after = Rated(mark.wanted is not None, mark.is_seen, mark.rating, before.counted)
        shares.change(slug, before, after, was_shown=shown, is_shown=shown)
        if mark != NOTHING or after.counted is not None:
            rows.append(_row(owner, slug, mark, after, shown=shown))
    await _replace(tx, owner, changed, rows)
    if not owner.is_alone:
        await film_counts.apply(tx, owner.guild_id, shares, now)


async def is_shown(tx: AsyncConnection, owner: ShelfOwner) -> bool:
    """Whether the member lets the others of the server see what they want and have seen."""
    found = select(shown_members.c.member_id).where(_mine(shown_members, owner))
    return await tx.scalar(found) is not None


async def show(tx: AsyncConnection, owner: ShelfOwner, now: datetime.datetime, *, shown: bool) -> None:
    """Let the others see it from now on, or no longer. To be held."""
    was_shown = await is_shown(tx, owner)
    if was_shown == shown:
        return
    if shown:
        await tx.execute(insert(shown_members).values(guild_id=owner.guild_id, member_id=owner.member_id))
    else:
        await tx.execute(delete(shown_members).where(_mine(shown_members, owner)))
    shares = film_counts.Shares()
    for slug, rated in (await _rated(tx, owner)).items():
        shares.change(slug, rated, rated, was_shown=was_shown, is_shown=shown)
    public = marks.c.rating if shown else None
    pending = marks.c.counted.is_distinct_from(public)
    await tx.execute(update(marks).where(_mine(marks, owner)).values(pending=pending))
    await film_counts.apply(tx, owner.guild_id, shares, now)


async def take_out(tx: AsyncConnection, owner: ShelfOwner, now: datetime.datetime) -> None:
    """Take everything of the member out of the counts; the rows themselves are for whoever erases them. To be held."""
    if owner.is_alone:
        return
    shown = await is_shown(tx, owner)
    shares = film_counts.Shares()
    for slug, rated in (await _rated(tx, owner)).items():
        shares.remove(slug, rated, was_shown=shown)
    await film_counts.apply(tx, owner.guild_id, shares, now)


async def _rated(tx: AsyncConnection, owner: ShelfOwner) -> dict[str, Rated]:
    """What counts of the member's marks, as it is stored."""
    row = marks.c
    found = await tx.execute(
        select(row.slug, row.wanted_at, row.seen, row.rating, row.counted).where(_mine(marks, owner))
    )
    return {each.slug: Rated(each.wanted_at is not None, each.seen, each.rating, each.counted) for each in found}


def _row(owner: ShelfOwner, slug: str, mark: Mark, rated: Rated, *, shown: bool) -> dict[str, Any]:
    return {
        "guild_id": owner.guild_id,
        "member_id": owner.member_id,
        "slug": slug,
        "wanted_at": mark.wanted,
        "seen": mark.is_seen,
        "rating": mark.rating,
        "hidden": mark.hidden,
        "counted": rated.counted,
        "pending": rated.share(shown=shown).pending > 0,
    }


async def _replace(
    tx: AsyncConnection, owner: ShelfOwner, changed: Mapping[str, Mark], rows: Sequence[dict[str, Any]]
) -> None:
    gone = [{"gone": slug} for slug in changed]
    is_gone: BindParameter[str] = bindparam("gone")
    for table in (marks, viewings):
        if gone:
            await tx.execute(delete(table).where(_mine(table, owner), table.c.slug == is_gone), gone)
    if rows:
        await tx.execute(insert(marks), rows)
    me = {"guild_id": owner.guild_id, "member_id": owner.member_id}
    days = [
        {**me, "slug": slug, "place": place, "day": day}
        for slug, mark in changed.items()
        for place, day in enumerate(mark.viewings)
    ]
    if days:
        await tx.execute(insert(viewings), days)
    await posted_reviews.put(tx, owner, {slug: mark.review for slug, mark in changed.items()})


def _mine(table: Table, owner: ShelfOwner, slug: str | None = None) -> ColumnElement[bool]:
    mine = and_(table.c.guild_id == owner.guild_id, table.c.member_id == owner.member_id)
    return mine if slug is None else and_(mine, table.c.slug == slug)
