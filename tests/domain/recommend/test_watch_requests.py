"""What to see tonight: what is asked for, what is dark, which five come first, and what to ask less of."""

import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NothingMatches
from bot.domain.films.films import Film, Kind
from bot.domain.recommend.watch_requests import Mood, Moods, Tonight, WatchRequest, loosened, tonight
from bot.storage.content.moods import read_moods
from tests.builders import film, taste_map
from tests.strategies import LARGE, PROPERTY, few_films, films

LAUGH = {"themes": ["comedy"], "genres": ["satire"], "kinds": ["concert"], "without": ["war"]}
MOODS = Moods.model_validate(
    {
        "mood": {mood.value: LAUGH if mood is Mood.LAUGH else {"themes": ["trains"]} for mood in Mood},
    }
)
EVENINGS = st.builds(
    WatchRequest,
    mood=st.none() | st.sampled_from(Mood),
    minutes=st.none() | st.integers(1, 600),
    kind=st.none() | st.sampled_from(Kind),
    decade=st.none() | st.sampled_from([1870, 1950, 1970, 2200]),
    language=st.none() | st.sampled_from(["pl", "zxx"]),
    light=st.none() | st.booleans(),
)


def picked(listed: list[Film], evening: WatchRequest, seed: int = 0, turn: int = 0) -> Tonight:
    chance = Random(seed).random  # noqa: S311  # no secret hangs on it
    return tonight(taste_map(listed), evening, MOODS, chance, turn)


def slugs(found: Tonight) -> list[str]:
    return [pick.film.slug for pick in found.picks]


@pytest.mark.parametrize(
    ("asked", "changes", "fits"),
    [
        ({}, {"runtime": None}, True),
        ({"minutes": 99}, {}, True),
        ({"minutes": 98}, {}, False),
        ({"minutes": 600}, {"runtime": None}, False),
        ({"kind": "fiction"}, {}, True),
        ({"kind": "fiction"}, {"kind": "essay"}, False),
        ({"decade": 1950}, {}, True),
        ({"decade": 1960}, {}, False),
        ({"language": "pl"}, {}, True),
        ({"language": "zh"}, {"languages": ["en", "zh-Hant"]}, True),
        ({"language": "zh"}, {}, False),
        ({"mood": "laugh"}, {}, False),
        ({"mood": "laugh"}, {"themes": ["comedy"]}, True),
        ({"mood": "laugh"}, {"genres": ["satire"]}, True),
        ({"mood": "laugh"}, {"kind": "concert"}, True),
        ({"mood": "laugh"}, {"themes": ["comedy", "war"]}, False),
        ({"mood": "laugh"}, {"themes": ["comedy"], "genres": ["war"]}, False),
        ({"light": True}, {"light": True}, True),
        ({"light": True}, {"light": True, "themes": ["war"], "content_notes": ["a suicide (mentioned)"]}, True),
        ({"light": True}, {"light": False, "themes": ["comedy"], "content_notes": []}, False),
        ({"light": True}, {}, False),  # nobody has said
        ({"light": True}, {"content_notes": []}, False),  # nothing to warn of is not yet light
        ({"light": False}, {"light": False}, True),
        ({"light": None}, {"themes": ["war"]}, True),
    ],
)
def test_what_is_asked_for_is_what_comes(asked: dict[str, object], changes: dict[str, object], fits: bool) -> None:
    entry = film(**changes)  # pyright: ignore[reportArgumentType]  # no change is of title or year
    evening = WatchRequest.model_validate(asked)
    assert evening.accepts(entry, MOODS) is fits
    assert slugs(picked([entry], evening)) == [entry.slug] * fits


def test_a_pick_says_which_of_its_tags_are_of_the_mood() -> None:
    entry = film(themes=["trains", "comedy"], genres=["drama", "satire", "comedy"], kind="concert")
    assert picked([entry], WatchRequest(mood=Mood.LAUGH)).picks[0].tags == ("comedy", "satire", "concert")
    assert picked([entry], WatchRequest()).picks[0].tags == ("trains", "comedy")


def many(number: int, **changes: object) -> list[Film]:
    return [film(f"Film {n:02}", 1950, **changes) for n in range(number)]


