"""Two shards in one process: what each session tells of its servers, against a Discord on loopback."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.discord_payloads import CLUB, GUILD, Json
from tests.discord_server import DiscordServer
from tests.process.test_run import FLAGSHIP, TOKEN, process, text
from tests.process.test_start import noted, troubles, until

# Of the second shard, as their ids say; the club is of the first.
NORTH, SOUTH = str(1 << 22), str((3 << 22) + 5)


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with asyncio.timeout(90), DiscordServer(token=TOKEN) as running:
        running.guilds = {GUILD: CLUB, NORTH: club(NORTH), SOUTH: club(SOUTH)}
        yield running


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "bot.log"


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


def club(guild_id: str) -> Json:
    return CLUB | {"id": guild_id, "name": f"Club {guild_id}", "roles": [CLUB["roles"][0] | {"id": guild_id}]}


async def keep_something(server: DiscordServer) -> None:
    """Something is kept of each server, and the first look round is over."""
    for guild_id in server.guilds:
        server.asking_in = guild_id
        await server.slash("suggest", {"title": "Solaris", "why": "The sea."})
    await asyncio.sleep(0.5)


async def test_each_shard_tells_of_its_own_servers_only(server: DiscordServer, log: Path, address: str) -> None:
    async with process(server.port, log, address, SHARD_COUNT="2"):
        await server.ready(30, processes=2)  # each shard has a connection of its own
        await until(lambda: "ready: 3 servers" in text(log))
        await keep_something(server)
        del server.guilds[SOUTH]
        await server.lose_session(20, shard_id=1)
        await until(lambda: noted(address) == [int(SOUTH)])
        await server.lose_session(20, shard_id=0)
        await asyncio.sleep(1)
        assert noted(address) == [int(SOUTH)]
        server.guilds[SOUTH] = club(SOUTH)
        await server.lose_session(20, shard_id=1)
        await until(lambda: noted(address) == [])
    assert troubles(log) == []


async def test_a_session_that_goes_on_tells_of_nobody_but_who_left_meanwhile(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with process(server.port, log, address, SHARD_COUNT="2"):
        await server.ready(30, processes=2)
        await until(lambda: "ready: 3 servers" in text(log))
        await keep_something(server)
        for shard_id in (0, 1):
            await server.break_connection(20, shard_id)
        await asyncio.sleep(1)
        assert noted(address) == []
        gone, ill = ("GUILD_DELETE", {"id": NORTH}), ("GUILD_DELETE", {"id": SOUTH, "unavailable": True})
        await server.break_connection(20, 1, gone, ill)
        await until(lambda: noted(address) == [int(NORTH)])
        await server.break_connection(20, 1, ("GUILD_CREATE", club(NORTH)), ("GUILD_CREATE", club(SOUTH)))
        await until(lambda: noted(address) == [])
        for guild_id in server.guilds:
            server.asking_in = guild_id
            helped = await server.slash("film", {"title": FLAGSHIP})
            assert helped.callback["data"]["components"]
    assert server.sessions == 2
    assert troubles(log) == []
