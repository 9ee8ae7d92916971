"""What /films random has shown each server."""

import asyncio

from bot.storage.db import picks
from bot.storage.db.database import Database
from tests.services.house import statements

GUILD, OTHER = 1, 2**63 - 1


async def add(database: Database, slug: str, guild: int = GUILD) -> None:
    async with database.begin() as tx:
        await picks.add(tx, guild, slug)


async def shown(database: Database, guild: int = GUILD) -> frozenset[str]:
    async with database.read() as tx:
        return await picks.shown(tx, guild)


async def test_nothing_has_been_shown_at_first(database: Database) -> None:
    assert await shown(database) == frozenset()


async def test_what_was_shown_is_known_of_that_server_alone(database: Database) -> None:
    await add(database, "a-2000")
    await add(database, "b-2000", OTHER)
    assert await shown(database) == {"a-2000"}
    assert await shown(database, OTHER) == {"b-2000"}


async def test_presses_of_one_server_pass_one_after_the_other(database: Database) -> None:
    async def add_what_is_missing() -> bool:
        async with database.begin() as tx:
            if "a-2000" in await picks.shown(tx, GUILD):
                return False
            await picks.add(tx, GUILD, "a-2000")
            return True

    won = await asyncio.gather(*(add_what_is_missing() for _ in range(10)))
    assert won.count(True) == 1


async def test_forgetting_takes_only_the_films_named_and_only_from_that_server(database: Database) -> None:
    for slug in ("a-2000", "b-2000"):
        await add(database, slug)
        await add(database, slug, OTHER)
    async with database.begin() as tx:
        await picks.forget(tx, GUILD, ["a-2000", "never-shown-2000"])
    assert await shown(database) == {"b-2000"}
    assert await shown(database, OTHER) == {"a-2000", "b-2000"}


async def test_however_many_films_are_forgotten_in_one_statement(database: Database) -> None:
    slugs = [f"film-{number}-2000" for number in range(1200)]
    async with database.begin() as tx:
        for slug in slugs:
            await picks.add(tx, GUILD, slug)
    with statements("picks") as asked:
        async with database.begin() as tx:
            await picks.forget(tx, GUILD, slugs[1:])
            await picks.forget(tx, GUILD, [])
    assert len(asked) == 1
    assert await shown(database) == {slugs[0]}
