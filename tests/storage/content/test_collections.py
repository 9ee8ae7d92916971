"""Collection files: what is good is read, and every fault of every file is told."""

from pathlib import Path

import pytest

from bot.storage.content.collections import read_collections
from bot.ui.errors.validation_lines import fault_lines
from bot.ui.kit.text import english
from tests.builders import collection, film, write_collection

NIGHT, DAY = film("Night Train", 1959), film("Day Train", 1960)
TRAINS = collection("Trains", NIGHT, DAY)
BEST = collection("The best of 2012", DAY, NIGHT, publication="New York Magazine", year=2012)


@pytest.fixture
def films(tmp_path: Path) -> Path:
    return tmp_path / "films"


def test_collections_are_read_as_they_were_written(films: Path) -> None:
    for one in (TRAINS, BEST):
        write_collection(films, one)
    (films.parent / "collections" / "notes.txt").write_text("not a collection")
    assert read_collections(films) == ((BEST, TRAINS), ())


def test_there_need_not_be_any(films: Path) -> None:
    assert read_collections(films) == ((), ())


def test_a_folder_that_is_none_is_a_fault(films: Path) -> None:
    (films.parent / "collections").write_text("a file")
    reading = read_collections(films)
    assert reading.collections == ()
    [line] = fault_lines(reading.faults, english())
    assert line == "collections: cannot be read: Not a directory"


def test_every_fault_of_every_file_is_told_and_the_good_ones_are_read(films: Path) -> None:
    write_collection(films, TRAINS)
    folder = films.parent / "collections"
    (folder / "bytes.toml").write_bytes(b"\xff")
    (folder / "empty.toml").touch()
    (folder / "torn.toml").write_text("name = ?")
    (folder / "slugged.toml").write_text("slug = 'slugged'")
    moved = write_collection(films, collection("Ships", NIGHT, DAY))
    moved.rename(folder / "boats.toml")
    odd = write_collection(films, collection("Odd", NIGHT, DAY))
    text = odd.read_text().replace('slug = "day-train-1960"', 'slug = "night-train-1959"')
    odd.write_text(text.replace("curator", "curated_by"))
    lone = write_collection(films, collection("Lone", NIGHT, DAY))
    head, _, _ = lone.read_text().partition("films = [")
    lone.write_text(f'{head}films = [{{slug = "night-train-1959", lines = "!"}}]')
    large = folder / "large.toml"
    large.write_text("#" * 80_000)

    reading = read_collections(films)
    assert reading.collections == (TRAINS,)
    lines = list(fault_lines(reading.faults, english()))
    assert lines[0] == "collections/boats.toml: does not fit the name; the file should be called ships.toml"
    assert lines[1] == "collections/bytes.toml: is not saved as UTF-8"
    for part in (
        "collections/empty.toml:name: is missing",
        "collections/empty.toml:films: is missing",
        "collections/large.toml: is larger than 72 KiB; an entry is a page, not a book",
        "collections/lone.toml:films.0.line: is missing",
        "collections/lone.toml:films.0.lines: is not a key of an entry; did you mean “line”?",
        "collections/odd.toml:curator: is missing",
        "collections/odd.toml:curated_by: is not a key of an entry",
        "collections/odd.toml:films: names night-train-1959 twice",
        "collections/slugged.toml:slug: comes from the file's name; take the key out",
        "collections/torn.toml:1: is not valid TOML: Invalid value",
    ):
        assert part in lines


def test_fewer_than_two_films_are_no_collection(films: Path) -> None:
    path = write_collection(films, TRAINS)
    head, _, _ = path.read_text().partition("films = [")
    path.write_text(f'{head}films = [{{slug = "night-train-1959", line = "!"}}]')
    [line] = fault_lines(read_collections(films).faults, english())
    assert line == "collections/trains.toml:films: has too few items; at least 2"


def test_a_published_list_needs_publication_and_year(films: Path) -> None:
    path = write_collection(films, BEST)
    path.write_text(path.read_text().replace("year = 2012\n", ""))
    [line] = fault_lines(read_collections(films).faults, english())
    assert line == "collections/the-best-of-2012.toml: needs publication and year together, or neither"
