"""Members' own exports: what is read of each site's files, and what is refused."""

import csv
import datetime
import io
import zipfile
from pathlib import Path

import pytest

from bot.domain.errors import UploadRefused
from bot.domain.shelves.imports import BroughtMark, BroughtShelf, Matches, match_shelf, taken_in
from bot.domain.shelves.marks import MAX_REVIEW, NOTHING, Mark, Review
from bot.storage.transfer.shelf_exports import export_shelf
from bot.storage.transfer.uploads.shelf_tables import read_shelf
from tests.builders import film

NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
NIGHT, KNIFE = film(ids={"imdb": "tt0053168"}), film("Knife in the Water", 1962, trailers=[])
SEEN = BroughtMark()
DAY = datetime.date(2024, 3, 9)
LETTERBOXD = {
    "watched.csv": "Date,Name,Year,Letterboxd URI\n2024-01-01,Night Train,1959,https://boxd.it/1\n",
    "ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Night Train,1959,https://boxd.it/1,4.5\n",
    "diary.csv": (
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
        "2024-03-10,Night Train,1959,https://boxd.it/a,4.5,,,2024-03-09\n"
        "2025-03-10,Night Train,1959,https://boxd.it/b,5,Yes,,2025-03-09\n"
    ),
    "reviews.csv": (
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
        '2024-03-10,Night Train,1959,https://boxd.it/a,4.5,,"<b>Nobody</b> sleeps &amp; talks",,2024-03-09\n'
    ),
    "watchlist.csv": "Date,Name,Year,Letterboxd URI\n2024-01-01,Knife in the Water,1962,https://boxd.it/2\n",
    "likes/films.csv": "Date,Name,Year,Letterboxd URI\n2024-01-01,Solaris,1972,https://boxd.it/3\n",
    "deleted/diary.csv": "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2020-01-01,Old,1960,x,1,,,\n",
    "profile.csv": "Date Joined,Username\n2019-01-01,ann\n",
}
IMDB = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
    "Num Votes,Release Date,Directors\n"
    "tt0053168,9,2024-03-09,Pociąg,Pociąg,https://www.imdb.com/title/tt0053168/,Movie,7.1,99,1959,Drama,5,1959-09-06,X\n"
    "tt9000001,4,2024-03-09,A Series,A Series,https://www.imdb.com/,TV Series,7.1,99,1990,Drama,5,1990-09-06,X\n"
)


def zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def marks(shelf: BroughtShelf, current: dict[str, Mark] | None = None) -> dict[str, Mark]:
    return taken_in(match_shelf(shelf, [NIGHT, KNIFE]).found, current or {}, NOW)


def test_a_letterboxd_account_says_when_how_good_and_what_is_still_wanted() -> None:
    shelf = read_shelf("letterboxd-ann.zip", zipped(LETTERBOXD))
    assert marks(shelf) == {
        NIGHT.slug: Mark(
            viewings=(DAY, datetime.date(2025, 3, 9)), rating=9, review=Review(text="Nobody sleeps & talks")
        ),
        KNIFE.slug: Mark(wanted=NOW),
    }
    assert "Old (1960)" not in match_shelf(shelf, [NIGHT]).unmatched


@pytest.mark.parametrize("name", ["watched.csv", "ratings.csv", "diary.csv", "reviews.csv"])
def test_each_table_of_an_account_is_read_by_itself(name: str) -> None:
    [slug] = marks(read_shelf(name, LETTERBOXD[name].encode()))
    assert slug == NIGHT.slug


def test_a_watchlist_by_itself_is_wanted() -> None:
    assert marks(read_shelf("watchlist.csv", LETTERBOXD["watchlist.csv"].encode())) == {KNIFE.slug: Mark(wanted=NOW)}


def test_imdb_ratings_go_to_ten_and_find_films_by_their_ids() -> None:
    shelf = read_shelf("ratings.csv", IMDB.encode())
    assert marks(shelf) == {NIGHT.slug: Mark(viewings=(DAY,), rating=9)}
    assert shelf.passed_over == 1  # the series


def test_what_nobody_has_rated_on_an_imdb_list_is_wanted() -> None:
    text = IMDB.replace("Const,", "Position,Const,", 1).replace("tt0053168,9,2024-03-09", "1,tt0053168,,")
    assert marks(read_shelf("my list.csv", text.encode())) == {NIGHT.slug: Mark(wanted=NOW)}


def test_real_exports_are_read() -> None:
    cases = Path(__file__).parents[4] / "shared" / "cases"
    if not cases.is_dir():
        pytest.skip("the cases are not there")
    shelf = read_shelf("letterboxd.zip", (cases / "letterboxd-account-1500.zip").read_bytes())
    assert len({row.name for row in shelf.rows}) == 1500
    assert {row.mark.rating for row in shelf.rows} >= {8}


