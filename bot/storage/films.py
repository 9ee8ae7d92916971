"""Films in the database: their bodies as the domain writes them, and each scope's revision number."""

import logging
from collections.abc import Collection, Iterable, Mapping

from pydantic import ValidationError
from sqlalchemy import BindParameter, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.curated import SeedPlan, film_body
from bot.domain.curation import Standing
from bot.domain.films import Film
from bot.domain.overlays import Overlay
from bot.storage.queue import queue
from bot.storage.tables import SHARED, films, hidden_films, revisions

log = logging.getLogger(__name__)


async def get(tx: AsyncConnection, slug: str, scope: int = SHARED) -> Film | None:
    """The film, on the list or removed; None where it never was on it, or is no film any more."""
    body = await tx.scalar(select(films.c.body).where(films.c.scope == scope, films.c.slug == slug))
    return None if body is None else _film(body, slug if scope == SHARED else _of_server(scope))


async def write(tx: AsyncConnection, scope: int = SHARED) -> None:
    """Begin to write the list: from here to the end of the transaction nobody else does."""
    await queue(tx, f"films {scope}")


async def present(tx: AsyncConnection) -> tuple[Film, ...]:
    """Every film on the shared list, but for one that was stored when less was asked of a film than now."""
    rows = await tx.execute(
        select(films.c.slug, films.c.body).where(films.c.scope == SHARED, films.c.removed.is_(False))
    )
    return tuple(film for row in rows if (film := _film(row.body, row.slug)) is not None)


async def overlays(tx: AsyncConnection, guild_ids: Collection[int]) -> Mapping[int, Overlay]:
    """What each of these servers has made of the list."""
    return {guild_id: await _overlay(tx, guild_id) for guild_id in guild_ids}


async def known(tx: AsyncConnection, scope: int = SHARED) -> Mapping[str, str | None]:
    """Every slug that ever was on the list, with its body, or None where the film has been removed."""
    rows = await tx.execute(select(films.c.slug, films.c.body, films.c.removed).where(films.c.scope == scope))
    return {row.slug: None if row.removed else row.body for row in rows}


async def standing(tx: AsyncConnection, guild_id: int, slug: str) -> Standing:
    """How the film stands in the server."""
    rows = await tx.execute(
        select(films.c.body, films.c.removed).where(films.c.scope == guild_id, films.c.slug == slug)
    )
    row = rows.first()
    is_hidden = select(hidden_films.c.slug).where(hidden_films.c.guild_id == guild_id, hidden_films.c.slug == slug)
    hidden = await tx.scalar(is_hidden) is not None
    return Standing(hidden=hidden) if row is None else Standing(own=row.body, removed=row.removed, hidden=hidden)


async def shared_body(tx: AsyncConnection, slug: str) -> str | None:
    """The body of the shared film; None where there is none on the shared list."""
    return await tx.scalar(
        select(films.c.body).where(films.c.scope == SHARED, films.c.slug == slug, films.c.removed.is_(False))
    )


async def put(tx: AsyncConnection, guild_id: int, slug: str, wanted: Standing) -> None:
    """Make the film stand so in the server. Raising the revision is left to the caller."""
    await put_all(tx, guild_id, {slug: wanted})


async def standings(tx: AsyncConnection, guild_id: int) -> Mapping[str, Standing]:
    """How every film stands that the server has done anything about."""
    rows = await tx.execute(select(films.c.slug, films.c.body, films.c.removed).where(films.c.scope == guild_id))
    hidden = frozenset(await tx.scalars(select(hidden_films.c.slug).where(hidden_films.c.guild_id == guild_id)))
    own = {row.slug: Standing(own=row.body, removed=row.removed, hidden=row.slug in hidden) for row in rows}
    return {**{slug: Standing(hidden=True) for slug in hidden}, **own}


async def put_all(tx: AsyncConnection, guild_id: int, wanted: Mapping[str, Standing]) -> None:
    """As `put`, for many films in few steps."""
    gone = [{"gone": slug} for slug in wanted]
    own = [
        {"scope": guild_id, "slug": slug, "body": each.own, "removed": each.removed}
        for slug, each in wanted.items()
        if each.own is not None
    ]
    hidden = [{"guild_id": guild_id, "slug": slug} for slug, each in wanted.items() if each.hidden]
    is_gone: BindParameter[str] = bindparam("gone")
    if gone:
        await tx.execute(delete(films).where(films.c.scope == guild_id, films.c.slug == is_gone), gone)
        mine = hidden_films.c.guild_id == guild_id
        await tx.execute(delete(hidden_films).where(mine, hidden_films.c.slug == is_gone), gone)
    if own:
        await tx.execute(insert(films), own)
    if hidden:
        await tx.execute(insert(hidden_films), hidden)


async def slugs(tx: AsyncConnection, guild_id: int) -> frozenset[str]:
    """Every slug that is or was in use where the server looks: its own and the shared ones."""
    rows = await tx.scalars(select(films.c.slug).where(films.c.scope.in_((SHARED, guild_id))))
    return frozenset(rows)


async def apply(tx: AsyncConnection, plan: SeedPlan) -> None:
    """Carry out the plan for the shared list and raise its revision."""
    if plan.add:
        await tx.execute(insert(films), [_row(film) for film in plan.add])
    for film in plan.update:
        await tx.execute(update(films).where(films.c.scope == SHARED, films.c.slug == film.slug), _row(film))
    await _mark_removed(tx, plan.remove)
    await raise_revision(tx)


async def revision(tx: AsyncConnection, scope: int = SHARED) -> int:
    """A number that grows with every change to the list."""
    return await tx.scalar(select(revisions.c.number).where(revisions.c.scope == scope)) or 0


async def every_revision(tx: AsyncConnection) -> Mapping[int, int]:
    """The revision of every scope that has one."""
    rows = await tx.execute(select(revisions.c.scope, revisions.c.number))
    return {row.scope: row.number for row in rows}


async def raise_revision(tx: AsyncConnection, scope: int = SHARED) -> None:
    """Tell every process that the list has changed."""
    number = await revision(tx, scope) + 1
    await tx.execute(delete(revisions).where(revisions.c.scope == scope))
    await tx.execute(insert(revisions).values(scope=scope, number=number))


async def _overlay(tx: AsyncConnection, guild_id: int) -> Overlay:
    rows = await tx.execute(select(films.c.slug, films.c.body, films.c.removed).where(films.c.scope == guild_id))
    own: list[Film] = []
    removed: list[Film] = []
    for row in rows:
        if (film := _film(row.body, _of_server(guild_id))) is not None:
            (removed if row.removed else own).append(film)
    hidden = await tx.scalars(select(hidden_films.c.slug).where(hidden_films.c.guild_id == guild_id))
    return Overlay(tuple(own), tuple(removed), frozenset(hidden))


async def _mark_removed(tx: AsyncConnection, gone: Iterable[str]) -> None:
    for slug in gone:
        await tx.execute(update(films).where(films.c.scope == SHARED, films.c.slug == slug).values(removed=True))


def _film(body: str, called: str) -> Film | None:
    """The film; None where it is none by today's rules, of which the log learns by what it is `called`."""
    try:
        return Film.model_validate_json(body)
    except ValidationError:
        log.exception("left out: what is stored of %s is no film any more", called)
        return None


def _of_server(guild_id: int) -> str:
    """What a log may say of a server's own film, whose slug is made of what its curators typed."""
    return f"a film of server {guild_id}"


def _row(film: Film) -> dict[str, object]:
    return {"scope": SHARED, "slug": film.slug, "body": film_body(film), "removed": False}
