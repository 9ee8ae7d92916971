"""`frontrow db backup|restore|drill` as an operator meets them: one sentence each, and never half a copy."""

import asyncio
import contextlib
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.storage.backups.folder import backups, last_drill
from bot.ui.kit.text import english
from tests.cli.frontrow import UNPRIVILEGED, frontrow, names, needs_modes, ran
from tests.conftest import needs_postgresql

PICKS = 40_000
ROWS = PICKS + 1  # with what says which versions can live with the tables


def say(key: str, **values: Any) -> str:
    return english().plain(f"cli.{key}", **values)


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """A folder with a database in it, of some megabytes."""
    path = tmp_path / "var" / "front-row.db"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO picks VALUES (?, ?)", ((n, f"film-{n:060}") for n in range(PICKS)))
    return tmp_path


async def test_made_tried_and_brought_back(home: Path) -> None:
    nowhere = await frontrow(home, "db", "backup")
    assert nowhere.sentence == say("backup_nowhere")
    assert (await frontrow(home, "db", "drill")).sentence == say("drill_nothing")
    made = await frontrow(home, "db", "backup", BACKUP_FOLDER="kept")
    [copy] = backups(home / "kept")
    assert made.out.startswith(f"kept/{copy.name} is a whole copy of the database (")
    tried = await frontrow(home, "db", "drill", BACKUP_FOLDER="kept")
    assert tried.out.strip() == say("drilled", file=f"kept/{copy.name}", rows=ROWS)
    assert last_drill(home / "kept") is not None
    restored = await frontrow(home, "db", "restore", str(copy), BACKUP_FOLDER="kept")
    aside = home / "var" / "front-row.db.before-1"
    assert restored.out.strip() == say("restored_aside", file=copy, rows=ROWS, aside=aside)
    beside = await frontrow(home, "db", "backup", "copy.db")
    assert (beside.status, beside.err) == (0, "")
    again = await frontrow(home, "db", "backup", "copy.db")
    assert again.sentence == say("backup_exists", file="copy.db")
    into = await frontrow(home, "db", "backup", "kept")  # a folder that is there
    assert into.status == 0
    assert len(backups(home / "kept")) == 2


def test_what_cannot_be_backed_up_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.db").write_text("What I thought of the film.\n" * 500)
    with contextlib.closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("CREATE TABLE picks (a)")
    for name, reason in {
        "gone.db": f"there is no file {tmp_path / 'gone.db'}",
        "notes.db": "file is not a database",
        "foreign.db": "it is no database of Front Row",
    }.items():
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / name}")
        assert main(["db", "backup", str(tmp_path / "copies" / "copy.db")]) == 1
        assert capsys.readouterr().err.strip() == say("backup_failed", reason=reason)
    assert list((tmp_path / "copies").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
async def test_a_disk_that_is_full_leaves_no_half_copy_and_those_before_as_they_were(home: Path) -> None:
    assert (await frontrow(home, "db", "backup", BACKUP_FOLDER="kept")).status == 0
    before = {path.name: path.read_bytes() for path in (home / "kept").iterdir()}
    command = f"ulimit -f 512; exec {sys.executable} -m bot db backup"
    await asyncio.sleep(1)  # a name says the second
    full = await ran(home, "sh", "-c", command, BACKUP_FOLDER="kept")
    assert full.sentence.startswith("No backup was made: ")
    assert {path.name: path.read_bytes() for path in (home / "kept").iterdir()} == before
    restoring = f"ulimit -f 512; exec {sys.executable} -m bot db restore kept/*.db"
    refused = await ran(home, "sh", "-c", restoring, BACKUP_FOLDER="kept")
    assert refused.status == 1
    assert names(home / "var") == ["front-row.db"]
    with contextlib.closing(sqlite3.connect(home / "var" / "front-row.db")) as connection:
        assert connection.execute("SELECT count(*) FROM picks").fetchone() == (PICKS,)


@needs_modes
async def test_a_folder_that_may_not_be_written_is_a_sentence(home: Path) -> None:
    (home / "kept").mkdir(mode=0o500)
    done = await ran(home, *UNPRIVILEGED, sys.executable, "-m", "bot", "db", "backup", BACKUP_FOLDER="kept")
    assert done.sentence == say("backup_failed", reason="Permission denied")


KILLED = """
import os, sys
from pathlib import Path
STEP = int(sys.argv.pop(1))
# The process ends by itself at its n-th event of those that make, name and delete files.
seen = 0
def end(event, args):
    global seen
    if event in {"open", "os.rename", "os.remove", "sqlite3.connect", "os.chmod"} and "kept" in str(args[:1]):
        seen += 1
        if seen == STEP:
            os.kill(os.getpid(), 9)
sys.addaudithook(end)
from bot.cli import main
sys.exit(main(sys.argv[1:]))
"""


async def test_killed_at_any_step_it_leaves_no_half_copy(home: Path) -> None:
    environment = {"BACKUP_FOLDER": "kept"}
    ends: list[int | None] = []
    while len(ends) < 60 and 0 not in ends:
        shutil.rmtree(home / "kept", ignore_errors=True)
        done = await ran(home, sys.executable, "-c", KILLED, str(len(ends) + 1), "db", "backup", **environment)
        ends.append(done.status)
        for copy in backups(home / "kept"):
            said = json.loads(copy.with_name(f"{copy.name}.json").read_text())
            assert said["counts"]["picks"] == PICKS
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert connection.execute("SELECT count(*) FROM picks").fetchone() == (PICKS,)
    assert ends[-1] == 0
    assert set(ends[:-1]) == {-9}
    assert len(ends) > 6


@needs_postgresql
async def test_where_postgresqls_programs_are_missing_a_sentence_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "copy.dump").write_bytes(b"PGDMP")
    monkeypatch.setattr("bot.storage.backups.postgresql_dump._DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://club:hunter2@127.0.0.1:1/films")

    def restore() -> int:
        return main(["db", "restore", str(tmp_path / "copy.dump")])

    assert await asyncio.to_thread(restore) == 1
    assert capsys.readouterr().err.strip() == say("program_missing", name="pg_restore")


@needs_postgresql
async def test_the_password_is_in_no_command_line(tmp_path: Path, database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("a file has no password")
    made = await ran(tmp_path, sys.executable, "-c", WATCHED, "db", "backup", "copy.dump", DATABASE_URL=database_url)
    assert made.status == 0, made
    lines = made.err.strip().splitlines()
    assert any("pg_dump" in line for line in lines)
    assert not any("frontrow:frontrow" in line or "PASSWORD" in line for line in lines)


WATCHED = """
import sys
def tell(event, args):
    if event == "subprocess.Popen":
        print(args[1], file=sys.stderr)
sys.addaudithook(tell)
from bot.cli import main
sys.exit(main(sys.argv[1:]))
"""
