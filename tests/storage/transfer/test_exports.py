"""What is exported comes back as it was: the zip without any loss, the table alone but for a trailer's moments."""

import csv
import datetime
import io
import re
import tomllib
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import DATA
from bot.domain.curation.import_plans import Mode
from bot.domain.curation.imports import plan_import
from bot.domain.films.films import Film
from bot.storage.content.entries import film_of, parse_toml
from bot.storage.content.entry_text import entry_text
from bot.storage.content.films import read_films
from bot.storage.transfer.exports import export_zip, films_csv
from bot.storage.transfer.uploads import read_upload
from bot.storage.transfer.uploads.cells import armed, disarmed, escaped, joined, parted, several
from tests.builders import film
from tests.strategies import LARGE, PROPERTY, films, lines, worst_list
from tests.zips import unzipped

DAY = datetime.date(2020, 2, 2)
SHIPPED = read_films(DATA / "films").films
FORMULAS = ("=HYPERLINK('https://x.example')", "+1", "-1", "@SUM(A1)", "'=1", "''-30-", "a;=1", "a; '+1", "＝1")


def taken(name: str, content: bytes) -> tuple[Film, ...]:
    """The films of an upload that has nothing but whole films, in order of slug."""
    upload = read_upload(name, content, "Somebody else", DAY)
    plan = plan_import(upload, {}, Mode.ADD)
    assert upload.notes == ()
    assert plan == type(plan)(new=plan.new)
    return in_order(plan.new)


def in_order(listed: Iterable[Film]) -> tuple[Film, ...]:
    return tuple(sorted(listed, key=lambda each: each.slug))


def without_moments(each: Film) -> Film:
    trailers = tuple(trailer.model_copy(update={"moments": ()}) for trailer in each.trailers)
    return each.model_copy(update={"trailers": trailers})


def lists() -> st.SearchStrategy[list[Film]]:
    return st.lists(films(), max_size=3, unique_by=lambda each: each.slug)


@LARGE
@given(lists())
def test_a_zip_comes_back_as_it_was(listed: list[Film]) -> None:
    assert taken("export.zip", export_zip(listed)) == in_order(listed)


@LARGE
@given(st.lists(films(), min_size=1, max_size=3, unique_by=lambda each: each.slug))
def test_a_table_comes_back_as_it_was_but_for_moments(listed: list[Film]) -> None:
    assert taken("films.csv", films_csv(listed)) == in_order(map(without_moments, listed))


@LARGE
@given(films())
def test_an_entry_comes_back_as_it_was(each: Film) -> None:
    entry = parse_toml("x", entry_text(each))
    assert isinstance(entry, dict)
    assert film_of("x", {**entry, "slug": each.slug}) == each


@pytest.mark.parametrize("listed", [SHIPPED, tuple(worst_list())], ids=["shipped", "worst"])
def test_whole_lists_come_back(listed: tuple[Film, ...]) -> None:
    assert taken("export.zip", export_zip(listed)) == in_order(listed)
    assert taken("films.csv", films_csv(listed)) == in_order(map(without_moments, listed))


def test_an_empty_list_is_a_zip_that_holds_no_film() -> None:
    upload = read_upload("x.zip", export_zip([]), "Ann", DAY)
    assert upload.rows == ()


def test_namesakes_come_back_as_two_films() -> None:
    first, second = film("House", 1977), film("House", 1977, slug="house-1977-2", directors=["Nobuhiko Obayashi"])
    for name, content in (("x.zip", export_zip([first, second])), ("x.csv", films_csv([first, second]))):
        assert taken(name, content) == (first, second)


def test_the_same_films_give_the_same_bytes_in_whatever_order() -> None:
    assert export_zip(SHIPPED) == export_zip(tuple(reversed(SHIPPED)))


def test_a_zip_holds_an_entry_file_for_each_film_and_the_table() -> None:
    found = unzipped(export_zip(SHIPPED))
    assert set(found) == {"films.csv", *(f"films/{each.slug}.toml" for each in SHIPPED)}
    assert found["films.csv"] == films_csv(SHIPPED)


def test_the_table_is_one_that_spreadsheets_know_and_people_can_read() -> None:
    content = films_csv([film(trailers=[{"provider": "vimeo", "id": "76979871", "start": 5, "stop": 9}])])
    assert content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (row["title"], row["year"], row["directors"], row["countries"]) == (
        *("Night Train", "1959", "Jerzy Kawalerowicz"),
        "PL",
    )
    assert row["trailers"] == "Trailer <https://vimeo.com/76979871#t=5s&end=9>"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_the_table_is_a_formula(text: str) -> None:
    listed = [film(text, why=text, directors=[text, "Another"], prompts=[text], curator=text)]
    rows = list(csv.reader(io.StringIO(films_csv(listed).decode("utf-8-sig"), newline="")))
    cells = [part.strip() for row in rows for cell in row for part in cell.split(";")]
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)] == []
    assert taken("films.csv", films_csv(listed)) == tuple(listed)


@PROPERTY
@given(st.text("'=+-@;| \t\r\n\\a＝", max_size=12))
def test_a_disarmed_cell_is_harmless_and_comes_back(text: str) -> None:
    assert armed(disarmed(text)) == text
    assert not disarmed(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@PROPERTY
@given(st.lists(lines(20) | st.text("\\;|:,a", min_size=1, max_size=6), max_size=5))
def test_values_in_a_cell_come_back(values: list[str]) -> None:
    assert several(joined(values)) == values
    assert several("; ".join(escaped(value, ",") for value in values), commas=True) == values
    assert parted("; ".join(f"{escaped(value, ':')} :: {escaped(value)}" for value in values), 2) == [
        [value, value] for value in values
    ]


def test_an_entry_file_is_pleasant_to_read() -> None:
    why = "One thing. " * 30
    each = film(why=why, synopsis={"text": "First.\n\nSecond.", "source": "Ann"}, ids={"imdb": "tt0053168"})
    text = entry_text(each)
    assert text.startswith('#:schema ../film.schema.json\ntitle = "Night Train"\nyear = 1959\n')
    assert 'text = """\nFirst.\n\nSecond."""\nsource = "Ann"\n' in text
    assert max(map(len, text.splitlines())) <= 120
    assert tomllib.loads(text)["ids"] == {"imdb": "tt0053168"}
    assert text.endswith('label = "Trailer"\n\n[ids]\nimdb = "tt0053168"\n') or '[ids]\nimdb = "tt0053168"\n' in text
