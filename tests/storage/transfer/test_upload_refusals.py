"""Hostile and broken files: each is refused with its reason, soon, and nothing else ever comes of them."""

import contextlib
import datetime
import json
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation.import_plans import Mode
from bot.domain.curation.imports import plan_import
from bot.domain.curation.uploads import MAX_BYTES, Faulty, Upload
from bot.domain.errors import UploadRefused
from bot.storage.content.entry_text import entry_text
from bot.storage.transfer.exports import export_zip
from bot.storage.transfer.uploads import MAX_FILMS, MAX_TABLE_ROWS, read_upload
from bot.ui.curation.import_lines import faulty_lines
from bot.ui.errors.error_messages import refusal
from bot.ui.kit.text import english
from tests.builders import film
from tests.strategies import AWKWARD, LARGE, PROPERTY
from tests.zips import linked, locked, lying, named, twice, zipped

DAY = datetime.date(2026, 11, 23)
MIB = 1024 * 1024
HEAD = b"title,year\n"
DEEP = 100_000
ENTRY = entry_text(film())


NOISE = random.Random(7).randbytes(5_000_000)  # noqa: S311 - what no compression makes smaller


def entries(number: int) -> bytes:
    return json.dumps([{"title": str(index), "year": 1990} for index in range(number)]).encode()


def rows(first: int, number: int) -> bytes:
    return b"".join(b"Film %d,1990\n" % index for index in range(first, first + number))


def bomb() -> bytes:
    """300 MB of nothing in 300 KB."""
    return zipped(("films.csv", bytes(300 * MIB)))


def quilt() -> bytes:
    """Many members of a size that each may have, which together are too much."""
    line = b"A long enough line to be a line,1990\n"
    noise = NOISE[:MIB]
    return zipped(*((f"{index}.csv", noise + HEAD + line * 200_000) for index in range(6)))


