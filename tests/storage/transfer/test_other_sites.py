"""Lists and accounts of other sites, each known by its headers or keys."""

import datetime
import json
from typing import Any

import pytest

from bot.domain.curation.uploads import Asked, Note, Unfinished, Upload
from bot.storage.transfer.uploads import read_upload
from tests.zips import zipped

DAY = datetime.date(2026, 11, 23)
TMDB = "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n"
TRAKT = "rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,tvdb_id,season,episode,genres,rating\n"
SIMKL = "SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB\n"
MUBI = (
    "id,title,original_title,year,duration,genres,historic_countries,default_editorial,directors,user_rating,review\n"
)
IDS = {"imdb": "tt0053168", "tmdb": 36040}
MOVIE = {"title": "Night Train", "year": 1959, "ids": {"trakt": 1, "slug": "night-train-1959", **IDS}}
SHOW = {"title": "Dekalog", "year": 1989, "ids": {"imdb": "tt0092337"}}


def read(name: str, content: str | bytes) -> Upload:
    return read_upload(name, content.encode() if isinstance(content, str) else content, "Ann", DAY)


def only(upload: Upload) -> dict[str, Any]:
    [row] = upload.rows
    assert isinstance(row, Unfinished), row
    return dict(row.entry)


@pytest.mark.parametrize(
    ("table", "more"),
    [
        (
            f"{TMDB}36040,tt0053168,movie,Night Train,1959-09-06T00:00:00Z,,,7,8,x\n1,tt1,tv,Moon,2022,,,7,6,x\n",
            {},
        ),
        (
            f"{TRAKT}x,movie,Night Train,1959,7,1,tt0053168,36040,,,,drama,8\nx,episode,Pilot,1990,7,2,tt2,3,,1,1,,8\n",
            {"genres": ["drama"], "kind": "fiction"},
        ),
        (
            f"{SIMKL}5,Night Train,movie,1959,,,x,8,Slow.,,36040,tt0053168\n6,Lost,tv,2004,,s01e02,x,8,,1,2,tt3\n",
            {"why": "Slow."},
        ),
    ],
)
def test_a_table_of_another_site_gives_its_films_and_their_ids(table: str, more: dict[str, Any]) -> None:
    upload = read("export.csv", table)
    assert only(upload) == {"title": "Night Train", "year": 1959, "ids": IDS, **more}
    assert upload.notes == (Note("not_films", {"file": "export.csv", "n": 1}),)


def test_criticker_and_mubi_are_known() -> None:
    criticker = "Score,Film ID,Film Name,Year,Date Rated,Mini Review\n80,12,Night Train (1959),1959,x,Slow.\n"
    assert only(read("x.csv", criticker)) == {"title": "Night Train", "year": 1959, "why": "Slow."}
    mubi = f"{MUBI}1,Night Train,Pociąg,1959,99,Drama,Poland,x,Jerzy Kawalerowicz,4,Slow.\n"
    assert only(read("x.csv", mubi)) == {
        "title": "Night Train",
        "original_title": "Pociąg",
        "year": 1959,
        "runtime": 99,
        "genres": ["drama"],
        "countries": ["PL"],
        "directors": ["Jerzy Kawalerowicz"],
        "kind": "fiction",
        "why": "Slow.",
    }


@pytest.mark.parametrize(
    "value",
    [
        [{"rank": 1, "notes": "Slow.", "type": "movie", "movie": MOVIE}, {"type": "show", "show": SHOW}],
        [{"plays": 2, "notes": "Slow.", "movie": MOVIE}, {"type": "episode", "episode": {}, "show": SHOW}],
        {"movies": [{"status": "completed", "memo": {"text": "Slow."}, "movie": MOVIE}], "shows": [{"show": SHOW}]},
    ],
)
def test_json_of_trakt_and_simkl_gives_its_films(value: object) -> None:
    upload = read("list.json", json.dumps(value))
    assert only(upload) == {"title": "Night Train", "year": 1959, "ids": IDS, "why": "Slow."}
    assert upload.notes == (Note("not_films", {"file": "list.json", "n": 1}),)


def test_json_of_mubi_and_tmdb_gives_its_films() -> None:
    film = {"title": "Night Train", "year": 1959, "duration": 99, "directors": [{"name": "Jerzy Kawalerowicz"}]}
    assert only(read("x.json", json.dumps([{"overall": 4, "body": "Slow.", "film": film}]))) == {
        "title": "Night Train",
        "year": 1959,
        "runtime": 99,
        "directors": ["Jerzy Kawalerowicz"],
        "why": "Slow.",
    }
    tmdb = {"results": [{"id": 36040, "media_type": "movie", "title": "Night Train", "release_date": "1959-09-06"}]}
    assert only(read("x.json", json.dumps(tmdb)))["ids"] == {"tmdb": 36040}


def test_of_an_anime_it_is_asked_whether_it_is_a_film() -> None:
    [row] = read("x.csv", f"{SIMKL}7,Akira,anime,1988,completed,,,8,,,149,tt0094625\n").rows
    assert isinstance(row, Asked)


def account(films: int) -> bytes:
    """An account at Letterboxd whose tables tell each film three times and more."""
    rows = [f"2024-01-01,Film {number},{1950 + number % 70},https://boxd.it/{number}" for number in range(films)]
    plain = "Date,Name,Year,Letterboxd URI\n" + "\n".join(rows)
    rated = "Date,Name,Year,Letterboxd URI,Rating\n" + "\n".join(f"{row},4" for row in rows)
    diary = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n" + "\n".join(f"{r},4,,,x" for r in rows)
    return zipped(("watched.csv", plain), ("ratings.csv", rated), ("diary.csv", diary), ("likes/films.csv", plain))


def test_limits_count_films_and_not_the_rows_that_tell_them() -> None:
    rows = read("account.zip", account(1_500)).rows
    assert len(rows) == 1_500
    assert all(isinstance(row, Unfinished) and "links" in row.entry for row in rows)
