"""A database that cannot be used is named, with the reason, and without its password."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.storage.db.database import Database, DatabaseUnavailable, bare_engine
from tests.conftest import POSTGRESQL, needs_postgresql

PASSWORD = "hunter2"
CLOSED = "127.0.0.1:1"  # nothing listens on port 1


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def failure(address: str) -> DatabaseUnavailable:
    with pytest.raises(DatabaseUnavailable) as failed:
        await Database.open(address)
    told = failed.value
    assert told.reason
    assert "\n" not in str(told)
    assert "Traceback" not in str(told)
    return told


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    told = await failure(f"sqlite:///{tmp_path / 'taken' / 'test.db'}")
    assert str(tmp_path / "taken") in told.address


async def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "test.db").mkdir()
    threads = threading.active_count()
    told = await failure(f"sqlite:///{tmp_path / 'test.db'}")
    assert told.reason == "unable to open database file"
    # The driver's thread, were it still there, would fail loudly once the loop has gone.
    assert threading.active_count() == threads


async def test_a_file_that_is_no_database_and_stays_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("What I thought of the film.\n" * 500)
    told = await failure(f"sqlite:///{path}")
    assert told.reason == "file is not a database"
    assert path.read_text() == "What I thought of the film.\n" * 500
    assert names(tmp_path) == [path.name]


async def test_tables_of_somebody_else_are_left_as_they_were(empty_database_url: str) -> None:
    # The migration ends in the middle, on a table that is there already: all of it is taken back.
    async with bare_engine(empty_database_url) as engine, engine.begin() as connection:
        await connection.execute(text("CREATE TABLE command_sets (theirs INTEGER)"))
    assert "command_sets" in (await failure(empty_database_url)).reason
    async with bare_engine(empty_database_url) as engine, engine.connect() as connection:
        assert await connection.run_sync(lambda tx: inspect(tx).get_table_names()) == ["command_sets"]


def wrong_postgresql() -> list[str]:
    host = (POSTGRESQL or "").rpartition("@")[2]
    return [f"postgresql://nobody-here:{PASSWORD}@{host}", f"postgres://nobody-here:{PASSWORD}@{host}"]


@needs_postgresql
async def test_a_wrong_password_is_refused_by_postgresql_and_not_repeated() -> None:
    for address in wrong_postgresql():
        told = await failure(address)
        assert PASSWORD not in str(told)
        assert "nobody-here" in told.reason


@needs_postgresql
async def test_a_postgresql_database_that_is_not_there() -> None:
    assert POSTGRESQL is not None
    told = await failure(POSTGRESQL.rpartition("/")[0] + "/no_such_database")
    assert "no_such_database" in told.reason


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://bot:{PASSWORD}@{CLOSED}/films",
        f"postgresql+asyncpg://bot:{PASSWORD}@{CLOSED}/films",
        f"postgresql://bot:half@{PASSWORD}@{CLOSED}/films",  # an @ that should have been written %40
        f"postgresql://bot:half/{PASSWORD}@{CLOSED}/films",
        f"postgresql://{CLOSED}/films?user=bot&password={PASSWORD}",
        f"postgresql://bot:{PASSWORD}@{CLOSED}/films?sslmode=require",  # as hosting companies write it
        f"postgresql://bot:{PASSWORD}@{CLOSED}/films?nonsense=1",
    ],
)
async def test_a_postgresql_that_cannot_be_reached_is_named_without_the_password(address: str) -> None:
    assert PASSWORD not in str(await failure(address))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        " sqlite:///test.db",
        "sqlite+pysqlite:///test.db",
        f"postgresql://bot:{PASSWORD}@localhost:port/films",
        f"postgresql+psycopg2://bot:{PASSWORD}@localhost/films",
        f"mysql://bot:{PASSWORD}@localhost/films",
        f"https://bot:{PASSWORD}@localhost/films",
        f"bot:{PASSWORD}@localhost",
    ],
)
async def test_an_address_of_no_database_that_we_know_is_refused(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert PASSWORD not in str(await failure(address))
    assert names(tmp_path) == []
