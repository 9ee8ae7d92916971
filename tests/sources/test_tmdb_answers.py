"""From TMDB's answers to facts that fit an entry, whatever else TMDB may send."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation.film_metadata import Candidate, FilmMetadata
from bot.domain.films.films import Ids, Kind
from bot.domain.films.trailers import Provider
from bot.sources.tmdb_answers import candidates, facts
from tests.builders import YOUTUBE_ID, film
from tests.strategies import PROPERTY
from tests.web_servers import MOVIE

ODD: list[Any] = [
    None,
    "",
    0,
    -1,
    True,
    "x" * 5000,
    "\u200b",
    "\ud800",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"results": 5},
    1e300,
]


def of(**changes: Any) -> FilmMetadata:
    found = facts(MOVIE | changes)
    assert found is not None
    return found


def video(key: str = YOUTUBE_ID, **changes: Any) -> dict[str, Any]:
    return {"site": "YouTube", "type": "Trailer", "official": True, "iso_639_1": "en", "key": key} | changes


def test_the_facts_of_a_film() -> None:
    found = of()
    assert found == FilmMetadata.model_validate(
        {
            "title": "Ai Weiwei: Never Sorry",
            "year": 2012,
            "directors": ["Alison Klayman"],
            "kind": Kind.DOCUMENTARY,
            "runtime": 91,
            "countries": ["US"],
            "languages": ["en", "zh"],
            "genres": ["documentary"],
            "overview": "A portrait of the artist and activist.",
            "trailer": {"provider": "youtube", "id": YOUTUBE_ID},
            "ids": {"imdb": "tt1845773", "tmdb": 84169},
        }
    )


def test_an_original_title_is_one_that_differs() -> None:
    assert of(original_title="艾未未：道歉你妹").original_title == "艾未未：道歉你妹"
    assert of(title=None, original_title="M").title == "M"


def test_codes_that_are_tmdbs_own_become_those_of_the_standards() -> None:
    countries = [{"iso_3166_1": code} for code in ("SU", "XC", "XG", "YU", "FR", "QQ", "", None, "FR")]
    assert of(production_countries=countries).countries == ("SUHH", "CSHH", "DDDE", "YUCS", "FR")
    languages = [{"iso_639_1": code} for code in ("xx", "fa", "cn", "", None)]
    assert of(spoken_languages=languages, original_language="cn").languages == ("yue", "fa")


@pytest.mark.parametrize(
    ("spoken", "original", "wanted"),
    [(["zh", "en"], "en", ("en", "zh")), (["zh", "en"], "fr", ("zh", "en")), ([], "fr", ("fr",)), ([], "xx", ())],
)
def test_the_films_own_language_comes_first(spoken: list[str], original: str, wanted: tuple[str, ...]) -> None:
    languages = [{"iso_639_1": code} for code in spoken]
    assert of(spoken_languages=languages, original_language=original).languages == wanted


@pytest.mark.parametrize(
    ("names", "genres", "kind"),
    [
        (["Science Fiction", "TV Movie"], ("science-fiction",), Kind.FICTION),
        (["Drama", "Documentary"], ("drama", "documentary"), Kind.DOCUMENTARY),
        (["Animation", "Family"], ("animation", "family"), Kind.ANIMATION),
        ([], (), None),
        (["A genre with a name that is too long for a tag"], (), None),
    ],
)
def test_genres_become_tags_and_tell_the_kind(names: list[str], genres: tuple[str, ...], kind: Kind | None) -> None:
    found = of(genres=[{"id": 1, "name": name} for name in names])
    assert (found.genres, found.kind) == (genres, kind)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (video(), video(official=False)),
        (video(), video(type="Teaser")),
        (video(iso_639_1="fr"), video(official=False)),
        (video(iso_639_1="fr"), video(site="Vimeo", key="76979871")),
        (video(), video(iso_639_1="fr")),
        (video(official=False, iso_639_1="fr"), video(type="Teaser")),
        (video(), video(key="not an id")),
    ],
)
def test_the_better_video_is_the_trailer(better: dict[str, Any], worse: dict[str, Any]) -> None:
    other = worse | ({"key": "AAAAAAAAAAA"} if worse["key"] == better["key"] else {})
    for results in ([better, other], [other, better]):
        trailer = of(videos={"results": results}).trailer
        assert trailer is not None
        assert (trailer.provider, trailer.id) == (Provider.YOUTUBE, better["key"])


@pytest.mark.parametrize(
    "other", [video(type="Clip"), video(site="Elsewhere"), video(key="short"), video() | {"key": None}]
)
def test_what_is_no_trailer_is_none(other: dict[str, Any]) -> None:
    assert of(videos={"results": [other]}).trailer is None


def test_there_are_never_more_than_an_entry_can_hold() -> None:
    crew = [{"job": "Director", "name": f"Director {number}"} for number in range(30)]
    countries = [{"iso_3166_1": code} for code in "US PL FR IR BA GB CD VC GS DE IT ES PT SE".split()]
    genres = [{"name": f"genre {number}"} for number in range(9)]
    found = of(credits={"crew": crew + crew}, production_countries=countries, genres=genres)
    assert (len(found.directors), len(found.countries), len(found.genres)) == (10, 12, 6)


@pytest.mark.parametrize("field", [field for field in MOVIE if field != "id"])
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_a_field_that_does_not_fit_is_left_out_and_nothing_else(field: str, odd: Any) -> None:
    found = of(**{field: odd})
    assert found.ids.tmdb == 84169
    kept = found.model_dump(exclude={"title", "original_title", "year", "runtime", "kind", "languages"})
    whole = of().model_dump(exclude={"title", "original_title", "year", "runtime", "kind", "languages"})
    assert sum(kept[name] != whole[name] for name in kept) <= 1


@pytest.mark.parametrize("odd", [*ODD, {"id": 1}, {"id": 1, "title": " "}, {"title": "no id"}, {"id": 0, "title": "x"}])
def test_what_describes_no_film_is_none(odd: Any) -> None:
    assert facts(odd) is None
    assert candidates(odd) == ()
    assert candidates({"results": [odd], "movie_results": odd}) == ()


def test_an_imdb_id_that_cannot_be_is_left_out() -> None:
    assert of(external_ids={"imdb_id": "nm0000001"}).ids == Ids(tmdb=84169)
    assert of(external_ids=None).ids == Ids(tmdb=84169)


def test_candidates_have_what_tells_films_apart() -> None:
    listed = [
        {"id": 1, "title": "Solaris", "original_title": "Солярис", "release_date": "1972-03-20"},
        {"id": 2, "title": "Solaris", "original_title": "Solaris", "release_date": ""},
        {"id": "three", "title": "Solaris"},
    ]
    wanted = (Candidate(1, "Solaris", 1972, "Солярис"), Candidate(2, "Solaris", None, None))
    assert candidates({"results": listed}) == candidates({"movie_results": listed}) == wanted


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*MOVIE, "results"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@PROPERTY
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(MOVIE, _JSON)))
def test_whatever_tmdb_says_is_fit_for_an_entry(changes: dict[str, Any]) -> None:
    found = facts(MOVIE | changes)
    if found is not None:
        known = found.model_dump(exclude_none=True, exclude={"overview", "trailer"}, exclude_defaults=True)
        trailers = [found.trailer] if found.trailer else []
        film(known.pop("title"), known.pop("year", 1999), **known, trailers=trailers)
