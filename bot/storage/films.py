"""Films in the database: their bodies as the domain writes them, and each scope's revision number."""

import logging
from collections.abc import Iterable, Mapping

from pydantic import ValidationError
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.curated import SeedPlan, film_body
from bot.domain.films import Film
from bot.storage.queue import queue
from bot.storage.tables import SHARED, films, revisions

log = logging.getLogger(__name__)

_REVISION = select(revisions.c.number).where(revisions.c.scope == SHARED)


async def get(tx: AsyncConnection, slug: str) -> Film | None:
    """The film, on the list or removed; None where it never was on it, or is no film any more."""
    body = await tx.scalar(select(films.c.body).where(films.c.scope == SHARED, films.c.slug == slug))
    return None if body is None else _film(slug, body)


async def write(tx: AsyncConnection) -> None:
    """Begin to write the list: from here to the end of the transaction nobody else does."""
    await queue(tx, "films")


async def present(tx: AsyncConnection) -> tuple[Film, ...]:
    """Every film on the list, but for one that was stored when less was asked of a film than now."""
    rows = await tx.execute(
        select(films.c.slug, films.c.body).where(films.c.scope == SHARED, films.c.removed.is_(False))
    )
    return tuple(film for row in rows if (film := _film(row.slug, row.body)) is not None)


async def known(tx: AsyncConnection) -> Mapping[str, str | None]:
    """Every slug that ever was on the list, with its body, or None where the film has been removed."""
    rows = await tx.execute(select(films.c.slug, films.c.body, films.c.removed).where(films.c.scope == SHARED))
    return {row.slug: None if row.removed else row.body for row in rows}


async def apply(tx: AsyncConnection, plan: SeedPlan) -> None:
    """Carry out the plan and raise the revision."""
    if plan.add:
        await tx.execute(insert(films), [_row(film) for film in plan.add])
    for film in plan.update:
        await tx.execute(update(films).where(films.c.scope == SHARED, films.c.slug == film.slug), _row(film))
    await _mark_removed(tx, plan.remove)
    await _raise_revision(tx)


async def revision(tx: AsyncConnection) -> int:
    """A number that grows with every change to the list."""
    return await tx.scalar(_REVISION) or 0


async def _mark_removed(tx: AsyncConnection, slugs: Iterable[str]) -> None:
    for slug in slugs:
        await tx.execute(update(films).where(films.c.scope == SHARED, films.c.slug == slug).values(removed=True))


async def _raise_revision(tx: AsyncConnection) -> None:
    number = await revision(tx) + 1
    await tx.execute(delete(revisions).where(revisions.c.scope == SHARED))
    await tx.execute(insert(revisions).values(scope=SHARED, number=number))


def _film(slug: str, body: str) -> Film | None:
    try:
        return Film.model_validate_json(body)
    except ValidationError:
        log.exception("left out: what is stored of %s is no film any more", slug)
        return None


def _row(film: Film) -> dict[str, object]:
    return {"scope": SHARED, "slug": film.slug, "body": film_body(film), "removed": False}
