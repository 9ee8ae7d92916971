"""What curators do to their server's list: each act is recorded, refused where it makes no sense, and taken back."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.curation.changes import Change, ChangeKind
from bot.domain.errors import (
    AlreadyDone,
    ChangedSince,
    CuratorsOnly,
    FilmNotFound,
    FilmRemoved,
    FrontRowError,
    NotShared,
)
from bot.domain.films.loading import LoadResult
from bot.domain.guilds.settings import Actor
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import (
    ANN,
    BEN,
    CLEO,
    GUILD,
    KNIFE,
    MEMBER,
    NIGHT,
    NOW,
    OTHER,
    SOLARIS,
    House,
    actor,
    opened,
)

MISSING = "nobody-1999"


@pytest.fixture
async def house(database: Database) -> House:
    """Two shared films, one version of a shared film, and one film of the server's own."""
    house = await opened(database)
    await house.edit(NIGHT.slug, why="Ours.")
    await house.add(SOLARIS)
    return house


def acts(house: House) -> dict[str, Callable[[Actor, str], Awaitable[Change]]]:
    curation = house.curation
    named = {"remove": curation.remove, "restore": curation.restore, "hide": curation.hide}
    named |= {"unhide": curation.unhide, "reset": curation.reset}
    return {name: lambda who, slug, act=act: act(who, slug, NOW) for name, act in named.items()}


@pytest.mark.parametrize(
    ("slug", "doing", "there"),
    [
        (SOLARIS.slug, "remove", [False]),
        (SOLARIS.slug, "remove restore", [False, True]),
        (NIGHT.slug, "remove", [False]),
        (NIGHT.slug, "remove restore", [False, True]),
        (NIGHT.slug, "remove reset", [False, True]),
        (NIGHT.slug, "reset hide", [True, False]),
        (KNIFE.slug, "hide unhide", [False, True]),
        (KNIFE.slug, "remove unhide", [False, True]),
    ],
)
async def test_an_act_is_seen_at_once_and_recorded_and_can_be_taken_back(
    house: House, slug: str, doing: str, there: list[bool]
) -> None:
    done: list[Change] = []
    for name, is_there in zip(doing.split(), there, strict=True):
        before = house.seen().get(slug)
        done.append(await acts(house)[name](BEN, slug))
        assert (slug in house.seen()) is is_there
        assert slug in house.seen(OTHER) or slug == SOLARIS.slug
        assert (done[-1].film_before, done[-1].film_after) == (before, house.seen().get(slug))
        assert (done[-1].act, done[-1].actor_id, done[-1].at) == (ChangeKind(name), BEN.member_id, NOW)
        assert (await house.history())[0] == done[-1]
    for change in reversed(done):
        undone = await house.curation.undo(ANN, change.number, NOW)
        assert (undone.before, undone.after, undone.act) == (change.after, change.before, ChangeKind.UNDO)
        assert house.seen().get(slug) == change.film_before
        assert (await house.history())[0] == undone


@pytest.mark.parametrize(
    ("name", "slug", "refusal"),
    [
        ("remove", MISSING, FilmNotFound),
        ("restore", MISSING, FilmNotFound),
        ("hide", MISSING, FilmNotFound),
        ("unhide", MISSING, FilmNotFound),
        ("reset", MISSING, FilmNotFound),
        ("reset", "", FilmNotFound),
        ("restore", NIGHT.slug, AlreadyDone),
        ("restore", KNIFE.slug, AlreadyDone),
        ("unhide", KNIFE.slug, AlreadyDone),
        ("reset", KNIFE.slug, AlreadyDone),
        ("reset", SOLARIS.slug, NotShared),
        ("hide", SOLARIS.slug, NotShared),
        ("hide", NIGHT.slug, NotShared),
    ],
)
async def test_what_makes_no_sense_is_refused_and_leaves_no_trace(
    house: House, name: str, slug: str, refusal: type[FrontRowError]
) -> None:
    before = await house.rows()
    with pytest.raises(refusal):
        await acts(house)[name](ANN, slug)
    assert await house.rows() == before


