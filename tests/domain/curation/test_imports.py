"""What taking an upload would do: new, changed, same, left, unfinished and faulty, and no film twice by accident."""

from collections.abc import Iterable
from typing import Any

import pytest

from bot.domain.curation.import_plans import ImportPlan, Mode
from bot.domain.curation.imports import plan_import
from bot.domain.curation.uploads import SOURCE, Complete, Faulty, Row, Unfinished, Upload
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue, film_body
from tests.builders import film

TRAIN = film()
NOTHING: frozenset[str] = frozenset()
CHANGED = film(why="Look at the corridor.")


def told(each: Film, **facts: Any) -> Complete:
    return Complete(each, f"{each.slug}.toml", **facts)


def listed(each: Film, line: int = 2, *, named: bool = False, silent: frozenset[str] = NOTHING) -> Complete:
    """A row of a table."""
    return Complete(each, "films.csv", line, is_table=True, named=named, silent=silent)


def unfinished(title: str, year: int, line: int = 2, **entry: Any) -> Unfinished:
    missing = tuple(key for key in ("directors", "why", "synopsis") if key not in entry)
    return Unfinished(title, year, {"title": title, "year": year, **entry}, missing, "diary.csv", line)


def plan(rows: Iterable[Row], known: Iterable[Film] = (), mode: Mode = Mode.UPDATE, gone: str = "") -> ImportPlan:
    bodies: dict[str, str | None] = {each.slug: film_body(each) for each in known}
    return plan_import(Upload(tuple(rows)), bodies | ({gone: None} if gone else {}), mode)


def test_a_film_that_was_never_there_is_new() -> None:
    assert plan([told(TRAIN)]) == ImportPlan(new=(TRAIN,))
    assert plan([told(TRAIN)], [film("Knife in the Water", 1962)], Mode.ADD) == ImportPlan(new=(TRAIN,))


@pytest.mark.parametrize("mode", Mode)
def test_a_film_that_is_there_already_is_the_same(mode: Mode) -> None:
    assert plan([told(TRAIN)], [TRAIN], mode) == ImportPlan(same=(TRAIN,))


def test_a_film_that_says_something_else_is_changed_or_left() -> None:
    assert plan([told(CHANGED)], [TRAIN]) == ImportPlan(changed=(CHANGED,))
    assert plan([told(CHANGED)], [TRAIN], Mode.ADD) == ImportPlan(left=("Night Train (1959)",))


def test_new_and_changed_films_are_what_is_written() -> None:
    knife = film("Knife in the Water", 1962)
    assert plan([told(CHANGED), told(knife)], [TRAIN]).films == (knife, CHANGED)


@pytest.mark.parametrize("mode", Mode)
def test_a_removed_film_comes_back(mode: Mode) -> None:
    for row in (told(TRAIN), listed(TRAIN)):
        assert plan([row], mode=mode, gone=TRAIN.slug) == ImportPlan(new=(TRAIN,), restored=frozenset({TRAIN.slug}))


@pytest.mark.parametrize("title", ["Night Train", "NIGHT  TRAIN!", "Níght Tráin"])
@pytest.mark.parametrize("row", [told, listed])
def test_the_only_film_of_that_title_and_year_is_meant(title: str, row: Any) -> None:
    other = film(slug="night-train-1959-2", why="Nobody sleeps.")
    found = plan([row(film(title))], [other])
    assert found == ImportPlan(changed=(film(title, slug="night-train-1959-2"),))


def test_of_two_films_of_that_title_and_year_the_slug_decides() -> None:
    other = film(slug="night-train-1959-2", why="Another one.")
    assert plan([listed(CHANGED)], [TRAIN, other]) == ImportPlan(changed=(CHANGED,))
    third = film(slug="night-train-1959-3")
    assert plan([listed(CHANGED)], [other, third]) == ImportPlan(new=(CHANGED,))


def test_a_numbered_film_by_others_or_paired_with_the_first_is_another_film() -> None:
    other = film(slug="night-train-1959-2", directors=["Somebody Else"])
    assert plan([told(other)], [TRAIN]) == ImportPlan(new=(other,))
    pair = film(slug="night-train-1959-2", pairs_with=[{"slug": TRAIN.slug, "why": "Both travel."}])
    assert plan([told(pair)], [TRAIN]) == ImportPlan(new=(pair,))
    assert plan([told(TRAIN), told(other)], [TRAIN]) == ImportPlan(new=(other,), same=(TRAIN,))
    by_the_same = film(slug="night-train-1959-2", why="Look.")
    assert plan([told(by_the_same)], [TRAIN]).changed == (film(why="Look."),)
    assert plan([told(by_the_same), told(TRAIN)], [TRAIN]) == ImportPlan(new=(by_the_same,), same=(TRAIN,))


