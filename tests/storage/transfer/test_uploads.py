"""Files of films that people send: every kind, every spelling of a column, and what becomes of each row."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.domain.curation.uploads import SOURCE, Complete, Faulty, Note, Unfinished, Upload
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.storage.content.entries import parse_toml
from bot.storage.content.entry_text import entry_text
from bot.storage.transfer.exports import films_csv
from bot.storage.transfer.uploads import read_upload
from bot.storage.transfer.uploads.columns import COLUMNS
from bot.ui.curation.import_lines import left_out_line, note_lines, unfinished_line
from bot.ui.kit.text import english
from tests.builders import film
from tests.zips import zipped

DAY = datetime.date(2026, 11, 23)
HEAD = "Title,Year,Director,Why,Synopsis"
ROW = "Night Train,1959,Jerzy Kawalerowicz,Nobody sleeps.,Two strangers."
LIST = (
    "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n"
    '2024-01-01,My list,"a, b",https://boxd.it/list,"Two\nlines"\n\n'
    "Position,Name,Year,URL,Description\n"
)
IMDB = (
    "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,"
    "Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated\n"
)


def read(name: str, content: str | bytes) -> Upload:
    return read_upload(name, content.encode() if isinstance(content, str) else content, "Ann", DAY)


def only(upload: Upload) -> Any:
    [row] = upload.rows
    return row


def whole(upload: Upload) -> Film:
    row = only(upload)
    assert isinstance(row, Complete), row
    return row.film


def faults(upload: Upload) -> list[tuple[str, str]]:
    row = only(upload)
    assert isinstance(row, Faulty), row
    return [(fault.path, fault.kind) for fault in row.faults]


def with_cell(column: str, cell: str) -> Upload:
    """A row with one column more than it needs."""
    quoted = cell.replace('"', '""')
    return read("films.csv", f'{HEAD},{column}\n{ROW},"{quoted}"\n')


def entry(each: Film) -> dict[str, Any]:
    return each.model_dump(mode="json", exclude_defaults=True)


# TOML


def test_an_entry_file_is_a_film_by_its_name() -> None:
    row = only(read("night-train-1959.toml", entry_text(film())))
    assert row == Complete(film(), "night-train-1959.toml")


@pytest.mark.parametrize("name", ["film.toml", "Night Train (1).toml", "entry", "message.txt", "x.bin"])
def test_a_single_entry_may_be_called_anything(name: str) -> None:
    assert whole(read(name, entry_text(film()))) == film()


def test_a_second_film_of_a_title_is_told_by_the_files_name() -> None:
    assert whole(read("night-train-1959-2.toml", entry_text(film()))).slug == "night-train-1959-2"


def test_in_a_zip_the_name_of_an_entry_file_is_its_slug() -> None:
    upload = read("x.zip", zipped(("a/night-train-1959.toml", entry_text(film())), ("b/film.toml", entry_text(film()))))
    assert upload.rows[0] == Complete(film(), "a/night-train-1959.toml")
    assert isinstance(upload.rows[1], Faulty)
    assert upload.rows[1].faults[0].path == "slug"
    # A film whose title was corrected keeps its slug, so the two need not go together.
    upload = read("x.zip", zipped(("nigth-train-1959.toml", entry_text(film()))))
    assert whole(upload).slug == "nigth-train-1959"


def test_an_entry_without_curator_and_day_gets_those_of_the_asker() -> None:
    text = entry_text(film()).replace('curator = "Front Row"\n', "").replace("added = 2026-11-23\n", "")
    row = only(read("night-train-1959.toml", text))
    assert (row.film.curator, row.film.added) == ("Ann", DAY)
    assert row.silent == {"curator", "added"}


def test_an_entry_that_is_no_toml_or_names_its_slug_is_a_fault() -> None:
    [fault] = only(read("a-2000.toml", 'title = "A"\nyear = \n')).faults
    assert (fault.file, fault.line, fault.kind) == ("a-2000.toml", 2, "toml")
    assert faults(read("a-2000.toml", 'slug = "a-2000"')) == [("slug", "slug_is_file_name")]
    dots = "a." * 20_000
    assert faults(read("a-2000.toml", f"{dots}a = 1")) == [("", "toml_tangled")]
    assert faults(read("a-2000.toml", "[a]\n" + "[[b]]\n" * 9_000)) == [("", "toml_tangled")]


TEXTS = (
    *('"""{}"""', "'''{}'''", '"{}"', "'{}'", '"""\\"""{}"""', '"a" # {}', '"""a"""" # {}', '"\\"{}"'),
    *('"""a"""""# {}', "'''a'''''# {}", "'\\'# {}"),
)


