"""Tables with cells that are missing, damaged or written otherwise: the row comes in, and what is wrong is told."""

import datetime
from typing import Any

import pytest

from bot.domain.curation.uploads import Asked, Complete, Faulty, Unfinished, Upload
from bot.domain.films.films import Film
from bot.storage.transfer.uploads import read_upload
from bot.ui.curation.import_lines import faulty_lines, left_out_line
from bot.ui.kit.text import english

DAY = datetime.date(2026, 11, 23)
HEAD = "Title,Year,Director,Why,Synopsis"
ROW = "Night Train,1959,Jerzy Kawalerowicz,Nobody sleeps.,Two strangers."


def read(content: str, name: str = "list.csv") -> Upload:
    return read_upload(name, content.encode(), "Ann", DAY)


def films(upload: Upload) -> list[Film]:
    assert all(isinstance(row, Complete) for row in upload.rows), upload.rows
    return [row.film for row in upload.rows if isinstance(row, Complete)]


def with_cell(column: str, cell: str) -> Film:
    quoted = cell.replace('"', '""')
    [found] = films(read(f'{HEAD},{column}\n{ROW},"{quoted}"\n'))
    return found


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('Day Train,1960,A. One,"Nobody" wakes.,Two others.', '"Nobody" wakes.'),
        ('Day Train,1960,A. One,"She said "hi, there" and left",Two others.', 'She said "hi, there" and left'),
        ('Day Train,1960,A. One,"Two "odd" lines\nand more",Two others.', 'Two "odd" lines and more'),
        ('Day Train,1960,A. One,"say \\"hi\\", you",Two others.', 'say "hi", you'),
        ('Day Train,1960,A. One,"Unclosed,Two others.', "Unclosed"),
        ('Day Train,1960,A. One,12" records,Two others.', '12" records'),
    ],
)
def test_a_quotation_mark_in_the_wrong_place_costs_nothing_but_itself(row: str, why: str) -> None:
    upload = read(f"{HEAD}\n{ROW}\n{row}\n{ROW.replace('1959', '1961')}\n")
    assert [(each.title, each.year) for each in films(upload)] == [
        ("Night Train", 1959),
        ("Day Train", 1960),
        ("Night Train", 1961),
    ]
    assert films(upload)[1].why == why
    assert all(each.fault.kind == "row_quotes" for each in upload.left_out)


def test_spaces_before_a_quoted_cell_are_no_part_of_it() -> None:
    [found] = films(read('Title, Year, Director, Why, Synopsis\nNight Train, 1959, "J. K.", "No, one", "Two."\n'))
    assert (found.directors, found.why) == (("J. K.",), "No, one")


@pytest.mark.parametrize(
    "length", ["01:31:00", "1h 31m", "91 min", "PT1H31M", "1 Std. 31 Min.", "91:00", "1 hr. 31 min.", "~91", "91,0"]
)
def test_a_length_is_read_however_it_is_written(length: str) -> None:
    assert with_cell("Length", length).runtime == 91


@pytest.mark.parametrize("day", ["2014-11-08T10:00:00Z", "2014-11-08 10:00", "08.11.2014", "Nov 8, 2014", "8 Nov 2014"])
def test_a_timestamp_is_a_day(day: str) -> None:
    assert with_cell("Date Added", day).added == datetime.date(2014, 11, 8)


@pytest.mark.parametrize("year", ["1959-09-06T00:00:00Z", "06/09/1959", "c. 1959", "1959.0", "1959–1960"])
def test_a_year_stands_within_a_date(year: str) -> None:
    assert films(read(f"{HEAD}\n{ROW.replace('1959', year)}\n"))[0].year == 1959


@pytest.mark.parametrize(
    ("title", "year", "wanted"),
    [
        ("Night Train (1959)", "", ("Night Train", 1959)),
        ("Night Train [1959]", "1959", ("Night Train", 1959)),
        ('"Piano, The (1993)"', "", ("The Piano", 1993)),
        ('"Piano, The"', "1993", ("The Piano", 1993)),
        ('"Girls, Les"', "1957", ("Les Girls", 1957)),
        ('"Himmel über Berlin, Der"', "1987", ("Der Himmel über Berlin", 1987)),
        ('"Avventura, L\'"', "1960", ("L'Avventura", 1960)),
        ('"Murder, My Sweet"', "1944", ("Murder, My Sweet", 1944)),
        ("Remake (1959)", "1999", ("Remake (1959)", 1999)),
    ],
)
def test_a_title_is_put_as_it_is_said(title: str, year: str, wanted: tuple[str, int]) -> None:
    [found] = films(read(f"{HEAD}\n{title},{year},A,B,C\n"))
    assert (found.title, found.year) == wanted


def test_a_row_that_names_its_slug_is_taken_as_it_stands() -> None:
    [found] = films(read(f'{HEAD},slug\n"Piano, The",1993,A,B,C,piano-the-1993\n'))
    assert found.title == "Piano, The"


@pytest.mark.parametrize(
    ("ids", "slug", "imdb"),
    [(("1", "2"), None, None), (("tt0053168", "tt0053169"), None, "tt0053168"), (("a-1959", "b-1960"), "a-1959", None)],
)
def test_a_column_of_ids_is_what_all_of_it_is(ids: tuple[str, str], slug: str | None, imdb: str | None) -> None:
    upload = read(f"id,{HEAD}\n{ids[0]},{ROW}\n{ids[1]},{ROW.replace('1959', '1960')}\n")
    found = films(upload)[0]
    assert (found.slug, found.ids.imdb) == (slug or "night-train-1959", imdb)
    assert [note.values.get("columns") for note in upload.notes] == (["id"] if ids[0] == "1" else [])