@pytest.mark.parametrize(("number", "sizes"), [(1, [1]), (5, [5]), (6, [5, 1]), (12, [5, 5, 2]), (40, [5] * 5)])
def test_turn_after_turn_brings_others_until_all_have_come_and_then_the_first_again(
    number: int, sizes: list[int]
) -> None:
    listed = many(number)
    turns = [picked(listed, WatchRequest(), 7, turn) for turn in range(len(sizes))]
    assert [len(found.picks) for found in turns] == sizes
    assert {found.turns for found in turns} == {len(sizes)}
    every = [slug for found in turns for slug in slugs(found)]
    assert len(set(every)) == len(every)
    assert picked(listed, WatchRequest(), 7, len(sizes)) == turns[0]


def test_another_seed_brings_other_films() -> None:
    listed = many(40)
    assert len({tuple(slugs(picked(listed, WatchRequest(), seed))) for seed in range(20)}) == 20


def test_what_has_more_of_the_mood_comes_first_more_often() -> None:
    listed = [*many(30, themes=["comedy"]), film("Funny", 1999, themes=["comedy"], genres=["satire"], kind="concert")]
    with_it = [
        seed for seed in range(100) if "funny-1999" in slugs(picked(listed, WatchRequest(mood=Mood.LAUGH), seed))
    ]
    assert len(with_it) > 60  # chance alone would give sixteen


def test_five_picks_are_not_five_of_one_kind() -> None:
    alike = many(20, themes=["art"], directors=["One Hand"])
    others = [film(f"Other {n}", 1900 + 10 * n, themes=[f"theme-{n}"], directors=[f"Hand {n}"]) for n in range(4)]
    found = [picked([*alike, *others], WatchRequest(), seed) for seed in range(50)]
    ones_own = [sum(slug.startswith("other") for slug in slugs(one)) for one in found]
    assert sum(ones_own) / len(ones_own) > 2  # chance alone would give less than one


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(NothingMatches):
        picked([], WatchRequest())


def test_what_to_ask_less_of_is_each_wish_that_alone_stands_in_the_way() -> None:
    listed = [*many(3, runtime=80), film("Long", 1960, runtime=200)]
    assert loosened(listed, WatchRequest(minutes=90, decade=1960, kind=Kind.FICTION), MOODS) == {
        "decade": 3,
        "minutes": 1,
    }
    assert loosened(listed, WatchRequest(minutes=10, decade=1990), MOODS) == {}
    assert loosened(listed, WatchRequest(light=False, decade=1990), MOODS) == {"decade": 4}


@PROPERTY
@given(few_films(8), EVENINGS, st.integers(0, 9999), st.integers(0, 999))
def test_the_same_seed_gives_the_same_films_that_all_fit_and_none_twice(
    listed: list[Film], evening: WatchRequest, seed: int, turn: int
) -> None:
    found = picked(listed, evening, seed, turn)
    assert found == picked(listed[::-1], evening, seed, turn)
    assert len(set(slugs(found))) == len(found.picks) <= 5
    assert all(evening.accepts(pick.film, MOODS) for pick in found.picks)
    assert bool(found.picks) is any(evening.accepts(entry, MOODS) for entry in listed)


@LARGE
@given(films(), EVENINGS)
def test_any_film_can_be_judged(entry: Film, evening: WatchRequest) -> None:
    moods = read_moods()
    asked = picked([entry], evening)
    assert bool(asked.picks) is evening.accepts(entry, MOODS)
    evening.accepts(entry, moods)


@PROPERTY
@given(EVENINGS)
def test_an_evening_comes_back_out_of_its_short_form(evening: WatchRequest) -> None:
    assert WatchRequest.decoded(evening.encoded()) == evening
    assert len(evening.encoded()) <= 35
    assert ":" not in evening.encoded()


@pytest.mark.parametrize(
    "text", ["", ";;;;", ";;;;;;", "glee;;;;;", ";0;;;;", ";;opera;;;", ";;;1955;;", ";;;;POL;", ";;;;;x"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        WatchRequest.decoded(text)


def test_what_is_asked_is_told_without_what_is_not() -> None:
    evening = WatchRequest(mood=Mood.LAUGH, minutes=90, light=True)
    assert evening.asked == {"mood": "laugh", "minutes": "90", "light": "True"}
    assert WatchRequest(light=False).asked == {}


def test_the_day_a_film_was_added_changes_nothing() -> None:
    listed = many(10)
    older = [
        entry.model_copy(update={"added": datetime.date(2020, 1, number + 1)}) for number, entry in enumerate(listed)
    ]
    assert slugs(picked(listed, WatchRequest(), 3)) == slugs(picked(older, WatchRequest(), 3))