@pytest.mark.parametrize("text", TEXTS)
def test_dots_in_a_text_join_no_keys(text: str) -> None:
    values = parse_toml("x", f"why = {text.format('.a' * 99)}\nyear = 1959\n")
    assert isinstance(values, dict), values
    assert values["year"] == 1959
    keys = parse_toml("x", f"why = {text.format('a')}\n{'a.' * 99}a = 1\n")
    assert isinstance(keys, ValidationIssue)
    assert keys.kind == "toml_tangled"


# JSON


@pytest.mark.parametrize("name", ["films.json", "films", "films.txt", "films.csv"])
def test_json_is_one_entry_or_a_list_or_a_table_of_films(name: str) -> None:
    other = film("Knife in the Water", 1962)
    for value, found in (
        (entry(film()), [film()]),
        ([entry(film()), entry(other)], [film(), other]),
        ({"films": [entry(other)], "made": "today"}, [other]),
    ):
        upload = read(name, json.dumps(value))
        assert [row.film for row in upload.rows if isinstance(row, Complete)] == found


def test_an_entry_in_json_may_name_its_slug_or_leave_it_out() -> None:
    bare = {key: value for key, value in entry(film()).items() if key not in {"slug", "curator", "added"}}
    row = only(read("x.json", json.dumps(bare)))
    assert (row.film.slug, row.named, row.line) == ("night-train-1959", False, 1)
    assert (row.film.curator, row.film.added) == ("Ann", DAY)
    numbered = only(read("x.json", json.dumps({**bare, "slug": "night-train-1959-2"})))
    assert (numbered.film.slug, numbered.named) == ("night-train-1959-2", True)
    kept = only(read("x.json", json.dumps({**bare, "slug": "nigth-train-1959"})))
    assert (kept.film.slug, kept.named) == ("nigth-train-1959", True)
    assert faults(read("x.json", json.dumps({**bare, "slug": 7}))) == [("slug", "string_type")]


@pytest.mark.parametrize("year", [1959, "1959", " 1959 ", 1959.0, "1959.0"])
def test_a_year_makes_a_slug_however_it_is_written(year: object) -> None:
    bare = {key: value for key, value in entry(film()).items() if key != "slug"}
    assert whole(read("x.json", json.dumps({**bare, "year": year}))) == film()
    del bare["why"]
    assert only(read("x.json", json.dumps({**bare, "year": year}))).year == 1959


def test_a_fault_in_json_is_told_by_its_number() -> None:
    upload = read("x.json", json.dumps([entry(film()), {**entry(film()), "year": 1066}, 7, None]))
    told = [(row.line, row.faults[0].line, row.faults[0].kind) for row in upload.rows if isinstance(row, Faulty)]
    assert told == [(2, 2, "greater_than_equal"), (3, 3, "model_type"), (4, 4, "model_type")]


# CSV


def test_a_simple_table_needs_five_columns() -> None:
    row = only(read("films.csv", f"{HEAD}\n{ROW}\n"))
    assert isinstance(row, Complete)
    assert entry(row.film) == {
        "slug": "night-train-1959",
        "title": "Night Train",
        "year": 1959,
        "directors": ["Jerzy Kawalerowicz"],
        "kind": "fiction",
        "why": "Nobody sleeps.",
        "synopsis": {"text": "Two strangers.", "source": "Ann"},
        "curator": "Ann",
        "added": "2026-11-23",
    }
    assert (row.line, row.is_table, row.named) == (2, True, False)
    assert row.silent == set(Film.model_fields) - {"slug", "title", "year", "directors", "why", "synopsis"} | {SOURCE}


