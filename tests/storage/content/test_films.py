"""Entry files: what is good is read, and every fault is told with its file, its place and its kind."""

from pathlib import Path
from typing import Any

import pytest
import tomli_w

from bot.domain.films.field_types import MAX_WHY
from bot.domain.films.loading import ValidationIssue
from bot.domain.films.pasted_videos import MAX_PASTED
from bot.storage.content.films import FilmsUnreadable, read_films
from bot.ui.errors.validation_lines import fault_lines
from bot.ui.kit.text import english
from tests.builders import film, write_entry

NAME = "night-train-1959.toml"


def entry(folder: Path, **changes: Any) -> Path:
    """An entry file with some keys changed; a key that is None is left out."""
    path = folder / NAME
    values = film().model_dump(mode="json", exclude_defaults=True, exclude={"slug"}) | {"added": film().added} | changes
    path.write_text(tomli_w.dumps({key: value for key, value in values.items() if value is not None}), encoding="utf-8")
    return path


def only_fault(folder: Path) -> ValidationIssue:
    reading = read_films(folder)
    assert reading.films == ()
    [fault] = reading.faults
    return fault


def sentence(fault: ValidationIssue) -> str:
    [line] = fault_lines([fault], english())
    return line


def trailer(**changes: Any) -> dict[str, Any]:
    return {"trailers": [{"provider": "youtube", "id": "0MYFOzP6Xns", **changes}]}


FAULTS: list[tuple[dict[str, Any], str, str, str]] = [
    ({"title": None}, "title", "missing", "is missing"),
    ({"synopsis": {"text": "Two strangers."}}, "synopsis.source", "missing", "is missing"),
    ({"runtimes": 99}, "runtimes", "unknown_key_near", "did you mean “runtime”?"),
    ({"zzz": 1}, "zzz", "unknown_key", "is not a key of an entry"),
    ({"synopsis": {"text": "T", "source": "S", "sauce": "?"}}, "synopsis.sauce", "unknown_key_near", "“source”"),
    (trailer(lable="Teaser"), "trailers.0.lable", "unknown_key_near", "did you mean “label”?"),
    (trailer(zzz=1), "trailers.0.zzz", "unknown_key", "is not a key of an entry"),
    (trailer(moments=[{"at": 3, "note": "!", "nots": ""}]), "trailers.0.moments.0.nots", "unknown_key_near", "“note”"),
    ({"ids": {"imbd": "tt0053085"}}, "ids.imbd", "unknown_key_near", "did you mean “imdb”?"),
    ({"year": "1959s"}, "year", "int_parsing", "has to be a whole number"),
    ({"year": 1959.5}, "year", "int_from_float", "has to be a whole number"),
    ({"year": float("nan")}, "year", "finite_number", "has to be a"),
    ({"year": 1066}, "year", "greater_than_equal", "has to be at least 1870"),
    ({"runtime": 2001}, "runtime", "less_than_equal", "has to be at most 2000"),
    ({"title": 7}, "title", "string_type", "has to be text in quotes"),
    ({"title": " \u200b "}, "title", "blank", "is empty"),
    ({"why": "a" * (MAX_WHY + 1)}, "why", "string_too_long", f"is too long; at most {MAX_WHY} characters"),
    ({"curator": "a" * 151}, "curator", "string_too_long", "is too long; at most 150 characters"),
    ({"picture": f"https://{'a' * 500}"}, "picture", "string_too_long", "is too long; at most 500 characters"),
    ({"directors": []}, "directors", "too_short", "has too few items; at least 1"),
    ({"directors": "Jerzy Kawalerowicz"}, "directors", "tuple_type", "a list in square brackets"),
    ({"directors": ["A", "A"]}, "directors", "twice", "names the same thing twice"),
    ({"prompts": ["?", "??", "???", "????", "?????"]}, "prompts", "too_long", "has too many items; at most 4"),
    ({"synopsis": "Two strangers."}, "synopsis", "model_type", "has to be a table"),
    ({"kind": "movie"}, "kind", "enum", "has to be one of 'documentary', 'fiction'"),
    ({"genres": ["Drama"]}, "genres.0", "string_pattern_mismatch", "is not spelled as it should be"),
    ({"countries": ["XX"]}, "countries.0", "country_code", "“XX” is no country code"),
    ({"languages": ["english"]}, "languages.0", "language_tag", "“english” is no language code"),
    ({"picture": "http://example.org/a.jpg"}, "picture", "https_address", "begins with https://"),
    ({"added": "yesterday"}, "added", "date_from_datetime_parsing", "has to be a date such as"),
    ({"slug": "night-train-1959"}, "slug", "slug_is_file_name", "comes from the file's name"),
    ({"title": "Day Train"}, "", "slug_mismatch", "the file should be called day-train-1959.toml"),
    ({"pairs_with": [{"slug": "night-train-1959", "why": "!"}]}, "", "pairs_with_itself", "with itself"),
    ({"ids": {"tmdb": 0}}, "ids.tmdb", "greater_than", "has to be more than 0"),
    (trailer(id="short"), "trailers.0", "trailer_id", "is not an id of a video at youtube"),
    (trailer(start=9, stop=3), "trailers.0", "trailer_times", "stops before it starts"),
    (trailer(provider="netflix"), "trailers.0.provider", "enum", "has to be one of 'youtube'"),
    ({"trailers": [{"address": ""}]}, "trailers.0", "trailer_address", "it is empty"),
    ({"trailers": [{"address": "x" * (MAX_PASTED + 1)}]}, "trailers.0", "trailer_address", "it is far too long"),
    ({"trailers": [{"address": "seven"}]}, "trailers.0", "trailer_address", "it is not a web address"),
    ({"trailers": [{"address": "https://example.org/v"}]}, "trailers.0", "trailer_address", "only YouTube, Vimeo"),
    ({"trailers": [{"address": "https://youtube.com/@us"}]}, "trailers.0", "trailer_address", "no single video"),
    ({"trailers": [{"address": "https://vimeo.com/12345/abcdef1"}]}, "trailers.0", "trailer_address", "unlisted"),
]


