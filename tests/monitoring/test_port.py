"""The port of a running bot: alive while others fail, ready when all is there, figures that nobody's number swells."""

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests import postgresql
from tests.cli.frontrow import ROOT
from tests.discord_payloads import interaction_of
from tests.discord_server import DiscordServer
from tests.process.test_run import FLAGSHIP, TOKEN, process, started, status, text

ADDRESS = re.compile(r"health and metrics at (http://\S+)")
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "front-row.json"
NAMED = re.compile(r"\b(?:frontrow|process)_[a-z0-9_]+")


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with asyncio.timeout(90), DiscordServer(token=TOKEN) as running:
        yield running


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "bot.log"


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


async def port_of(log: Path) -> str:
    async with asyncio.timeout(20):
        while (found := ADDRESS.search(text(log))) is None:  # noqa: ASYNC110  # another process writes it
            await asyncio.sleep(0.05)
    return found[1]


async def get(address: str, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address + path) as answer:
        return answer.status, await answer.text()


async def until_ready(address: str) -> None:
    async with asyncio.timeout(20):
        while (await get(address, "/readyz"))[0] != 200:  # noqa: ASYNC110  # another process answers
            await asyncio.sleep(0.1)


def series(scraped: str) -> dict[str, float]:
    lines = [line for line in scraped.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_what_happens_is_counted(server: DiscordServer, log: Path, address: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "kept")
    async with started(server, log, address, METRICS_PORT="0", BACKUP_FOLDER=folder) as bot:
        port = await port_of(log)
        await until_ready(port)
        await server.slash("film", {"title": FLAGSHIP})
        await server.autocomplete("film", "title", "never so")
        await server.slash("film", {"title": "no film at all of that name"})
        server.fail("POST", "/channels/*/threads", status=403)
        assert (await get(port, "/livez")) == (200, "alive\n")
        ready = json.loads((await get(port, "/readyz"))[1])
        assert ready == {"ready": True, "shards": "ok", "database": "ok", "schema": "ok", "list": "ok"}
        found = series((await get(port, "/metrics"))[1])
        assert found['frontrow_answers_total{command="/film",outcome="answered"}'] == 1
        assert found['frontrow_answers_total{command="/film",outcome="refused"}'] == 1
        assert found['frontrow_answer_seconds_count{command="/film"}'] == 2
        assert found["frontrow_autocomplete_seconds_count"] == 1
        callback = 'frontrow_rest_requests_total{method="POST",route="/interactions/{}/{}/callback",status="204"}'
        assert sum(found.get(callback.replace("204", each), 0) for each in ("200", "204")) == 3
        assert found['frontrow_shards{state="ready"}'] == 1
        assert found["frontrow_list_revision"] >= 1
        assert found["frontrow_database_seconds_count"] > 5
        assert found["frontrow_backup_age_seconds"] < 60
        assert (await get(port, "/else"))[0] == 404
        async with asyncio.timeout(5):  # it asks a moment after it is ready
            while "frontrow_identifies_left" not in found:
                await asyncio.sleep(0.1)
                found = series((await get(port, "/metrics"))[1])
        assert found["frontrow_identifies_left"] == 1000
        bot.send_signal(signal.SIGTERM)
        assert await status(bot, 5) == 0
    assert "Traceback" not in text(log)


async def test_the_number_of_servers_swells_nothing_and_nobody_is_named(
    server: DiscordServer, log: Path, address: str
) -> None:
    async with started(server, log, address, METRICS_PORT="0") as bot:
        port = await port_of(log)
        await until_ready(port)
        await server.slash("film", {"title": FLAGSHIP})
        before = len(series((await get(port, "/metrics"))[1]))
        for number in range(300):
            name = f"forged-{number}"
            data: dict[str, Any] = {"id": str(10**17 + number), "type": 1, "name": name, "options": []}
            interaction = interaction_of(2, data) | {"token": f"secret-{number}"}
            await server.tell("INTERACTION_CREATE", interaction)
            await server.tell("GUILD_CREATE", {"id": str(5 * 10**17 + number), "name": f"club {number}"} | EMPTY)
        await asyncio.sleep(1)
        _, scraped = await get(port, "/metrics")
        assert len(series(scraped)) - before < 20
        assert len(series(scraped)) < 2000
        for unwanted in (TOKEN, "forged-", "secret-", "club ", FLAGSHIP, str(5 * 10**17 + 1)):
            assert unwanted not in scraped
        assert bot.returncode is None


EMPTY: dict[str, Any] = {
    "member_count": 1, "channels": [], "threads": [], "roles": [], "emojis": [], "stickers": [], "members": [],
    "presences": [], "voice_states": [], "stage_instances": [], "guild_scheduled_events": [], "features": [],
    "owner_id": "1", "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
    "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-US", "system_channel_flags": 0,
    "afk_timeout": 0, "premium_progress_bar_enabled": False, "joined_at": "2026-01-01T00:00:00+00:00",
}  # fmt: skip


def test_the_most_series_that_there_can_be_are_two_thousand() -> None:
    """Every command with every outcome, every route with every status, a hundred shards."""
    code = """
from bot.monitoring.metrics import Metrics
from bot.monitoring.routes import _EXACT
from tests.ui.locale_keys import every_command
metrics = Metrics("1")
names = [f"/{command.qualified_name}" for command in every_command()] + ["control", "form", "menu", "other"]
for name in names:
    metrics.answer_seconds.labels(name).observe(1)
    for outcome in ("answered", "deferred", "refused", "failed", "late", "unanswered"):
        metrics.answers.labels(name, outcome).inc()
for route in range(40):
    for status in ("200", "204", "400", "403", "404", "429", "500", "broken"):
        metrics.requests.labels("GET", f"/{route}", status).inc()
for code in (*range(1000, 1016), *range(4000, 4015), "other"):
    metrics.reconnects.labels(str(code)).inc()
metrics.read({"frontrow_heartbeat_seconds": {str(n): 0.1 for n in range(100)}})
print(sum(1 for line in metrics.text().decode().splitlines() if not line.startswith("#")))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert 800 < int(done.stdout) <= 2000


async def test_a_database_that_is_away_is_said_and_no_reason_to_restart(server: DiscordServer, log: Path) -> None:
    if postgresql.programs() is None:
        pytest.skip("there is no PostgreSQL")
    with postgresql.server() as database:
        async with started(server, log, database.address, METRICS_PORT="0"):
            port = await port_of(log)
            await until_ready(port)
            database.freeze()
            code, said = await get(port, "/readyz")
            assert code == 503
            assert json.loads(said)["database"] == "no answer in 2 s"
            assert json.loads(said)["shards"] == "ok"
            assert (await get(port, "/livez"))[0] == 200
            scraped = series((await get(port, "/metrics"))[1])
            assert scraped['frontrow_ready{part="database"}'] == 0
            database.thaw()
            await until_ready(port)


async def test_before_discord_has_answered_it_lives_and_is_not_ready(
    server: DiscordServer, log: Path, address: str
) -> None:
    server.fail("GET", "/gateway/bot", status=502, times=50, retry_after=0.2)
    async with process(server.port, log, address, METRICS_PORT="0"):
        port = await port_of(log)
        assert (await get(port, "/livez"))[0] == 200
        code, said = await get(port, "/readyz")
        assert (code, json.loads(said)["shards"]) == (503, "0 of ? ready")


async def test_a_port_that_is_taken_is_a_sentence(server: DiscordServer, log: Path, address: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        async with process(server.port, log, address, METRICS_PORT=port) as bot:
            assert await status(bot, 20) == 1
    assert text(log).splitlines()[-1].startswith(f"Health and metrics cannot be served at 127.0.0.1, port {port}: ")


def test_without_a_port_nothing_of_it_is_loaded() -> None:
    code = "import sys, bot.cli.serving, bot.cli.outcome, cogs.films; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = done.stdout.split()
    assert "bot.runner" in loaded
    assert [name for name in loaded if name.startswith(("prometheus_client", "bot.monitoring"))] == []