@pytest.mark.parametrize(
    "head",
    [
        "TITLE,YEAR,DIRECTORS,WHY,SYNOPSIS",
        " film , release year , Directed by , reason , story ",
        "Name,Released,By,Why watch,Plot",
        '"Movie","Year","Director(s)","Why it is here","Summary"',
        "film_title,Year of Release,DIRECTED-BY,Review,synopsis",
    ],
)
def test_columns_go_by_many_names(head: str) -> None:
    assert whole(read("films.csv", f"{head}\n{ROW}\n")).why == "Nobody sleeps."


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "films.txt",
            "title\tyear\r\nAmélie\t2001\r\n天空の城ラピュタ\t1986\r\n🎬\t1999\r\n",
        ),  # a spreadsheet's "Unicode text"
        ("films.csv", 'Title;Year\n"Amélie";2001\n天空の城ラピュタ;1986\n🎬;1999'),
        (
            "films",
            '[{"title":"Amélie", "year":2001}, {"title":"天空の城ラピュタ", "year":1986}, {"title":"🎬", "year":1999}]',
        ),
    ],
)
def test_a_text_may_be_utf_16_with_its_mark(name: str, text: str, mark: str) -> None:
    rows = read(name, f"\ufeff{text}".encode(mark)).rows
    assert rows == read(name, text).rows
    assert [(row.title, row.year) for row in rows if isinstance(row, Unfinished)] == [
        ("Amélie", 2001),
        ("天空の城ラピュタ", 1986),
        ("🎬", 1999),
    ]


def test_columns_stand_in_any_order_and_unknown_ones_are_told() -> None:
    upload = read(
        "x.csv", f"Seen,Why,Year,Title,,Seat,Synopsis,Directors,Film\nyes,W,1959,Night Train,,7,S,J,Other\n{ROW}"
    )
    assert isinstance(upload.rows[0], Complete)
    assert upload.rows[0].film.title == "Night Train"
    assert upload.notes == (Note("unknown_columns", {"file": "x.csv", "columns": "Seen, Seat, Film"}),)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_whatever_spreadsheet_wrote_it(mark: str, end: str) -> None:
    text = f"{HEAD}\n{ROW}\n\n".replace(",", mark).replace("\n", end)
    assert whole(read("films.csv", "\ufeff" + text)).why == "Nobody sleeps."
    hinted = f"sep={mark}{end}{text}"
    assert whole(read("films.csv", hinted)).why == "Nobody sleeps."


