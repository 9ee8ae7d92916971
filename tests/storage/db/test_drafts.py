"""Drafts: whatever was typed comes back letter for letter, to whoever typed it."""

import asyncio
import dataclasses
import datetime

from bot.domain.curation.drafts import Draft
from bot.storage.db import drafts
from bot.storage.db.database import Database

GUILD, ANN, BEN = 2**63 - 1, 2**63 - 2, 3
NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
HOSTILE = {"why": "\x00\udfff\ud800\u202e\r\n\u2028👩‍👧 ' \" \\ %s {x}", "synopsis": "x" * 100_000, "": "nothing"}


def draft(draft_id: str = "d1", author: int = ANN, guild: int = GUILD, minute: int = 0) -> Draft:
    return Draft(draft_id, guild, author, {"name": draft_id}, NOW + datetime.timedelta(minutes=minute))


async def kept(database: Database, *every: Draft) -> None:
    async with database.begin() as tx:
        for each in every:
            await drafts.add(tx, each)


async def found(database: Database, draft_id: str = "d1", guild: int = GUILD) -> Draft | None:
    async with database.read() as tx:
        return await drafts.get(tx, guild, draft_id)


async def test_a_draft_comes_back_as_it_was_put_in(database: Database) -> None:
    whole = dataclasses.replace(draft(), texts=HOSTILE, slug="a-1999", base='{"a": "\\u0000"}', suggestion=7)
    await kept(database, whole)
    assert await found(database) == whole


async def test_a_draft_is_changed_and_thrown_away(database: Database) -> None:
    await kept(database, draft(), draft("d2"))
    changed = dataclasses.replace(draft(minute=5), texts={"name": "Other"}, base="base")
    async with database.begin() as tx:
        assert await drafts.hold(tx, GUILD, "d1") == draft()
        await drafts.write(tx, changed)
    assert await found(database) == changed
    async with database.begin() as tx:
        assert await drafts.remove(tx, "d1")
        assert not await drafts.remove(tx, "d1")
        assert await drafts.hold(tx, GUILD, "d1") is None
    assert await found(database) is None
    assert await found(database, "d2") == draft("d2")


async def test_another_server_has_no_such_draft(database: Database) -> None:
    await kept(database, draft())
    assert await found(database, guild=GUILD - 1) is None
    async with database.begin() as tx:
        assert await drafts.hold(tx, GUILD - 1, "d1") is None
        assert await drafts.count(tx, GUILD - 1, ANN) == 0
        assert await drafts.of_author(tx, GUILD - 1, ANN) == ()


async def test_drafts_are_told_the_latest_first_and_by_curator(database: Database) -> None:
    await kept(database, draft("a", minute=1), draft("b", minute=9), draft("c", BEN), draft("d", guild=1), draft("e"))
    async with database.begin() as tx:
        assert [each.id for each in await drafts.of_author(tx, GUILD, ANN)] == ["b", "a", "e"]
        assert await drafts.count(tx, GUILD, ANN) == 3
        assert [each.id for each in await drafts.of_author(tx, GUILD, BEN)] == ["c"]
        assert await drafts.count(tx, GUILD, 99) == 0


async def test_two_processes_that_change_a_draft_wait_for_each_other(database_url: str) -> None:
    databases = [await Database.open(database_url) for _ in range(2)]
    await kept(databases[0], draft())

    async def add(database: Database, name: str) -> None:
        async with database.begin() as tx:
            held = await drafts.hold(tx, GUILD, "d1")
            assert held is not None
            await asyncio.sleep(0.01)  # long enough for the other to read what is about to change
            await drafts.write(tx, dataclasses.replace(held, texts={**held.texts, name: "typed"}))

    try:
        await asyncio.gather(*(add(databases[n % 2], f"part {n}") for n in range(6)))
        back = await found(databases[0])
        assert back is not None
        assert back.texts == {"name": "d1", **{f"part {n}": "typed" for n in range(6)}}
    finally:
        for database in databases:
            await database.close()
