"""What a server sees of its films: sums that are kept with every mark, so that a card costs one look at one row."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import case, delete, insert, select, update

from bot.domain.shelves.counts import FEWEST, FilmCounts, Share, average_of, share_of
from bot.storage.db.connections import AsyncConnection, in_parts
from bot.storage.db.tables import film_counts, marks, shelf_revisions, shown_members


class Rated(NamedTuple):
    """What counts of a mark."""

    wanted: bool = False
    seen: bool = False
    rating: int | None = None
    counted: int | None = None

    def share(self, *, shown: bool) -> Share:
        """What it adds where the member agreed to be seen, or not."""
        return share_of(wanted=self.wanted, seen=self.seen, rating=self.rating, counted=self.counted, shown=shown)


class Shares:
    """What one act adds to the counts, by film."""

    def __init__(self) -> None:
        self.added: dict[str, Share] = {}

    def change(self, slug: str, before: Rated, after: Rated, *, was_shown: bool, is_shown: bool) -> None:
        """A member's mark becomes another, or is shown, or is shown no longer."""
        self._add(slug, after.share(shown=is_shown).minus(before.share(shown=was_shown)))

    def remove(self, slug: str, before: Rated, *, was_shown: bool) -> None:
        """A member's mark goes for good; that its rating is in the average that is shown stays known."""
        withdrawn = Share(withdrawn=int(before.counted is not None))
        self._add(slug, withdrawn.minus(before.share(shown=was_shown)))

    def _add(self, slug: str, share: Share) -> None:
        if share != Share():
            self.added[slug] = share


class Changed(NamedTuple):
    """The counts that have changed, and the number of the last change."""

    counts: Mapping[str, FilmCounts]
    number: int


async def apply(tx: AsyncConnection, guild_id: int, shares: Shares, now: datetime.datetime) -> None:
    """Add the shares, and raise the revision. The server's shelves are held by whoever calls this."""
    number = await _following(tx, guild_id, now)
    for slugs in in_parts(shares.added):
        known = await sums(tx, guild_id, slugs)
        for slug in slugs:
            await _add(tx, guild_id, slug, known.get(slug), shares.added[slug], number)


async def revision(tx: AsyncConnection, guild_id: int) -> int:
    """The number of the last change of the server's shelves; 0 where there was none."""
    return await tx.scalar(select(shelf_revisions.c.number).where(shelf_revisions.c.guild_id == guild_id)) or 0


async def revisions(tx: AsyncConnection, guild_ids: Iterable[int]) -> Mapping[int, int]:
    """The numbers of the last changes of these servers' shelves, where there were any."""
    row = shelf_revisions.c
    found = await tx.execute(select(row.guild_id, row.number).where(row.guild_id.in_(list(guild_ids))))
    return {each.guild_id: each.number for each in found}


async def wants(tx: AsyncConnection, guild_id: int) -> Mapping[str, int]:
    """How many members want each film that any wants."""
    row = film_counts.c
    found = await tx.execute(select(row.slug, row.wants).where(row.guild_id == guild_id, row.wants > 0))
    return {each.slug: each.wants for each in found}


async def changed_since(tx: AsyncConnection, guild_id: int, number: int) -> Changed:
    """The counts of those films of the server that have changed since that number."""
    row = film_counts.c
    latest = await revision(tx, guild_id)
    found = await tx.execute(select(film_counts).where(row.guild_id == guild_id, row.number > number))
    counts = {
        each.slug: FilmCounts(
            each.wants,
            each.seen,
            average_of(each.raters, each.withdrawn, each.shown_raters, each.shown_stars),
        )
        for each in found
    }
    return Changed(counts, latest)


async def sums(tx: AsyncConnection, guild_id: int, slugs: Sequence[str]) -> Mapping[str, Share]:
    """The sums of these films, where there are any."""
    row = film_counts.c
    found = await tx.execute(select(film_counts).where(row.guild_id == guild_id, row.slug.in_(slugs)))
    return {each.slug: Share(*(getattr(each, name) for name in Share._fields)) for each in found}


async def _following(tx: AsyncConnection, guild_id: int, now: datetime.datetime) -> int:
    """A number above all before it, also above those that have been erased with the server's data."""
    last = await revision(tx, guild_id)
    number = max(last + 1, int(now.timestamp() * 1000))
    if last:
        await tx.execute(update(shelf_revisions).where(shelf_revisions.c.guild_id == guild_id).values(number=number))
    else:
        await tx.execute(insert(shelf_revisions).values(guild_id=guild_id, number=number))
    return number


async def _add(tx: AsyncConnection, guild_id: int, slug: str, known: Share | None, share: Share, number: int) -> None:
    total = Share(*(ours + theirs for ours, theirs in zip(known or Share(), share, strict=True)))
    film = (film_counts.c.guild_id == guild_id) & (film_counts.c.slug == slug)
    values = {**total._asdict(), "number": number}
    if total.pending >= FEWEST and total.raters >= FEWEST:
        await _count_anew(tx, guild_id, slug)
        values |= {"pending": 0, "withdrawn": 0, "shown_raters": total.raters, "shown_stars": total.stars}
    if known is None:
        await tx.execute(insert(film_counts).values(guild_id=guild_id, slug=slug, **values))
    else:
        await tx.execute(update(film_counts).where(film).values(**values))


async def _count_anew(tx: AsyncConnection, guild_id: int, slug: str) -> None:
    """Note of every rating of the film that it is in the average that is shown from now on, or no longer in it."""
    row = marks.c
    agreed = select(shown_members.c.member_id).where(shown_members.c.guild_id == guild_id)
    film = (row.guild_id == guild_id) & (row.slug == slug)
    public = case((row.member_id.in_(agreed), row.rating), else_=None)
    await tx.execute(update(marks).where(film, row.pending).values(counted=public, pending=False))
    nothing = row.wanted_at.is_(None) & row.rating.is_(None) & ~row.seen & ~row.hidden & row.counted.is_(None)
    await tx.execute(delete(marks).where(film, nothing))
