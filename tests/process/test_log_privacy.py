"""The real process at DEBUG, in both forms of its log: no token, no typed word, and references are found."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.process.test_run import FLAGSHIP, TOKEN, started, text

SECRET = "xylophone-in-the-cellar"
PASSWORD = "hunter2"
TMDB = "eyJhbGciOiJIUzI1NiJ9.tmdb-secret"


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with asyncio.timeout(60), DiscordServer(token=TOKEN) as running:
        yield running


@pytest.mark.parametrize("form", ["text", "json"])
async def test_nobody_is_quoted_and_a_reference_is_found(server: DiscordServer, tmp_path: Path, form: str) -> None:
    log, address = tmp_path / "bot.log", f"sqlite:///{tmp_path / 'bot.db'}"
    settings = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": form, "METRICS_PORT": "0", "TMDB_TOKEN": TMDB, "CONTACT": PASSWORD}
    async with started(server, log, address, **settings):
        await server.slash("film", {"title": SECRET})
        await server.autocomplete("film", "title", SECRET)
        await server.slash("films search", {"words": SECRET})
        await server.slash("suggest", {"title": SECRET, "why": SECRET})
        server.refuse("POST", "/interactions/*/callback", 400, 50035)  # which has a way round it
        await server.slash("film", {"title": FLAGSHIP})
        server.refuse("POST", "/interactions/*/callback", 400, 12345)  # which nobody expects
        shown = await server.slash("film", {"title": FLAGSHIP})
        reference = re.search(r"\b[0-9a-f]{8}\b", json.dumps(shown.callback["data"]))
        assert reference is not None
    said = text(log)
    for unwanted in (SECRET, TOKEN, TMDB, PASSWORD, shown.interaction["token"]):
        assert unwanted not in said
    [line] = [each for each in said.splitlines() if reference[0] in each]
    if form == "json":
        lines = [json.loads(each) for each in said.splitlines()]
        assert all({"time", "level", "event", "logger", "version"} <= each.keys() for each in lines)
        found = json.loads(line)
        assert (found["reference"], found["command"], found["level"]) == (reference[0], "/film", "ERROR")
        assert "discord.errors.HTTPException" in found["exception"]
    else:
        assert "/film failed" in line
