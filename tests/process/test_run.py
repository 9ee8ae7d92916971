"""`frontrow run` as a process of its own against a Discord on loopback, from the login to the end."""

import asyncio
import contextlib
import json
import re
import shutil
import signal
import sqlite3
import time
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest

from bot.content import DATA
from tests import on_loopback
from tests.discord_server import DiscordServer

TOKEN = "MTA0-a-loopback-token.Gx"
FLAGSHIP = "ai-weiwei-never-sorry-2012"
TRAILER = "https://www.youtube.com/watch?v=0MYFOzP6Xns"
REFUSED = "Discord refused the token. Copy it anew from the developer portal (Bot, Reset Token) into DISCORD_TOKEN."
Process = asyncio.subprocess.Process


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with asyncio.timeout(40), DiscordServer(token=TOKEN) as running:
        yield running


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "bot.log"


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


@contextlib.asynccontextmanager
async def process(port: int, log: Path, database: str, **settings: str) -> AsyncGenerator[Process]:
    """The bot; whatever it says, it never tells its token."""
    clean = dict.fromkeys(("SHARD_COUNT", "LOG_LEVEL", "FILMS_FOLDER", "RUN_BY", "CONTACT", "TMDB_TOKEN"), "")
    env = clean | {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": database} | settings
    async with on_loopback.process(port, "run", env=env, log=log) as bot:
        yield bot
    assert env["DISCORD_TOKEN"] not in text(log)


@contextlib.asynccontextmanager
async def started(server: DiscordServer, log: Path, database: str, **settings: str) -> AsyncGenerator[Process]:
    async with process(server.port, log, database, **settings) as bot:
        await server.ready(15)
        yield bot


def text(log: Path) -> str:
    return log.read_text(encoding="utf-8")


async def status(bot: Process, within: float) -> int:
    return await asyncio.wait_for(bot.wait(), within)


def put(server: DiscordServer) -> list[str]:
    return [asked.path for asked in server.requests if asked.method == "PUT"]


@pytest.mark.parametrize("token", ["MTA0-another-token.Gx", "MTA0-torn-in\ntwo.Gx"])
async def test_a_refused_token_is_one_sentence(server: DiscordServer, log: Path, address: str, token: str) -> None:
    async with process(server.port, log, address, DISCORD_TOKEN=token) as bot:
        assert await status(bot, 15) == 1
    assert text(log).splitlines()[-1] == REFUSED
    assert "Traceback" not in text(log)
    assert token.splitlines()[-1] not in text(log)


async def test_a_token_that_is_reset_at_the_last_moment_is_the_same_sentence(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with process(server.port, log, address, SHARD_COUNT="1") as bot:
        await server.synced(15)
        server.token = "another"  # the gateway comes next
        assert await status(bot, 10) == 1
    assert text(log).splitlines()[-1] == REFUSED
    assert "Traceback" not in text(log)


async def test_a_discord_that_cannot_be_reached_is_one_sentence(log: Path, address: str) -> None:
    async with DiscordServer(token=TOKEN) as gone:
        port = gone.port
    async with process(port, log, address) as bot:
        assert await status(bot, 15) == 1
    last = text(log).splitlines()[-1]
    assert last.startswith("Discord cannot be reached: ")
    assert last.endswith(". Check the network and try again.")
    assert "Traceback" not in text(log)


async def test_a_film_is_answered_with_its_card_and_its_trailer(
    server: DiscordServer, log: Path, database_url: str
) -> None:
    async with started(server, log, database_url) as bot:
        assert {command["name"] for command in await server.synced(1)} >= {"film", "films", "trailer", "discuss"}
        typed = await server.autocomplete("film", "title", "never so")
        [choice, *_] = typed.callback["data"]["choices"]
        assert choice["name"] == "Ai Weiwei: Never Sorry (2012) – Alison Klayman"
        shown = await server.slash("film", {"title": choice["value"]})
        assert "## Ai Weiwei: Never Sorry (2012)" in json.dumps(shown.callback["data"]["components"])
        await shown.until("trailer", lambda it: it.followups)
        assert shown.followups[0]["content"] == TRAILER
        picked = await server.slash("films random")
        assert picked.callback["type"] == 5  # chance is noted only for who may answer
        bot.send_signal(signal.SIGTERM)
        assert await status(bot, 5) == 0
    assert server.unknown == []
    assert server.closed_with == [1000]
    said = text(log)
    assert re.search(r"\b[1-9]\d+ added, 0 changed, 0 taken off, 0 faults", said)
    assert "database closed" in said
    assert "Traceback" not in said


async def test_commands_are_registered_once_and_again_only_where_discord_has_lost_them(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with started(server, log, address):
        await server.slash("film", {"title": FLAGSHIP})
    assert put(server) == ["/applications/1000/commands"]
    async with started(server, log, address):
        await server.slash("film", {"title": FLAGSHIP})
    assert len(put(server)) == 1
    assert "0 added, 0 changed, 0 taken off" in text(log)
    assert "registered" not in text(log)
    server.commands = None
    async with started(server, log, address):
        assert await server.synced(1)
    assert len(put(server)) == 2


async def test_an_answer_on_its_way_arrives_before_the_end(server: DiscordServer, log: Path, address: str) -> None:
    async with started(server, log, address) as bot:
        server.answer_delay = 0.7
        shown = await server.slash("film", {"title": FLAGSHIP})
        assert not shown.followups
        bot.send_signal(signal.SIGTERM)
        assert await status(bot, 5) == 0
        assert [followup["content"] for followup in shown.followups] == [TRAILER]
    assert "database closed" in text(log)
    assert "Traceback" not in text(log)


async def test_an_answer_that_waits_for_the_database_arrives_before_the_end(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with started(server, log, address) as bot:
        writer = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
        with contextlib.closing(writer):
            writer.execute("BEGIN IMMEDIATE")
            picked = await server.slash("films random")
            assert picked.callback["type"] == 5  # it is coming
            bot.send_signal(signal.SIGINT)
            await asyncio.sleep(0.5)
            writer.execute("ROLLBACK")
        assert await status(bot, 5) == 0
        assert [len(followup["components"]) for followup in picked.followups if followup.get("components")] == [1]
    assert "database closed" in text(log)


async def test_an_answer_that_never_comes_does_not_keep_the_bot(server: DiscordServer, log: Path, address: str) -> None:
    async with started(server, log, address) as bot:
        server.answer_delay = 30
        await server.slash("film", {"title": FLAGSHIP})
        asked = time.perf_counter()
        bot.send_signal(signal.SIGTERM)
        bot.send_signal(signal.SIGTERM)  # an operator in a hurry
        assert await status(bot, 8) == 0
        assert time.perf_counter() - asked < 5
    assert "database closed" in text(log)


async def test_a_signal_before_discord_has_answered_ends_it_too(server: DiscordServer, log: Path, address: str) -> None:
    async with process(server.port, log, address) as bot:
        await server.synced(15)
        bot.send_signal(signal.SIGINT)
        assert await status(bot, 5) == 0
    assert "Traceback" not in text(log)


async def test_a_bad_entry_is_logged_and_counted_and_the_others_serve(
    server: DiscordServer, log: Path, address: str, tmp_path: Path
) -> None:
    films = tmp_path / "films"
    films.mkdir()
    for slug in (FLAGSHIP, "sherlock-jr-1924"):
        shutil.copy(DATA / "films" / f"{slug}.toml", films)
    (films / "torn-2000.toml").write_text("title = 'Torn'\nyear = ")
    async with started(server, log, address, FILMS_FOLDER=str(films)):
        shown = await server.slash("film", {"title": "sherlock jr"})
        assert "## Sherlock Jr. (1924)" in json.dumps(shown.callback["data"]["components"])
        torn = await server.slash("film", {"title": "torn-2000"})
        assert "could not find “torn-2000”" in json.dumps(torn.callback["data"]["components"], ensure_ascii=False)
    said = text(log)
    assert "ERROR   bot.app: left out: torn-2000.toml" in said
    assert "2 on the list, 2 added, 0 changed, 0 taken off, 1 faults" in said
