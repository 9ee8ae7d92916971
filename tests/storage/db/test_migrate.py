"""The migrations make the tables that the code expects, whoever runs them and however often."""

import asyncio
import hashlib
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.storage.db import migrate
from bot.storage.db.database import Database, bare_engine
from bot.storage.db.tables import metadata


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def run(address: str, *statements: str) -> None:
    async with bare_engine(address) as engine, engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def upgraded(address: str) -> None:
    await (await Database.open(address)).close()


async def open_at_once(address: str) -> None:
    ends = await asyncio.gather(*(Database.open(address) for _ in range(5)), return_exceptions=True)
    for end in ends:
        if isinstance(end, Database):
            await end.close()
    assert [end for end in ends if not isinstance(end, Database)] == []


async def differences(address: str) -> list[str]:
    async with bare_engine(address) as engine:
        return await migrate.differences(engine)


def primary_keys(connection: Connection) -> dict[str, list[str]]:
    found = inspect(connection)
    return {name: found.get_pk_constraint(name)["constrained_columns"] for name in found.get_table_names()}


def test_the_migrations_are_one_line_in_the_order_of_their_numbers() -> None:
    folder = Path(migrate.__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    line = [(script.revision, Path(script.path).name) for script in scripts]
    assert tuple(revision for revision, _ in reversed(line)) == migrate.revisions()
    assert all(name.startswith(f"{revision}_") for revision, name in line)


async def test_the_migrations_make_the_tables_of_the_code(empty_database_url: str) -> None:
    await upgraded(empty_database_url)
    assert await differences(empty_database_url) == []
    async with bare_engine(empty_database_url) as engine, engine.connect() as connection:
        keys = await connection.run_sync(primary_keys)
    # Alembic does not compare primary keys, which settle every race.
    wanted = {table.name: [column.name for column in table.primary_key] for table in metadata.sorted_tables}
    assert keys == wanted | {"alembic_version": ["version_num"]}


async def test_tables_that_are_not_those_of_the_code_are_told(empty_database_url: str) -> None:
    await upgraded(empty_database_url)
    await run(empty_database_url, "ALTER TABLE discussions DROP COLUMN claim")
    [missing] = await differences(empty_database_url)
    assert "claim" in missing
    await run(empty_database_url, "ALTER TABLE picks ADD COLUMN since INTEGER", "DROP TABLE command_sets")
    await run(empty_database_url, "CREATE TABLE nights (number INTEGER)")
    told = await differences(empty_database_url)
    assert len(told) == 4
    for name in ("claim", "since", "command_sets", "nights"):
        assert any(name in difference for difference in told)


async def test_a_column_of_another_type_is_told(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'test.db'}"
    await upgraded(address)
    await run(address, "DROP TABLE revisions", "CREATE TABLE revisions (scope TEXT PRIMARY KEY, number INTEGER)")
    assert any("scope" in difference for difference in await differences(address))


async def test_upgrading_twice_changes_nothing(empty_database_url: str) -> None:
    async with bare_engine(empty_database_url) as engine:
        assert await migrate.current(engine) is None
        assert await migrate.upgrade(engine)
        assert await migrate.current(engine) == migrate.revisions()[-1]
    await run(empty_database_url, "INSERT INTO picks VALUES (1, 'kept')")
    async with bare_engine(empty_database_url) as engine, engine.connect() as connection:
        assert not await migrate.upgrade(engine)
        assert (await connection.execute(text("SELECT slug FROM picks"))).all() == [("kept",)]


CHANGE = (
    "INSERT INTO changes (guild_id, at, actor_id, act, slug, before, after, batch)"
    """ VALUES (7, '{at}', 2, 'edit', 'ż-1999', '{{}}', '{{"hidden"\\:true}}', {batch})"""
)
SUGGESTION = (
    "INSERT INTO suggestions (guild_id, author_id, author_name, title, why, channel_id, made, state)"
    " VALUES (7, 2, 'Ż', 'Pociąg', '', 9, '{at}', 'open')"
)
AT = "2026-11-30 20:15:30.123456"


async def before_0004(address: str, *statements: str) -> dict[str, list[Any]]:
    """A database as it was before numbers were never given twice, in which this was done; tells what is in it."""
    async with bare_engine(address) as engine, engine.execution_options(write=True).begin() as connection:
        await connection.run_sync(lambda tx: command.upgrade(migrate._config(tx), "0003"))  # pyright: ignore[reportPrivateUsage]
    await run(address, *statements)
    return await contents(address)


async def contents(address: str) -> dict[str, list[Any]]:
    kept = ("changes", "suggestions", "drafts", "films", "film_revisions", "hidden_films", "guild_settings")
    async with bare_engine(address) as engine, engine.connect() as connection:
        rows = {name: (await connection.execute(text(f"SELECT * FROM {name}"))).all() for name in kept}  # noqa: S608
        rows["revisions"] = (await connection.execute(text("SELECT scope, number FROM revisions"))).all()
        return {name: sorted(map(tuple, each)) for name, each in rows.items()}


async def next_numbers(address: str) -> list[int]:
    async with bare_engine(address) as engine, engine.begin() as connection:
        return [
            await connection.scalar(text(f"{insert.format(at=AT, batch='NULL')} RETURNING number"))
            for insert in (CHANGE, SUGGESTION)
        ]


async def test_a_database_in_use_is_taken_over_whole_and_its_numbers_are_never_given_again(
    empty_database_url: str,
) -> None:
    """Changes and suggestions 3 and 4 were erased before: their buttons may still be pressed."""
    before = await before_0004(
        empty_database_url,
        *([CHANGE.format(at=AT, batch="NULL"), CHANGE.format(at=AT, batch="'b'"), SUGGESTION.format(at=AT)] * 2),
        SUGGESTION.format(at=AT),
        "DELETE FROM changes WHERE number > 2",
        "DELETE FROM suggestions WHERE number > 1",
        "INSERT INTO revisions (scope, number, begun) VALUES (0, 1, 'x'), (7, 40, 'y'), (8, 2, NULL)",
        "INSERT INTO film_revisions (scope, slug, number) VALUES (7, 'ż-1999', 40)",
        "INSERT INTO films (scope, slug, body, removed) VALUES (7, 'ż-1999', '{}', TRUE)",
        "INSERT INTO hidden_films (guild_id, slug) VALUES (8, 'a-1999')",
        """INSERT INTO guild_settings (guild_id, body, revision) VALUES (7, '{"archive_after"\\:60}', 3)""",
        "INSERT INTO drafts (id, guild_id, author_id, texts, suggestion, written)"
        " VALUES ('d', 7, 2, '{}', 1, '2026-11-30 20:15:30.123456')",
    )
    assert {name: len(rows) for name, rows in before.items()}["changes"] == 2
    await upgraded(empty_database_url)
    assert await contents(empty_database_url) == before
    assert await differences(empty_database_url) == []
    change, suggestion = await next_numbers(empty_database_url)
    assert (change, suggestion) > (4, 3)
    await run(empty_database_url, "DELETE FROM changes", "DELETE FROM suggestions")
    assert await next_numbers(empty_database_url) == [change + 1, suggestion + 1]


async def test_in_a_new_database_numbers_begin_with_one_and_are_never_given_again(empty_database_url: str) -> None:
    await upgraded(empty_database_url)
    assert await next_numbers(empty_database_url) == [1, 1]
    await run(empty_database_url, "DELETE FROM changes", "DELETE FROM suggestions")
    assert await next_numbers(empty_database_url) == [2, 2]


async def test_many_connections_may_upgrade_at_once(empty_database_url: str) -> None:
    await open_at_once(empty_database_url)
    assert await differences(empty_database_url) == []


async def test_many_connections_may_open_a_new_sqlite_file_at_once(tmp_path: Path) -> None:
    for number in range(8):  # which of them comes between the steps of another is a matter of luck
        address = f"sqlite:///{tmp_path / f'{number}.db'}"
        await open_at_once(address)


async def test_two_processes_may_upgrade_at_once(empty_database_url: str) -> None:
    program = (
        "import asyncio, sys; from bot.storage.db.database import Database; asyncio.run(Database.open(sys.argv[1]))"
    )
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, empty_database_url, cwd=Path(__file__).parents[3]
        )
        for _ in range(2)
    ]
    assert await asyncio.gather(*(process.wait() for process in processes)) == [0, 0]
    assert await differences(empty_database_url) == []


async def test_a_database_of_a_newer_version_is_refused_and_keeps_its_revision(empty_database_url: str) -> None:
    await upgraded(empty_database_url)
    await run(empty_database_url, "UPDATE alembic_version SET version_num = '9999'", "DROP TABLE picks")
    with pytest.raises(migrate.NewerDatabase) as refused:
        await Database.open(empty_database_url)
    assert (refused.value.found, refused.value.known) == ("9999", migrate.revisions()[-1])
    async with bare_engine(empty_database_url) as engine, engine.connect() as connection:
        assert await connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
        assert "picks" not in await connection.run_sync(lambda tx: inspect(tx).get_table_names())


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
async def test_a_newer_sqlite_file_is_left_byte_for_byte(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "newer.db"
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA journal_mode = {mode}")
    newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
    newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.commit()
    newer.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(migrate.NewerDatabase):
        await Database.open(f"sqlite:///{path}")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert names(tmp_path) == [path.name]
