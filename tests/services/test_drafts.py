"""From the first word to a film on the list: nothing typed is lost, and nobody overwrites another unawares."""

import asyncio
import datetime

import pytest

from bot.domain.curation.changes import ChangeKind, GuildFilmState, film_of
from bot.domain.curation.drafts import MAX_DRAFTS, Conflict
from bot.domain.curation.form_codec import texts_of
from bot.domain.errors import CuratorsOnly, DraftGone, FilmNotFound, TooManyDrafts
from bot.domain.films.loading import LoadResult, ValidationIssue, film_body
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
    process,
    published,
)

LATER = NOW + datetime.timedelta(days=1)


@pytest.fixture
async def house(database: Database) -> House:
    return await opened(database)


async def conflict(house: House) -> Conflict:
    """Ann's draft "d" meets what has been done to the film meanwhile."""
    outcome = await house.drafts.publish(ANN, "d", NOW)
    assert isinstance(outcome, Conflict)
    return outcome


async def test_a_new_film_goes_from_form_to_form_to_the_list(house: House) -> None:
    texts = texts_of(SOLARIS)
    first = await house.drafts.begin(ANN, "d", {"name": texts["name"]}, NOW)
    assert (first.title, first.slug, first.base) == ("Solaris (1972)", None, None)
    told = await house.drafts.publish(ANN, "d", NOW)
    assert isinstance(told, tuple)
    assert [fault.path for fault in told if isinstance(fault, ValidationIssue)] == ["directors", "why", "synopsis"]
    assert await house.drafts.get(ANN, "d") == first
    second = await house.drafts.write(ANN, "d", {**texts, "why": "Water."}, LATER)
    assert (second.texts["name"], second.texts["why"], second.written) == (texts["name"], "Water.", LATER)

    done = published(await house.drafts.publish(ANN, "d", NOW))
    assert done.is_new
    assert done.film == SOLARIS.model_copy(update={"why": "Water."}) == house.seen()[SOLARIS.slug]
    assert (done.change.act, done.change.before, done.change.after.shown(None)) == (
        ChangeKind.ADD,
        GuildFilmState(),
        film_body(done.film),
    )
    assert await house.history() == (done.change,)
    assert SOLARIS.slug not in house.seen(OTHER)
    with pytest.raises(DraftGone):
        await house.drafts.get(ANN, "d")


async def test_a_draft_outlives_a_restart_and_a_day(house: House) -> None:
    typed = {"name": "Sol", "why": "\x00 half a sentence …\n\n\ud83d", "runtime": "no idea"}
    begun = await house.drafts.begin(ANN, "d", typed, NOW)
    again = process(house.database)
    assert await again.drafts.mine(ANN) == (begun,)
    assert (await again.drafts.write(ANN, "d", {"runtime": "167"}, LATER)).texts == {**typed, "runtime": "167"}


async def test_a_second_film_of_the_same_name_has_a_slug_of_its_own(house: House) -> None:
    assert (await house.add(film(why="Another."))).film.slug == "night-train-1959-2"
    assert (await house.add(film(why="Yet another."))).film.slug == "night-train-1959-3"
    await house.films.seed(LoadResult((NIGHT,), ()))  # the knife is taken off the shared list
    assert (await house.add(KNIFE)).film.slug == f"{KNIFE.slug}-2"
    assert (await house.add(SOLARIS, CLEO)).film.slug == SOLARIS.slug
    assert (await house.add(SOLARIS)).film.slug == SOLARIS.slug


async def test_a_new_film_that_is_paired_with_itself_is_sent_back(house: House) -> None:
    texts = {**texts_of(SOLARIS), "pairs_with": "Solaris (1972): it is itself"}
    await house.drafts.begin(ANN, "d", texts, NOW)
    assert await house.drafts.publish(ANN, "d", NOW) == (ValidationIssue("", "pairs_with", "pairs_with_itself"),)
    assert (await house.drafts.get(ANN, "d")).texts == texts
    assert await house.history() == ()


