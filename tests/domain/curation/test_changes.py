"""How a film stands in a server, how one change is taken back, and which films may be the same."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation.changes import Change, ChangeKind, GuildFilmState, duplicates, film_of, reverted
from bot.domain.errors import ChangedSince
from bot.domain.films.films import Film
from bot.domain.films.loading import film_body
from tests.builders import YOUTUBE_ID, film
from tests.strategies import PROPERTY

NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
NIGHT = film()
SHARED = film_body(NIGHT)
NOWHERE = GuildFilmState()


def body(**changes: Any) -> str:
    return film_body(film(**changes))


def own(removed: bool = False, **changes: Any) -> GuildFilmState:
    """The server's own version of the film, with these changes."""
    return GuildFilmState(own=body(**changes), removed=removed)


def change(
    before: GuildFilmState, after: GuildFilmState, shared: str | None = SHARED, act: ChangeKind = ChangeKind.EDIT
) -> Change:
    return Change(1, NOW, 2, act, NIGHT.slug, before, after, shared)


@pytest.mark.parametrize(
    ("standing", "shared", "shown"),
    [
        (NOWHERE, None, None),
        (NOWHERE, "shared", "shared"),
        (GuildFilmState(hidden=True), "shared", None),
        (GuildFilmState(hidden=True), None, None),
        (GuildFilmState(own="own"), None, "own"),
        (GuildFilmState(own="own"), "shared", "own"),
        (GuildFilmState(own="own", hidden=True), "shared", "own"),
        (GuildFilmState(own="own", removed=True), None, None),
        (GuildFilmState(own="own", removed=True), "shared", None),
    ],
)
def test_members_see_the_servers_own_film_before_the_shared_one(
    standing: GuildFilmState, shared: str | None, shown: str | None
) -> None:
    assert standing.shown(shared) == shown


@pytest.mark.parametrize(
    ("before", "after", "shared"),
    [
        (NOWHERE, own(), None),  # added
        (NOWHERE, own(runtime=100), SHARED),  # a first version of a shared film
        (own(), own(removed=True), None),  # removed
        (own(removed=True), own(), None),  # restored
        (NOWHERE, GuildFilmState(hidden=True), SHARED),  # hidden
        (GuildFilmState(hidden=True), NOWHERE, SHARED),  # shown again
        (own(runtime=100), NOWHERE, SHARED),  # reset
        (own(runtime=100), own(runtime=101), SHARED),  # edited
    ],
)
def test_the_latest_change_is_taken_back_whole_and_so_is_its_undoing(
    before: GuildFilmState, after: GuildFilmState, shared: str | None
) -> None:
    done = change(before, after, shared)
    assert reverted(done, after, shared) == before
    undone = change(after, before, shared, ChangeKind.UNDO)
    assert reverted(undone, before, shared) == after
    # What the operator does to the shared film meanwhile is in nobody's way.
    assert reverted(done, after, body(why="Theirs.")) == before
    is_first_version = shared is not None and before == NOWHERE and after.own is not None
    # Where it has gone, the film that was seen before is the server's own from now on.
    assert reverted(done, after, None) == (GuildFilmState(own=shared) if is_first_version else before)


def test_an_earlier_edit_is_taken_back_and_later_ones_stay() -> None:
    edit = change(own(runtime=99), own(runtime=100, why="Mine."))
    now = own(runtime=100, why="Mine.", curator="Ben", prompts=[])
    assert reverted(edit, now, SHARED) == own(curator="Ben", prompts=[])


def test_parts_that_came_and_parts_that_went_are_taken_back() -> None:
    edit = change(own(), own(original_title="Pociąg", countries=[]))
    assert reverted(edit, own(original_title="Pociąg", countries=[], runtime=100), None) == own(runtime=100)


def test_a_part_that_was_set_back_by_hand_is_left_so() -> None:
    edit = change(own(), own(runtime=100, why="Mine."))
    assert reverted(edit, own(why="Mine.", curator="Ben"), None) == own(curator="Ben")


def test_taking_back_the_way_to_a_version_ends_on_the_shared_film() -> None:
    first = change(NOWHERE, own(runtime=100))
    assert reverted(first, own(runtime=100, why="Mine."), SHARED) == own(why="Mine.")
    second = change(own(runtime=100), own(runtime=100, why="Mine."))
    assert reverted(second, own(why="Mine."), SHARED) == NOWHERE


def test_taking_back_an_edit_after_a_reset_makes_no_version() -> None:
    assert reverted(change(own(runtime=100), own(runtime=101)), own(runtime=101), SHARED) == own(runtime=100)
    assert reverted(change(NOWHERE, own(runtime=100)), NOWHERE, SHARED) == NOWHERE