LARGE_FIELD = NOISE.hex().encode()
TORN = b"a.b = 1\n" * 2_900 + b"# "
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("films.csv", b"", "empty"),
    "white space": ("films.csv", b" \n\t\n", "empty"),
    "one byte too many": ("films.csv", HEAD + b"x" * (MAX_BYTES + 1 - len(HEAD)), "too_large"),
    "one film too many in CSV": ("films.csv", HEAD + rows(0, MAX_FILMS + 1), "too_many_rows"),
    "one film too many in JSON": ("films.json", entries(MAX_FILMS + 1), "too_many_rows"),
    "one film too many in two files": (
        "films.zip",
        zipped(("a.csv", HEAD + rows(0, 2500)), ("b.csv", HEAD + rows(2500, 2501))),
        "too_many_rows",
    ),
    "one row too many of one film": ("films.csv", HEAD + b"A,1990\n" * (MAX_TABLE_ROWS + 1), "too_many_table_rows"),
    "one row too many in two files": (
        "films.zip",
        zipped(("a.csv", HEAD + b"A,1990\n" * MAX_TABLE_ROWS), ("b.csv", HEAD + b"A,1990\n")),
        "too_many_table_rows",
    ),
    "one entry too many": (
        "films.zip",
        zipped(*((f"{index}-1990.toml", "") for index in range(MAX_FILMS)), ("films.json", entries(1))),
        "too_many_rows",
    ),
    "a zip bomb": ("films.zip", bomb(), "zip_bomb"),
    "a quilt of a zip bomb": ("films.zip", quilt(), "zip_bomb"),
    "a zip that lies about sizes": ("films.zip", lying("films.csv", HEAD * 10_000), "zip_broken"),
    "a nested zip": ("films.zip", zipped(("inner.zip", zipped(("films.csv", HEAD)))), "zip_nested"),
    "a nested zip in disguise": ("films.zip", zipped(("films.csv", zipped(("films.csv", HEAD)))), "zip_nested"),
    "a nested gzip in disguise": ("films.zip", zipped(("notes", b"\x1f\x8b\x08\x00abc")), "zip_nested"),
    "too many members": ("films.zip", zipped(*((f"{index}.md", "") for index in range(5_300))), "zip_members"),
    "a broken zip": ("films.zip", zipped(("films.csv", HEAD))[:-30], "zip_broken"),
    "a zip in name only": ("films.zip", b"PK\x03\x04 and nothing more", "zip_broken"),
    "a zip with a wrong checksum": (
        "films.zip",
        zipped(("films.csv", HEAD), method=zipfile.ZIP_STORED).replace(HEAD, HEAD.upper()),
        "zip_broken",
    ),
    "a locked zip": ("films.zip", locked("films.csv", "title,year"), "zip_locked"),
    "LZMA in a zip": ("films.zip", zipped(("films.csv", HEAD), method=zipfile.ZIP_LZMA), "zip_method"),
    "a file twice in a zip": ("films.zip", twice("a.csv", "title,year", "title,year"), "zip_twice"),
    "a link in a zip": ("films.zip", linked("films.csv", "/etc/passwd"), "zip_link"),
    "a zip without films": ("films.zip", zipped(("README.md", "hello")), "no_films"),
    "an empty zip": ("films.zip", zipped(), "no_films"),
    "a spreadsheet": ("films.xlsx", zipped(("[Content_Types].xml", "x"), ("xl/sheet.xml", "x")), "spreadsheet"),
    "an open spreadsheet": ("films.ods", zipped(("mimetype", "x"), ("content.xml", "x")), "spreadsheet"),
    "a gzip": ("films.csv.gz", b"\x1f\x8b\x08\x00abc", "other_archive"),
    "a tar": ("films.tar", b"films.csv".ljust(257, b"\0") + b"ustar\x0000", "other_archive"),
    "UTF-16 that is cut": ("films.csv", "title,year\nAmélie,2001\n".encode("utf-16")[:-1], "utf_16"),
    "UTF-16 with a null character": ("films.csv", "title,year\nAm\0,2001\n".encode("utf-16"), "nul"),
    "UTF-32": ("films.csv", "title,year\nAmélie,2001\n".encode("utf-32"), "nul"),
    "UTF-16 without a mark": ("films.csv", "title,year\nAmélie,2001\n".encode("utf-16-be"), "utf_16"),
    "UTF-16 TOML without a mark": ("a-2000.toml", "title = 'Amélie'".encode("utf-16-le"), "utf_16"),
    "Latin 1": ("films.csv", "title,year\nAmélie,2001\n".encode("latin-1"), "not_utf_8"),
    "Latin 1 in a zip": ("films.zip", zipped(("a-2000.toml", "title = 'Amélie'".encode("latin-1"))), "not_utf_8"),
    "a null character": ("films.csv", HEAD + b"A\0,1990\n", "nul"),
    "a PDF": ("films.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "unknown_kind"),
    "a picture": ("films.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unknown_kind"),
    "a web page": ("films.html", b"<!doctype html>\n<p>hello", "unknown_kind"),
    "words": ("films.csv", b"Have a look at these films\nAlien", "csv_columns"),
    "a table of other things": ("films.csv", b"name,price\nbread,2\n", "csv_columns"),
    "a field of 65 KiB": ("films.csv", HEAD + b"x" * 65 * 1024 + b",1990\n", "field_too_long"),
    "a field of 130 KiB": ("films.csv", HEAD + b"x" * 130 * 1024 + b",1990\n", "field_too_long"),
    "a field of 7 MB": ("films.csv", HEAD + b"x" * 7_000_000 + b",1990\n", "field_too_long"),
    "a field of 7 MB over lines": ("films.csv", HEAD + b'"' + b"x\n" * 3_500_000 + b'",1990\n', "field_too_long"),
    "a field of 10 MB in a zip": ("films.zip", zipped(("a.csv", HEAD + LARGE_FIELD + b",1990\n")), "field_too_long"),
    "a row of commas": ("films.csv", HEAD + b"," * 8_000_000, "field_too_long"),
    "too many columns": ("films.csv", b"title,year" + b",x" * 200 + b"\n", "csv_too_wide"),
    "blank lines": ("films.csv", HEAD + b"\n" * 8_000_000, "csv_too_long"),
    "a string of 65 KiB in JSON": ("films.json", json.dumps({"title": "x" * 65 * 1024}).encode(), "field_too_long"),
    "a key of 65 KiB in JSON": ("films.json", json.dumps({"x" * 65 * 1024: 1}).encode(), "field_too_long"),
    "10 MB in JSON in a zip": ("films.zip", zipped(("a.json", b'{"title": "' + LARGE_FIELD + b'"}')), "field_too_long"),
    "a TOML file of 73 KiB": ("a-2000.toml", b"#" * 73 * 1024, "entry_too_large"),
    "a TOML file of 10 MB": ("a.zip", zipped(("a-2000.toml", b"#" + LARGE_FIELD)), "entry_too_large"),
    "broken JSON": ("films.json", b'[{"title": "A",\n}]', "json_broken"),
    "words called JSON": ("films.json", b"hello", "json_broken"),
    "JSON that is no list": ("films.json", b"7", "json_films"),
    "JSON whose films are no list": ("films.json", b'{"films": 7}', "json_films"),
    "deep lists": ("films.json", b"[" * DEEP + b"]" * DEEP, "json_deep"),
    "deep lists without an end": ("films.json", b"[" * DEEP, "json_deep"),
    "deep tables": ("films.json", b'{"a":' * DEEP + b"1" + b"}" * DEEP, "json_deep"),
    "deep in the middle": ("films.json", b'{"films": [' + b"[" * 20 + b"]" * 20 + b"]}", "json_deep"),
    "a key twice": ("films.json", b'{"title": "A", "year": 1990, "title": "B"}', "json_key_twice"),
    "not a number": ("films.json", b'{"title": "A", "year": NaN}', "json_number"),
    "infinity": ("films.json", b'{"title": "A", "year": -Infinity}', "json_number"),
    "a number without end": ("films.json", b'{"title": "A", "year": ' + b"1" * 1_000_000 + b"}", "json_number"),
    "half a character": ("films.json", b'{"title": "\\ud83d", "year": 1990}', "json_half"),
    "half a character in a key": ("films.json", b'{"\\udc00": 1}', "json_half"),
    "three million tables": ("films.json", b"[" + b"{}," * 2_700_000 + b"{}]", "json_large"),
    "a table of many keys": ("films.json", json.dumps({str(key): key for key in range(100)}).encode(), "json_large"),
    "a long list in an entry": ("films.json", json.dumps({"themes": ["a"] * 100}).encode(), "json_large"),
    "brackets": ("films.json", b"]" * 8_000_000, "json_deep"),
    "quotation marks": ("films.json", b'"' * 8_000_000, "json_broken"),
    "backslashes": ("films.json", b'["' + b'\\"' * 4_000_000, "json_broken"),
    "torn entries by the hundred": (
        "films.zip",
        zipped(
            *((f"{index}-1990.toml", b"a.b = 1\n" * 2_900 + b"# " + LARGE_FIELD[index::600]) for index in range(120))
        ),
        "mostly_faulty",
    ),
}
PATHS = (
    *("../x.toml", "a/../../x.toml", "a/..", "/etc/passwd", "/x.toml", "~/x.toml", "C:/x.toml", "c:x.toml"),
    *("..\\x.toml", "a\\b.toml", "\\\\host\\x.toml", "x\0.toml"),
)