async def test_editing_a_shared_film_makes_this_servers_own_version(house: House) -> None:
    draft = await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    assert (draft.texts, draft.slug, draft.base) == (texts_of(NIGHT), NIGHT.slug, film_body(NIGHT))
    await house.drafts.write(ANN, "d", {"name": "The Night Train (1960)"}, NOW)
    done = published(await house.drafts.publish(ANN, "d", LATER))
    assert not done.is_new
    assert done.film == NIGHT.model_copy(update={"title": "The Night Train", "year": 1960})
    assert (done.change.film_before, done.change.film_after) == (NIGHT, done.film)
    assert house.seen()[NIGHT.slug] == done.film
    assert house.seen(OTHER)[NIGHT.slug] == NIGHT == house.films.catalogue.by_slug[NIGHT.slug]


async def test_an_edit_that_changes_nothing_makes_no_version_and_no_history(house: House) -> None:
    await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    assert published(await house.drafts.publish(ANN, "d", NOW)).film == NIGHT
    assert await house.history() == ()
    assert house.films.overlay(GUILD).own.films == ()
    assert await house.drafts.mine(ANN) == ()


async def test_a_curator_has_one_draft_of_a_film_and_another_has_theirs(house: House) -> None:
    mine = await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    assert await house.drafts.begin_edit(ANN, "e", NIGHT.slug, LATER) == mine
    assert (await house.drafts.begin_edit(BEN, "f", NIGHT.slug, NOW)).id == "f"
    assert [draft.id for draft in await house.drafts.mine(ANN)] == ["d"]


async def test_what_nobody_sees_cannot_be_edited(house: House) -> None:
    await house.curation.hide(ANN, KNIFE.slug, NOW)
    await house.add(SOLARIS, CLEO)
    for slug in (KNIFE.slug, SOLARIS.slug, "nobody-1999", "", "x" * 500):
        with pytest.raises(FilmNotFound):
            await house.drafts.begin_edit(ANN, "d", slug, NOW)


async def test_the_second_is_told_and_shown_both(house: House) -> None:
    await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    mine = await house.drafts.write(ANN, "d", {"why": "Mine.", "runtime": "100"}, NOW)
    theirs = await house.edit(NIGHT.slug, BEN, why="Theirs.", prompts="Why?")
    before = await house.rows()
    assert await conflict(house) == Conflict(mine, film_body(theirs.film), theirs.change)
    assert await house.rows() == before


@pytest.mark.parametrize(("keep_mine", "why"), [(True, "Mine."), (False, "Theirs.")])
async def test_a_conflict_is_settled_and_neither_loses_the_rest(house: House, keep_mine: bool, why: str) -> None:
    await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    await house.drafts.write(ANN, "d", {"why": "Mine.", "runtime": "100"}, NOW)
    await house.edit(NIGHT.slug, BEN, why="Theirs.", prompts="Who?")
    await conflict(house)
    settled = await house.drafts.settle(ANN, "d", keep_mine=keep_mine, now=LATER)
    assert settled == await house.drafts.get(ANN, "d")
    done = published(await house.drafts.publish(ANN, "d", LATER))
    assert (done.film.why, done.film.runtime, done.film.prompts) == (why, 100, ("Who?",))


async def test_a_third_form_after_settling_is_told_again(house: House) -> None:
    await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    await house.drafts.write(ANN, "d", {"why": "Mine."}, NOW)
    await house.edit(NIGHT.slug, BEN, why="Theirs.")
    await house.drafts.settle(ANN, "d", keep_mine=True, now=NOW)
    third = await house.edit(NIGHT.slug, BEN, why="Theirs again.")
    assert (await conflict(house)).change == third.change


async def test_a_shared_film_that_its_operator_changed_is_a_conflict_without_a_curator(house: House) -> None:
    await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    newer = film(why="Newer.")
    await house.films.seed(LoadResult((newer, KNIFE), ()))
    told = await conflict(house)
    assert (film_of(told.theirs), told.change) == (newer, None)