@pytest.mark.parametrize(
    ("cell", "half_stars"),
    [
        ("5", 10),
        ("0.5", 1),
        ("3.5", 7),
        ("3,5", 7),
        ("", None),
        ("0", None),
        ("11", None),
        ("★★★", None),
        ("NaN", None),
    ],
)
def test_stars_are_read_by_halves(cell: str, half_stars: int | None) -> None:
    text = f'Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Night Train,1959,https://boxd.it/1,"{cell}"\n'
    [row] = read_shelf("ratings.csv", text.encode()).rows
    assert row.mark.rating == half_stars


def test_a_long_review_is_cut_and_counted() -> None:
    text = "Date,Name,Year,Letterboxd URI,Review,Watched Date\n2024-01-01,Night Train,1959,x," + "word " * 200 + ",\n"
    shelf = read_shelf("reviews.csv", text.encode())
    review = shelf.rows[0].mark.review
    assert shelf.cut == 1
    assert review is not None
    assert len(review.text) <= MAX_REVIEW
    assert review.text.endswith("word…")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.csv", b"", "empty"),
        ("x.csv", b"a,b\n1,2\n", "csv_columns"),
        ("x.rar", b"Rar!\x1a\x07", "other_archive"),
        ("x.png", b"\x89PNG\r\n\x1a\n\x00\x00", "unknown_kind"),
        ("x.csv", "Name,Year".encode("utf-16"), "utf_16"),
        ("x.zip", zipped({"notes.txt.bak": "x"}), "no_films"),
        ("x.zip", zipped({"../ratings.csv": LETTERBOXD["ratings.csv"]}), "zip_path"),
        ("x.zip", b"PK\x03\x04 broken", "zip_broken"),
        ("x.csv", b"x" * (8 * 1024 * 1024 + 1), "too_large"),
        ("x.zip", zipped({"ratings.csv": "Name,Year\n" + "a" * 40_000_000}), "zip_bomb"),
    ],
)
def test_what_is_no_export_is_refused_for_the_reason_curators_hear(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        read_shelf(name, content)
    assert refused.value.reason == reason


def test_another_year_is_matched_where_only_one_film_can_be_meant_and_is_told() -> None:
    text = "Date,Name,Year,Letterboxd URI\n2024-01-01,Knife in the Water,1963,x\n2024-01-01,Elsewhere,1963,x\n"
    found = match_shelf(read_shelf("watched.csv", text.encode()), [NIGHT, KNIFE])
    assert found == Matches({KNIFE.slug: (SEEN,)}, {KNIFE.slug: "Knife in the Water (1963)"}, ("Elsewhere (1963)",))
    twins = [film("Knife in the Water", 1962, trailers=[]), film("Knife in the Water", 1964, trailers=[])]
    assert match_shelf(read_shelf("watched.csv", text.encode()), twins).found == {}


def test_nothing_that_is_kept_gives_way_and_a_second_import_changes_nothing() -> None:
    mine = {NIGHT.slug: Mark(viewings=(DAY,), rating=3, review=Review(text="Mine."))}
    shelf = read_shelf("x.zip", zipped(LETTERBOXD))
    first = marks(shelf, mine)
    assert first[NIGHT.slug].rating == 3
    assert first[NIGHT.slug].review == Review(text="Mine.")
    assert first[NIGHT.slug].viewings == (DAY, datetime.date(2025, 3, 9))
    assert marks(shelf, first) == first


def test_what_was_seen_or_turned_down_is_not_wanted_again() -> None:
    shelf = read_shelf("watchlist.csv", LETTERBOXD["watchlist.csv"].encode())
    seen, down = NOTHING.see(None), NOTHING.turn_down()
    assert marks(shelf, {KNIFE.slug: seen}) == {KNIFE.slug: seen}
    assert marks(shelf, {KNIFE.slug: down}) == {KNIFE.slug: down}


def test_an_export_comes_back_as_it_went() -> None:
    films = {NIGHT.slug: NIGHT, KNIFE.slug: KNIFE}
    kept = {
        NIGHT.slug: Mark(viewings=(DAY, datetime.date(2025, 3, 9)), rating=9, review=Review(text='=1+1 "so", he said')),
        KNIFE.slug: Mark(wanted=NOW),
        "gone-2000": Mark(wanted=NOW),
    }
    packed = export_shelf(kept, films)
    back = marks(read_shelf("export.zip", packed))
    assert back == {slug: mark for slug, mark in kept.items() if slug in films}
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("watched.csv").decode())))
        assert "gone-2000" in archive.read("everything.json").decode()
    assert [(row["WatchedDate"], row["Rating"], row["Rewatch"]) for row in rows] == [
        ("2024-03-09", "", ""),
        ("2025-03-09", "4.5", "true"),
    ]
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