async def test_doing_it_twice_is_told(house: House) -> None:
    for name, slug in (("remove", SOLARIS.slug), ("remove", KNIFE.slug), ("reset", NIGHT.slug)):
        await acts(house)[name](ANN, slug)
        with pytest.raises(AlreadyDone):
            await acts(house)[name](BEN, slug)


async def test_only_curators_may(house: House) -> None:
    before = await house.rows()
    for act in acts(house).values():
        with pytest.raises(CuratorsOnly):
            await act(MEMBER, NIGHT.slug)
    for refused in (
        house.curation.history(MEMBER, None, None, 9),
        house.curation.undo(MEMBER, 1, NOW),
        house.curation.undo_batch(MEMBER, "b", "undo", NOW),
    ):
        with pytest.raises(CuratorsOnly):
            await refused
    assert await house.rows() == before
    await house.guilds.change(ANN, {"curator_role": 5}, NOW)
    await house.curation.remove(actor("Eve", manages=False, role_ids=frozenset({5})), SOLARIS.slug, NOW)


async def test_a_version_is_reset_to_what_is_shared_by_now(house: House) -> None:
    newer = film(why="Theirs, and newer.")
    await house.films.seed(LoadResult((newer, KNIFE), ()))
    assert house.seen()[NIGHT.slug].why == "Ours."
    await house.curation.reset(ANN, NIGHT.slug, NOW)
    assert house.seen()[NIGHT.slug] == newer
    assert house.films.overlay(GUILD).versions(house.films.catalogue).films == ()


async def test_a_version_outlives_the_shared_film(house: House) -> None:
    await house.films.seed(LoadResult((KNIFE,), ()))
    assert house.seen()[NIGHT.slug].why == "Ours."
    assert NIGHT.slug not in house.seen(OTHER)
    with pytest.raises(NotShared):
        await house.curation.reset(ANN, NIGHT.slug, NOW)


async def test_a_removed_or_hidden_film_says_so(house: House) -> None:
    await house.curation.remove(ANN, SOLARIS.slug, NOW)
    await house.curation.hide(ANN, KNIFE.slug, NOW)
    for slug in (SOLARIS.slug, KNIFE.slug):
        with pytest.raises(FilmRemoved):
            await house.films.get(slug, GUILD)
    with pytest.raises(FilmNotFound):
        await house.films.get(SOLARIS.slug, OTHER)
    assert await house.films.get(KNIFE.slug, OTHER) == KNIFE


async def test_history_goes_back_page_by_page_and_film_by_film(house: House) -> None:
    every = await house.history()
    assert [(each.act, each.slug) for each in every] == [(ChangeKind.ADD, SOLARIS.slug), (ChangeKind.EDIT, NIGHT.slug)]
    for name in ("hide", "unhide", "hide"):
        await acts(house)[name](BEN, KNIFE.slug)
    await house.guilds.change(ANN, {"archive_after": 60}, NOW)
    pages: list[Change] = []
    while page := await house.curation.history(ANN, None, pages[-1].number if pages else None, 4):
        pages += page
    assert pages == [*await house.history()]
    assert len(pages) == 6
    assert [each.act for each in await house.curation.history(BEN, KNIFE.slug, None, 2)] == [
        ChangeKind.HIDE,
        ChangeKind.UNHIDE,
    ]
    assert await house.curation.history(CLEO, None, None, 9) == ()


async def test_one_change_is_taken_back_and_later_ones_stay(house: House) -> None:
    first = await house.edit(NIGHT.slug, runtime="100")
    await house.edit(NIGHT.slug, BEN, prompts="Why?")
    await house.curation.undo(BEN, first.change.number, NOW)
    seen = house.seen()[NIGHT.slug]
    assert (seen.runtime, seen.why, seen.prompts) == (99, "Ours.", ("Why?",))
    with pytest.raises(AlreadyDone):
        await house.curation.undo(ANN, first.change.number, NOW)
    third = await house.edit(NIGHT.slug, prompts="Who?")
    await house.edit(NIGHT.slug, BEN, prompts="When?")
    before = await house.rows()
    with pytest.raises(ChangedSince):
        await house.curation.undo(ANN, third.change.number, NOW)
    assert await house.rows() == before


