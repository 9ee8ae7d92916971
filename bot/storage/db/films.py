"""Films in the database: their bodies as the domain writes them, and each scope's revision number."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    delete,
    insert,
    select,
    true,
    update,
)

from bot.domain.catalogue.overlays import Overlay
from bot.domain.curation.changes import GuildFilmState
from bot.domain.films.films import Film
from bot.domain.films.loading import SeedPlan, film_body
from bot.storage.db import revisions
from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import SHARED, film_revisions, films, hidden_films

log = logging.getLogger(__name__)


async def get(tx: AsyncConnection, slug: str, scope: int = SHARED) -> Film | None:
    """The film, on the list or removed; None where it never was on it, or is no film any more."""
    body = await tx.scalar(select(films.c.body).where(films.c.scope == scope, films.c.slug == slug))
    return None if body is None else _film(body, scope, slug)


async def write(tx: AsyncConnection, scope: int = SHARED) -> None:
    """Begin to write the list: from here to the end of the transaction nobody else does."""
    await serialize(tx, f"films {scope}")


async def present(tx: AsyncConnection, since: int | None = None) -> tuple[Film, ...]:
    """Every film on the shared list, or those that have changed since a revision.

    One that was stored when less was asked of a film than now is left out.
    """
    is_present = (films.c.scope == SHARED) & films.c.removed.is_(False)
    rows = await tx.execute(select(films.c.slug, films.c.body).where(is_present, _changed(SHARED, films.c.slug, since)))
    return tuple(film for _, film in await asyncio.to_thread(_read, rows.all(), SHARED))


async def overlay(tx: AsyncConnection, guild_id: int, since: int | None = None) -> Overlay:
    """What a server has made of the list, or of the films that have changed there since a revision."""
    mine = (films.c.scope == guild_id) & _changed(guild_id, films.c.slug, since)
    rows = await tx.execute(select(films.c.slug, films.c.body, films.c.removed).where(mine))
    read = await asyncio.to_thread(_read, rows.all(), guild_id)
    slug = hidden_films.c.slug
    hidden = select(slug).where(hidden_films.c.guild_id == guild_id, _changed(guild_id, slug, since))
    return Overlay.of(
        (film for row, film in read if not row.removed),
        (film for row, film in read if row.removed),
        (await tx.scalars(hidden)).all(),
    )


async def changed_since(tx: AsyncConnection, scope: int, number: int) -> frozenset[str]:
    """The films that have been put, removed, hidden or given up there since that revision."""
    since = (film_revisions.c.scope == scope) & (film_revisions.c.number > number)
    return frozenset(await tx.scalars(select(film_revisions.c.slug).where(since)))


async def known(tx: AsyncConnection, scope: int = SHARED) -> Mapping[str, str | None]:
    """Every slug that ever was on the list, with its body, or None where the film has been removed."""
    rows = await tx.execute(select(films.c.slug, films.c.body, films.c.removed).where(films.c.scope == scope))
    return await asyncio.to_thread(lambda: {row.slug: None if row.removed else row.body for row in rows})


async def standing(tx: AsyncConnection, guild_id: int, slug: str) -> GuildFilmState:
    """How the film stands in the server."""
    rows = await tx.execute(
        select(films.c.body, films.c.removed).where(films.c.scope == guild_id, films.c.slug == slug)
    )
    row = rows.first()
    is_hidden = select(hidden_films.c.slug).where(hidden_films.c.guild_id == guild_id, hidden_films.c.slug == slug)
    hidden = await tx.scalar(is_hidden) is not None
    return (
        GuildFilmState(hidden=hidden)
        if row is None
        else GuildFilmState(own=row.body, removed=row.removed, hidden=hidden)
    )


async def shared_body(tx: AsyncConnection, slug: str) -> str | None:
    """The body of the shared film; None where there is none on the shared list."""
    return await tx.scalar(
        select(films.c.body).where(films.c.scope == SHARED, films.c.slug == slug, films.c.removed.is_(False))
    )


async def put(tx: AsyncConnection, guild_id: int, slug: str, wanted: GuildFilmState) -> None:
    """Make the film stand so in the server, and raise the list's revision."""
    await put_all(tx, guild_id, {slug: wanted})


