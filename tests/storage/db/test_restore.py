"""A backup put in the place of the SQLite file: checked before, the old one kept, and never under a running bot."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot.cli import main
from bot.storage.db import migrate
from bot.storage.db.database import Database
from bot.storage.db.restore import CannotRestore, restore
from bot.storage.db.tables import picks
from bot.ui.kit.text import english
from tests.cli.frontrow import frontrow


async def write(path: Path, *slugs: str) -> None:
    database = await Database.open(f"sqlite:///{path}")
    for slug in slugs:
        async with database.begin() as tx:
            await tx.execute(insert(picks).values(guild_id=1, slug=slug))
    await database.close()


def stored(path: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return {slug for (slug,) in connection.execute("SELECT slug FROM picks")}


def run(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def back_up(path: Path, copy: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "club.db"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A database as it was once, with one film."""
    file = tmp_path / "backup.db"
    asyncio.run(write(file, "then"))
    return file


def say(key: str, **values: Any) -> str:
    return english().plain(f"cli.{key}", **values)


def test_the_backup_is_there_and_the_old_one_is_kept(backup: Path, path: Path) -> None:
    asyncio.run(write(path, "now"))
    path.chmod(0o640)
    aside = restore(backup, path)
    assert aside is not None
    assert (stored(path), stored(aside), stored(backup)) == ({"then"}, {"now"}, {"then"})
    assert path.stat().st_mode & 0o777 == 0o640
    assert restore(aside, path) == path.with_name("club.db.before-2")
    assert stored(path) == {"now"}
    asyncio.run(write(path, "and on"))
    assert names(path.parent) == ["club.db", "club.db.before-1", "club.db.before-2"]


def test_where_there_was_none_it_is_put_and_a_log_that_was_left_does_not_spoil_it(backup: Path, path: Path) -> None:
    path.parent.mkdir()
    path.with_name("club.db-wal").write_bytes(b"the rest of another story")
    assert restore(backup, path) is None
    assert stored(path) == {"then"}
    assert names(path.parent) == ["club.db", "club.db.before-1-wal"]


def test_what_a_killed_bot_wrote_last_is_in_the_backup_of_its_files_and_in_what_is_kept(
    backup: Path, path: Path, tmp_path: Path
) -> None:
    source = sqlite3.connect(backup, isolation_level=None)
    source.execute("PRAGMA journal_mode = WAL")
    source.execute("INSERT INTO picks VALUES (1, 'last')")
    copy = tmp_path / "copied.db"
    for ending in ("", "-wal"):  # while it is in the log only
        copy.with_name(f"{copy.name}{ending}").write_bytes(backup.with_name(f"{backup.name}{ending}").read_bytes())
    source.close()
    restore(copy, path)
    assert stored(path) == {"then", "last"}


def test_a_link_to_the_file_stays_a_link(backup: Path, path: Path, tmp_path: Path) -> None:
    asyncio.run(write(path, "now"))
    link = tmp_path / "link.db"
    link.symlink_to(path)
    restore(backup, link)
    assert link.is_symlink()
    assert stored(path) == {"then"}


def test_a_file_that_is_broken_is_restored_over(backup: Path, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all, but as long as one would be" * 100)
    assert restore(backup, path) == path.with_name("club.db.before-1")
    assert stored(path) == {"then"}


def no_database(backup: Path) -> None:
    backup.write_text("What I thought of the film.\n" * 500)


def nothing(backup: Path) -> None:
    backup.write_bytes(b"")


def cut_off(backup: Path) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 2])


def overwritten(backup: Path) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[:8192] + b"\x07" * 8192 + whole[16384:])


def foreign(backup: Path) -> None:
    backup.unlink()
    run(backup, "CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0001')")


def never_filled(backup: Path) -> None:
    run(backup, "DELETE FROM alembic_version")


def a_folder(backup: Path) -> None:
    backup.unlink()
    backup.mkdir()


def gone(backup: Path) -> None:
    backup.unlink()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (no_database, "cli.restore_damaged"),
        (cut_off, "cli.restore_damaged"),
        (overwritten, "cli.restore_damaged"),
        (nothing, "cli.restore_foreign"),
        (foreign, "cli.restore_foreign"),
        (never_filled, "cli.restore_foreign"),
        (a_folder, "cli.restore_missing"),
        (gone, "cli.restore_missing"),
    ],
)
def test_what_is_no_backup_is_refused_and_nothing_has_changed(backup: Path, path: Path, spoil: Any, key: str) -> None:
    asyncio.run(write(path, "now"))
    spoil(backup)
    with pytest.raises(CannotRestore) as refused:
        restore(backup, path)
    assert refused.value.key == key
    assert (stored(path), names(path.parent)) == ({"now"}, ["club.db"])


def test_the_backup_of_a_newer_version_is_refused_and_that_of_an_older_one_is_not(backup: Path, path: Path) -> None:
    run(backup, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(migrate.NewerDatabase):
        restore(backup, path)
    run(backup, "UPDATE alembic_version SET version_num = '0001'")
    restore(backup, path)
    assert stored(path) == {"then"}


def test_the_database_is_no_backup_of_itself(path: Path) -> None:
    asyncio.run(write(path, "now"))
    with pytest.raises(CannotRestore) as refused:
        restore(path, path)
    assert refused.value.key == "cli.restore_same"


async def test_a_bot_that_runs_keeps_its_database_and_one_that_was_stopped_gets_the_backup(
    path: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    await write(backup, "then")
    running = await Database.open(f"sqlite:///{path}")
    async with running.begin() as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="now"))
    asked = ("db", "restore", str(backup))
    refused = await frontrow(tmp_path, *asked, DATABASE_URL=f"sqlite:///{path}")
    assert refused.sentence == say("restore_in_use", database=path, reason="database is locked")
    async with running.begin() as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="and on"))
    await running.close()
    assert stored(path) == {"now", "and on"}
    done = await frontrow(tmp_path, *asked, DATABASE_URL=f"sqlite:///{path}")
    aside = path.with_name("club.db.before-1")
    assert (done.status, done.err) == (0, "")
    assert done.out.strip() == say("restored_aside", file=backup, rows=2, aside=aside)
    assert stored(path) == {"then"}


def test_a_database_in_memory_is_not_restored(
    backup: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    assert main(["db", "restore", str(backup)]) == 1
    assert capsys.readouterr().err.strip() == say("restore_in_memory")


def test_every_refusal_is_a_sentence(
    backup: Path, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    assert main(["db", "restore", str(backup)]) == 0
    assert capsys.readouterr().out.strip() == say("restored", file=backup, rows=2)
    nothing(backup)
    assert main(["db", "restore", str(backup)]) == 1
    assert capsys.readouterr().err.strip() == say("restore_foreign", file=backup)
    assert main(["db", "restore", str(backup.with_name("gone.db"))]) == 1
    assert capsys.readouterr().err.strip() == say("restore_missing", file=backup.with_name("gone.db"))