async def test_an_added_film_that_is_taken_back_was_never_there_and_comes_back(house: House) -> None:
    added = (await house.history())[0]
    undone = await house.curation.undo(ANN, added.number, NOW)
    with pytest.raises(FilmNotFound):
        await house.films.get(SOLARIS.slug, GUILD)
    await house.curation.undo(BEN, undone.number, NOW)
    assert house.seen()[SOLARIS.slug] == SOLARIS


async def test_an_edit_that_is_taken_back_leaves_the_film_where_the_shared_one_has_gone(house: House) -> None:
    edited = (await house.history())[-1]
    assert (edited.act, edited.slug) == (ChangeKind.EDIT, NIGHT.slug)
    await house.films.seed(LoadResult((KNIFE,), ()))
    undone = await house.curation.undo(ANN, edited.number, NOW)
    assert house.seen()[NIGHT.slug] == NIGHT
    assert NIGHT.slug not in house.seen(OTHER)
    with pytest.raises(AlreadyDone):
        await house.curation.undo(BEN, edited.number, NOW)
    await house.curation.undo(BEN, undone.number, NOW)
    assert house.seen()[NIGHT.slug].why == "Ours."


async def test_of_a_film_that_everybody_got_later_each_server_goes_on_seeing_its_own(house: House) -> None:
    theirs = film(SOLARIS.title, SOLARIS.year, why="The operator's.", trailers=[])
    assert theirs.slug == SOLARIS.slug
    await house.films.seed(LoadResult((NIGHT, KNIFE, theirs), ()))
    assert house.seen()[SOLARIS.slug] == SOLARIS
    assert house.seen(OTHER)[SOLARIS.slug] == theirs
    [added] = await house.curation.history(ANN, SOLARIS.slug, None, 5)
    assert (added.film_before, added.film_after) == (None, SOLARIS)
    with pytest.raises(NotShared):
        await house.curation.hide(ANN, SOLARIS.slug, NOW)
    await house.curation.remove(ANN, SOLARIS.slug, NOW)
    assert SOLARIS.slug not in house.seen()
    await house.curation.reset(ANN, SOLARIS.slug, NOW)
    assert house.seen()[SOLARIS.slug] == theirs


async def test_nobody_takes_back_what_was_never_done_or_done_elsewhere(house: House) -> None:
    mine = await house.curation.reset(ANN, NIGHT.slug, NOW)  # taken back, it would bring the version into any server
    before = await house.rows()
    for who, number in ((ANN, mine.number + 1), (ANN, 0), (ANN, -1), (CLEO, mine.number)):
        with pytest.raises(AlreadyDone):
            await house.curation.undo(who, number, NOW)
    assert await house.rows() == before


async def test_an_import_is_taken_back_but_for_what_was_changed_since(house: House) -> None:
    await house.bring("b", "One", "Two", "Three")
    await house.edit("two-1980", why="Mine.")
    await house.curation.undo(ANN, (await house.curation.history(ANN, "three-1980", None, 1))[0].number, NOW)
    assert await house.curation.undo_batch(BEN, "b", "undo", NOW) == (1, ("Two (1980)",))
    assert house.seen().keys() == {NIGHT.slug, KNIFE.slug, SOLARIS.slug, "two-1980"}
    assert await house.curation.undo_batch(BEN, "b", "undo", NOW) == (0, ("Two (1980)",))
    with pytest.raises(AlreadyDone):
        await house.curation.undo_batch(BEN, "c", "undo", NOW)
    with pytest.raises(AlreadyDone):
        await house.curation.undo_batch(CLEO, "b", "undo", NOW)