async def standings(tx: AsyncConnection, guild_id: int) -> Mapping[str, GuildFilmState]:
    """How every film stands that the server has done anything about."""
    rows = await tx.execute(select(films.c.slug, films.c.body, films.c.removed).where(films.c.scope == guild_id))
    hidden = frozenset(await tx.scalars(select(hidden_films.c.slug).where(hidden_films.c.guild_id == guild_id)))

    def read() -> dict[str, GuildFilmState]:
        own = {row.slug: GuildFilmState(own=row.body, removed=row.removed, hidden=row.slug in hidden) for row in rows}
        return {**{slug: GuildFilmState(hidden=True) for slug in hidden}, **own}

    return await asyncio.to_thread(read)


async def put_all(tx: AsyncConnection, guild_id: int, wanted: Mapping[str, GuildFilmState]) -> None:
    """As `put`, for many films."""
    gone = [{"gone": slug} for slug in wanted]
    own = (
        {"scope": guild_id, "slug": slug, "body": each.own, "removed": each.removed}
        for slug, each in wanted.items()
        if each.own is not None
    )
    hidden = ({"guild_id": guild_id, "slug": slug} for slug, each in wanted.items() if each.hidden)
    is_gone: BindParameter[str] = bindparam("gone")
    mine = hidden_films.c.guild_id == guild_id
    await tx.execute_many(delete(films).where(films.c.scope == guild_id, films.c.slug == is_gone), gone)
    await tx.execute_many(delete(hidden_films).where(mine, hidden_films.c.slug == is_gone), gone)
    await tx.execute_many(insert(films), own)
    await tx.execute_many(insert(hidden_films), hidden)
    await _raise_revision(tx, guild_id, wanted)


async def slugs(tx: AsyncConnection, guild_id: int) -> frozenset[str]:
    """Every slug that is or was in use where the server looks: its own and the shared ones."""
    rows = await tx.scalars(select(films.c.slug).where(films.c.scope.in_((SHARED, guild_id))))
    return frozenset(rows)


async def apply(tx: AsyncConnection, plan: SeedPlan) -> None:
    """Carry out the plan for the shared list and raise its revision."""
    await tx.execute_many(insert(films), map(_row, plan.add))
    for film in plan.update:
        await tx.execute(update(films).where(films.c.scope == SHARED, films.c.slug == film.slug), _row(film))
    await _mark_removed(tx, plan.remove)
    await _raise_revision(tx, SHARED, [*(film.slug for film in (*plan.add, *plan.update)), *plan.remove])


async def _raise_revision(tx: AsyncConnection, scope: int, touched: Iterable[str]) -> None:
    """Tell every process that the list has changed, and in which films."""
    number = await revisions.note(tx, scope)
    rows = [{"scope": scope, "slug": slug, "number": number} for slug in touched]
    is_touched: BindParameter[str] = bindparam("slug")
    of_scope = film_revisions.c.scope == scope
    await tx.execute_many(delete(film_revisions).where(of_scope, film_revisions.c.slug == is_touched), rows)
    await tx.execute_many(insert(film_revisions), rows)


def _changed(scope: int, slug: ColumnElement[str], since: int | None) -> ColumnElement[bool]:
    """Whether the film has changed there since the revision; with None, every film has."""
    if since is None:
        return true()
    moved = (film_revisions.c.scope == scope) & (film_revisions.c.number > since)
    return slug.in_(select(film_revisions.c.slug).where(moved))


async def _mark_removed(tx: AsyncConnection, gone: Iterable[str]) -> None:
    for slug in gone:
        await tx.execute(update(films).where(films.c.scope == SHARED, films.c.slug == slug).values(removed=True))


def _read(rows: Sequence[Any], scope: int) -> list[tuple[Any, Film]]:
    """The films of rows with slug and body; takes a while where there are many."""
    return [(row, film) for row in rows if (film := _film(row.body, scope, row.slug)) is not None]


def _film(body: str, scope: int, slug: str) -> Film | None:
    """The film; None where it is none by today's rules, of which the log learns."""
    try:
        return Film.model_validate_json(body)
    except ValidationError:
        # The slug of a server's own film is made of what its curators typed.
        called = slug if scope == SHARED else f"a film of server {scope}"
        log.exception("left out: what is stored of %s is no film any more", called)
        return None


def _row(film: Film) -> dict[str, object]:
    return {"scope": SHARED, "slug": film.slug, "body": film_body(film), "removed": False}
