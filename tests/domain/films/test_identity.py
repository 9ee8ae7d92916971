"""Which film a row is about: ids first, then any title with its year, a year off only when somebody says so."""

from typing import Any

import pytest

from bot.domain.catalogue.cross_checks import faults_between
from bot.domain.curation.import_plans import UNANSWERED, Answers, ImportPlan, Mode
from bot.domain.curation.imports import plan_import
from bot.domain.curation.uploads import Asked, Complete, Row, Unfinished, Upload
from bot.domain.films.films import Film
from bot.domain.films.loading import LoadResult, film_body
from bot.domain.films.vocabulary import Term, Vocabulary
from tests.builders import film

BIKES = film(
    "Bicycle Thieves", 1948, original_title="Ladri di biciclette", directors=["Vittorio De Sica"], trailers=[],
    ids={"imdb": "tt0040522", "tmdb": 5156},
)  # fmt: skip
SAME = Answers(are_same=True)
OTHERS = Answers(are_same=False)


def listed(title: str, year: int, line: int = 2, **facts: Any) -> Complete:
    """A row of a table."""
    return Complete(film(title, year, trailers=[], **facts), "films.csv", line, is_table=True, named=False)


def half(title: str, year: int, **entry: Any) -> Unfinished:
    return Unfinished(title, year, {"title": title, "year": year, **entry}, ("why",), "diary.csv", 2)


def plan(
    *rows: Row, known: tuple[Film, ...] = (BIKES,), answers: Answers = UNANSWERED, words: Vocabulary | None = None
) -> ImportPlan:
    bodies = {each.slug: film_body(each) for each in known}
    return plan_import(Upload(rows), bodies, Mode.UPDATE, answers, words)


@pytest.mark.parametrize("ids", [{"imdb": "tt0040522"}, {"tmdb": 5156}])
def test_an_id_tells_the_film_whatever_it_is_called(ids: dict[str, Any]) -> None:
    [changed] = plan(listed("Fahrraddiebe", 1950, ids=ids)).films
    assert (changed.slug, changed.title, changed.year) == (BIKES.slug, "Bicycle Thieves", 1948)
    assert plan(half("Fahrraddiebe", 1950, ids=ids)).left == ("Fahrraddiebe (1950)",)


def test_any_title_with_its_year_tells_the_film() -> None:
    assert plan(half("LADRI DI BICICLETTE", 1948)).unfinished == ()
    [changed] = plan(listed("Ladri di biciclette", 1948, directors=["Vittorio De Sica"])).films
    assert changed.slug == BIKES.slug


def test_a_title_that_is_another_ones_second_tells_nothing_where_the_directors_differ() -> None:
    [new] = plan(listed("Ladri di biciclette", 1948, directors=["Somebody Else"])).films
    assert new.slug == "ladri-di-biciclette-1948"


def test_ids_that_differ_tell_two_films_of_one_name_apart() -> None:
    found = plan(listed("Bicycle Thieves", 1948, ids={"imdb": "tt9999999"}))
    assert [each.slug for each in found.new] == ["bicycle-thieves-1948-2"]


def test_a_sign_and_a_word_are_alike() -> None:
    known = film("Cleo & Sons", 1962, trailers=[])
    assert plan(half("Cleo and Sons", 1962), known=(known,)).left == ("Cleo and Sons (1962)",)
    [changed] = plan(listed("Cleo and Sons", 1962, why="New."), known=(known,)).changed
    assert (changed.slug, changed.title) == (known.slug, known.title)


@pytest.mark.parametrize("year", [1947, 1949])
def test_a_year_off_is_a_question(year: int) -> None:
    row = listed("Bicycle Thieves", year, directors=["Vittorio De Sica"], why="New.")
    open_plan = plan(row)
    assert (open_plan.films, [each.other for each in open_plan.year_off]) == ((), ["Bicycle Thieves (1948)"])
    [changed] = plan(row, answers=SAME).changed
    assert (changed.slug, changed.year) == (BIKES.slug, 1948)
    assert [each.slug for each in plan(row, answers=OTHERS).new] == [f"bicycle-thieves-{year}"]
    waiting = half("Bicycle Thieves", year)
    assert len(plan(waiting).year_off) == 1
    assert plan(waiting, answers=SAME).left == ("Bicycle Thieves (1948)",)
    assert plan(waiting, answers=OTHERS).unfinished == (waiting,)


def test_two_years_off_or_other_directors_are_another_film() -> None:
    assert plan(half("Bicycle Thieves", 1950)).year_off == ()
    assert plan(listed("Bicycle Thieves", 1949, directors=["Somebody Else"])).year_off == ()


def test_one_film_comes_in_once_from_one_file() -> None:
    ids = {"imdb": "tt0000001"}
    found = plan(listed("One", 2000, ids=ids), listed("Uno", 2000, 3, ids=ids), half("Eins", 2001, ids=ids))
    assert len(found.new) == 1
    assert (len(found.faulty), found.unfinished) == (1, ())


def test_rows_of_an_unknown_sort_wait_for_an_answer() -> None:
    row = Asked("Hologramm", listed("One", 2000))
    assert (plan(row).films, plan(row).asked) == ((), (row,))
    taken = plan(row, answers=Answers(are_films=True))
    assert ([each.title for each in taken.new], taken.asked) == (["One"], ())
    assert plan(row, answers=Answers(are_films=False)) == ImportPlan()


def test_what_comes_into_entry_files_has_no_fault_between_them() -> None:
    video = [{"provider": "vimeo", "id": "76979871"}]
    words = Vocabulary((Term(slug="trains", name="T", line="L"),), (Term(slug="drama", name="D", line="L"),))
    known = (film("Bicycle Thieves", 1948, trailers=video, ids={"tmdb": 5156}),)
    rows = (
        Complete(film("One", 2000, trailers=video, ids={"imdb": "tt0000001"}, themes=["trains", "odd"]), "a.csv", 2),
        Complete(film("Two", 2000, trailers=[], genres=["noir"], slug="wrong-1999"), "b.toml"),
        Complete(film("Three", 2000, trailers=[], pairs_with=[{"slug": "no-1900", "why": "No."}]), "c.toml"),
    )
    found = plan(*rows, known=known, words=words)
    assert len(found.new) == 3
    assert list(faults_between(LoadResult((*known, *found.new), ()), words)) == []
    assert [each.slug for each in found.new] == ["one-2000", "two-2000", "three-2000"]
    assert {each.fault.kind for each in found.left_out} == {"taken", "unknown_theme", "unknown_genre", "unknown_film"}
