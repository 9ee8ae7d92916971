"""What Discord does on a bad day while the process starts and afterwards, against a Discord on loopback."""

import asyncio
import contextlib
import re
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.ui.kit.text import english
from tests.discord_payloads import CLUB, GUILD, Json
from tests.discord_server import DiscordServer
from tests.process.test_run import FLAGSHIP, TOKEN, process, started, status, text

COMMANDS = "/applications/1000/commands"
REGISTERED = r"registered \d+ commands"
ELSEWHERE = "5000"
TROUBLE = ("Traceback", " ERROR ", " CRITICAL ")


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with asyncio.timeout(60), DiscordServer(token=TOKEN) as running:
        yield running


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "bot.log"


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


def troubles(log: Path) -> list[str]:
    return [word for word in TROUBLE if word in text(log)]


def failures_to_register(log: Path) -> list[str]:
    return re.findall(r"WARNING bot\.registration: the commands cannot be registered .*", text(log))


async def until(came: Callable[[], object], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not came():  # noqa: ASYNC110  (what is waited for is another process's)
            await asyncio.sleep(0.05)


def elsewhere() -> Json:
    return CLUB | {"id": ELSEWHERE, "name": "Elsewhere", "roles": [CLUB["roles"][0] | {"id": ELSEWHERE}]}


def noted(address: str) -> list[int]:
    connection = sqlite3.connect(address.removeprefix("sqlite:///"))
    try:
        return [guild_id for (guild_id,) in connection.execute("SELECT guild_id FROM departures")]
    finally:
        connection.close()


async def start_another_version(server: DiscordServer, log: Path, address: str) -> None:
    """Leave commands registered that are not those of the version that starts next."""
    async with started(server, log, address):
        await server.synced(10)
        await server.slash("film", {"title": FLAGSHIP})
    with contextlib.closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE command_sets SET digest = 'of another version'")


@pytest.mark.parametrize(
    ("method", "code", "answer", "retry_after"),
    [
        ("GET", 503, 0, None),
        ("GET", 429, 0, None),
        ("GET", 429, 31001, 0.1),
        ("PUT", 503, 0, None),
        ("PUT", 400, 30034, None),
        ("PUT", 429, 30034, None),
        ("PUT", 429, 30034, 0.1),
    ],
)
async def test_commands_that_cannot_be_registered_hold_nothing_back(
    server: DiscordServer, log: Path, address: str, method: str, code: int, answer: int, retry_after: float | None
) -> None:
    await start_another_version(server, log, address)
    server.refuse(method, COMMANDS, code, answer, retry_after=retry_after, times=2)
    async with started(server, log, address) as bot:
        shown = await server.slash("film", {"title": FLAGSHIP})
        assert shown.callback["type"] == 4  # long before they are registered
        assert not re.search(REGISTERED, text(log))
        await until(lambda: re.search(REGISTERED, text(log)))
        bot.send_signal(signal.SIGTERM)
        assert await status(bot, 5) == 0
    assert len(failures_to_register(log)) == 2
    assert [re.findall(r"in (\d+) seconds", line) for line in failures_to_register(log)] == [["2"], ["4"]]
    assert troubles(log) == []


async def test_commands_of_which_discord_takes_no_more_today_are_tried_again_when_it_says(
    server: DiscordServer, log: Path, address: str
) -> None:
    await start_another_version(server, log, address)
    server.refuse("PUT", COMMANDS, 429, 30034, retry_after=61234.5, times=9)
    async with started(server, log, address) as bot:
        shown = await server.slash("film", {"title": FLAGSHIP})
        assert shown.callback["type"] == 4
        helped = await server.slash("help")
        assert "</film:" in str(helped.callback)  # the commands that Discord has are called as it calls them
        await until(lambda: failures_to_register(log))
        bot.send_signal(signal.SIGTERM)
        assert await status(bot, 5) == 0
    [line] = failures_to_register(log)
    assert "30034" in line
    assert line.endswith("trying again in 3600 seconds")
    assert troubles(log) == []


async def test_a_process_that_waits_to_register_ends_at_once(server: DiscordServer, log: Path, address: str) -> None:
    server.refuse("*", COMMANDS, 503, times=100)
    server.refuse("GET", COMMANDS, 503, times=100)
    async with started(server, log, address) as bot:
        await until(lambda: failures_to_register(log))
        asked = time.perf_counter()
        bot.send_signal(signal.SIGTERM)
        assert await status(bot, 5) == 0
        assert time.perf_counter() - asked < 5
    assert "database closed" in text(log)
    assert troubles(log) == []


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (4004, "cli.token_refused"),
        (4010, "cli.shard_invalid"),
        (4011, "cli.shards_needed"),
        (4012, "cli.gateway_outdated"),
        (4013, "cli.intents_unknown"),
        (4014, "cli.intents_refused"),
    ],
)
async def test_a_gateway_that_closes_for_good_says_what_to_do(
    server: DiscordServer, log: Path, address: str, code: int, key: str
) -> None:
    server.close_code = code
    async with process(server.port, log, address) as bot:
        assert await status(bot, 20) == 1
    assert text(log).splitlines()[-1] == english().plain(key)
    assert troubles(log) == []