CELLS: list[tuple[str, str, str, Any]] = [
    ("director 2", "x", "directors", ("Jerzy Kawalerowicz",)),
    ("other titles", "Pociąg; Baltic Express|El tren", "other_titles", ("Pociąg", "Baltic Express", "El tren")),
    ("aka", "Semicolon\\; Pipe\\|; Back\\\\slash", "other_titles", ("Semicolon; Pipe|", "Back\\slash")),
    ("length", "99", "runtime", 99),
    ("Runtime (mins)", "99.0", "runtime", 99),
    ("duration", "99 min", "runtime", 99),
    ("minutes", "1h 39m", "runtime", 99),
    ("runtime", "1:39", "runtime", 99),
    ("length", "2 h", "runtime", 120),
    ("country", "Poland", "countries", ("PL",)),
    ("countries", "pl, USA; Soviet Union", "countries", ("SUHH",)),  # beside ";" a comma belongs to the value
    ("countries", "pl, USA, ussr, Czech Republic", "countries", ("PL", "US", "SUHH", "CZ")),
    ("language", "Polish, zh-Hant, Farsi", "languages", ("pl", "zh-Hant", "fa")),
    ("genre", "Drama, Film Noir", "genres", ("drama", "film-noir")),
    ("tags", "Social Media; trains; Trains", "themes", ("social-media", "trains")),
    ("kind", "Doc", "kind", "documentary"),
    ("type", "SHORT FILM", "kind", "short"),
    ("genres", "Documentary, War", "kind", "documentary"),
    ("genres", "Animation", "kind", "animation"),
    ("genres", "Drama", "kind", "fiction"),
    ("trailer", "https://youtu.be/0MYFOzP6Xns?t=5", "trailers.0.start", 5),
    ("youtube", "Teaser <https://youtu.be/0MYFOzP6Xns>; https://vimeo.com/76979871", "trailers.0.label", "Teaser"),
    (
        "trailer",
        '<iframe width="5" src="https://www.youtube.com/embed/0MYFOzP6Xns?a=1&amp;b=2">',
        "trailers.0.id",
        "0MYFOzP6Xns",
    ),
    ("link", "https://www.example.org/a;Home <https://example.org/>", "links.0.label", "example.org"),
    ("url", "Home <https://example.org/>", "links.0.label", "Home"),
    ("IMDb ID", "https://www.imdb.com/title/tt0053168/", "ids.imdb", "tt0053168"),
    ("tmdb", "https://www.themoviedb.org/movie/84169-never-sorry", "ids.tmdb", 84169),
    ("tmdb id", "84169", "ids.tmdb", 84169),
    ("praise", "1959 :: Venice :: Prize; 1960 :: Cannes :: Another :: prize", "praise.1.listed_as", "Another :: prize"),
    ("pairs with", "persepolis-2007 :: Both travel.", "pairs_with.0.why", "Both travel."),
    ("questions", "Who, and why?; When?", "prompts", ("Who, and why?", "When?")),
    ("warnings", "blood; smoke", "content_notes", ("blood", "smoke")),
    ("picked by", "Bob", "curator", "Bob"),
    ("curator", "Bob", "synopsis.source", "Bob"),
    ("story by", "Eve", "synopsis.source", "Eve"),
    ("added", "2024-02-29", "added", datetime.date(2024, 2, 29)),
    ("original title", "'=Pociąg", "original_title", "=Pociąg"),
    ("original title", "=Pociąg", "original_title", "=Pociąg"),
    ("poster", "https://example.org/a.jpg", "picture", "https://example.org/a.jpg"),
    ("slug", "night-train-1959-2", "slug", "night-train-1959-2"),
    ("slug", "", "slug", "night-train-1959"),
]


@pytest.mark.parametrize(
    ("column", "cell", "path", "value"), CELLS, ids=[f"{c}-{cell[:20]}" for c, cell, _, _ in CELLS]
)
def test_a_cell_says_what_a_curator_would_expect(column: str, cell: str, path: str, value: Any) -> None:
    upload = with_cell(column, cell)
    found: Any = whole(upload)
    for part in path.split("."):
        found = found[int(part)] if part.isdecimal() else getattr(found, part)
    assert found == value


# Every door reads addresses with the reader whose table is in tests/domain/films/test_trailers.py.
PASTED = [
    ("[youtube url='https://www.youtube.com/watch?v=0MYFOzP6Xns&amp;t=1m30s']", [("0MYFOzP6Xns", 90, "Trailer")]),
    ("<p><iframe src='//player.vimeo.com/video/76979871'></iframe></p>", [("76979871", 0, "Trailer")]),
    ("[Teaser](https://dai.ly/x84sh87?start=5)", [("x84sh87", 5, "Teaser")]),
    (
        "https://youtu.be/0MYFOzP6Xns, https://vimeo.com/76979871 Restored",
        [("0MYFOzP6Xns", 0, "Trailer"), ("76979871", 0, "Restored")],
    ),
    (
        "Teaser https://youtu.be/0MYFOzP6Xns.\nhttps://vimeo.com/76979871",
        [("0MYFOzP6Xns", 0, "Teaser"), ("76979871", 0, "Trailer")],
    ),
]
every_paste = pytest.mark.parametrize(("text", "wanted"), PASTED, ids=range(len(PASTED)))


def trailers_of(upload: Upload) -> list[tuple[str, int, str]]:
    return [(trailer.id, trailer.start, trailer.label) for trailer in whole(upload).trailers]


@every_paste
def test_a_cell_of_trailers_takes_what_people_paste(text: str, wanted: list[tuple[str, int, str]]) -> None:
    assert trailers_of(with_cell("trailer", text)) == wanted


