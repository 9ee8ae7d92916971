"""What is in a database: rows by table, the moment of its last change, and who was erased after that."""

import datetime
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, Table, func, inspect, select, union

from bot.domain.backups import ERASING_TAKES
from bot.storage.backups.erasures import Erasure, ErasureJournal, KeyLost, Kind, fingerprint, told_by
from bot.storage.db import departures, film_credits, member_data
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.kept_data import FORMER_MEMBER, MEMBERS
from bot.storage.db.tables import UtcDateTime, metadata

# Columns that say when something was done; the others may lie ahead.
_DONE: Final = frozenset({"at", "left_at", "made", "made_at", "read_at", "wanted_at", "written"})
_EVER: Final = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def counted(connection: Connection) -> dict[str, int]:
    """The rows of each table that there is; an older database has fewer tables."""
    return {table.name: _number(connection, table) for table in _tables(connection)}


def _number(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _tables(connection: Connection) -> list[Table]:
    there = set(inspect(connection).get_table_names())
    return [table for table in metadata.sorted_tables if table.name in there]


async def last_change(tx: AsyncConnection) -> datetime.datetime:
    """The latest moment that stands anywhere in the database, which is no later than when it was copied."""
    columns = [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, UtcDateTime) and column.name in _DONE
    ]
    found = [await tx.scalar(select(func.max(column))) for column in columns]
    return max((moment for moment in found if moment is not None), default=_EVER)


async def erase_again(
    tx: AsyncConnection, journal: ErasureJournal, made_at: datetime.datetime | None, former: str, now: datetime.datetime
) -> int:
    """Erase those members and servers who were erased after the copy was made; tells how many were in it.

    Without `made_at` the last change in the copy stands for it. Raises `KeyLost`, and `OSError`.
    """
    since = made_at or await last_change(tx)
    erasures = journal.since(since - ERASING_TAKES if since > _EVER else since)
    if not erasures:
        return 0
    if (key := journal.key()) is None:
        raise KeyLost
    return await _erase_members(tx, erasures, key, former, now) + await _erase_servers(tx, erasures, key)


async def _erase_members(
    tx: AsyncConnection, erasures: tuple[Erasure, ...], key: bytes, former: str, now: datetime.datetime
) -> int:
    wanted = told_by(erasures, Kind.MEMBER)
    ids = set(await tx.scalars(union(*(select(held.column) for held in MEMBERS)))) - {FORMER_MEMBER}
    found = {member_id: wanted[who] for member_id in ids if (who := fingerprint(key, member_id)) in wanted}
    credited: Mapping[str, str] = {}
    if any(found.values()):
        credited = {fingerprint(key, name): name for name in await film_credits.credited(tx)}
    for member_id, names in sorted(found.items()):
        known = frozenset(credited[name] for name in names if name in credited)
        await member_data.erase(tx, member_id, known, former, now)
    return len(found)


async def _erase_servers(tx: AsyncConnection, erasures: tuple[Erasure, ...], key: bytes) -> int:
    wanted = told_by(erasures, Kind.SERVER)
    kept = await departures.with_data(tx) | (await departures.noted(tx)).keys()
    found = [guild_id for guild_id in sorted(kept) if fingerprint(key, guild_id) in wanted]
    for guild_id in found:
        await departures.erase(tx, guild_id)
    return len(found)