@pytest.mark.parametrize("gone", ["removed", "hidden", "taken back", "taken off by the operator"])
async def test_a_film_that_went_while_it_was_edited_comes_back_whole(house: House, gone: str) -> None:
    moments = [{"provider": "vimeo", "id": "76979871", "moments": [{"at": 5, "note": "Look."}]}]
    shared = film(trailers=moments, suggested_by="Dan")
    await house.films.seed(LoadResult((shared, KNIFE), ()))
    if gone == "removed":
        await house.edit(NIGHT.slug, BEN, runtime="98")
    elif gone == "taken back":
        await house.add(SOLARIS)
    slug = SOLARIS.slug if gone == "taken back" else NIGHT.slug
    before = house.seen()[slug]
    await house.drafts.begin_edit(ANN, "d", slug, NOW)
    await house.drafts.write(ANN, "d", {"why": "Mine."}, NOW)
    if gone == "taken back":
        await house.curation.undo(BEN, (await house.history())[0].number, NOW)
    elif gone == "taken off by the operator":
        await house.films.seed(LoadResult((KNIFE,), ()))
    else:
        await house.curation.remove(BEN, slug, NOW)
    assert (await conflict(house)).theirs is None
    await house.drafts.settle(ANN, "d", keep_mine=False, now=NOW)
    done = published(await house.drafts.publish(ANN, "d", NOW))
    assert done.film == before.model_copy(update={"why": "Mine."}) == house.seen()[slug]
    await house.curation.undo(BEN, done.change.number, NOW)
    assert slug not in house.seen()


async def test_a_version_of_a_hidden_film_can_be_reset(house: House) -> None:
    await house.drafts.begin_edit(ANN, "d", NIGHT.slug, NOW)
    await house.drafts.write(ANN, "d", {"why": "Mine."}, NOW)
    await house.curation.hide(BEN, NIGHT.slug, NOW)
    await house.drafts.settle(ANN, "d", keep_mine=True, now=NOW)
    published(await house.drafts.publish(ANN, "d", NOW))
    await house.curation.reset(BEN, NIGHT.slug, NOW)
    assert house.seen()[NIGHT.slug] == NIGHT


async def test_a_draft_is_its_curators_own(house: House) -> None:
    await house.drafts.begin(ANN, "d", texts_of(SOLARIS), NOW)
    before = await house.rows()
    for who, refusal in ((BEN, DraftGone), (actor("Ann", OTHER), DraftGone), (MEMBER, CuratorsOnly)):
        for refused in (
            house.drafts.get(who, "d"),
            house.drafts.write(who, "d", {"why": "x"}, NOW),
            house.drafts.discard(who, "d"),
            house.drafts.publish(who, "d", NOW),
            house.drafts.settle(who, "d", keep_mine=True, now=NOW),
        ):
            with pytest.raises(refusal):
                await refused
    for refused in (
        house.drafts.mine(MEMBER),
        house.drafts.begin(MEMBER, "e", {}, NOW),
        house.drafts.begin_edit(MEMBER, "e", NIGHT.slug, NOW),
    ):
        with pytest.raises(CuratorsOnly):
            await refused
    assert await house.rows() == before


async def test_a_draft_is_thrown_away_once(house: House) -> None:
    begun = await house.drafts.begin(ANN, "d", {"name": "x"}, NOW)
    assert await house.drafts.discard(ANN, "d") == begun
    with pytest.raises(DraftGone):
        await house.drafts.discard(ANN, "d")


@pytest.mark.parametrize("processes", [1, 2])
async def test_a_form_that_is_sent_twice_is_one_draft(house: House, processes: int) -> None:
    services = [house.drafts] * 2 if processes == 1 else [process(house.database).drafts for _ in range(2)]
    texts = {"name": "Solaris (1972)", "why": "Water."}
    sent = [each.begin(ANN, f"d{number}", texts, NOW) for number, each in enumerate(services)]
    first, second = await asyncio.gather(*sent)
    assert first == second
    assert await house.drafts.mine(ANN) == (first,)
    other = await house.drafts.begin(ANN, "e", {**texts, "why": "The sea."}, NOW)
    assert {draft.id for draft in await house.drafts.mine(ANN)} == {first.id, other.id}
    assert await house.drafts.begin(BEN, "b", texts, NOW) != first


async def test_a_curator_begins_as_many_drafts_as_a_menu_can_offer(house: House) -> None:
    for number in range(MAX_DRAFTS):
        await house.drafts.begin(ANN, f"d{number}", {"name": str(number)}, NOW)
    for refused in (
        house.drafts.begin(ANN, "more", {}, NOW),
        house.drafts.begin_edit(ANN, "more", NIGHT.slug, NOW),
    ):
        with pytest.raises(TooManyDrafts):
            await refused
    assert len(await house.drafts.mine(ANN)) == MAX_DRAFTS
    await house.drafts.begin(BEN, "b", {}, NOW)
    await house.drafts.begin(actor("Ann", OTHER), "o", {}, NOW)
    await house.drafts.discard(ANN, "d0")
    await house.drafts.begin(ANN, "more", {}, NOW)