@every_paste
@pytest.mark.parametrize("is_list", [True, False])
def test_a_json_entry_takes_what_people_paste(text: str, wanted: list[tuple[str, int, str]], is_list: bool) -> None:
    listed = {**entry(film()), "trailers": [text] if is_list else text}
    assert trailers_of(read("films.json", json.dumps([listed]))) == wanted


@every_paste
def test_a_toml_entry_takes_what_people_paste(text: str, wanted: list[tuple[str, int, str]]) -> None:
    toml = entry_text(film(trailers=[])) + f"\n[[trailers]]\naddress = {json.dumps(text)}\n"
    assert trailers_of(read("night-train-1959.toml", toml)) == wanted


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("https://youtu.be/0MYFOzP6Xns; https://vimeo.com/76979871/8272103f6e", 1),
        ("https://youtu.be/0MYFOzP6Xns; https://example.org/", 1),
        ("https://youtu.be:99999/0MYFOzP6Xns", 0),
        ("Teaser", 0),
    ],
)
def test_one_trailer_that_cannot_be_read_is_named(cell: str, number: int) -> None:
    told = [(left_out.fault.path, left_out.fault.kind) for left_out in with_cell("trailer", cell).left_out]
    assert told == [(f"trailers.{number}", "trailer_address")]


@pytest.mark.parametrize("cell", ["A. One, B. Two", "A. One; B. Two", "A. One | B. Two"])
def test_directors_are_separated_by_commas_too(cell: str) -> None:
    upload = read("x.csv", f'title,year,director,why,synopsis\nA,2000,"{cell}",W,S\n')
    assert whole(upload).directors == ("A. One", "B. Two")
    upload = read("x.csv", 'title,year,director,why,synopsis\nA,2000,"Sammy Davis\\, Jr.",W,S\n')
    assert whole(upload).directors == ("Sammy Davis, Jr.",)


@pytest.mark.parametrize(
    ("column", "cell", "wanted"),
    [
        ("runtime", "long", [("runtime", "length")]),
        ("countries", "Atlantis", [("countries.0", "country_code")]),
        ("trailer", "https://example.org/", [("trailers.0", "trailer_address")]),
        ("link", "http://example.org/", [("links.0.address", "https_address")]),
        ("praise", "Prize", [("praise.0.listed_as", "missing")]),
        ("added", "yesterday", [("added", "date_from_datetime_parsing")]),
        ("themes", ";".join("abcdefghi"), [("themes", "too_long")]),
        ("themes", "a;" * 10_000 + ";" * 10_000, None),
    ],
)
def test_what_a_cell_must_not_say_is_left_out_and_told_once(
    column: str, cell: str, wanted: list[tuple[str, str]] | None
) -> None:
    upload = with_cell(column, cell)
    if wanted is None:
        assert whole(upload).themes == ("a",)
        return
    assert whole(upload).name == "Night Train (1959)"
    [left_out] = upload.left_out
    assert [(left_out.fault.path, left_out.fault.kind)] == wanted
    line = left_out_line(left_out, english())
    assert line.startswith("films.csv:2:")
    assert not set("{}^[]") & set(line)


def test_a_row_says_its_line_where_rows_have_many_lines() -> None:
    upload = read("x.csv", f'{HEAD}\nA,2000,J,"Two\n\nparagraphs",S\n\nB,1066,J,W,S\n')
    first, second = upload.rows
    assert isinstance(first, Complete)
    assert isinstance(second, Faulty)
    assert first.film.why == "Two\n\nparagraphs"
    assert (first.line, second.line) == (2, 6)