def test_values_stand_on_lines_of_a_cell() -> None:
    assert with_cell("Countries", "Poland\nUSA").countries == ("PL", "US")
    assert with_cell("Questions", "Who?\r\nWhen?").prompts == ("Who?", "When?")


@pytest.mark.parametrize("between", [" ", "\n", ", ", "; "])
def test_two_addresses_in_one_cell_are_two(between: str) -> None:
    found = with_cell("Trailers", f"https://youtu.be/0MYFOzP6Xns{between}https://vimeo.com/76979871")
    assert [trailer.id for trailer in found.trailers] == ["0MYFOzP6Xns", "76979871"]
    links = with_cell("Links", f"https://a.example/x{between}https://b.example/y").links
    assert [link.label for link in links] == ["a.example", "b.example"]


def test_only_what_is_wrong_in_a_cell_is_left_out() -> None:
    assert with_cell("Countries", "Poland; Atlantis; France").countries == ("PL", "FR")
    assert with_cell("Themes", "; ".join("abcdefghij")).themes == tuple("abcdefgh")
    assert with_cell("Directors 2", "x").directors == ("Jerzy Kawalerowicz",)


def test_what_is_wrong_in_many_rows_is_told_once_in_words() -> None:
    rows = "\n".join(f"Film {number},1990,A,B,C,long,nonsense" for number in range(30))
    upload = read(f"{HEAD},Length,IMDb\n{rows}\n")
    assert len(films(upload)) == 30
    lines = [left_out_line(each, english()) for each in upload.left_out]
    assert len(lines) == 2
    for line in lines:
        assert "(and 29 more rows)" in line
        assert not set("^[]{}\\") & set(line)


def test_a_text_that_is_too_long_for_an_entry_is_kept_for_the_draft() -> None:
    [row] = read(f"{HEAD}\nNight Train,1959,J. K.,{'word ' * 130},Two strangers.\n").rows
    assert isinstance(row, Unfinished)
    assert row.missing == ("why",)
    assert row.entry["why"].startswith("word word")


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (",,A,B,C", "row_without_name"),
        (",1959,A,B,C", "row_without_title"),
        ("Alien,,A,B,C", "row_without_year"),
        ("Alien,1066,long,,", "row_with_no_year"),
        ("\u200b,,x,,", "row_without_name"),
    ],
)
def test_without_title_or_year_a_row_is_unusable_for_one_reason(row: str, kind: str) -> None:
    [found] = read(f"{HEAD}\n{row}\n").rows
    assert isinstance(found, Faulty)
    assert [fault.kind for fault in found.faults] == [kind]
    [line] = faulty_lines(found, english())
    assert "{" not in line


def test_a_row_that_is_cut_off_is_taken_as_far_as_it_goes() -> None:
    imdb = (
        "Const,Your Rating,Date Rated,Title,URL,Title Type,Year\ntt0053168,8,x,Night Train,u,Movie,1959\ntt9000002,7\n"
    )
    good, cut = read(imdb).rows
    assert isinstance(good, Unfinished)
    assert isinstance(cut, Faulty)
    assert [fault.kind for fault in cut.faults] == ["row_without_name"]


LINES = "Megalopolis (2024)\n2. Piano, The (1993)\n- Memento [2000]\n\nAlien\t1979\n"


@pytest.mark.parametrize("name", ["list.txt", "list", "list.csv"])
def test_a_list_of_titles_needs_no_columns(name: str) -> None:
    found = [(row.title, row.year) for row in read(LINES, name).rows if isinstance(row, Unfinished)]
    assert found == [("Megalopolis", 2024), ("The Piano", 1993), ("Memento", 2000), ("Alien", 1979)]


def test_what_is_no_title_with_a_year_in_such_a_list_is_told() -> None:
    upload = read("My films\nAlien (1979) – Ridley Scott\nHeat (1995)\n", "list.txt")
    [first, *_] = upload.rows
    assert isinstance(first, Faulty)
    assert first.faults[0].kind == "row_without_year"
    assert [(each.fault.kind, each.cell) for each in upload.left_out] == [("behind_year", "– Ridley Scott")]


def kind_of(word: str) -> Any:
    upload = read(f"{HEAD},Type\n{ROW},{word}\n")
    if not upload.rows:
        return None
    [row] = upload.rows
    return row.word if isinstance(row, Asked) else films(upload)[0].kind.value


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Movie|TV Movie|tvMovie|TV Special|Film|Téléfilm|Fernsehfilm|Película de TV|Filme|Film per la TV", "fiction"),
        ("Émission spéciale|Speciale TV|Especial de TV|Fernsehspecial|Video|फ़िल्म|टीवी फ़िल्म|movie", "fiction"),
        ("Short|tvShort|Court-métrage|Kurzfilm|Cortometraggio|Cortometraje|Curta-metragem|लघु फ़िल्म", "short"),
        ("TV Series|tvMiniSeries|Série télévisée|Mini-série télévisée|Fernsehserie|TV-Serie|Serie TV", None),
        ("Jeu vidéo|Videospiel|Videogioco|Videojuego|Video Game|वीडियो गेम|Jogo eletrônico|show|tv", None),
        ("Épisode télévisé|Episodio de TV|Fernsehepisode|टीवी सीरीज़|Minissérie de televisão|Podcast Series", None),
        ("Documentary|Doc|Dokumentarfilm|Documentaire", "documentary"),
    ],
)
def test_a_sort_is_known_in_the_accounts_language(words: str, kind: str | None) -> None:
    assert [kind_of(word) for word in words.split("|")] == [kind] * len(words.split("|"))


@pytest.mark.parametrize("word", ["Hologramm", "Music Video", "Spielzeug", "anime", "Hörspiel"])
def test_of_an_unknown_sort_it_is_asked(word: str) -> None:
    assert kind_of(word) == word
