"""How the shipped texts are written: no clichés, no template, no shared phrase, nothing given away.

Each check is a function that tells what it found, so that it can be tried on a text that is wrong.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pytest

from bot.content import DATA
from bot.domain.films.films import Film
from bot.domain.text.normalize import fold
from bot.storage.content.collections import read_collections
from bot.storage.content.films import read_films
from tests.builders import film
from tests.data.prose import Text, of_collection, of_film, same_openings, shared_runs, untitled

FILMS: Final = {film.slug: film for film in read_films(DATA / "films").films}
COLLECTIONS: Final = {each.slug: each for each in read_collections(DATA / "films").collections}
# What is said of every film, and so of none.
CLICHES: Final = (
    *("masterpiece", "must-see", "must see", "must-watch", "tour de force", "rollercoaster", "gripping", "riveting"),
    *("breathtaking", "unforgettable", "heartwarming", "heart-wrenching", "thought-provoking", "edge of your seat"),
    *("timeless", "iconic", "visually", "stunning", "poignant", "a testament to", "delve", "tapestry", "explores"),
    *("exploration of", "meditation on", "a journey", "journey of", "love letter", "in a world where", "hidden gem"),
    *("nothing is as it seems", "little does", "will never be the same", "against all odds", "human spirit", "raw and"),
    *("haunting", "mesmeri", "captivating", "visceral", "seamlessly", "unflinching", "groundbreaking", "not just"),
    *("more than just", "lays bare", "shines a light", "sheds light", "bittersweet", "nuanced", "resonates", "lyrical"),
    *("evocative", "dazzling", "quiet power", "speaks volumes", "stays with you", "stay with you", "tells the story"),
    *("follows the", "coming-of-age", "coming of age", "powerful", "compelling", "beautifully", "at its core"),
    *("a film about", "reminds us", "a reminder", "invites us", "you will never forget", "takes us on", "landscape of"),
)
# What tends to give a story away.
SPOILERS: Final = (
    *("spoiler", "twist", "turns out", "in the end", "ending", "final scene", "last scene", "final shot", "last shot"),
    *("last image", "finale", "climax", "epilogue", "revealed", "reveals", "finally", "eventually", "secretly"),
    *("was all a dream", "the truth is that", "the killer is", "the murderer is", "is killed by", "dies in"),
)
# Where such a word is innocent, and why.
INNOCENT: Final[Mapping[tuple[str, str], str]] = {}
_OPENING: Final = 3


EVERY: Final = (
    *(text for film in FILMS.values() for text in of_film(film)),
    *(text for each in COLLECTIONS.values() for text in of_collection(each)),
)
every_film: Final = pytest.mark.parametrize("film", FILMS.values(), ids=FILMS)


def said_in(text: str, phrases: Iterable[str]) -> list[str]:
    """The phrases that a text has in it, from the beginning of a word."""
    said = " ".join(text.casefold().replace("’", "'").split())
    return [phrase for phrase in phrases if re.search(rf"\b{re.escape(phrase)}", said)]


def stumbles(text: str) -> list[str]:
    """Shouting, dots that trail off, a word said twice, and dashes that stand for a thought."""
    return [found[0] for found in re.finditer(r"!|\.\.\.|…| [-–] |—|\b([a-z]+) \1\b", untitled(text))]


def wrong_lengths(film: Film) -> list[str]:
    """Which texts of an entry are too short or too long for their place."""
    limits = {
        "why": 40 <= len(film.why) <= 600,
        "synopsis": 50 <= len(film.synopsis.text.split()) <= 140,
        "prompts": 1 <= len(film.prompts) <= 4,
        "pairs": 1 <= len(film.pairs_with) <= 3,
        "themes": 2 <= len(film.themes) <= 6,
    }
    return [part for part, fine in limits.items() if not fine]


@every_film
def test_every_text_has_the_length_of_its_place(film: Film) -> None:
    assert wrong_lengths(film) == []


@every_film
def test_every_question_is_one(film: Film) -> None:
    assert [prompt for prompt in film.prompts if "?" not in prompt] == []


def test_no_cliche_is_used() -> None:
    found = [(text.where, phrases) for text in EVERY if (phrases := said_in(text.said, CLICHES))]
    assert found == []


def test_nothing_is_given_away() -> None:
    found = {(text.where, phrase) for text in EVERY for phrase in said_in(text.said, SPOILERS)}
    assert found - INNOCENT.keys() == set()
    assert INNOCENT.keys() - found == set(), "excused, and not there any more"


def test_nothing_shouts_or_stumbles() -> None:
    assert [(text.where, found) for text in EVERY if (found := stumbles(text.said))] == []


def test_no_phrase_is_shared() -> None:
    assert shared_runs(EVERY) == {}


@pytest.mark.parametrize(
    ("part", "length"),
    [("why", _OPENING), ("synopsis", _OPENING), ("prompt", 4), ("pair", 4), ("introduction", _OPENING), ("line", 4)],
)
def test_no_two_texts_begin_alike(part: str, length: int) -> None:
    assert same_openings(EVERY, part, length) == {}


def test_whys_do_not_lean_on_one_word() -> None:
    first = [fold(film.why).split()[0] for film in FILMS.values()]
    assert max(first.count(word) for word in set(first)) <= len(first) / 6


def test_no_why_begins_with_the_films_own_name_or_praise() -> None:
    begun = [film.slug for film in FILMS.values() if fold(film.why).startswith(fold(film.title) + " ")]
    assert [slug for slug in begun if slug != "m-1931"] == []  # a letter is no name


def test_content_notes_are_short_and_small() -> None:
    assert [
        note for film in FILMS.values() for note in film.content_notes or () if note[0].isupper() and note[1:2] != " "
    ] == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("This must-see is a testament\nto nerve.", {"must-see", "a testament to"}),
        ("It takes us on a journey through a tapestry.", {"takes us on", "a journey", "tapestry"}),
        ("He mends the unforgettable.", {"unforgettable"}),
        ("A plain sentence about a bus.", set[str]()),
    ],
)
def test_a_cliche_is_seen(text: str, phrases: set[str]) -> None:
    assert set(said_in(text, CLICHES)) == phrases


def test_a_giveaway_is_seen() -> None:
    assert said_in("In the end it turns out that he did it.", SPOILERS) == ["turns out", "in the end"]
    assert said_in("Spending the weekend abroad.", SPOILERS) == []


@pytest.mark.parametrize("text", ["Stop!", "And then...", "A thing – odd.", "A thing — odd.", "It is is odd."])
def test_a_stumble_is_seen(text: str) -> None:
    assert stumbles(text)


def test_a_shared_phrase_and_a_shared_opening_are_seen() -> None:
    one = Text("a-2000", "why", "A man walks into a bar and orders milk.")
    two = Text("b-2000", "why", "A man walks into the sea: “into a bar and orders!”")
    assert shared_runs([one, two]) == {run: {"a-2000", "b-2000"} for run in ("a man walks into", "a bar and orders")}
    assert same_openings([one, two], "why", 4) == {"a man walks into": ["a-2000", "b-2000"]}
    assert shared_runs([one, one]) == {}


def test_wrong_lengths_are_seen() -> None:
    assert wrong_lengths(film(why="Short.", prompts=[])) == ["why", "synopsis", "prompts", "pairs", "themes"]
