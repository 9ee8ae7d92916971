"""What becomes of the stored list when the entry files have changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.films.films import Film
from bot.domain.films.loading import LoadResult, SeedPlan, ValidationIssue, film_body, plan_seed
from tests.builders import film
from tests.strategies import LARGE, PROPERTY, few_films, films

TRAIN = film("Night Train", 1959)
TRAIN_NOW = film("Night Train", 1959, runtime=100)
CLEO = film("Cléo", 1962)
BODY = film_body(TRAIN)


def broken(slug: str) -> ValidationIssue:
    return ValidationIssue(f"{slug}.toml", "year", "int_type")


@pytest.mark.parametrize(
    ("reading", "known", "plan"),
    [
        pytest.param(LoadResult((), ()), {}, SeedPlan((), (), ()), id="nothing"),
        pytest.param(LoadResult((TRAIN,), ()), {}, SeedPlan((TRAIN,), (), ()), id="new"),
        pytest.param(LoadResult((TRAIN,), ()), {TRAIN.slug: BODY}, SeedPlan((), (), ()), id="same"),
        pytest.param(LoadResult((TRAIN_NOW,), ()), {TRAIN.slug: BODY}, SeedPlan((), (TRAIN_NOW,), ()), id="changed"),
        pytest.param(LoadResult((), ()), {TRAIN.slug: BODY}, SeedPlan((), (), (TRAIN.slug,)), id="removed"),
        pytest.param(LoadResult((), ()), {TRAIN.slug: None}, SeedPlan((), (), ()), id="removed long ago"),
        pytest.param(LoadResult((TRAIN,), ()), {TRAIN.slug: None}, SeedPlan((), (TRAIN,), ()), id="back again"),
        pytest.param(
            LoadResult((), (broken(TRAIN.slug),)),
            {TRAIN.slug: BODY},
            SeedPlan((), (), ()),
            id="broken, keeps its last form",
        ),
        pytest.param(LoadResult((), (broken(TRAIN.slug),)), {}, SeedPlan((), (), ()), id="broken from the start"),
        pytest.param(
            LoadResult((), (broken(TRAIN.slug),)),
            {TRAIN.slug: None},
            SeedPlan((), (), ()),
            id="broken after its removal",
        ),
        pytest.param(
            LoadResult((CLEO,), (broken(TRAIN.slug), broken(TRAIN.slug))),
            {TRAIN.slug: BODY, "gone-1999": BODY},
            SeedPlan((CLEO,), (), ("gone-1999",)),
            id="each on its own",
        ),
        pytest.param(
            LoadResult((), ()), {"b-1999": BODY, "a-1999": BODY}, SeedPlan((), (), ("a-1999", "b-1999")), id="in order"
        ),
    ],
)
def test_the_files_decide_what_is_on_the_list(
    reading: LoadResult, known: dict[str, str | None], plan: SeedPlan
) -> None:
    assert plan_seed(reading, known) == plan
    assert plan.is_empty is (plan == SeedPlan((), (), ()))


@PROPERTY
@given(few_films(4), few_films(4), st.booleans())
def test_a_plan_carried_out_leaves_nothing_to_do(listed: list[Film], stored: list[Film], removed: bool) -> None:
    known = {film.slug: None if removed else film_body(film) for film in stored}
    plan = plan_seed(LoadResult(tuple(listed), ()), known)
    known |= {film.slug: film_body(film) for film in (*plan.add, *plan.update)}
    known |= dict.fromkeys(plan.remove)
    assert {slug for slug, body in known.items() if body is not None} == {film.slug for film in listed}
    assert plan_seed(LoadResult(tuple(listed), ()), known).is_empty


@LARGE
@given(films())
def test_equal_films_are_stored_alike(entry: Film) -> None:
    again = Film.model_validate(entry.model_dump())
    assert film_body(again) == film_body(entry)
    assert film_body(entry.model_copy(update={"runtime": (entry.runtime or 0) + 1})) != film_body(entry)
