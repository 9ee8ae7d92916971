"""The shipped entries: valid, true to the facts on record, and written with care."""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from bot.content import DATA
from bot.domain.films import Film
from bot.domain.words import fold
from bot.storage.curated_files import entry_schema, read_films

READING: Final = read_films(DATA / "films")
FILMS: Final = {film.slug: film for film in READING.films}
FACTS: Final = Path(__file__).resolve().parents[2] / "shared" / "film-facts" / "starter-films.json"
# What is said of every film, and so of none.
CLICHES: Final = (
    *("masterpiece", "must-see", "must see", "tour de force", "rollercoaster", "gripping", "riveting", "breathtaking"),
    *("unforgettable", "heartwarming", "thought-provoking", "edge of your seat", "timeless", "iconic", "visually"),
    *("stunning", "poignant", "a testament to", "delve", "tapestry", "explores themes", "journey of", "love letter to"),
    *("in a world where", "nothing is as it seems", "little does", "will never be the same", "against all odds"),
    *("raw and", "haunting", "mesmerizing", "mesmerising", "seamlessly", "unflinching", "groundbreaking", "not just"),
)

every_film: Final = pytest.mark.parametrize("film", FILMS.values(), ids=FILMS)


def told(film: Film) -> str:
    """All that a curator wrote about the film."""
    pairs = (pair.why for pair in film.pairs_with)
    return "\n".join((film.why, film.synopsis.text, *film.prompts, *film.content_notes, *pairs))


def facts() -> dict[str, dict[str, Any]]:
    """What the data sets say, by IMDb id."""
    return {fact["imdb_id"]: fact for fact in json.loads(FACTS.read_text(encoding="utf-8"))}


needs_facts: Final = pytest.mark.skipif(not FACTS.is_file(), reason="../shared/film-facts/starter-films.json is absent")


def test_every_entry_is_valid() -> None:
    assert READING.faults == ()


def test_there_are_more_than_six_score_films() -> None:
    assert len(FILMS) >= 120


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
def test_a_synopsis_is_as_long_as_a_page_of_a_programme(film: Film) -> None:
    assert 60 <= len(film.synopsis.text.split()) <= 130


@every_film
def test_an_entry_says_why_and_asks_two_or_three_questions(film: Film) -> None:
    assert 100 <= len(film.why) <= 400
    assert 2 <= len(film.prompts) <= 3
    assert [prompt for prompt in film.prompts if "?" not in prompt] == []


@every_film
def test_an_entry_goes_with_others_on_the_list(film: Film) -> None:
    assert film.pairs_with
    assert {pair.slug for pair in film.pairs_with} <= set(FILMS)


@every_film
def test_an_entry_can_be_looked_up_elsewhere_and_narrowed_down(film: Film) -> None:
    assert film.ids.imdb
    assert film.themes
    assert film.genres
    assert film.countries
    assert film.languages
    assert film.runtime


@every_film
def test_an_entry_uses_no_cliche(film: Film) -> None:
    said = told(film).casefold().replace("’", "'")
    assert [cliche for cliche in CLICHES if re.search(rf"\b{re.escape(cliche)}", said)] == []


@every_film
def test_an_entry_does_not_shout_or_stumble(film: Film) -> None:
    assert re.findall(r"!|  |\.\.\.| - |\b(\w+) \1\b", told(film)) == []


def test_no_trailer_is_used_twice() -> None:
    used = [(trailer.provider, trailer.id) for film in FILMS.values() for trailer in film.trailers]
    assert len(set(used)) == len(used)


def test_no_id_belongs_to_two_films() -> None:
    assert len({film.ids.imdb for film in FILMS.values()}) == len(FILMS)
    assert len({film.ids.tmdb for film in FILMS.values() if film.ids.tmdb}) == len(
        [film for film in FILMS.values() if film.ids.tmdb]
    )


def test_no_two_entries_share_a_run_of_six_words() -> None:
    seen: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for film in FILMS.values():
        words = fold(told(film)).split()
        for start in range(len(words) - 5):
            seen[tuple(words[start : start + 6])].add(film.slug)
    assert {" ".join(run): slugs for run, slugs in seen.items() if len(slugs) > 1} == {}


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
    assert abs((film.runtime or 0) - fact["runtime_min"]) <= 3


def test_the_schema_beside_the_entries_is_the_models_own() -> None:
    assert json.loads((DATA / "film.schema.json").read_text(encoding="utf-8")) == entry_schema()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(entry_schema())


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
        {"why": "x" * 401},
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
