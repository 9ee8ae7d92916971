"""Acts at the same moment in two processes, and acts that fail half way: one wins, nothing is half done."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from bot.domain.curation.changes import ChangeKind
from bot.domain.curation.drafts import Conflict, Published
from bot.domain.curation.form_codec import texts_of
from bot.domain.errors import AlreadyDone, DraftGone
from bot.services.curation import Curation
from bot.storage.db.database import Database
from tests.services.house import (
    ANN,
    BEN,
    GUILD,
    KNIFE,
    NIGHT,
    NOW,
    OTHER,
    SOLARIS,
    Broken,
    House,
    actor,
    failing,
    opened,
    outcomes,
    two_processes,
)

Two = tuple[House, House]


@pytest.fixture
async def two(database_url: str) -> AsyncGenerator[Two]:
    async with two_processes(database_url) as both:
        yield both


async def agreed(two: Two) -> None:
    """Both processes see the same, once they have looked."""
    for house in two:
        await house.films.refresh()
    assert two[0].seen() == two[1].seen()


@pytest.mark.parametrize(("act", "slug"), [("hide", KNIFE.slug), ("remove", SOLARIS.slug), ("reset", NIGHT.slug)])
async def test_of_acts_at_once_one_wins_and_the_others_are_told(two: Two, act: str, slug: str) -> None:
    await two[0].add(SOLARIS)
    await two[0].edit(NIGHT.slug, why="Ours.")
    doing = [getattr(two[n % 2].curation, act)(BEN, slug, NOW) for n in range(6)]
    done, refused = await outcomes(*doing)
    assert [type(error) for error in refused] == [AlreadyDone] * 5
    assert [each.number for each in done] == [(await two[0].history())[0].number]
    assert len(await two[1].history()) == 3
    await agreed(two)


async def test_a_change_is_taken_back_once(two: Two) -> None:
    added = await two[0].add(SOLARIS)
    edited = await two[0].edit(NIGHT.slug, why="Ours.")
    for change in (added.change, edited.change):
        done, refused = await outcomes(*(two[n % 2].curation.undo(BEN, change.number, NOW) for n in range(4)))
        assert len(done) == 1
        assert [type(error) for error in refused] == [AlreadyDone] * 3
    assert [each.act for each in await two[0].history()] == [
        ChangeKind.UNDO,
        ChangeKind.UNDO,
        ChangeKind.EDIT,
        ChangeKind.ADD,
    ]
    await agreed(two)


async def test_an_import_is_taken_back_once(two: Two) -> None:
    await two[0].bring("b", "One", "Two")
    done, refused = await outcomes(*(house.curation.undo_batch(BEN, "b", "undo", NOW) for house in two))
    assert done == [(2, ())]
    assert [type(error) for error in refused] == [AlreadyDone]
    await agreed(two)


async def test_a_draft_is_published_once(two: Two) -> None:
    draft = await two[0].drafts.begin(ANN, "d", texts_of(SOLARIS), NOW)
    done, refused = await outcomes(*(two[n % 2].drafts.publish(ANN, draft.id, NOW) for n in range(6)))
    assert [type(outcome) for outcome in done] == [Published]
    assert [type(error) for error in refused] == [DraftGone] * 5
    assert len(await two[0].history()) == 1
    await agreed(two)
    assert two[0].seen().keys() == {NIGHT.slug, KNIFE.slug, SOLARIS.slug}


async def test_of_two_curators_who_edit_one_film_the_second_is_told_and_loses_nothing(two: Two) -> None:
    for house, who in zip(two, (ANN, BEN), strict=True):
        draft = await house.drafts.begin_edit(who, who.name, NIGHT.slug, NOW)
        await house.drafts.write(who, draft.id, {"why": f"{who.name}'s."}, NOW)
    done, refused = await outcomes(
        *(house.drafts.publish(who, who.name, NOW) for house, who in zip(two, (ANN, BEN), strict=True))
    )
    assert refused == []
    [won] = [outcome for outcome in done if isinstance(outcome, Published)]
    [lost] = [outcome for outcome in done if isinstance(outcome, Conflict)]
    winner, loser = (ANN, BEN) if won.change.actor_id == ANN.member_id else (BEN, ANN)
    assert won.film.why == f"{winner.name}'s."
    assert lost.change == won.change
    assert lost.theirs == won.change.after.own
    assert (await two[0].drafts.get(loser, loser.name)).texts["why"] == f"{loser.name}'s."
    await agreed(two)


async def test_two_new_films_of_one_name_are_both_published(two: Two) -> None:
    for house, who in zip(two, (ANN, BEN), strict=True):
        await house.drafts.begin(who, who.name, texts_of(SOLARIS), NOW)
    done, refused = await outcomes(
        *(house.drafts.publish(who, who.name, NOW) for house, who in zip(two, (ANN, BEN), strict=True))
    )
    assert refused == []
    assert sorted(outcome.film.slug for outcome in done) == [SOLARIS.slug, f"{SOLARIS.slug}-2"]
    await agreed(two)


async def test_forms_that_are_sent_at_once_are_all_kept(two: Two) -> None:
    draft = await two[0].drafts.begin(ANN, "d", {}, NOW)
    names = ["why", "synopsis", "prompts", "links", "praise", "curator"]
    sent = (two[n % 2].drafts.write(ANN, draft.id, {name: name}, NOW) for n, name in enumerate(names))
    assert (await outcomes(*sent))[1] == []
    assert (await two[0].drafts.get(ANN, draft.id)).texts == {name: name for name in names}


async def test_what_is_typed_while_the_draft_is_published_is_published_or_refused(two: Two) -> None:
    for number in range(5):
        draft = await two[0].drafts.begin(ANN, f"d{number}", texts_of(SOLARIS), NOW)
        writing = two[1].drafts.write(ANN, draft.id, {"why": "Typed late."}, NOW)
        done, refused = await outcomes(writing, two[0].drafts.publish(ANN, draft.id, NOW))
        film = done[-1].film
        assert [type(error) for error in refused] == ([] if film.why == "Typed late." else [DraftGone])


async def test_one_press_begins_one_draft_of_a_film(two: Two) -> None:
    begun, refused = await outcomes(*(two[n % 2].drafts.begin_edit(ANN, f"d{n}", NIGHT.slug, NOW) for n in range(6)))
    assert refused == []
    assert len({draft.id for draft in begun}) == 1
    assert len(await two[0].drafts.mine(ANN)) == 1


async def test_settings_that_are_set_at_once_are_all_set(two: Two) -> None:
    values: list[dict[str, Any]] = [{"archive_after": 60}, {"trailer": "on_request"}, {"curator_role": 5}] * 2
    done, refused = await outcomes(*(two[n % 2].guilds.change(ANN, value, NOW) for n, value in enumerate(values)))
    assert len(done) == 3
    assert [type(error) for error in refused] == [AlreadyDone] * 3
    for house in two:
        await house.guilds.refresh()
        settings = house.guilds.settings(GUILD)
        assert (settings.archive_after, settings.trailer, settings.curator_role) == (60, "on_request", 5)
        assert house.guilds.settings(OTHER).curator_role is None


@pytest.mark.parametrize(
    ("act", "parts"),
    [
        ("hide", ["INSERT INTO hidden_films", "INSERT INTO changes", "INSERT INTO revisions"]),
        ("undo", ["INSERT INTO films", "INSERT INTO changes", "INSERT INTO revisions"]),
        ("undo_batch", ["DELETE FROM films", "INSERT INTO changes", "INSERT INTO revisions"]),
        ("publish", ["INSERT INTO films", "INSERT INTO changes", "INSERT INTO revisions", "DELETE FROM drafts"]),
        ("publish_edit", ["INSERT INTO films", "INSERT INTO changes", "INSERT INTO revisions", "DELETE FROM drafts"]),
        ("settle", ["UPDATE drafts"]),
        ("begin", ["INSERT INTO drafts"]),
        ("change", ["INSERT INTO guild_settings", "INSERT INTO changes"]),
    ],
)
async def test_an_act_that_fails_half_way_leaves_nothing_behind(database: Database, act: str, parts: list[str]) -> None:
    house = await opened(database)
    curation: Curation = house.curation
    await house.bring("b", "One", "Two")
    undone = await curation.undo(ANN, (await house.add(SOLARIS)).change.number, NOW)
    await house.drafts.begin(ANN, "new", texts_of(SOLARIS), NOW)
    await house.drafts.begin_edit(ANN, "edit", NIGHT.slug, NOW)
    await house.drafts.write(ANN, "edit", {"why": "Mine."}, NOW)
    acts = {
        "hide": lambda: curation.hide(ANN, KNIFE.slug, NOW),
        "undo": lambda: curation.undo(ANN, undone.number, NOW),
        "undo_batch": lambda: curation.undo_batch(ANN, "b", "undo", NOW),
        "publish": lambda: house.drafts.publish(ANN, "new", NOW),
        "publish_edit": lambda: house.drafts.publish(ANN, "edit", NOW),
        "settle": lambda: house.drafts.settle(ANN, "edit", keep_mine=True, now=NOW),
        "begin": lambda: house.drafts.begin(actor("Eve"), "eve", {}, NOW),
        "change": lambda: house.guilds.change(ANN, {"archive_after": 60}, NOW),
    }
    before, seen = await house.rows(), house.seen()
    for part in parts:
        with failing(part), pytest.raises(Broken):
            await acts[act]()
        assert await house.rows() == before
    assert house.seen() == seen
    await acts[act]()  # what kept it from happening has gone
    assert await house.rows() != before
