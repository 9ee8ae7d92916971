"""Suggestions in the database: whose they are, in which order they wait, and what one step leaves alone."""

import dataclasses
import datetime

from bot.domain.curation.drafts import Draft
from bot.domain.curation.suggestions import State, Suggestion
from bot.storage.db import drafts, suggestions
from bot.storage.db.database import Database

GUILD, ANN, BEN, NOOR = 2**63 - 1, 2**62, 2**62 + 1, 2**62 + 2
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
PLAIN = Suggestion(0, GUILD, ANN, "ann", "Pociąg 🚂", 1959, "Nobody\n\nsleeps.", None, 4, NOW)


async def kept(database: Database, **changes: object) -> Suggestion:
    wanted = dataclasses.replace(PLAIN, **changes)
    async with database.begin() as tx:
        number = await suggestions.add(tx, wanted)
    return dataclasses.replace(wanted, number=number)


async def found(database: Database, number: int, guild_id: int = GUILD) -> Suggestion | None:
    async with database.read() as tx:
        return await suggestions.get(tx, guild_id, number)


async def test_a_suggestion_comes_back_as_it_was_in_its_server_alone(database: Database) -> None:
    first = await kept(database, trailer="https://vimeo.com/76979871", author_name="")
    second = await kept(database, year=None)
    assert second.number > first.number
    assert [await found(database, each.number) for each in (first, second)] == [first, second]
    assert await found(database, first.number, GUILD - 1) is None
    assert await found(database, second.number + 1) is None


async def test_each_step_is_kept_and_leaves_the_card_alone(database: Database) -> None:
    opened = await kept(database)
    async with database.begin() as tx:
        await suggestions.remember_card(tx, GUILD, opened.number, 5, 6)
    carded = dataclasses.replace(opened, card_channel_id=5, card_message_id=6)
    for step in (
        opened.taken(NOOR, "draft"),
        opened.given_back(),
        opened.decided(State.ACCEPTED, NOOR, slug="pociag-1959"),
        opened.decided(State.DECLINED, NOOR, reason="No."),
    ):
        async with database.begin() as tx:
            await suggestions.decide(tx, step)
        card = {"card_channel_id": carded.card_channel_id, "card_message_id": carded.card_message_id}
        assert await found(database, opened.number) == dataclasses.replace(step, **card)


async def test_a_step_in_one_server_changes_nothing_in_another(database: Database) -> None:
    opened = await kept(database)
    elsewhere = dataclasses.replace(opened, guild_id=GUILD - 1)
    async with database.begin() as tx:
        await suggestions.decide(tx, elsewhere.taken(NOOR, "draft"))
        await suggestions.remember_card(tx, GUILD - 1, opened.number, 5, 6)
    assert await found(database, opened.number) == opened


async def test_what_is_undecided_waits_in_the_order_in_which_it_came(database: Database) -> None:
    first, second, third = [await kept(database, title=str(number)) for number in range(3)]
    await kept(database, guild_id=GUILD - 1)
    async with database.begin() as tx:
        await suggestions.decide(tx, first.taken(NOOR, "draft"))
        await suggestions.decide(tx, second.decided(State.MERGED, NOOR, slug="a-2000"))
    async with database.read() as tx:
        assert await suggestions.waiting(tx, GUILD) == (first.taken(NOOR, "draft"), third)


async def test_a_members_are_counted_apart_from_others_and_other_servers(database: Database) -> None:
    later = NOW + datetime.timedelta(minutes=1)
    declined = await kept(database, made=later)
    await kept(database)
    await kept(database, author_id=BEN, made=later + datetime.timedelta(minutes=1))
    await kept(database, guild_id=GUILD - 1)
    async with database.begin() as tx:
        assert await suggestions.waiting_of(tx, GUILD, ANN) == 2
        await suggestions.decide(tx, declined.decided(State.DECLINED, NOOR, reason="No."))
        assert await suggestions.waiting_of(tx, GUILD, ANN) == 1
        assert await suggestions.waiting_of(tx, GUILD, NOOR) == 0
        assert await suggestions.last_made(tx, GUILD, ANN) == later  # declined or not
        assert await suggestions.last_made(tx, GUILD, NOOR) is None


async def test_a_draft_knows_whom_to_thank_as_long_as_the_suggestion_is_its_own(database: Database) -> None:
    opened = await kept(database)
    draft = Draft("draft", GUILD, NOOR, opened.texts, NOW, suggestion=opened.number)
    async with database.begin() as tx:
        await drafts.add(tx, draft)
    for step, thanked in (
        (opened.taken(NOOR, "draft"), "ann"),
        (opened.taken(BEN, "another"), None),
        (opened.given_back(), None),
    ):
        async with database.begin() as tx:
            await suggestions.decide(tx, step)
            expected = dataclasses.replace(draft, suggested_by=thanked)
            assert await drafts.get(tx, GUILD, "draft") == expected
            assert await drafts.of_author(tx, GUILD, NOOR) == (expected,)
