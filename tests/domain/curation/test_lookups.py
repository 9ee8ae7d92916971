"""What a curator means who wants a film looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation.lookups import MAX_TITLE, ImdbId, Title, TmdbId, Typed, parse_lookup
from tests.strategies import AWKWARD, PROPERTY


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://www.themoviedb.org/movie/84169-ai-weiwei-never-sorry", TmdbId(84169)),
        ("https://www.themoviedb.org/movie/84169", TmdbId(84169)),
        ("http://themoviedb.org/movie/84169-ai-weiwei/cast?language=de-DE", TmdbId(84169)),
        ("themoviedb.org/movie/84169/", TmdbId(84169)),
        ("<https://www.themoviedb.org/movie/84169?language=fr#videos>", TmdbId(84169)),
        ("  HTTPS://WWW.TheMovieDB.org/movie/84169\n", TmdbId(84169)),
        ("tmdb:84169", TmdbId(84169)),
        ("TMDB: 84169", TmdbId(84169)),
        ("https://www.imdb.com/title/tt1845773/", ImdbId("tt1845773")),
        ("https://m.imdb.com/title/tt1845773/?ref_=nv_sr_srsg_0", ImdbId("tt1845773")),
        ("https://www.imdb.com/de/title/tt1845773/fullcredits", ImdbId("tt1845773")),
        ("https://www.imdb.com/pt-br/title/tt1845773", ImdbId("tt1845773")),
        ("imdb.com/title/tt1845773", ImdbId("tt1845773")),
        ("tt1845773", ImdbId("tt1845773")),
        ("TT10366460", ImdbId("tt10366460")),
        ("Persepolis", (Title("Persepolis"),)),
        ("Persepolis (2007)", (Title("Persepolis", 2007),)),
        ("Persepolis(2007)", (Title("Persepolis", 2007),)),
        ("  Cléo   from 5 to 7 (1962) ", (Title("Cléo from 5 to 7", 1962),)),
        ("Persepolis 2007", (Title("Persepolis", 2007), Title("Persepolis 2007"))),
        ("Persepolis, 2007", (Title("Persepolis", 2007), Title("Persepolis, 2007"))),
        ("Blade Runner 2049", (Title("Blade Runner", 2049), Title("Blade Runner 2049"))),
        ("Blade Runner 2049 (2017)", (Title("Blade Runner 2049", 2017),)),
        ("1917", (Title("1917"),)),
        ("1917 (2019)", (Title("1917", 2019),)),
        ("1917 2019", (Title("1917", 2019), Title("1917 2019"))),
        ("84169", (Title("84169"),)),
        ("(1999)", (Title("(1999)"),)),
        ("M", (Title("M"),)),
        ("Nosferatu 1234", (Title("Nosferatu 1234"),)),
        ("tt123", (Title("tt123"),)),
        ("3:10 to Yuma", (Title("3:10 to Yuma"),)),
        ("千と千尋の神隠し", (Title("千と千尋の神隠し"),)),
    ],
)
def test_a_film_is_meant(typed: str, meant: Typed) -> None:
    assert parse_lookup(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \t ",
        "\u200b",
        "tmdb:0",
        "tmdb:many",
        "tmdb:99999999999",
        "https://www.themoviedb.org/tv/1396-breaking-bad",
        "https://www.themoviedb.org/",
        "themoviedb.org",
        "https://www.imdb.com/name/nm2005495/",
        "https://www.youtube.com/watch?v=0MYFOzP6Xns",
        "https://evil.example/themoviedb.org/movie/1",
        "https://themoviedb.org.evil.example/movie/1",
        "https://user@themoviedb.org/movie/1",
        "javascript://themoviedb.org/movie/1",
        "x" * (MAX_TITLE + 1),
    ],
)
def test_no_film_is_meant(typed: str) -> None:
    assert parse_lookup(typed) is None


@PROPERTY
@given(st.text(max_size=200) | st.sampled_from(AWKWARD))
def test_whatever_is_typed_leads_to_ids_or_titles_that_fit_into_a_question(typed: str) -> None:
    match parse_lookup(typed):
        case TmdbId(number):
            assert 0 < number < 10**9
        case ImdbId(imdb_id):
            assert imdb_id.isascii()
            assert imdb_id.isalnum()
        case None:
            pass
        case titles:
            assert all(title == title.strip() and 0 < len(title) <= MAX_TITLE for title, _ in titles)
            assert all(year is None or 1800 <= year < 2200 for _, year in titles)
