"""`frontrow films import` and `films export` as an operator meets them: processes of their own."""

import asyncio
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.content import DATA
from bot.domain.films.films import Film
from bot.storage.content.films import read_films
from bot.storage.transfer.exports import export_zip, films_csv
from tests.builders import film, write_entry
from tests.cli.frontrow import ROOT, UNPRIVILEGED, Ran, frontrow, names, needs_modes, ran
from tests.zips import unzipped, zipped

TRAIN, KNIFE = film(), film("Knife in the Water", 1962, trailers=[])
CHANGED = film(why="Look at the corridor.")
NOTHING_NEW = "0 new, 0 changed, {} the same, 0 left as they are, 0 unfinished, 0 faulty.\n0 films written.\n"


@pytest.fixture
def club(tmp_path: Path) -> Path:
    """A folder to work in, with one film on the list."""
    (tmp_path / "films").mkdir()
    write_entry(tmp_path / "films", TRAIN)
    return tmp_path


async def films(folder: Path, *arguments: str, **environment: str) -> Ran:
    return await frontrow(folder, "films", *arguments, FILMS_FOLDER="films", **environment)


def listed(folder: Path) -> tuple[Film, ...]:
    """The entries, in order of slug."""
    reading = read_films(folder / "films")
    assert reading.faults == ()
    assert all(path.suffix == ".toml" for path in (folder / "films").iterdir())
    return reading.films


def put(folder: Path, name: str, content: bytes | str) -> str:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name


async def test_what_is_exported_is_imported_into_an_empty_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    shipped = read_films(DATA / "films").films
    exported = await frontrow(tmp_path, "films", "export", "all.zip")
    assert exported == Ran(0, f"{len(shipped)} films written to all.zip.\n", "")
    assert (tmp_path / "all.zip").read_bytes() == export_zip(shipped)
    taken = await films(tmp_path, "import", "all.zip")
    assert (taken.status, taken.err) == (0, "")
    assert taken.out.splitlines() == [
        f"{len(shipped)} new, 0 changed, 0 the same, 0 left as they are, 0 unfinished, 0 faulty.",
        f"{len(shipped)} films written.",
    ]
    assert listed(tmp_path) == shipped
    again = await films(tmp_path, "import", "all.zip", "--mode", "update")
    assert again == Ran(0, NOTHING_NEW.format(len(shipped)), "")
    assert sorted(names(tmp_path)) == ["all.zip", "films"]


async def test_an_import_adds_and_only_changes_what_is_there_when_it_is_told_to(club: Path) -> None:
    put(club, "x.zip", export_zip([CHANGED, KNIFE]))
    dry = await films(club, "import", "x.zip", "--dry-run", "--mode", "update")
    assert (dry.status, dry.err) == (0, "")
    assert dry.out.splitlines() == [
        "1 new, 1 changed, 0 the same, 0 left as they are, 0 unfinished, 0 faulty.",
        "Nothing has been written: this was a dry run.",
    ]
    assert listed(club) == (TRAIN,)
    added = await films(club, "import", "x.zip")
    assert added.out.splitlines() == [
        "1 new, 0 changed, 0 the same, 1 left as they are, 0 unfinished, 0 faulty.",
        "1 film written.",
    ]
    assert listed(club) == (KNIFE, TRAIN)
    assert (await films(club, "import", "x.zip", "--mode", "update")).status == 0
    assert listed(club) == (KNIFE, CHANGED)


async def test_rows_that_cannot_be_taken_are_told_with_their_reason_and_the_rest_is_taken(club: Path) -> None:
    head = "title,year,director,why,synopsis,seat\n"
    put(club, "x.csv", f"{head}Ida,2013,A,B,C,7\nAlien,1979,,,,\nHeat,1066,A,B,C,\n")
    done = await films(club, "import", "x.csv")
    assert done.status == 1
    assert done.out.splitlines() == [
        "1 new, 0 changed, 0 the same, 0 left as they are, 1 unfinished, 1 faulty.",
        "1 film written.",
    ]
    assert done.err.splitlines() == [
        "x.csv: not used are the columns seat.",
        "x.csv:3: Alien (1979) still needs directors, why, synopsis.",
        "x.csv:4: has “1066” for a year, and no film is of that (Heat)",
    ]
    assert [each.title for each in listed(club)] == ["Ida", "Night Train"]


@pytest.mark.parametrize(
    ("arguments", "run_by", "curator"),
    [((), "", "Front Row"), ((), "The Film Club", "The Film Club"), (("--curator", "Ann"), "The Film Club", "Ann")],
)
async def test_the_curator_that_a_file_does_not_name_is_asked_for(
    club: Path, arguments: tuple[str, ...], run_by: str, curator: str
) -> None:
    put(club, "x.csv", "title,year,director,why,synopsis\nIda,2013,A,B,C\n")
    assert (await films(club, "import", "x.csv", *arguments, RUN_BY=run_by)).status == 0
    found, _ = listed(club)
    assert (found.curator, found.synopsis.source) == (curator, curator)


