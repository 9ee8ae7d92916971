"""Which commands Discord was given: remembered for each application, whoever remembers it."""

import asyncio

from bot.services.commands import Commands
from bot.storage.db.database import Database

DIGEST, NEXT = "a" * 64, "b" * 64


async def test_what_was_registered_last_is_remembered_for_each_application(database: Database) -> None:
    commands = Commands(database)
    assert await commands.registered(1) is None
    await commands.remember(1, DIGEST, "0.1.0")
    await commands.remember(2, DIGEST, "0.1.0")
    await commands.remember(1, NEXT, "0.1.0")
    assert await commands.registered(1) == NEXT
    assert await Commands(database).registered(2) == DIGEST


async def test_several_processes_may_remember_at_once(database: Database) -> None:
    await asyncio.gather(*(Commands(database).remember(1, DIGEST, "0.1.0") for _ in range(5)))
    assert await Commands(database).registered(1) == DIGEST
