"""Erasing: nothing of the server is left in any table, and nothing of anybody else is touched."""

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, String, Table, func, insert, select

from bot.storage.db import departures
from bot.storage.db.database import Database, Transaction
from bot.storage.db.kept_data import of_servers
from bot.storage.db.tables import SHARED, UtcDateTime, metadata

OURS, THEIRS = 2**63 - 1, 7
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
# What belongs to no server.
NOBODYS = {"command_sets", "shard_leases", "processes", "identify_gates", "schema_floors"}


def anything(column: Column[Any]) -> object:
    """A value that the column takes."""
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, String):
        return "{}"
    if isinstance(column.type, Date):
        return NOW.date()
    assert isinstance(column.type, UtcDateTime)
    return NOW


def row(table: Table, owner: str, guild_id: int) -> dict[str, object]:
    """A row of the server's with nothing in it that may be left out."""
    needed = [column for column in table.columns if not column.nullable and column.autoincrement is not True]
    values = {column.name: anything(column) for column in needed}
    if "id" in values:
        values["id"] = f"{guild_id}"[:16]
    return {**values, owner: guild_id}


def owner_of(table: Table) -> str:
    return "scope" if "scope" in table.columns else "guild_id"


def with_owners() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in NOBODYS]


async def fill(tx: Transaction, *guild_ids: int) -> None:
    for table in with_owners():
        for guild_id in guild_ids:
            await tx.execute(insert(table).values(**row(table, owner_of(table), guild_id)))


async def kept(database: Database, guild_id: int) -> Mapping[str, int]:
    """How many rows of the server each table holds."""
    found: dict[str, int] = {}
    async with database.read() as tx:
        for table in with_owners():
            owner = table.columns[owner_of(table)]
            found[table.name] = await tx.scalar(select(func.count()).where(owner == guild_id)) or 0
    return found


def test_every_table_has_an_owner_or_is_known_to_have_none() -> None:
    assert {table.name for table in of_servers()} == {table.name for table in with_owners()}
    assert len(metadata.sorted_tables) == len(with_owners()) + len(NOBODYS)


async def test_everything_of_a_server_is_erased_and_nothing_else(database: Database) -> None:
    async with database.begin() as tx:
        await fill(tx, OURS, THEIRS, SHARED)
    before = await kept(database, THEIRS)
    assert set(before.values()) == {1}
    assert await kept(database, OURS) == before
    async with database.begin() as tx:
        await departures.erase(tx, OURS)
    assert set((await kept(database, OURS)).values()) == {0}
    assert await kept(database, THEIRS) == before
    assert await kept(database, SHARED) == before


async def test_what_all_share_cannot_be_erased(database: Database) -> None:
    async with database.begin() as tx:
        with pytest.raises(ValueError, match="0"):
            await departures.erase(tx, SHARED)


@pytest.mark.parametrize("table", [table for table in with_owners() if table.name != "departures"], ids=str)
async def test_a_server_has_data_wherever_it_has_a_row(database: Database, table: Table) -> None:
    async with database.begin() as tx:
        await tx.execute(insert(table).values(**row(table, owner_of(table), OURS)))
        assert await departures.with_data(tx) == {OURS}


async def test_neither_the_shared_list_nor_a_departure_is_a_servers_data(database: Database) -> None:
    async with database.begin() as tx:
        await departures.note(tx, [OURS], NOW)
        await tx.execute(insert(metadata.tables["revisions"]).values(scope=SHARED, number=1))
        assert await departures.with_data(tx) == frozenset()


async def test_a_departure_keeps_its_first_day(database: Database) -> None:
    later = NOW + datetime.timedelta(days=1)
    async with database.begin() as tx:
        await departures.note(tx, [OURS], NOW)
        await departures.note(tx, [OURS], later)
        assert await departures.noted(tx) == {OURS: NOW}
        assert await departures.left_before(tx, OURS, NOW)
        assert not await departures.left_before(tx, OURS, NOW - datetime.timedelta(seconds=1))
        await departures.forget(tx, [OURS])
        assert await departures.noted(tx) == {}
        assert not await departures.left_before(tx, OURS, later)
