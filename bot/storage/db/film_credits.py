"""Whose name stands on the films of servers' own, in the list and in its history."""

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select, union_all, update

from bot.domain.curation.changes import GuildFilmState
from bot.storage.db import films
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import SHARED, changes, drafts, suggestions
from bot.storage.db.tables import films as film_rows

_CREDITS: Final = ("curator", "suggested_by")


async def rename(tx: AsyncConnection, member_id: int, names: frozenset[str], former: str) -> None:
    """Say `former` wherever one of the names stands on a film that the member put on a list or put forward."""
    servers = sorted(set(await tx.scalars(_servers(member_id))))
    for guild_id in servers:
        await films.write(tx, guild_id)
    for guild_id in servers:
        mine = suggestions.c.guild_id == guild_id, suggestions.c.author_id == member_id
        credited = set(await tx.scalars(select(suggestions.c.author_name).where(*mine)))
        known = names | {name for name in credited if name}
        await _rename_in(tx, guild_id, await _touched(tx, guild_id, member_id), known, former)


async def credited(tx: AsyncConnection) -> set[str]:
    """Every name that stands as a credit on a film of a server's own, in a draft or in a history."""
    own = select(film_rows.c.body).where(film_rows.c.scope != SHARED)
    begun = (select(column) for column in (drafts.c.base, drafts.c.texts, changes.c.before, changes.c.after))
    return {name for body in await tx.scalars(union_all(own, *begun)) if body for name in _names(json.loads(body))}


def _names(values: dict[str, Any]) -> Iterator[str]:
    """Those in a film's body, in a draft's texts, or in how a film stood before or after a change."""
    match values.get("own"):
        case str(own):
            yield from _names(json.loads(own))
        case _:
            pass
    match values.get("synopsis"):
        case {"source": str(source)}:
            yield source
        case _:  # a draft's is a text
            pass
    yield from (name for name in map(values.get, _CREDITS) if isinstance(name, str))


def _servers(member_id: int) -> Any:
    put_forward = select(suggestions.c.guild_id).where(suggestions.c.author_id == member_id)
    return put_forward.union(select(changes.c.guild_id).where(changes.c.actor_id == member_id))


async def _touched(tx: AsyncConnection, guild_id: int, member_id: int) -> set[str]:
    """Films that the member has put on the server's list, changed or put forward."""
    own = select(changes.c.slug).where(changes.c.guild_id == guild_id, changes.c.actor_id == member_id)
    mine = suggestions.c.guild_id == guild_id, suggestions.c.author_id == member_id
    put_forward = select(suggestions.c.slug).where(*mine)
    found = await tx.scalars(own.union(put_forward))
    return {slug for slug in found if slug is not None}


async def _rename_in(tx: AsyncConnection, guild_id: int, slugs: set[str], names: frozenset[str], former: str) -> None:
    renamed: dict[str, GuildFilmState] = {}
    for slug in sorted(slugs):
        standing = await films.standing(tx, guild_id, slug)
        other = _without(standing.own, names, former)
        if other != standing.own:
            renamed[slug] = standing.model_copy(update={"own": other})
        await _rename_in_history(tx, guild_id, slug, names, former)
    begun = select(drafts.c.id, drafts.c.base, drafts.c.texts).where(drafts.c.guild_id == guild_id)
    for row in (await tx.execute(begun)).all():
        other = {"base": _without(row.base, names, former), "texts": _without(row.texts, names, former)}
        await tx.execute(update(drafts).where(drafts.c.id == row.id).values(**other))
    if renamed:
        await films.put_all(tx, guild_id, renamed)


async def _rename_in_history(tx: AsyncConnection, guild_id: int, slug: str, names: frozenset[str], former: str) -> None:
    row = changes.c
    found = await tx.execute(
        select(row.number, row.before, row.after).where(row.guild_id == guild_id, row.slug == slug)
    )
    for each in found.all():
        other = {name: _standing_without(getattr(each, name), names, former) for name in ("before", "after")}
        if other != {"before": each.before, "after": each.after}:
            await tx.execute(update(changes).where(row.number == each.number).values(**other))


def _standing_without(body: str, names: frozenset[str], former: str) -> str:
    standing = GuildFilmState.model_validate(json.loads(body))
    own = _without(standing.own, names, former)
    return body if own == standing.own else standing.model_copy(update={"own": own}).model_dump_json()


def _without(body: str | None, names: frozenset[str], former: str) -> str | None:
    """The film's body with another credit in place of the member's; the same text where there is none."""
    if body is None:
        return None
    values: dict[str, Any] = json.loads(body)
    renamed: dict[str, Any] = {key: former for key in _CREDITS if values.get(key) in names}
    match values.get("synopsis"):
        case {"source": str(source)} as synopsis if source in names:
            renamed["synopsis"] = {**synopsis, "source": former}
        case _:  # a draft's texts have none
            pass
    return json.dumps({**values, **renamed}, ensure_ascii=False, separators=(",", ":")) if renamed else body