def refused(name: str, content: bytes) -> UploadRefused:
    with pytest.raises(UploadRefused) as caught:
        read_upload(name, content, "Ann", DAY)
    sentence = refusal(caught.value, english())
    assert sentence is not None
    assert sentence.startswith("I cannot take that file, so nothing has changed: ")
    assert "{" not in sentence
    assert len(sentence) < 400
    return caught.value


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(case: str) -> None:
    name, content, reason = REFUSED[case]
    assert refused(name, content).reason == reason


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_anywhere_else_is_refused(path: str) -> None:
    assert refused("films.zip", named(path, "hello")).reason == "zip_path"


@pytest.mark.parametrize(
    "name", ["a/.hidden/x-2000.toml", "./x-2000.toml", "a//x-2000.toml", "a..b/x..y.toml", "…/x.toml"]
)
def test_a_path_that_stays_inside_is_no_offence(name: str) -> None:
    assert len(read_upload("films.zip", named(name, ENTRY), "Ann", DAY).rows) == 1


def test_as_many_rows_as_may_be_are_read() -> None:
    assert len(read_upload("films.csv", HEAD + rows(0, MAX_FILMS), "Ann", DAY).rows) == MAX_FILMS
    assert len(read_upload("films.json", entries(MAX_FILMS), "Ann", DAY).rows) == MAX_FILMS


