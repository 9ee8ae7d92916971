"""Versions that overlap on one database: an old one survives a newer one's tables, or is told and spared."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.db import migrate
from bot.storage.db.database import Database, bare_engine
from tests.storage.db.test_migrate import run, upgraded

LAST = migrate.revisions()[-1]
FIRST_TO_SAY = "0008"


def a_newer_one(oldest: str) -> tuple[str, ...]:
    """What a migration of tomorrow leaves behind."""
    return (
        "UPDATE alembic_version SET version_num = '9999'",
        "DELETE FROM schema_floors",
        f"INSERT INTO schema_floors (revision, oldest) VALUES ('9999', '{oldest}')",  # noqa: S608
        "CREATE TABLE of_tomorrow (number INTEGER)",
    )


def test_each_migration_says_which_code_can_live_with_it() -> None:
    folder = Path(migrate.__file__).parent / "migrations" / "versions"
    named = {
        path.name[:4]: re.findall(r'^oldest = "(\d{4})"$', path.read_text(), re.MULTILINE)
        for path in folder.glob("0*.py")
    }
    assert [revision for revision, found in named.items() if revision >= FIRST_TO_SAY and len(found) != 1] == []
    assert all(found[0] <= revision for revision, found in named.items() if found)


async def test_a_new_database_says_who_can_live_with_it(empty_database_url: str) -> None:
    await upgraded(empty_database_url)
    async with bare_engine(empty_database_url) as engine, engine.connect() as connection:
        [[revision, oldest]] = (await connection.execute(text("SELECT revision, oldest FROM schema_floors"))).all()
    assert (revision, oldest <= revision) == (LAST, True)


async def test_a_process_survives_a_restart_on_tables_that_it_can_live_with(empty_database_url: str) -> None:
    await upgraded(empty_database_url)
    await run(empty_database_url, *a_newer_one(oldest=LAST))
    await upgraded(empty_database_url)
    async with bare_engine(empty_database_url) as engine:
        assert await migrate.current(engine) == "9999"
        assert not await migrate.upgrade(engine)


@pytest.mark.parametrize("oldest", ["9998", "9999"])
async def test_tables_that_it_cannot_live_with_are_refused(empty_database_url: str, oldest: str) -> None:
    await upgraded(empty_database_url)
    await run(empty_database_url, *a_newer_one(oldest))
    with pytest.raises(migrate.NewerDatabase):
        await Database.open(empty_database_url)


async def with_process(address: str, revision: str, expires: str) -> None:
    columns = "id, version, revision, shards, guilds, expires_at"
    values = f"('p', '1.4', '{revision}', '0-7', 3, '{expires}')"
    await run(address, f"INSERT INTO processes ({columns}) VALUES {values}")  # noqa: S608


@pytest.mark.parametrize(
    ("revision", "expires", "breaks"),
    [("0007", "2999-01-01", True), ("0007", "2020-01-01", False), (LAST, "2999-01-01", False)],
)
async def test_an_upgrade_that_would_break_who_is_running_is_refused_unless_told(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, revision: str, expires: str, breaks: bool
) -> None:
    await upgraded(empty_database_url)
    await with_process(empty_database_url, revision, f"{expires} 00:00:00+00:00")
    monkeypatch.setattr(migrate, "_floor", lambda *_: LAST)
    applied: list[str] = []

    def apply(_: object, to: str) -> None:  # the tables are there already
        applied.append(to)

    monkeypatch.setattr("alembic.command.upgrade", apply)
    await run(empty_database_url, "UPDATE alembic_version SET version_num = '0006'")
    async with bare_engine(empty_database_url) as engine:
        if breaks:
            with pytest.raises(migrate.BreaksRunning, match=r"1\.4"):
                await migrate.upgrade(engine)
            assert applied == []
            assert await migrate.upgrade(engine, may_break=True)
        else:
            assert await migrate.upgrade(engine)
    assert applied == ["head"]
