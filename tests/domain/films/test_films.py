"""A film entry: what it may hold, what it is refused for, and what follows from it."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.domain.films.field_types import Slug
from bot.domain.films.films import Film, Kind, slug_for
from bot.domain.films.loading import film_body
from tests.builders import YOUTUBE_ID, film
from tests.strategies import COUNTRIES, LANGUAGES, LARGE, PROPERTY, films, lines

PRAISE = {"listed_as": "Best movies of 2012", "publication": "New York Magazine", "year": 2012}
LINK = {"label": "Home page", "address": "https://example.org/"}
PAIR = {"slug": "persepolis-2007", "why": "Both draw."}
TRAILER = {"provider": "youtube", "id": YOUTUBE_ID}


def numbered(many: int) -> list[str]:
    return [f"No {number}" for number in range(many)]


@pytest.mark.parametrize(
    ("changes", "kind", "place"),
    [
        ({"title": "x" * 151}, "string_too_long", "title"),
        ({"title": "\u200b\u200d\ufeff"}, "blank", "title"),
        ({"original_title": " "}, "blank", "original_title"),
        ({"other_titles": numbered(11)}, "too_long", "other_titles"),
        ({"other_titles": ["Pociag", "Pociag\u200b"]}, "twice", "other_titles"),
        ({"other_titles": "Pociag"}, "tuple_type", "other_titles"),
        ({"year": 1869}, "greater_than_equal", "year"),
        ({"year": 2201}, "less_than_equal", "year"),
        ({"year": 1959.5}, "int_from_float", "year"),
        ({"year": "soon"}, "int_parsing", "year"),
        ({"directors": []}, "too_short", "directors"),
        ({"directors": numbered(11)}, "too_long", "directors"),
        ({"directors": ["Agnès Varda", "Agne\u0300s  Varda"]}, "twice", "directors"),
        ({"directors": ["x" * 151]}, "string_too_long", "directors.0"),
        ({"kind": "Fiction"}, "enum", "kind"),
        ({"runtime": 0}, "greater_than_equal", "runtime"),
        ({"runtime": 2001}, "less_than_equal", "runtime"),
        ({"countries": ["POL"]}, "country_code", "countries.0"),
        ({"countries": ["PL", "PL"]}, "twice", "countries"),
        ({"countries": COUNTRIES}, "too_long", "countries"),
        ({"languages": ["polish"]}, "language_tag", "languages.0"),
        ({"languages": ["pl", "pl"]}, "twice", "languages"),
        ({"languages": LANGUAGES}, "too_long", "languages"),
        ({"genres": ["Drama"]}, "string_pattern_mismatch", "genres.0"),
        ({"genres": list("abcdefg")}, "too_long", "genres"),
        ({"genres": ["drama", "drama"]}, "twice", "genres"),
        ({"themes": ["x" * 21]}, "string_too_long", "themes.0"),
        ({"themes": list("abcdefghi")}, "too_long", "themes"),
        ({"themes": ["art", "art"]}, "twice", "themes"),
        ({"why": "x" * 601}, "string_too_long", "why"),
        ({"why": "\u200b\n\n\u200d"}, "blank", "why"),
        ({"why": 7}, "string_type", "why"),
        ({"synopsis": {"text": "x" * 1501, "source": "Ann"}}, "string_too_long", "synopsis.text"),
        ({"synopsis": {"text": "x", "source": "x" * 151}}, "string_too_long", "synopsis.source"),
        ({"synopsis": {"text": "x"}}, "missing", "synopsis.source"),
        ({"synopsis": "x"}, "model_type", "synopsis"),
        ({"synopsis": {"text": "x", "source": "Ann", "author": "Ben"}}, "extra_forbidden", "synopsis.author"),
        ({"trailers": [{**TRAILER, "id": f"0MYFOzP6Xn{n}"} for n in range(6)]}, "too_long", "trailers"),
        ({"trailers": [TRAILER, {**TRAILER, "label": "Again"}]}, "twice", "trailers"),
        ({"trailers": [{**TRAILER, "label": "x" * 121}]}, "string_too_long", "trailers.0.label"),
        ({"picture": "http://example.org/a.jpg"}, "https_address", "picture"),
        ({"picture": "https://example.org/" + "a" * 481}, "string_too_long", "picture"),
        ({"links": [LINK] * 6}, "too_long", "links"),
        ({"links": [{**LINK, "label": "x" * 81}]}, "string_too_long", "links.0.label"),
        ({"links": [{**LINK, "address": "javascript:alert(1)"}]}, "https_address", "links.0.address"),
        ({"ids": {"imdb": "1845773"}}, "string_pattern_mismatch", "ids.imdb"),
        ({"ids": {"tmdb": 0}}, "greater_than", "ids.tmdb"),
        ({"praise": [PRAISE] * 7}, "too_long", "praise"),
        ({"praise": [{**PRAISE, "year": 1869}]}, "greater_than_equal", "praise.0.year"),
        ({"praise": [{**PRAISE, "listed_as": "x" * 121}]}, "string_too_long", "praise.0.listed_as"),
        ({"content_notes": numbered(9)}, "too_long", "content_notes"),
        ({"content_notes": ["blood", "blood"]}, "twice", "content_notes"),
        ({"prompts": ["Why?"] * 5}, "too_long", "prompts"),
        ({"prompts": ["x" * 301]}, "string_too_long", "prompts.0"),
        ({"pairs_with": [{**PAIR, "slug": f"a-200{n}"} for n in range(6)]}, "too_long", "pairs_with"),
        ({"pairs_with": [{**PAIR, "slug": "night-train-1959"}]}, "pairs_with_itself", ""),
        ({"pairs_with": [PAIR, {**PAIR, "why": "Again."}]}, "twice", "pairs_with"),
        ({"pairs_with": [{**PAIR, "slug": "Persepolis"}]}, "string_pattern_mismatch", "pairs_with.0.slug"),
        ({"curator": "x" * 151}, "string_too_long", "curator"),
        ({"added": "soon"}, "date_from_datetime_parsing", "added"),
        ({"added": datetime.datetime(2026, 11, 23, 8)}, "date_from_datetime_inexact", "added"),  # noqa: DTZ001  # TOML's
        ({"rating": 5}, "extra_forbidden", "rating"),
    ],
)
def test_an_entry_is_refused_with_the_field_named(changes: dict[str, Any], kind: str, place: str) -> None:
    assert (kind, place) in faults(changes)


@pytest.mark.parametrize("field", [name for name, field in Film.model_fields.items() if field.is_required()])
def test_an_entry_without_a_required_field_is_refused(field: str) -> None:
    entry = film().model_dump()
    del entry[field]
    with pytest.raises(ValidationError) as refused:
        Film.model_validate(entry)
    assert [(error["type"], error["loc"]) for error in refused.value.errors()] == [("missing", (field,))]


def test_every_fault_of_an_entry_is_told_at_once() -> None:
    found = faults({"slug": "night-train-1959", "title": "", "year": 1, "themes": ["A"], "rating": 5})
    assert [place for _, place in found] == ["title", "year", "themes.0", "rating"]


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        film().title = "Other"


@pytest.mark.parametrize(
    ("title", "year", "slug"),
    [
        ("Ai Weiwei: Never Sorry", 2012, "ai-weiwei-never-sorry-2012"),
        ("Cléo de 5 à 7", 1962, "cleo-de-5-a-7-1962"),
        ("Sherlock Jr.", 1924, "sherlock-jr-1924"),
        ("Rosemary's Baby", 1968, "rosemarys-baby-1968"),
        ("Rosemary’s Baby", 1968, "rosemarys-baby-1968"),
        ("Smørrebrød & Straße", 1999, "smorrebrod-strasse-1999"),
        ("M", 1931, "m-1931"),
        ("2046", 2004, "2046-2004"),
        ("艾未未：道歉你妹", 2012, "film-2012"),
        ("Сталкер", 1979, "film-1979"),
        ("طعم گيلاس", 1997, "film-1997"),
        ("👩‍👧", 2000, "film-2000"),
        ("!!!", 2000, "film-2000"),
        ("Сталкер II", 1999, "ii-1999"),
        ("Film™", 2012, "filmtm-2012"),
        ("№ 5", 2012, "no-5-2012"),
        ("x" * 150, 2012, "x" * 64 + "-2012"),
        ("x" * 63 + " yz", 2012, "x" * 63 + "-2012"),
    ],
)
def test_a_slug_is_made_of_title_and_year(title: str, year: int, slug: str) -> None:
    assert slug_for(title, year) == slug
    assert film(title, year).slug == slug


@PROPERTY
@given(lines(150), st.integers(1870, 2200), st.integers(2, 99))
def test_every_title_has_a_slug_even_a_second_time(title: str, year: int, number: int) -> None:
    slug = TypeAdapter[str](Slug).validate_python(f"{slug_for(title, year)}-{number}")
    assert film(title, year, slug=slug).slug == slug


@pytest.mark.parametrize("slug", ["night-train-19590", "night-train", "night-train-1959-b-2", "Night-Train-1959"])
def test_a_slug_ends_on_a_year_and_perhaps_a_number(slug: str) -> None:
    assert faults({"slug": slug})[0][0] == "string_pattern_mismatch"


def test_a_film_keeps_its_slug_when_its_title_is_corrected() -> None:
    assert film("Nigth Train", 1959).model_copy(update={"title": "Night Train"}).slug == "nigth-train-1959"


def test_a_film_is_told_apart_by_title_and_year() -> None:
    assert film("Solaris", 1972).name == "Solaris (1972)"


def test_every_title_counts_once_and_the_usual_one_first() -> None:
    known = film(original_title="Pociąg", other_titles=["Baltic Express", "Night Train", "Pociąg"])
    assert known.titles == ("Night Train", "Pociąg", "Baltic Express")


@pytest.mark.parametrize(("year", "decade"), [(1959, 1950), (1960, 1960), (2000, 2000), (1999, 1990), (1870, 1870)])
def test_a_film_has_a_decade(year: int, decade: int) -> None:
    assert film(year=year).decade == decade


@pytest.mark.parametrize(
    ("changes", "picture"),
    [
        ({"picture": "https://example.org/a.jpg"}, "https://example.org/a.jpg"),
        ({}, f"https://i.ytimg.com/vi/{YOUTUBE_ID}/mqdefault.jpg"),
        ({"trailers": [{"provider": "vimeo", "id": "76979871"}]}, None),
        (
            {"trailers": [{"provider": "vimeo", "id": "76979871"}, {"provider": "youtube", "id": YOUTUBE_ID}]},
            f"https://i.ytimg.com/vi/{YOUTUBE_ID}/mqdefault.jpg",
        ),
        ({"trailers": []}, None),
    ],
)
def test_the_picture_is_the_chosen_one_or_a_still(changes: dict[str, Any], picture: str | None) -> None:
    assert film(**changes).picture_address == picture


@pytest.mark.parametrize("kind", Kind)
def test_a_film_may_be_of_every_kind(kind: Kind) -> None:
    assert film(kind=kind.value).kind is kind


@LARGE
@given(films())
def test_a_film_survives_being_stored(entry: Film) -> None:
    assert Film.model_validate_json(entry.model_dump_json(exclude_defaults=True)) == entry


def faults(changes: dict[str, Any]) -> list[tuple[str, str]]:
    """Kind and place of each fault of an entry that is sound but for these changes."""
    with pytest.raises(ValidationError) as refused:
        film(**changes)
    return [(error["type"], ".".join(map(str, error["loc"]))) for error in refused.value.errors()]


def test_notes_that_were_looked_up_and_are_none_differ_from_no_notes() -> None:
    assert film().content_notes is None
    assert film(content_notes=[]).content_notes == ()
    assert film(content_notes=["None."]).content_notes == ()
    assert film(content_notes=["none", "blood (shown)"]).content_notes == ("none", "blood (shown)")


def test_a_film_that_was_stored_before_there_were_marks_is_one() -> None:
    stored = Film.model_validate_json(film_body(film()))  # bodies never held what was not said
    assert (stored.content_notes, stored.light) == (None, None)
    assert Film.model_validate_json(film_body(film(content_notes=[], light=False))).content_notes == ()
