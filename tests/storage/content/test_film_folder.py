"""Entry files are written all together or not at all."""

import sys
from pathlib import Path

import pytest

from bot.storage.content.film_folder import FilmsUnwritable, write_films
from bot.storage.content.films import read_films
from tests.builders import film, write_entry

TRAIN, KNIFE, IDA = film(), film("Knife in the Water", 1962), film("Ida", 2013)


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") if path.is_file() else "" for path in folder.iterdir()}


def test_new_entries_are_written_and_old_ones_replaced_and_others_left_alone(tmp_path: Path) -> None:
    write_entry(tmp_path, TRAIN)
    write_entry(tmp_path, IDA)
    (tmp_path / "README.md").write_text("hello")
    changed = film(why="Look at the corridor.")
    told: list[tuple[int, int]] = []
    write_films(tmp_path, [changed, KNIFE], lambda done, of: told.append((done, of)))
    assert read_films(tmp_path).films == (IDA, KNIFE, changed)
    assert sorted(contents(tmp_path)) == sorted(
        ["README.md", "night-train-1959.toml", "knife-in-the-water-1962.toml", "ida-2013.toml"]
    )
    assert told == [(1, 2), (2, 2)]


def test_what_fails_on_the_way_puts_back_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_entry(tmp_path, TRAIN)
    # In the order of the names: a new file, a changed one, and one whose place a folder has taken.
    blocked = film("Zed", 1985)
    (tmp_path / f"{blocked.slug}.toml").mkdir()
    (tmp_path / f"{blocked.slug}.toml" / "inside").touch()
    before = contents(tmp_path)
    step_back = Path.replace

    def fails_for_the_last(path: Path, target: Path) -> Path:
        if target.name == f"{blocked.slug}.toml" and path.parent.name == "new":
            raise OSError(28, "No space left on device")
        return step_back(path, target)

    monkeypatch.setattr(Path, "replace", fails_for_the_last)  # a disk that is full at this very moment
    with pytest.raises(FilmsUnwritable) as refused:
        write_films(tmp_path, [film(why="Changed."), IDA, blocked])
    assert (refused.value.folder, refused.value.reason) == (tmp_path, "No space left on device")
    assert contents(tmp_path) == before
    assert (tmp_path / f"{blocked.slug}.toml" / "inside").exists()


def test_an_interruption_puts_back_what_was_there(tmp_path: Path) -> None:
    write_entry(tmp_path, TRAIN)
    before = contents(tmp_path)

    def interrupted(done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_films(tmp_path, [film(why="Changed."), IDA], interrupted)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("there", [None, "a file"])
def test_a_folder_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path, there: str | None) -> None:
    folder = tmp_path / "films"
    if there is not None:
        folder.write_text(there)
    with pytest.raises(FilmsUnwritable) as refused:
        write_films(folder, [TRAIN])
    assert refused.value.reason in {"No such file or directory", "Not a directory"}


@pytest.mark.skipif(sys.platform == "win32", reason="modes are Unix's")
def test_entries_may_be_read_by_everybody_who_may_read_the_folder(tmp_path: Path) -> None:
    write_films(tmp_path, [TRAIN])
    assert (tmp_path / f"{TRAIN.slug}.toml").stat().st_mode & 0o044 == 0o044