async def test_files_that_cannot_be_taken_are_one_sentence_and_change_nothing(club: Path) -> None:
    put(club, "bomb.zip", zipped(("films.csv", bytes(50_000_000))))
    put(club, "large.csv", b"x" * (8 * 1024 * 1024 + 1))
    put(club, "empty.csv", "")
    wanted = "I cannot take that file, so nothing has changed: "
    for name in ("bomb.zip", "large.csv", "empty.csv"):
        assert (await films(club, "import", name)).sentence.startswith(wanted)
    missing, folder = await asyncio.gather(films(club, "import", "nowhere.zip"), films(club, "import", "films"))
    assert missing.sentence == "The file nowhere.zip cannot be read: No such file or directory."
    assert folder.sentence == "The file films cannot be read: Is a directory."
    assert listed(club) == (TRAIN,)


async def test_a_folder_with_a_fault_is_neither_written_nor_exported(club: Path) -> None:
    (club / "films" / "torn-2000.toml").write_text("title = ?")
    put(club, "x.zip", export_zip([KNIFE]))
    for arguments in (("import", "x.zip"), ("export", "y.zip")):
        done = await films(club, *arguments)
        assert (done.status, done.out) == (1, "")
        assert done.err.splitlines()[-1] == "1 fault in 1 file."
    assert names(club) == ["films", "x.zip"]
    assert names(club / "films") == ["night-train-1959.toml", "torn-2000.toml"]


async def test_an_export_takes_the_place_of_an_old_one_or_says_why_not(club: Path) -> None:
    put(club, "x.zip", "old")
    assert await films(club, "export", "x.zip") == Ran(0, "1 film written to x.zip.\n", "")
    assert set(unzipped((club / "x.zip").read_bytes())) == {"films.csv", "films/night-train-1959.toml"}
    nowhere, folder = await asyncio.gather(films(club, "export", "nowhere/x.zip"), films(club, "export", "films"))
    assert nowhere.sentence == "The file nowhere/x.zip cannot be written: No such file or directory."
    assert folder.sentence == "The file films cannot be written: Is a directory."
    assert names(club) == ["films", "x.zip"]


@needs_modes
async def test_a_folder_that_may_not_be_written_is_one_sentence(club: Path) -> None:
    put(club, "x.csv", films_csv([KNIFE]))
    (club / "films").chmod(0o555)
    bot = (*(UNPRIVILEGED if os.geteuid() == 0 else ()), sys.executable, "-m", "bot")
    done = await ran(club, *bot, "films", "import", "x.csv", FILMS_FOLDER="films")
    (club / "films").chmod(0o755)
    assert done.status == 1
    assert done.err == (
        "Nothing has changed: the films folder films cannot be written: Permission denied. "
        "Check FILMS_FOLDER and who may write there.\n"
    )


async def test_a_large_import_shows_how_far_it_is_on_a_terminal(club: Path) -> None:
    put(club, "x.zip", export_zip([film(f"Film {number}", 1990) for number in range(200)]))

    def on_a_terminal() -> tuple[int, bytes, bytes]:
        ours, theirs = pty.openpty()
        known = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "FILMS_FOLDER": "films", "TERM": "xterm"}
        command = (sys.executable, "-m", "bot", "films", "import", "x.zip")
        with subprocess.Popen(command, cwd=club, env=known, stdout=subprocess.PIPE, stderr=theirs) as process:
            os.close(theirs)
            shown = b""
            while True:
                try:
                    piece = os.read(ours, 4096)
                except OSError:  # the other end is closed
                    break
                if not piece:
                    break
                shown += piece
            out = process.stdout.read() if process.stdout else b""
        os.close(ours)
        return process.returncode, out, shown

    status, out, shown = await asyncio.to_thread(on_a_terminal)
    assert status == 0
    assert b"200 new" in out
    assert b"Reading" in shown
    assert b"Writing" in shown
    assert b"100%" in shown


@pytest.mark.parametrize(
    "words", ["films import", "films import x --mode replace", "films import x --curator \u200b", "films export"]
)
def test_wrong_arguments_are_status_two(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words.split(" "))
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: frontrow films")


async def test_json_is_taken_too(club: Path) -> None:
    put(club, "x.json", json.dumps([KNIFE.model_dump(mode="json", exclude_defaults=True)]))
    assert (await films(club, "import", "x.json")).status == 0
    assert listed(club) == (KNIFE, TRAIN)