def test_a_row_with_too_many_cells_comes_in_and_one_with_too_few_is_unfinished() -> None:
    upload = read("x.csv", f"{HEAD}\n{ROW},,\n{ROW},more\nAlien,1979\n")
    assert isinstance(upload.rows[0], Complete)
    assert isinstance(upload.rows[1], Complete)
    [left_out] = upload.left_out
    assert (left_out.fault.kind, left_out.fault.line, left_out.cell) == ("row_cells", 3, "more")
    row = upload.rows[2]
    assert isinstance(row, Unfinished)
    assert (row.title, row.year, row.missing, row.line) == ("Alien", 1979, ("directors", "why", "synopsis"), 4)
    assert row.entry == {"title": "Alien", "year": 1979, "kind": "fiction"}
    assert unfinished_line(row, english()) == "x.csv:4: Alien (1979) still needs directors, why, synopsis."


@pytest.mark.parametrize("row", ["Alien,,J,W,S", ",1979,J,W,S", "\u200b,1979,J,W,S", "Alien,1066,,,"])
def test_a_row_without_title_or_year_is_a_fault(row: str) -> None:
    assert isinstance(only(read("x.csv", f"{HEAD}\n{row}\n")), Faulty)


def test_a_table_may_have_no_rows() -> None:
    assert read("x.csv", f"{HEAD}\n") == Upload(())


