"""What goes with a film, and what to see tonight: screens that Discord takes, and reasons that read as sentences."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.films.films import Film, Kind
from bot.domain.recommend.recommender import Recommendation
from bot.domain.recommend.watch_requests import Mood, Pick, Tonight, WatchRequest
from bot.ui.browse import tonight
from bot.ui.films.recommendation_reasons import kin_reasons
from bot.ui.kit.text import width
from tests.builders import film
from tests.strategies import LARGE, WORST, films, worst
from tests.ui.messages import Message, marks, refusals, turned
from tests.ui.screens import WORDS

NIGHT = film()
EVERYTHING = WatchRequest(
    mood=Mood.THRILL, minutes=600, kind=Kind.EXPERIMENTAL, decade=2200, language="zxx", light=True
)


def shared(entry: Film, why: str | None = None) -> Recommendation:
    """All that a film can have in common with another, which is itself."""
    return Recommendation(entry, why, entry.directors, entry.themes, entry.genres, entry.countries, entry.decade)


def page(entries: list[Film], evening: WatchRequest, turns: int = 2) -> Message:
    found = Tonight(tuple(Pick(entry, (*entry.themes, *entry.genres, entry.kind)) for entry in entries), turns)
    return Message.of(view=tonight.tonight_page(found, evening, 9999, 999, WORDS))


def nothing(left: dict[str, int], evening: WatchRequest) -> Message:
    return Message.of(view=tonight.nothing_page(left, evening, 9999, WORDS))


def reasons(kin: Recommendation) -> list[str]:
    """What is said of it, line by line, without the mark of small print."""
    return [line.drawn().removeprefix("-# ") for line in kin_reasons(kin, WORDS)]


def displayed(message: Message) -> list[str]:
    return [text.text for text in message.texts() if text.place == "display"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"themes": ("trains",)}, "Also about trains."),
        ({"themes": ("art", "social-media")}, "Also about art and social media."),
        ({"themes": ("art", "war", "love", "food")}, "Also about art, war and love."),
        ({"themes": ("china", "exile")}, "Also about China and exile."),
        ({"themes": ("comedy", "love")}, "Also about love, also a comedy."),
        ({"themes": ("comedy",), "genres": ("comedy", "thriller")}, "Also a comedy."),
        ({"genres": ("science-fiction",), "themes": ("space",)}, "Also about space, also science fiction."),
        ({"genres": ("drama",), "directors": ("A",)}, "Also by A."),
        ({"directors": ("A", "B"), "themes": ("war",)}, "Also by A and B, also about war."),
        ({"countries": ("IR",), "decade": 1990}, "Of the same country and decade (Iran, 1990s)."),
        ({"themes": ("war",), "countries": ("IR", "FR")}, "Also about war, of the same country (Iran and France)."),
        ({"themes": ("war",), "decade": 1990}, "Also about war, of the same decade (the 1990s)."),
        ({"directors": ("*A*",), "themes": ("war",)}, "Also by \\*A\\*, also about war."),
    ],
)
def test_a_reason_is_a_sentence(what: dict[str, Any], said: str) -> None:
    assert reasons(Recommendation(NIGHT, None, **what)) == [said]


def test_a_curators_reason_is_given_in_the_curators_words() -> None:
    said = shared(NIGHT, "Both *wait*.")
    assert reasons(said) == ["Both *wait*."]  # as titles of films are marked
    assert reasons(replace(said, from_there=True)) == ["Both *wait*.", "As its own entry says."]


@pytest.mark.parametrize(
    ("themes", "said"),
    [
        (["cities", "work"], "About cities and work"),
        (["silent-classic", "cities"], "About cities, a silent film"),
        (["comedy"], NIGHT.why),
        ([], NIGHT.why),
    ],
)
def test_without_a_mood_a_pick_says_what_it_is_about(themes: list[str], said: str) -> None:
    found = Tonight((Pick(film(themes=themes), tuple(themes)),), 1)
    _, entry = displayed(Message.of(view=tonight.tonight_page(found, WatchRequest(), 1, 0, WORDS)))
    assert entry.splitlines()[2] == f"-# {said}"


@LARGE
@given(films())
def test_no_reason_is_too_long_or_draws_what_a_film_says(entry: Film) -> None:
    [said] = reasons(shared(entry))
    assert width(said) <= 500
    assert marks(said) == ""
    assert turned(said) == []


@pytest.mark.parametrize("name", WORST)
@pytest.mark.parametrize("evening", [WatchRequest(), EVERYTHING, WatchRequest(mood=Mood.LAUGH, minutes=30)])
def test_no_evening_of_the_worst_films_exceeds_a_limit(name: str, evening: WatchRequest) -> None:
    entries = [worst(name).model_copy(update={"slug": f"{'a' * 66}-{1990 + n}"}) for n in range(5)]
    assert refusals(page(entries, evening)) == []
    bare = [entry.model_copy(update={"themes": (), "runtime": None}) for entry in entries]
    assert refusals(page(bare, evening)) == []


@LARGE
@given(films(), st.sampled_from([WatchRequest(), EVERYTHING]))
def test_no_evening_exceeds_a_limit(entry: Film, evening: WatchRequest) -> None:
    message = page([entry], evening)
    assert refusals(message) == []
    head, said = displayed(message)
    assert marks(head) in {"##", "##-#"}
    assert marks(said).replace("*", "") == "-#"
    assert turned(said) == []


@pytest.mark.parametrize("number", range(7))
def test_no_way_out_of_nothing_exceeds_a_limit_and_each_is_known_again(number: int) -> None:
    for names in itertools.combinations(WatchRequest.model_fields, number):
        message = nothing(dict.fromkeys(names, 1000), EVERYTHING)
        assert refusals(message) == []
        assert len(message.controls) == max(number, 1)
        for control in message.controls:
            found = tonight.TonightButton.__discord_ui_compiled_template__.fullmatch(control["custom_id"])
            assert found is not None
            assert len(WatchRequest.decoded(found["evening"]).asked) == (5 if names else 0)
