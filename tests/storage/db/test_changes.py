"""The record of changes: numbered, told the latest first, and each server's own."""

import dataclasses
import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.domain.curation.changes import Change, ChangeKind, GuildFilmState
from bot.storage.db import changes
from bot.storage.db.database import Database
from tests.services.house import statements

GUILD = 2**63 - 1  # Discord's ids are of 64 bits
NOW = datetime.datetime(2026, 12, 1, 20, 15, 30, 123456, tzinfo=datetime.UTC)
OWN = GuildFilmState(own='{"title": "Pociąg \\u0000 👩‍👧"}', removed=True)


def change(slug: str | None = "night-train-1959", guild_id: int = GUILD, batch: str | None = None) -> Change:
    if slug is None:
        settings = "{}", '{"archive_after": 60}'
        return Change(guild_id, NOW, 2, ChangeKind.SETTINGS, settings=settings, batch=batch)
    return Change(guild_id, NOW, 2, ChangeKind.EDIT, slug, OWN, GuildFilmState(hidden=True), "shared", batch=batch)


async def numbers(database: Database, *recorded: Change) -> list[int]:
    async with database.begin() as tx:
        return [await changes.add(tx, each) for each in recorded]


@pytest.mark.parametrize("slug", ["night-train-1959", None])
async def test_a_change_comes_back_as_it_was_put_in(database: Database, slug: str | None) -> None:
    [number] = await numbers(database, change(slug))
    async with database.read() as tx:
        found = await changes.get(tx, GUILD, number)
    assert found == dataclasses.replace(change(slug), number=number)


@pytest.mark.parametrize("act", ChangeKind)
async def test_every_act_can_be_recorded(database: Database, act: ChangeKind) -> None:
    async with database.begin() as tx:
        number = await changes.add(tx, Change(GUILD, NOW, 2, act, "a-1999"))
        found = await changes.get(tx, GUILD, number)
    assert found == Change(GUILD, NOW, 2, act, "a-1999", number=number)


async def test_a_moment_of_another_time_zone_is_the_same_moment(database: Database) -> None:
    there = datetime.timezone(datetime.timedelta(hours=9))
    async with database.begin() as tx:
        number = await changes.add(tx, Change(GUILD, NOW.astimezone(there), 2, ChangeKind.ADD, "a-1999"))
        found = await changes.get(tx, GUILD, number)
    assert found is not None
    assert found.at == NOW
    assert found.at.tzinfo is datetime.UTC


async def test_changes_are_told_the_latest_first_and_page_by_page(database: Database) -> None:
    first, second, third, fourth = await numbers(database, change(), change(None), change("other-1999"), change())
    assert first < second < third < fourth

    async def page(slug: str | None = None, below: int | None = None, limit: int = 10) -> list[int]:
        async with database.read() as tx:
            return [each.number for each in await changes.latest(tx, GUILD, slug=slug, below=below, limit=limit)]

    assert await page() == [fourth, third, second, first]
    assert await page(limit=3) == [fourth, third, second]
    assert await page(below=second) == [first]
    assert await page(below=first) == []
    assert await page(slug="night-train-1959") == [fourth, first]
    assert await page(slug="night-train-1959", below=fourth) == [first]
    assert await page(slug="nobody-1999") == []


async def test_a_server_is_told_nothing_of_another(database: Database) -> None:
    mine, theirs = await numbers(database, change(batch="b"), change(guild_id=7, batch="b"))
    async with database.read() as tx:
        assert await changes.get(tx, GUILD, theirs) is None
        assert await changes.get(tx, 7, mine) is None
        assert [each.number for each in await changes.latest(tx, 7, limit=9)] == [theirs]
        assert [each.number for each in await changes.of_batch(tx, GUILD, "b")] == [mine]


async def test_an_import_is_found_by_its_batch_the_latest_first(database: Database) -> None:
    first, _, third = await numbers(database, change(batch="b"), change(batch="c"), change("a-1999", batch="b"))
    async with database.read() as tx:
        assert [each.number for each in await changes.of_batch(tx, GUILD, "b")] == [third, first]
        assert await changes.of_batch(tx, GUILD, "d") == ()


def plan_of(connection: Connection, statement: str) -> list[str]:
    """How SQLite goes about the statement, step by step."""
    given = (GUILD,) * statement.count("?")
    return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]


async def test_no_history_is_found_by_looking_at_every_change(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path / 'test.db'}")
    await numbers(database, change(batch="b"))
    try:
        with statements("FROM changes") as asked:
            async with database.read() as tx:
                await changes.latest(tx, GUILD, limit=9)
                await changes.latest(tx, GUILD, slug="night-train-1959", limit=9)
                await changes.of_batch(tx, GUILD, "b")
        assert len(asked) == 4  # a batch is counted, too
        async with database.read() as tx:
            for statement in asked:
                told = [detail for detail in await tx.run_sync(plan_of, statement) if "changes" in detail]
                assert told
                assert all("SEARCH" in detail and "guild_id=?" in detail for detail in told if "LIST" not in detail)
                if "batch" in statement.partition("WHERE")[2]:
                    assert any("ix_changes_batch" in detail for detail in told)
                if "slug =" in statement:
                    assert any("ix_changes_film" in detail for detail in told)
    finally:
        await database.close()