@pytest.mark.parametrize(
    ("changes", "path", "kind", "said"),
    FAULTS,
    ids=[f"{path or 'entry'}-{kind}-{said}" for _, path, kind, said in FAULTS],
)
def test_a_fault_is_told_with_file_place_and_kind(
    tmp_path: Path, changes: dict[str, Any], path: str, kind: str, said: str
) -> None:
    entry(tmp_path, **changes)
    fault = only_fault(tmp_path)
    assert (fault.file, fault.path, fault.kind, fault.line) == (NAME, path, kind, None)
    assert sentence(fault).startswith(f"{NAME}:{path}: " if path else f"{NAME}: ")
    assert said in sentence(fault)
    assert "\n" not in sentence(fault)
    assert "{" not in sentence(fault)


RAW: list[tuple[bytes, str, int | None, str]] = [
    (b'title = "A"\nyear = \n', "toml", 2, "is not valid TOML: Invalid value"),
    (b'title = "A"\ntitle = "B"\n', "toml", 2, "Cannot overwrite a value"),
    (b'title = "A', "toml", None, "is not valid TOML: Unterminated string"),
    (b"added = 2026-02-30\n", "toml", 1, "Invalid date"),
    (b"year = " + b"1" * 5000, "toml", None, "is not valid TOML"),
    (b"year = " + b"[" * 20_000, "toml", None, "is not valid TOML"),
    ("title = 'Amélie'".encode("latin-1"), "not_utf8", None, "is not saved as UTF-8"),
    ("title = 'Amélie'".encode("utf-16"), "not_utf8", None, "is not saved as UTF-8"),
    (b"#" * (72 * 1024 + 1), "file_too_large", None, "is larger than 72 KiB"),
]


