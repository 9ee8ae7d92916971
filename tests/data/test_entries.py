"""The shipped entries: valid, true to the facts on record, and at one with the vocabulary and the collections."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from bot.content import DATA
from bot.domain.catalogue.collections import Collection
from bot.domain.catalogue.cross_checks import faults_between, faults_of_collections, known_slugs
from bot.domain.curation.form_fields import FIELDS
from bot.domain.films.films import Film
from bot.domain.text.normalize import fold
from bot.services.vocabulary import vocabulary
from bot.storage.content.collections import collection_file, collection_schema, read_collections
from bot.storage.content.films import entry_schema, read_films
from bot.storage.content.vocabulary import read_vocabulary
from bot.ui.films.card import tag_words

READING: Final = read_films(DATA / "films")
COLLECTED: Final = read_collections(DATA / "films")
WORDS: Final = read_vocabulary(DATA)
FILMS: Final = {film.slug: film for film in READING.films}
FACTS: Final = Path(__file__).resolve().parents[3] / "shared" / "film-facts" / "starter-films.json"
every_film: Final = pytest.mark.parametrize("film", FILMS.values(), ids=FILMS)


def facts() -> dict[str, dict[str, Any]]:
    """What the data sets say, by IMDb id."""
    return {fact["imdb_id"]: fact for fact in json.loads(FACTS.read_text(encoding="utf-8"))}


needs_facts: Final = pytest.mark.skipif(not FACTS.is_file(), reason="../shared/film-facts/starter-films.json is absent")


def test_every_entry_is_valid() -> None:
    assert READING.faults == ()


def test_nothing_is_wrong_between_the_entries_the_vocabulary_and_the_collections() -> None:
    assert WORDS.faults == COLLECTED.faults == ()
    assert list(faults_between(READING, WORDS.vocabulary)) == []
    named = ((collection_file(each), each) for each in COLLECTED.collections)
    assert list(faults_of_collections(named, known_slugs(READING))) == []


def test_every_theme_is_used() -> None:
    used = {theme for film in FILMS.values() for theme in film.themes}
    assert {theme.slug for theme in WORDS.vocabulary.themes} == used


def test_a_theme_is_read_under_its_name() -> None:
    assert vocabulary().name("sci-fi") == "Science fiction"
    assert tag_words("sci-fi") == "Science fiction"


def test_a_theme_may_be_typed_as_it_is_shown() -> None:
    for term in WORDS.vocabulary.themes:
        assert FIELDS["themes"].read(term.name, {}) == {"themes": [term.slug]}
    for term in WORDS.vocabulary.genres:
        assert FIELDS["genres"].read(term.name, {}) == {"genres": [term.slug]}


def test_there_are_collections_of_every_sort() -> None:
    collections = {each.slug: each for each in COLLECTED.collections}
    assert len(collections) >= 27
    fridays = {"a-heist-night", "scream-with-the-lights-on", "two-hours-of-not-checking-your-phone"}
    assert {*fridays, "anime-for-people-who-think-they-dont-like-anime"} <= collections.keys()
    assert collections["dont-retreat-retweet"].films[0].slug == "ai-weiwei-never-sorry-2012"
    assert len([slug for slug in collections if slug.startswith("double-bill-")]) >= 3
    assert {"under-80-minutes", "first-time-directors", "the-year-2012"} <= collections.keys()


def test_a_collection_is_what_its_name_says() -> None:
    held = {each.slug: [FILMS[film.slug] for film in each.films] for each in COLLECTED.collections}
    assert all((film.runtime or 99) < 80 for film in held["under-80-minutes"])
    assert [film.runtime for film in held["under-80-minutes"]] == sorted(
        f.runtime or 0 for f in held["under-80-minutes"]
    )
    assert {film.year for film in held["the-year-2012"]} == {2012}
    assert {film.decade for film in held["the-sixties-from-all-sides"]} == {1960}
    assert all(film.year < 1980 for film in held["her-camera-before-1980"])
    assert all("IR" in film.countries or film.slug == "persepolis-2007" for film in held["five-times-iran"])
    assert all("silent-classic" in film.themes for film in held["six-silents"])
    for each in COLLECTED.collections:
        least = 4 if each.publication else 5  # how much of a published list is here is not for us to choose
        assert len(each.films) == 2 if each.slug.startswith("double-bill-") else least <= len(each.films) <= 12


def test_a_published_list_keeps_its_publication_year_and_order() -> None:
    published = {(each.publication, each.year): each for each in COLLECTED.collections if each.publication}
    academy = "Academy of Motion Picture Arts and Sciences"
    assert published.keys() == {(academy, 2012), (academy, 2013), ("Sight and Sound", 2022)}
    for year in (2012, 2013):  # the Academy prints its lists in the order of the alphabet
        titles = [FILMS[film.slug].title.removeprefix("The ") for film in published[academy, year].films]
        assert titles == sorted(titles)
    assert published[academy, 2012].films[0].slug == "ai-weiwei-never-sorry-2012"
    places = [film.line.split()[0].strip(",.:") for film in published["Sight and Sound", 2022].films]
    assert places == ["First", "Fourth", "Fifth", "Sixth", "Ninth", "Tenth"]


def test_there_are_more_than_ten_score_films() -> None:
    assert len(FILMS) >= 218


def test_the_flagship_is_what_it_is() -> None:
    film = FILMS["ai-weiwei-never-sorry-2012"]
    assert (film.title, film.year, film.directors, film.runtime) == (
        "Ai Weiwei: Never Sorry",
        2012,
        ("Alison Klayman",),
        91,
    )
    assert film.kind == "documentary"
    assert film.themes == ("art", "activism", "censorship", "social-media", "china")
    assert film.ids.imdb == "tt1845773"
    assert film.trailers[0].address() == "https://www.youtube.com/watch?v=0MYFOzP6Xns"
    assert ("New York Magazine", 2012) in {(praise.publication, praise.year) for praise in film.praise}


@every_film
def test_an_entry_can_be_looked_up_elsewhere_and_narrowed_down(film: Film) -> None:
    assert film.ids.imdb
    assert film.themes
    assert film.genres
    assert film.countries
    assert film.languages
    assert film.runtime


def test_the_list_is_not_all_of_one_sort() -> None:
    assert len({film.kind for film in FILMS.values()}) >= 3
    assert len({film.decade for film in FILMS.values()}) >= 4
    assert len({film.countries[0] for film in FILMS.values()}) >= 5


@needs_facts
@every_film
def test_a_trailer_is_the_one_on_record(film: Film) -> None:
    fact = facts()[film.ids.imdb or ""]
    trusted = fact["trailer_confidence"] in {"high", "good"}
    assert [trailer.id for trailer in film.trailers] == ([fact["youtube_trailer_id"]] if trusted else [])


@needs_facts
@every_film
def test_the_facts_are_those_on_record(film: Film) -> None:
    fact = facts()[film.ids.imdb or ""]
    titles = {fold(title) for title in (fact["title"], fact["original_title"], *fact.get("also_known_as", ())) if title}
    assert fold(film.title) in titles
    assert film.year == fact["year"]
    assert {fold(name) for name in fact["directors"]} <= {fold(name) for name in film.directors}
    assert film.ids.tmdb == fact["tmdb_id"]
    lengths = {fact["runtime_min"], *fact.get("disagreements", {}).get("runtime_min", {}).values()}
    assert any(abs((film.runtime or 0) - length) <= 3 for length in lengths)


def test_the_schemas_beside_the_entries_are_the_models_own() -> None:
    assert json.loads((DATA / "collection.schema.json").read_text(encoding="utf-8")) == collection_schema()
    assert json.loads((DATA / "film.schema.json").read_text(encoding="utf-8")) == entry_schema()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(entry_schema())
    Draft202012Validator.check_schema(collection_schema())


@pytest.mark.parametrize("collection", COLLECTED.collections, ids=lambda each: each.slug)
def test_a_collection_fits_the_schema_and_names_it_for_editors(collection: Collection) -> None:
    path = DATA / "collections" / f"{collection.slug}.toml"
    assert path.read_text(encoding="utf-8").startswith("#:schema ../collection.schema.json\n")
    faults = Draft202012Validator(collection_schema()).iter_errors(as_json(path))  # pyright: ignore[reportUnknownMemberType]
    assert [fault.message for fault in faults] == []


def as_json(path: Path) -> Any:
    """The entry as an editor sees it, with dates as strings."""
    return json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str))


def faults_for_an_editor(entry: Any) -> list[str]:
    """What an editor that knows the schema underlines."""
    faults: Iterator[ValidationError] = Draft202012Validator(entry_schema()).iter_errors(entry)  # pyright: ignore[reportUnknownMemberType]
    return [fault.message for fault in faults]


@pytest.mark.parametrize("slug", FILMS)
def test_an_entry_fits_the_schema_and_names_it_for_editors(slug: str) -> None:
    path = DATA / "films" / f"{slug}.toml"
    assert path.read_text(encoding="utf-8").startswith("#:schema ../film.schema.json\n")
    assert faults_for_an_editor(as_json(path)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"year": "2012"},
        {"slug": "ai-weiwei-never-sorry-2012"},
        {"themes": ["Art"]},
        {"directors": []},
        {"why": "x" * 601},
        {"title": "x" * 151},
        {"rating": 5},
        {"kind": "poem"},
        {"trailers": [{"label": "neither id nor address"}]},
    ],
    ids=str,
)
def test_an_editor_is_warned_of_what_the_bot_would_refuse(changes: dict[str, Any]) -> None:
    entry = as_json(DATA / "films" / "ai-weiwei-never-sorry-2012.toml")
    assert faults_for_an_editor({**entry, **changes}) != []


def test_an_editor_takes_an_address_for_a_trailer() -> None:
    entry = as_json(DATA / "films" / "ai-weiwei-never-sorry-2012.toml")
    trailers = [{"address": "https://youtu.be/0MYFOzP6Xns"}]
    assert faults_for_an_editor({**entry, "trailers": trailers}) == []