@pytest.mark.parametrize(
    ("before", "after", "now", "shared"),
    [
        (own(), own(runtime=100), own(runtime=101), SHARED),  # the same part again
        (own(), own(runtime=100), own(runtime=100, removed=True), SHARED),
        (own(), own(runtime=100), GuildFilmState(hidden=True), SHARED),
        (own(), own(runtime=100), NOWHERE, None),
        (NOWHERE, own(), own(runtime=100), None),  # added, and edited since
        (own(), own(removed=True), own(runtime=100), SHARED),  # removed, and published anew
        (NOWHERE, GuildFilmState(hidden=True), own(), SHARED),  # hidden, and a version made since
        (own(), own(why="x", runtime=98), own(why="y", runtime=98), SHARED),
    ],
)
def test_a_later_change_is_in_the_way(
    before: GuildFilmState, after: GuildFilmState, now: GuildFilmState, shared: str | None
) -> None:
    with pytest.raises(ChangedSince):
        reverted(change(before, after, shared), now, shared)


def test_halves_that_do_not_fit_together_are_refused() -> None:
    # The later edit moved the trailer's end; without the earlier one it would end before it begins.
    def cut(**times: int) -> dict[str, Any]:
        return {"trailers": [{"provider": "youtube", "id": YOUTUBE_ID, **times}]}

    with pytest.raises(ChangedSince):
        reverted(change(own(**cut(start=1)), own(**cut(start=2))), own(**cut(start=3)), SHARED)
    broken = change(GuildFilmState(own='{"title": "x"}'), own())
    with pytest.raises(ChangedSince):
        reverted(broken, own(why="Mine."), SHARED)


PARTS = st.fixed_dictionaries(
    {}, optional={"runtime": st.integers(1, 3), "why": st.sampled_from("ab"), "prompts": st.just([])}
)


@PROPERTY
@given(PARTS, PARTS, PARTS)
def test_taking_back_changes_only_what_the_change_changed(
    first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    before, after, now = (film(**parts).model_dump() for parts in (first, second, third))
    moved = {key for key in before if before[key] != after[key]}
    try:
        left = reverted(change(own(**first), own(**second), None), own(**third), None)
    except ChangedSince:
        assert any(now[key] not in (before[key], after[key]) for key in moved)
        return
    became = film_of(left.own)
    assert became is not None
    assert became.model_dump() == {key: before[key] if key in moved else now[key] for key in now}


def test_a_change_knows_its_films() -> None:
    hidden = change(NOWHERE, GuildFilmState(hidden=True), SHARED, ChangeKind.HIDE)
    assert (hidden.film_before, hidden.film_after, hidden.film) == (NIGHT, None, NIGHT)
    added = change(NOWHERE, own(), None, ChangeKind.ADD)
    assert (added.film_before, added.film_after, added.film) == (None, NIGHT, NIGHT)
    removed = change(own(), own(removed=True), None, ChangeKind.REMOVE)
    assert (removed.film_before, removed.film_after, removed.film) == (NIGHT, None, NIGHT)
    reset = change(own(runtime=100), NOWHERE, SHARED, ChangeKind.RESET)
    assert (reset.film_before, reset.film_after, reset.film) == (film(runtime=100), NIGHT, film(runtime=100))
    settings = Change(1, NOW, 2, ChangeKind.SETTINGS, settings=("{}", "{}"))
    assert (settings.film_before, settings.film_after, settings.film) == (None, None, None)


@pytest.mark.parametrize("stored", [None, "", "{}", "[]", "no JSON", '{"title": "x"}', "null"])
def test_what_is_no_film_is_none(stored: str | None) -> None:
    assert film_of(stored) is None


VIMEO = {"provider": "vimeo", "id": "76979871"}


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (film(slug="night-train-1959-2", trailers=[]), "name"),
        (film("NIGHT — train!", slug="other-1959", trailers=[]), "name"),
        (film("Nìght Traín", slug="other-1959", trailers=[]), "name"),
        (film("Pociąg", 1959), "trailer"),
        (film(slug="night-train-1959-2"), "name"),
        (film("Night Train", 1998, trailers=[]), None),  # a remake
        (film("Night Train", 1998, trailers=[VIMEO]), None),
        (film("The Night Train", 1959, trailers=[]), None),
        (film(), None),  # itself
    ],
)
def test_films_of_one_name_and_year_or_with_one_video_may_be_the_same(other: Film, common: str | None) -> None:
    found = duplicates(film(), (film("Solaris", 1972, trailers=[VIMEO]), other))
    assert found == (() if common is None else ((other, common),))