def test_films_whose_titles_leave_no_slug_are_told_apart() -> None:
    one, other = film("دایره", 2000), film("Дом", 2000)
    assert one.slug == other.slug == "film-2000"
    second = film("Дом", 2000, slug="film-2000-2")
    assert plan([listed(other)], [one]) == ImportPlan(new=(second,))
    assert plan([listed(one), listed(other, 3)]) == ImportPlan(new=(one, second))
    assert plan([listed(one), listed(other, 3)], [one, second]) == ImportPlan(same=(one, second))
    paired = film("Дом", 2000, pairs_with=[{"slug": "film-2000-2", "why": "Both stand."}])
    assert [each.slug for each in plan([listed(paired)], [one]).new] == ["film-2000-3"]
    signs = film("!!!", 2000), film("???", 2000)
    assert [each.slug for each in plan([listed(signs[0]), listed(signs[1])]).new] == ["film-2000", "film-2000-2"]


def test_a_row_that_is_there_twice_counts_once() -> None:
    assert plan([told(TRAIN), told(TRAIN)]) == ImportPlan(new=(TRAIN,))
    assert plan([listed(TRAIN), listed(TRAIN, 3)]) == ImportPlan(new=(TRAIN,))


def test_of_two_rows_that_differ_the_second_is_a_fault() -> None:
    found = plan([listed(TRAIN), listed(CHANGED, 3)])
    fault = ValidationIssue("films.csv", "", "row_twice", 3, {"other": "films.csv:2"})
    assert found == ImportPlan(new=(TRAIN,), faulty=(Faulty((fault,), "films.csv", 3, "Night Train (1959)"),))


@pytest.mark.parametrize("named", [True, False])
def test_an_entry_comes_before_a_row_of_a_table_wherever_it_stands(named: bool) -> None:
    assert plan([listed(TRAIN, named=named), told(CHANGED)]) == ImportPlan(new=(CHANGED,))
    assert plan([told(CHANGED), listed(TRAIN, named=named)]) == ImportPlan(new=(CHANGED,))


def test_what_a_row_is_silent_about_stays_as_it_is_on_the_list() -> None:
    silent = frozenset({"curator", "added", "themes", "kind"})
    row = film(why="New.", curator="Ann", added="2030-01-01", themes=[], kind="essay")
    assert plan([listed(row, silent=silent)], [TRAIN]) == ImportPlan(changed=(film(why="New."),))
    same = film(curator="Ann", added="2030-01-01", themes=[], kind="essay")
    assert plan([listed(same, silent=silent)], [TRAIN]) == ImportPlan(same=(TRAIN,))
    assert plan([listed(row, silent=silent)]) == ImportPlan(new=(row,))


def test_the_source_of_a_story_stays_as_long_as_the_story_does() -> None:
    silent = frozenset({SOURCE})
    text = TRAIN.synopsis.text
    filled = film(synopsis={"text": text, "source": "Ann"})
    assert plan([listed(filled, silent=silent)], [TRAIN]) == ImportPlan(same=(TRAIN,))
    other = film(synopsis={"text": "Another story.", "source": "Ann"})
    assert plan([listed(other, silent=silent)], [TRAIN]) == ImportPlan(changed=(other,))


def test_a_table_takes_no_moments_away() -> None:
    trailer = {"provider": "vimeo", "id": "76979871"}
    moments = [{"at": 3, "note": "the vase"}]
    rich = film(trailers=[{**trailer, "moments": moments}])
    assert plan([listed(film(trailers=[trailer]))], [rich]) == ImportPlan(same=(rich,))
    assert plan([told(film(trailers=[trailer]))], [rich]) == ImportPlan(changed=(film(trailers=[trailer]),))
    other = film(trailers=[{"provider": "vimeo", "id": "12345"}])
    assert plan([listed(other)], [rich]) == ImportPlan(changed=(other,))


def test_what_is_stored_and_no_film_any_more_is_replaced() -> None:
    row = listed(TRAIN, silent=frozenset({"themes"}))
    found = plan_import(Upload((row,)), {TRAIN.slug: '{"title": "Night Train", "year": 1959}'}, Mode.UPDATE)
    assert found == ImportPlan(changed=(TRAIN,))


def test_an_unfinished_row_is_put_aside() -> None:
    row = unfinished("Alien", 1979)
    assert plan([row]) == ImportPlan(unfinished=(row,))
    assert row.name == "Alien (1979)"


def test_unfinished_rows_of_one_film_are_one() -> None:
    rows = [unfinished("Alien", 1979, why="First."), unfinished("ALIEN", 1979, 3, why="Second.", directors=["R. S."])]
    [found] = plan(rows).unfinished
    assert found.entry == {"title": "Alien", "year": 1979, "why": "First.", "directors": ["R. S."]}
    assert found.missing == ("synopsis",)
    assert (found.file, found.line) == ("diary.csv", 2)


@pytest.mark.parametrize("mode", Mode)
def test_an_unfinished_row_of_a_film_that_is_there_or_comes_whole_is_no_work(mode: Mode) -> None:
    row = unfinished("Night Train", 1959)
    assert plan([row], [TRAIN], mode) == ImportPlan(left=("Night Train (1959)",))
    assert plan([row, told(TRAIN)], (), mode) == ImportPlan(new=(TRAIN,))


def test_faulty_rows_are_handed_on() -> None:
    row = Faulty((ValidationIssue("a.csv", "year", "missing", 2),), "a.csv", 2)
    assert plan([row, told(TRAIN)]) == ImportPlan(new=(TRAIN,), faulty=(row,))