def test_a_large_list_can_be_exported_and_taken_again() -> None:
    listed = [film(f"Film {number}", 1990) for number in range(2_600)]
    upload = read_upload("export.zip", export_zip(listed), "Ann", DAY)
    assert len(plan_import(upload, {}, Mode.ADD).new) == 2_600


def test_a_file_of_as_many_bytes_as_may_be_is_read() -> None:
    line = b"A" * 998 + b",1990\n"
    content = (HEAD + line * 4_999).ljust(MAX_BYTES, b" ")
    assert refused("films.csv", content).reason == "field_too_long"  # but not for its size
    assert refused("films.csv", content + b" ").reason == "too_large"


def test_what_others_typed_is_told_short_and_without_what_cannot_be_seen() -> None:
    entry = {
        "title": "A",
        "year": 1990,
        "x\u001b[31m\u202e" + "y" * 9_000: 1,
        "countries": ["\u001b" * 99 + "z" * 9_000],
    }
    [row] = read_upload("a\x1b[31m\u202e" + "b" * 300 + ".json", json.dumps(entry).encode(), "Ann", DAY).rows
    assert isinstance(row, Faulty)
    for line in faulty_lines(row, english()):
        assert line.isprintable()
        assert len(line) < 500


def test_the_faults_of_one_entry_are_told_up_to_a_number() -> None:
    text = "\n".join(f"key{number} = 1" for number in range(1_500))
    [row] = read_upload("a-2000.toml", text.encode(), "Ann", DAY).rows
    assert isinstance(row, Faulty)
    assert len(row.faults) == 50


NAMES = st.sampled_from(["a-2000.toml", "films.json", "films.csv", "films.zip", "films", "films.txt", "x.png"])
BITS = st.sampled_from(
    [*AWKWARD, ",", ";", '"', "\n", "title", "year", "Letterboxd list export v7", "1990", "=", "[", "{", "}", ":"]
)


def take(name: str, content: bytes) -> None:
    """Read it: either it is refused, or there is a plan with a line for all that is wrong."""
    with contextlib.suppress(UploadRefused):
        show(read_upload(name, content, "Ann", DAY))


def show(upload: Upload) -> None:
    plan = plan_import(upload, {}, Mode.UPDATE)
    for row in plan.faulty:
        assert row.faults
        assert list(faulty_lines(row, english()))


@PROPERTY
@given(NAMES, st.binary(max_size=300))
def test_no_bytes_do_any_harm(name: str, content: bytes) -> None:
    take(name, content)


@LARGE
@given(NAMES, st.lists(BITS | st.text(max_size=5), max_size=40).map("".join))
def test_no_text_does_any_harm(name: str, text: str) -> None:
    take(name, text.encode("utf-8", "replace"))


@LARGE
@given(
    st.lists(
        st.sampled_from("title year directors kind praise trailers added tmdb slug runtime url".split()), unique=True
    ),
    st.lists(st.lists(BITS | st.integers().map(str), max_size=9), max_size=4),
)
def test_no_table_does_any_harm(names: list[str], rows: list[list[str]]) -> None:
    cells = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (names, *rows)]
    take("films.csv", "\n".join(cells).encode("utf-8", "replace"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(list(film().model_dump())), inside),
    max_leaves=12,
)


@LARGE
@given(JSON, st.booleans())
def test_no_json_does_any_harm(value: object, ascii_only: bool) -> None:
    take("films.json", json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "replace"))


@LARGE
@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), max_size=6), st.integers(0, 2_000))
def test_no_damaged_zip_does_any_harm(changes: list[tuple[int, int]], cut: int) -> None:
    packed = bytearray(export_zip([film()]))
    for at, byte in changes:
        packed[at % len(packed)] = byte
    take("films.zip", bytes(packed[: len(packed) - cut if cut % 3 == 0 else len(packed)]))
