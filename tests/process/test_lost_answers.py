"""Answers that Discord takes without saying so, and two processes that hear of the same: a real bot on loopback."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.discord_payloads import CHANNEL
from tests.discord_server import DiscordServer
from tests.process.test_run import FLAGSHIP, TOKEN, TRAILER, started, text

CALLBACK, FOLLOW_UP = "/interactions/*/callback", "/webhooks/*"
LOSSES = [None, 500, 502]


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


async def test_a_card_whose_receipt_is_lost_is_followed_by_its_trailer(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with started(server, log, address):
        for status in LOSSES:
            server.lose("POST", CALLBACK, status=status)
            shown = await server.slash("film", {"title": FLAGSHIP})
            await shown.until("trailer", lambda it: it.followups)
            assert shown.callback["type"] == 4
            assert [followup["content"] for followup in shown.followups] == [TRAILER]
    assert "Traceback" not in text(log)


async def test_a_promise_whose_receipt_is_lost_is_kept_once(server: DiscordServer, log: Path, address: str) -> None:
    async with started(server, log, address):
        for status in LOSSES:
            server.lose("POST", CALLBACK, status=status)
            found = await server.slash("discuss", {"title": FLAGSHIP})
            assert found.callback["type"] == 5
            await found.until("sentence", lambda it: it.followups or it.edits)
            [message] = {message["id"]: message for message in found.messages.values()}.values()
            assert message["content"]


async def test_an_answer_in_the_place_of_a_promise_is_there_once(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with started(server, log, address):
        for status in LOSSES:
            server.lose("POST", FOLLOW_UP, status=status)
            found = await server.slash("discuss", {"title": FLAGSHIP})
            await found.until("second try", lambda it: it.edits)
            assert len({message["id"] for message in found.messages.values()}) == 1


@pytest.mark.parametrize("is_done", [True, False])
async def test_a_thread_is_made_once_however_discord_fails(
    server: DiscordServer, log: Path, address: str, *, is_done: bool
) -> None:
    path = f"/channels/{CHANNEL}/threads"
    async with started(server, log, address):
        if is_done:
            server.lose("POST", path, status=500)
        else:
            server.fail("POST", path, status=500)
        found = await server.slash("discuss", {"title": FLAGSHIP})
        await found.until("link", lambda it: it.followups, timeout=15)
    [thread] = server.threads.made.values()
    assert thread["id"] in found.followups[0]["content"]
    assert len(server.threads.read(thread["id"])) == 3
    assert "Traceback" not in text(log)


@pytest.mark.parametrize("status", [429, 500, None])
async def test_a_thread_is_furnished_once_and_in_order(
    server: DiscordServer, log: Path, address: str, status: int | None
) -> None:
    async with started(server, log, address):
        if status == 429:
            server.fail("POST", "/channels/*/messages", status=429, times=2)
        else:
            server.lose("POST", "/channels/*/messages", status=status, times=1)
        for _ in range(2):  # where the connection broke, the second press goes on
            found = await server.slash("discuss", {"title": FLAGSHIP})
            await found.until("sentence", lambda it: it.followups, timeout=15)
    [thread] = server.threads.made.values()
    invitation, trailer, card = server.threads.read(thread["id"])
    assert card["components"]
    assert trailer["content"] == TRAILER
    assert "Before you write" in invitation["content"]


async def test_the_link_waits_for_no_invitation(server: DiscordServer, log: Path, address: str) -> None:
    async with started(server, log, address):
        server.fail("PUT", "/channels/*/thread-members/*", status=429, retry_after=60)
        for _ in range(5):
            found = await server.slash("discuss", {"title": FLAGSHIP})
            await found.until("link", lambda it: it.followups)
            assert "There is a seat for you" in found.followups[0]["content"]
    assert len(server.threads.made) == 1


async def test_of_two_processes_one_answers_and_the_other_says_nothing(
    server: DiscordServer, tmp_path: Path, address: str
) -> None:
    logs = [tmp_path / "one.log", tmp_path / "two.log"]
    async with started(server, logs[0], address), started(server, logs[1], address):
        await server.ready(15, processes=2)
        for number in range(10):
            form = {"custom_id": "curate:add", "components": typed(f"Reel {number}")}
            shown = await server.submit(form)
            await shown.until("panel", lambda it: it.followups)
            panel = shown.messages["@original"]
            said = json.dumps(panel["components"])
            assert f"## Draft: Reel {number} (1980)" in said
            if number % 2:
                continue
            [publish] = re.findall(r"draft:publish:[0-9a-f]{16}", said)
            done = await server.click(publish, panel, manages=True)
            await done.until("panel", lambda it: it.edits)
            assert "is on the list" in json.dumps(done.edits[0]["components"])
            await asyncio.sleep(0.3)  # the other process would have said something by now
            assert done.followups == []
    with sqlite3.connect(address.removeprefix("sqlite:///")) as database:
        assert database.execute("SELECT count(*) FROM drafts").fetchone() == (5,)
        assert database.execute("SELECT count(*) FROM changes").fetchone() == (5,)
    assert all("Traceback" not in text(log) for log in logs)


def typed(title: str) -> list[dict[str, object]]:
    """The first form of a new film as Discord sends it."""
    values = {"name": f"{title} (1980)", "directors": "Ann", "trailers": "", "why": "It is.", "synopsis": "A reel."}
    return [{"type": 18, "component": {"type": 4, "custom_id": name, "value": value}} for name, value in values.items()]