@pytest.mark.parametrize(("content", "kind", "line", "said"), RAW, ids=[f"{kind}-{said}" for _, kind, _, said in RAW])
def test_a_file_that_is_no_entry_at_all_is_one_fault(
    tmp_path: Path, content: bytes, kind: str, line: int | None, said: str
) -> None:
    (tmp_path / NAME).write_bytes(content)
    fault = only_fault(tmp_path)
    assert (fault.file, fault.path, fault.kind, fault.line) == (NAME, "", kind, line)
    assert sentence(fault).startswith(f"{NAME}:{line}: " if line else f"{NAME}: ")
    assert said in sentence(fault)


def test_a_file_that_cannot_be_opened_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / NAME).symlink_to(tmp_path / "gone")
    fault = only_fault(tmp_path)
    assert (fault.path, fault.kind) == ("", "unreadable")
    assert "No such file" in sentence(fault)


def test_an_empty_file_lacks_every_key_that_an_entry_needs(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    faults = read_films(tmp_path).faults
    assert {fault.path for fault in faults} == set("title year directors kind why synopsis curator added".split())
    assert {fault.kind for fault in faults} == {"missing"}


def test_a_file_whose_name_is_no_slug_says_how_it_should_be(tmp_path: Path) -> None:
    entry(tmp_path).rename(tmp_path / "Night Train.toml")
    [fault] = read_films(tmp_path).faults
    assert (fault.file, fault.path) == ("Night Train.toml", "slug")
    assert "is not spelled as it should be" in sentence(fault)


def test_all_faults_of_all_files_are_in_one_report_and_the_good_films_beside_them(tmp_path: Path) -> None:
    good = film("Knife in the Water", 1962)
    write_entry(tmp_path, good)
    entry(tmp_path, title=None, zzz=1, runtime="long").rename(tmp_path / "b-2000.toml")
    (tmp_path / "a-2000.toml").write_text("= nothing")
    reading = read_films(tmp_path)
    assert reading.films == (good,)
    found = [(fault.file, fault.path) for fault in reading.faults]
    assert found[0] == ("a-2000.toml", "")
    assert set(found[1:]) == {("b-2000.toml", "title"), ("b-2000.toml", "zzz"), ("b-2000.toml", "runtime")}
    assert len(list(fault_lines(reading.faults, english()))) == len(reading.faults)


def test_an_entry_comes_back_as_it_was_written(tmp_path: Path) -> None:
    full = film(other_titles=["艾未未", "Ночной поезд"], ids={"imdb": "tt0053085"}, content_notes=[], light=False)
    write_entry(tmp_path, full)
    assert read_films(tmp_path) == ((full,), ())


def test_an_entry_with_windows_line_ends_or_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = write_entry(tmp_path, film())
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert read_films(tmp_path) == ((film(),), ())
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_films(tmp_path) == ((film(),), ())


def test_subfolders_and_other_files_are_left_alone(tmp_path: Path) -> None:
    write_entry(tmp_path, film())
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "half-2000.toml").write_text("half")
    for other in ("README.md", "night-train-1959.toml.bak", "night-train-1959.toml~", ".night-train-1959.toml.swp"):
        (tmp_path / other).write_text("not an entry")
    assert read_films(tmp_path) == ((film(),), ())


def test_an_empty_folder_is_an_empty_list(tmp_path: Path) -> None:
    assert read_films(tmp_path) == ((), ())


@pytest.mark.parametrize("there", [None, "a file"])
def test_a_folder_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, there: str | None) -> None:
    folder = tmp_path / "films"
    if there is not None:
        folder.write_text(there)
    with pytest.raises(FilmsUnreadable) as refused:
        read_films(folder)
    assert refused.value.folder == folder
    assert refused.value.reason in {"No such file or directory", "Not a directory"}