def test_every_column_is_written_down_and_the_example_is_a_film() -> None:
    page = (Path(__file__).parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []
    [example] = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    assert whole(read("films.csv", example)).name == "Night Train (1959)"


# Letterboxd and IMDb


def test_a_letterboxd_list_is_read_film_by_film() -> None:
    upload = read(
        "my-list.csv",
        LIST + '1,Alien,1979,https://boxd.it/b,"Still, <b>holds</b> up&amp;more"\n2,Heat,1995,https://boxd.it/c,\n',
    )
    first, second = upload.rows
    assert isinstance(first, Unfinished)
    assert isinstance(second, Unfinished)
    link = {"label": "Letterboxd", "address": "https://boxd.it/b"}
    assert first.entry == {"title": "Alien", "year": 1979, "links": [link], "why": "Still, holds up&more"}
    assert (first.missing, first.line) == (("directors", "kind", "synopsis"), 7)
    assert second.missing == ("directors", "kind", "why", "synopsis")
    assert upload.notes == ()


@pytest.mark.parametrize(
    ("head", "row", "wanted"),
    [
        ("Date,Name,Year,Letterboxd URI", "2024-01-01,Alien,1979,https://boxd.it/b", {"links"}),
        ("Date,Name,Year,Letterboxd URI,Rating", "2024-01-01,Alien,1979,https://boxd.it/b,4.5", {"links"}),
        (
            "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date",
            "2024-01-01,Alien,1979,https://boxd.it/b,5,,x,y",
            set[str](),
        ),
        (
            "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date",
            '2024-01-01,Alien,1979,https://boxd.it/b,5,Yes,"Slow, and<br />better for it.",,2024-01-01',
            {"why"},
        ),
    ],
)
def test_the_tables_of_a_letterboxd_account_are_known(head: str, row: str, wanted: set[str]) -> None:
    found = only(read("export.csv", f"{head}\n{row}\n"))
    assert isinstance(found, Unfinished)
    assert set(found.entry) == {"title", "year"} | wanted


def test_a_review_that_is_too_long_is_cut_on_a_word_and_told() -> None:
    upload = read("reviews.csv", f"Date,Name,Year,Letterboxd URI,Review\n2024-01-01,Alien,1979,x,{'word ' * 200}\n")
    why = only(upload).entry["why"]
    assert why.endswith("word…")
    assert 590 < len(why) <= 600
    assert upload.notes == (Note("why_cut", {"file": "reviews.csv", "n": 1}),)


def test_a_whole_letterboxd_account_is_taken_as_far_as_it_is_about_films() -> None:
    films = "Date,Name,Year,Letterboxd URI\n2024-01-01,Alien,1979,https://boxd.it/b\n"
    upload = read(
        "letterboxd.zip",
        zipped(
            ("watched.csv", films),
            ("deleted/diary.csv", films),
            ("lists/top.csv", LIST + "1,Heat,1995,https://boxd.it/c,\n"),
            ("profile.csv", "Date Joined,Username,Favorite Films\n2019-01-01,ann,x\n"),
            ("comments.csv", "Date,Content\n"),
            ("README.md", "x"),
            ("__MACOSX/._watched.csv", b"\0\5\x16"),
            (".DS_Store", b"\0"),
        ),
    )
    assert [row.title for row in upload.rows if isinstance(row, Unfinished)] == ["Heat", "Alien"]
    assert {(note.kind, note.values["file"]) for note in upload.notes} == {
        ("deleted", "deleted/diary.csv"),
        ("passed_over", "profile.csv"),
        ("passed_over", "comments.csv"),
        ("passed_over", "README.md"),
    }
    assert all("{" not in line for line in note_lines(upload.notes, english()))


def test_an_imdb_list_brings_facts_along_and_passes_series_over() -> None:
    rows = (
        '1,tt0053168,2024-01-05,2024-01-05,Look.,Night Train,Pociąg,https://x,Movie,7,99,1959,"Drama, Film-Noir",5,'
        '1959-09-06,"A. One, B. Two",9,2024-01-06\n'
        "2,tt0903747,,,,Breaking Bad,Breaking Bad,,TV Series,9,49,2008,Crime,2,,,,\n"
        "3,tt0903748,,,,Etwas,Etwas,,TV-Serie,9,49,2008,Crime,2,,,,\n"
        "4,tt0000001,,,,Short One,Short One,,tvShort,9,9,2008,Documentary,2,,Somebody,,\n"
    )
    upload = read("list.csv", IMDB + rows)
    train, short = upload.rows
    assert isinstance(train, Unfinished)
    assert isinstance(short, Unfinished)
    assert train.entry == {
        "title": "Night Train",
        "year": 1959,
        "runtime": 99,
        "directors": ["A. One", "B. Two"],
        "ids": {"imdb": "tt0053168"},
        "original_title": "Pociąg",
        "kind": "fiction",
        "genres": ["drama", "film-noir"],
        "why": "Look.",
    }
    assert train.missing == ("synopsis",)
    assert short.entry["kind"] == "short"
    assert upload.notes == (Note("not_films", {"file": "list.csv", "n": 2}),)


def test_the_films_that_somebody_rated_on_imdb_are_known() -> None:
    head = "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year"
    row = only(read("ratings.csv", f"{head}\ntt0078748,9,2024-01-01,Alien,Alien,x,Movie,8,117,1979\n"))
    assert isinstance(row, Unfinished)
    assert row.missing == ("directors", "why", "synopsis")
    assert row.entry["ids"] == {"imdb": "tt0078748"}


def test_facts_of_another_site_that_an_entry_cannot_hold_are_left_out_and_told() -> None:
    row = "1,nonsense,,,,Night Train,Night Train,,Movie,7,9999,1959,Drama,5,,,,\n"
    upload = read("list.csv", IMDB + row + row.replace("1959", ""))
    good, bad = upload.rows
    assert isinstance(good, Unfinished)
    assert good.entry == {"title": "Night Train", "year": 1959, "kind": "fiction", "genres": ["drama"]}
    assert isinstance(bad, Faulty)
    told = [(each.fault.path, each.fault.line, each.more) for each in upload.left_out]
    assert told == [("runtime", 2, 0), ("ids.imdb", 2, 0)]


# zips


def test_a_zip_may_hold_all_kinds_in_folders() -> None:
    others = [film("Knife in the Water", 1962), film("Ida", 2013), film("Cold War", 2018)]
    upload = read(
        "x.zip",
        zipped(
            ("my films/", b""),
            ("my films/night-train-1959.toml", entry_text(film())),
            ("my films/more/list.json", json.dumps([entry(others[0])])),
            ("one.JSON", json.dumps(entry(others[1]))),
            ("films.csv", films_csv([others[2]])),
        ),
    )
    found = [row.film for row in upload.rows if isinstance(row, Complete)]
    assert sorted(found, key=lambda each: each.year) == [film(), *others]
    assert len(upload.rows) == 4


def test_each_step_is_told() -> None:
    told: list[tuple[int, int]] = []
    content = zipped(*((f"{name}-2000.toml", "") for name in "abc"))
    read_upload("x.zip", content, "Ann", DAY, lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