@pytest.mark.parametrize(("code", "key"), [(503, "cli.discord_down"), (429, "cli.discord_slow_down")])
async def test_a_login_that_discord_cannot_take_is_not_the_networks_fault(
    server: DiscordServer, log: Path, address: str, code: int, key: str
) -> None:
    server.refuse("GET", "/users/@me", code)
    async with process(server.port, log, address) as bot:
        assert await status(bot, 20) == 1
    said = text(log).splitlines()[-1]
    assert said.startswith(english().plain(key, reason="").partition(":")[0])
    assert "Traceback" not in said


async def test_a_server_that_is_announced_and_comes_late_is_waited_for(
    server: DiscordServer, log: Path, address: str
) -> None:
    server.held_back = {GUILD}
    async with started(server, log, address):
        await server.synced(10)
        asked = await server.slash("suggest", {"title": "Solaris", "why": "The sea."})
        assert asked.callback["data"]["content"] == english()("error.server_unknown_yet")
        assert (await server.slash("film", {"title": FLAGSHIP})).callback["type"] == 4
        asking = asyncio.ensure_future(server.slash("suggest", {"title": "Solaris", "why": "The sea."}))
        await asyncio.sleep(0.3)
        await server.tell("GUILD_CREATE", CLUB)
        assert (await asking).callback["type"] == 5  # an answer is announced: it was let in
    assert troubles(log) == []


async def test_an_outage_of_the_server_is_no_departure(server: DiscordServer, log: Path, address: str) -> None:
    async with started(server, log, address):
        await server.synced(10)
        await server.slash("suggest", {"title": "Solaris", "why": "The sea."})
        await server.tell("GUILD_DELETE", {"id": GUILD, "unavailable": True})
        asked = await server.slash("suggest", {"title": "Stalker", "why": "The zone."})
        assert asked.callback["data"]["content"] == english()("error.server_unknown_yet")
    assert noted(address) == []


async def test_where_only_the_commands_are_installed_the_way_in_is_told(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with started(server, log, address):
        await server.synced(10)
        server.asking_in = ELSEWHERE
        for name, options in (
            ("suggest", {"title": "Solaris", "why": "The sea."}),
            ("discuss", {"title": FLAGSHIP}),
            ("settings check", {}),
            ("curate drafts", {}),
        ):
            asked = await server.slash(name, options)
            assert "https://discord.com/oauth2/authorize" in asked.callback["data"]["content"]
        assert (await server.slash("film", {"title": FLAGSHIP})).callback["type"] == 4
        helped = await server.slash("help")
        assert helped.callback["data"]["components"]
    assert troubles(log) == []


async def test_who_came_and_went_while_the_session_was_lost_is_found_out_at_once(
    server: DiscordServer, log: Path, address: str
) -> None:
    server.guilds = {GUILD: CLUB, ELSEWHERE: elsewhere()}
    async with started(server, log, address):
        await server.synced(10)
        for server.asking_in in (GUILD, ELSEWHERE):
            await server.slash("suggest", {"title": "Solaris", "why": "The sea."})
        await until(lambda: "ready: 2 servers" in text(log))
        await asyncio.sleep(0.5)  # the first look
        del server.guilds[ELSEWHERE]
        await server.lose_session(10)
        await until(lambda: noted(address) == [int(ELSEWHERE)])
        server.guilds[ELSEWHERE] = elsewhere()
        await server.lose_session(10)
        await until(lambda: noted(address) == [])
    assert troubles(log) == []


async def test_a_server_that_is_added_again_is_not_noted_any_more_at_once(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with started(server, log, address):
        for unavailable in ({}, {"unavailable": False}):
            await server.tell("GUILD_DELETE", {"id": GUILD})
            await until(lambda: noted(address) == [int(GUILD)])
            again = {key: value for key, value in CLUB.items() if key != "unavailable"}
            await server.tell("GUILD_CREATE", again | unavailable)
            await until(lambda: noted(address) == [])
    assert troubles(log) == []


@pytest.mark.parametrize(("refused", "code"), [(404, 10062), (400, 40060), (429, 0)])
async def test_choices_that_come_too_late_are_one_line(
    server: DiscordServer, log: Path, address: str, refused: int, code: int
) -> None:
    async with started(server, log, address):
        await server.synced(10)
        before = len(text(log).splitlines())
        server.refuse("POST", "*/callback", refused, code)
        with pytest.raises(TimeoutError):
            await server.autocomplete("film", "title", "nIgHt tRaIn", timeout=1)
        after = [line for line in text(log).splitlines()[before:] if "bot.app" not in line and "ready" not in line]
        assert len([line for line in after if "came to nothing" in line]) == 1
    assert troubles(log) == []
    assert "nIgHt" not in text(log)


async def test_without_assertions_it_runs_as_well(server: DiscordServer, log: Path, address: str) -> None:
    async with started(server, log, address, PYTHONOPTIMIZE="1") as bot:
        await server.synced(10)
        assert (await server.slash("film", {"title": FLAGSHIP})).callback["type"] == 4
        assert (await server.slash("suggest", {"title": "Solaris", "why": "The sea."})).callback["type"] == 5
        bot.send_signal(signal.SIGTERM)
        assert await status(bot, 5) == 0
    assert troubles(log) == []
