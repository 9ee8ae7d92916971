"""The moods that curators have written down: each is there, and means something on the shipped list."""

from pathlib import Path

import pytest

from bot.content import DATA
from bot.domain.recommend.watch_requests import Mood, WatchRequest
from bot.storage.content import moods
from bot.storage.content.films import read_films

FILMS = read_films(DATA / "films").films
LEAST = 5  # a handful


@pytest.mark.parametrize("light", [None, True])
@pytest.mark.parametrize("mood", Mood)
def test_the_shipped_list_has_a_handful_for_every_mood(mood: Mood, light: bool | None) -> None:
    evening = WatchRequest(mood=mood, light=light)
    assert len([film for film in FILMS if evening.accepts(film, moods.read_moods())]) >= LEAST


@pytest.mark.parametrize("mood", Mood)
def test_every_tag_of_a_mood_is_one_that_films_have(mood: Mood) -> None:
    themes = {theme for film in FILMS for theme in film.themes}
    genres = {genre for film in FILMS for genre in film.genres}
    recipe = moods.read_moods().mood[mood]
    assert set(recipe.themes) <= themes
    assert set(recipe.genres) <= genres
    assert set(recipe.without) <= themes | genres


def test_the_marks_on_the_shipped_list_say_what_is_light() -> None:
    light = {film.slug for film in FILMS if WatchRequest(light=True).accepts(film, moods.read_moods())}
    assert {"my-neighbor-totoro-1988", "singin-in-the-rain-1952", "faces-places-2017", "kedi-2016"} <= light
    dark = {"come-and-see-1985", "the-act-of-killing-2012", "alien-1979", "night-and-fog-1956", "bicycle-thieves-1948"}
    assert not dark & light


def test_who_wants_to_laugh_has_a_choice_on_light_evenings_too() -> None:
    rules = moods.read_moods()
    laugh, light = WatchRequest(mood=Mood.LAUGH), WatchRequest(mood=Mood.LAUGH, light=True)
    assert len([film for film in FILMS if laugh.accepts(film, rules)]) >= 25
    assert len([film for film in FILMS if light.accepts(film, rules)]) >= 12


@pytest.mark.parametrize(
    "text",
    [
        "[mood.laugh]\nthemes = ['comedy']\n",
        "[mood.glee]\nthemes = ['comedy']\n",
        "[mood.laugh]\nthemen = ['comedy']\n",
        "[mood.laugh\n",
    ],
)
def test_a_missing_mood_and_a_slip_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "moods.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        moods.read_moods(file)
