"""The command line as an operator meets it: processes of their own, in an empty folder, with a clean environment."""

import asyncio
import contextlib
import itertools
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.cli import main
from bot.content import DATA
from bot.storage.db import migrate
from tests.builders import collection, film, write_collection, write_entry
from tests.cli.frontrow import (
    PASSWORD,
    ROOT,
    TOKEN,
    UNPRIVILEGED,
    Ran,
    frontrow,
    names,
    needs_modes,
    ran,
    started_anew,
)


def database(folder: Path, *statements: str) -> str:
    """A SQLite database after these statements."""
    folder.mkdir(exist_ok=True)
    with contextlib.closing(sqlite3.connect(folder / "front-row.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return f"sqlite:///{folder / 'front-row.db'}"


async def test_version_and_help_need_no_settings(tmp_path: Path) -> None:
    version, told = await asyncio.gather(
        *(started_anew(tmp_path, word, LOG_LEVEL="LOUD") for word in ("--version", "--help"))
    )
    assert version == Ran(0, f"Front Row {__version__}\n", "")
    assert (told.status, told.err) == (0, "")
    assert all(command in told.out for command in ("run", "demo", "films", "db"))
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "words",
    [
        "run",
        "demo",
        "films",
        "films validate",
        "films list",
        "films schema",
        "films check",
        "films import",
        "films export",
        "db check",
    ],
)
def test_every_command_has_help(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words.split(), "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: frontrow {words}")


@pytest.mark.parametrize("words", ["", "films", "db", "db drop", "run --fast", "demo --port high", "films list all"])
def test_wrong_arguments_are_status_two(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: frontrow")


async def test_the_shipped_films_have_no_fault_and_are_listed_and_fit_the_shipped_schema(tmp_path: Path) -> None:
    number = len(list((DATA / "films").glob("*.toml")))
    unasserted = await started_anew(tmp_path, "films", "validate", PYTHONOPTIMIZE="1")
    validated, listed, schema = await asyncio.gather(
        *(frontrow(tmp_path, "films", what) for what in ("validate", "list", "schema"))
    )
    collections = len(list((DATA / "collections").glob("*.toml")))
    assert validated == Ran(0, f"{number} films, no faults.\n{collections} collections, no faults.\n", "")
    assert unasserted == validated
    lines = [line.split("\t") for line in listed.out.splitlines()]
    assert len(lines) == number
    assert ["sherlock-jr-1924", "Sherlock Jr. (1924)", "Buster Keaton"] in lines
    assert json.loads(schema.out)["title"] == "Film"
    assert schema.out == (DATA / "film.schema.json").read_text(encoding="utf-8")
    assert names(tmp_path) == []


async def test_what_is_wrong_between_the_files_is_told(tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    missing = film("Day Train", 1960)
    write_entry(films, film(pairs_with=[{"slug": missing.slug, "why": "Light."}], themes=["trains", "fog"]))
    write_collection(films, collection("Rails", film(), missing))
    (tmp_path / "collections" / "torn.toml").write_text("name = ?")
    (tmp_path / "themes.toml").write_text('[trains]\nname = "Trains"\nline = "On rails"\nrelated = ["fog"]\n')
    validated = await frontrow(tmp_path, "films", "validate", FILMS_FOLDER="films")
    assert (validated.status, validated.out) == (1, "")
    assert validated.err.splitlines() == [
        "night-train-1959.toml:themes.1: “fog” is no theme; themes.toml has all there are",
        "night-train-1959.toml:pairs_with.0.slug: is no entry of the list: day-train-1960",
        "themes.toml:trains.related: “fog” is no theme; themes.toml has all there are",
        "collections/torn.toml:1: is not valid TOML: Invalid value",
        "collections/rails.toml:films.1.slug: is no entry of the list: day-train-1960",
        "5 faults in 4 files.",
    ]


async def test_the_schema_of_a_collection_is_the_shipped_one(tmp_path: Path) -> None:
    schema = await frontrow(tmp_path, "films", "schema", "--collections")
    assert json.loads(schema.out)["title"] == "Collection"
    assert schema == Ran(0, (DATA / "collection.schema.json").read_text(encoding="utf-8"), "")


async def test_every_fault_is_told_on_standard_error(tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    write_entry(films, film())
    (films / "empty-2000.toml").touch()
    (films / "torn-2000.toml").write_text("title = 'a'\nyear = ?\n")
    (films / "café-2000.toml").write_bytes(b"\xff")
    validated, listed = await asyncio.gather(
        *(started_anew(tmp_path, "films", what, FILMS_FOLDER="films", LC_ALL="C") for what in ("validate", "list"))
    )
    assert (validated.status, validated.out) == (1, "")
    lines = validated.err.splitlines()
    assert lines[0] == "café-2000.toml: is not saved as UTF-8"
    assert "empty-2000.toml:directors: is missing" in lines
    assert lines[-2] == "torn-2000.toml:2: is not valid TOML: Invalid value"
    assert lines[-1] == "10 faults in 3 files."
    assert len(lines) == 11
    # A list that is not whole says so.
    assert listed.out == "night-train-1959\tNight Train (1959)\tJerzy Kawalerowicz\n"
    assert listed.status == 1
    assert listed.err != ""


async def test_a_films_folder_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    missing, file, run = await asyncio.gather(
        frontrow(tmp_path, "films", "validate", FILMS_FOLDER="nowhere"),
        frontrow(tmp_path, "films", "list", FILMS_FOLDER="file"),
        frontrow(tmp_path, "run", FILMS_FOLDER="nowhere", DISCORD_TOKEN=TOKEN),
    )
    wanted = "The films folder {} cannot be read: {}. Check FILMS_FOLDER."
    assert missing.sentence == run.sentence == wanted.format("nowhere", "No such file or directory")
    assert file.sentence == wanted.format("file", "Not a directory")


@needs_modes
async def test_what_the_operator_may_not_read_or_write_is_one_sentence(tmp_path: Path) -> None:
    closed, locked = tmp_path / "closed", tmp_path / "locked"
    closed.mkdir()
    address = database(locked)
    assert (await frontrow(tmp_path, "db", "upgrade", DATABASE_URL=address)).status == 0
    (locked / "front-row.db").chmod(0o444)
    closed.chmod(0o000)
    locked.chmod(0o555)
    bot = (*(UNPRIVILEGED if os.geteuid() == 0 else ()), sys.executable, "-m", "bot")
    unreadable, new, old = await asyncio.gather(
        ran(tmp_path, *bot, "films", "validate", FILMS_FOLDER="closed"),
        ran(tmp_path, *bot, "run", DATABASE_URL=f"sqlite:///{locked}/new.db", DISCORD_TOKEN=TOKEN),
        ran(tmp_path, *bot, "run", DATABASE_URL=address, DISCORD_TOKEN=TOKEN),
    )
    closed.chmod(0o700)
    locked.chmod(0o700)
    assert unreadable.sentence == "The films folder closed cannot be read: Permission denied. Check FILMS_FOLDER."
    for done in (new, old):
        assert done.status == 1
        assert done.err.splitlines()[-1].startswith(f"The database sqlite:///{locked}")
        assert done.err.splitlines()[-1].endswith("Check DATABASE_URL and who may write there.")


async def test_a_database_is_upgraded_once_and_found_current(tmp_path: Path) -> None:
    last = migrate.revisions()[-1]
    assert (await frontrow(tmp_path, "db", "upgrade")).out == f"The database is up to date now (revision {last}).\n"
    again, checked = await asyncio.gather(frontrow(tmp_path, "db", "upgrade"), frontrow(tmp_path, "db", "check"))
    assert again == checked == Ran(0, f"The database is up to date (revision {last}).\n", "")
    assert (tmp_path / "var" / "front-row.db").is_file()

    database(tmp_path / "var", "ALTER TABLE discussions DROP COLUMN claim")
    differs = await frontrow(tmp_path, "db", "check")
    assert (differs.status, differs.out) == (1, "")
    first, *differences = differs.err.splitlines()
    assert first == "The database's tables are not what this version expects:"
    assert len(differences) == 1
    assert "claim" in differences[0]


async def test_a_database_that_is_behind_or_newer_is_one_sentence(tmp_path: Path) -> None:
    made = "CREATE TABLE alembic_version (version_num TEXT)"
    new = database(tmp_path, made, "INSERT INTO alembic_version VALUES ('9999')")
    before = (tmp_path / "front-row.db").read_bytes()
    checked, refused, run, upgrade = await asyncio.gather(
        frontrow(tmp_path, "db", "check"),
        frontrow(tmp_path, "db", "check", DATABASE_URL=new),
        frontrow(tmp_path, "run", DATABASE_URL=new, DISCORD_TOKEN=TOKEN),
        frontrow(tmp_path, "db", "upgrade", DATABASE_URL=new),
    )
    assert checked.sentence == "The database is behind (revision -). Run: frontrow db upgrade"
    assert refused.sentence.startswith("The database was written by a newer version (revision 9999;")
    assert run.sentence == upgrade.sentence == refused.sentence
    assert (tmp_path / "front-row.db").read_bytes() == before
    assert names(tmp_path) == ["front-row.db"]  # to look at a database makes none


async def test_without_a_token_there_is_one_sentence_and_nothing_is_made(tmp_path: Path) -> None:
    for done in await asyncio.gather(
        frontrow(tmp_path, "run"),
        frontrow(tmp_path, "run", DISCORD_TOKEN=""),
        frontrow(tmp_path, "run", DISCORD_TOKEN=" \t "),
    ):
        assert done.sentence.startswith("There is no token. Put DISCORD_TOKEN=… into .env or the environment;")
    assert names(tmp_path) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_settings_come_from_the_file_too_however_an_editor_saved_it(tmp_path: Path, encoding: str) -> None:
    lines = f"DISCORD_TOKEN={TOKEN}\nDATABASE_URL=nonsense\nRUN_BY='Ключ'\nUNKNOWN=1\n"
    (tmp_path / ".env").write_text(lines, encoding=encoding)
    done = await frontrow(tmp_path, "run")
    if encoding == "utf-16":  # Windows' older PowerShell writes it; it need not work, but be explained
        assert ".env" in done.sentence
    else:
        assert done.sentence.startswith("The database in DATABASE_URL cannot be used: that is no address")


async def test_wrong_settings_are_one_sentence_that_names_the_variable(tmp_path: Path) -> None:
    wrong = {"LOG_LEVEL": "LOUD", "SHARD_COUNT": "0", "TMDB_TOKEN": "two words"}
    runs = (frontrow(tmp_path, "films", "validate", **{name: value}) for name, value in wrong.items())
    for name, done in zip(wrong, await asyncio.gather(*runs), strict=True):
        assert done.sentence.startswith(f"The setting {name} is wrong: ")
        assert "two words" not in done.sentence  # which may be a secret with a slip in it


async def test_a_database_that_cannot_be_used_is_one_sentence_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database " * 200)
    addresses = (
        f"postgresql://bot:{PASSWORD}@127.0.0.1:1/films",
        f"mysql://bot:{PASSWORD}@127.0.0.1/films",
        "sqlite:///file",
    )
    runs = (frontrow(tmp_path, "run", DISCORD_TOKEN=TOKEN, DATABASE_URL=address) for address in addresses)
    for done in await asyncio.gather(*runs):
        assert done.sentence.startswith("The database ")
        assert done.sentence.endswith(" Check DATABASE_URL and who may write there.")


async def test_a_port_that_there_cannot_be_is_a_sentence_in_every_command(tmp_path: Path) -> None:
    commands = (("run",), ("db", "upgrade"), ("db", "check"))
    addresses = ("postgresql://u:secret@127.0.0.1:99999/db", "postgresql://u:secret@/db?host=127.0.0.1&port=99999")
    for command, address in itertools.product(commands, addresses):
        done = await frontrow(tmp_path, *command, DISCORD_TOKEN=TOKEN, DATABASE_URL=address)
        assert done.status == 1
        assert done.sentence.endswith(" Check DATABASE_URL and who may write there.")
        assert "secret" not in done.err


async def test_a_database_that_is_held_by_somebody_else_is_one_sentence(tmp_path: Path) -> None:
    assert (await frontrow(tmp_path, "db", "upgrade", DATABASE_URL="sqlite:///held.db")).status == 0
    holder = sqlite3.connect(tmp_path / "held.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        refused = await frontrow(tmp_path, "run", DATABASE_URL="sqlite:///held.db", DISCORD_TOKEN=TOKEN)
    finally:
        holder.close()
    assert refused.status == 1
    assert "Traceback" not in refused.err
    assert refused.err.splitlines()[-1] == (
        "The database cannot be read or written: database is locked. Check DATABASE_URL and who may write there."
    )


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
async def test_a_port_that_cannot_be_is_a_wrong_argument(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["demo", "--port", port])
    assert refused.value.code == 2
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_only_what_was_asked_for_is_loaded(words: list[str]) -> None:
    program = (
        "import sys; from bot.cli import main\ntry: main(sys.argv[1:])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    asked = (sys.executable, "-c", program, *words)
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, timeout=30, check=True).stdout.decode()
    loaded = {name.partition(".")[0] for name in told.splitlines()[-1].split()}
    assert not loaded & {
        "aiohttp",
        "alembic",
        "asyncio",
        "babel",
        "discord",
        "numpy",
        "pydantic",
        "sqlalchemy",
        "uvloop",
    }
    assert "argparse" in loaded
