"""Alerts and dashboard name only what a real scrape has, and the docs say of each alert what to do."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any, Final

import discord

from bot.monitoring.metrics import Metrics
from bot.storage.backups.folder import note_drill
from tests.cli.frontrow import ROOT
from tests.discord_server import DiscordServer
from tests.monitoring.test_port import get, port_of, series, until_ready
from tests.process.test_run import FLAGSHIP, TOKEN, started

ALERTS: Final = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD: Final = ROOT / "deploy" / "grafana" / "front-row.json"
_NAMED: Final = re.compile(r"\b(?:frontrow|process)_[a-z0-9_]+")
_SUFFIXES: Final = re.compile(r"_(?:total|bucket|count|sum)$")


def expressions() -> list[str]:
    rules = re.findall(r"^ +expr: (.+)$", ALERTS.read_text(encoding="utf-8"), re.MULTILINE)
    board: dict[str, Any] = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    return [*rules, *(target["expr"] for panel in board["panels"] for target in panel["targets"])]


def named() -> set[str]:
    return {name for expression in expressions() for name in _NAMED.findall(expression)}


def runbooks() -> list[tuple[str, str]]:
    return re.findall(r'- alert: (\w+)\n.*?runbook: "docs/operations\.md#([\w-]+)"', ALERTS.read_text(), re.DOTALL)


def test_there_are_alerts_and_each_has_all_its_parts() -> None:
    text = ALERTS.read_text(encoding="utf-8")
    alerts = re.findall(r"- alert: (\w+)", text)
    assert len(alerts) >= 12
    assert len(set(alerts)) == len(alerts)
    assert [name for name, _ in runbooks()] == alerts
    assert text.count("expr:") == text.count("severity:") == text.count("summary:") == len(alerts)
    for expression in expressions():
        assert expression.count("(") == expression.count(")")
        assert expression.count("[") == expression.count("]")


def test_each_alert_has_a_heading_that_says_what_to_do() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    }
    assert {anchor for _, anchor in runbooks()} - headings == set()
    for name, _ in runbooks():
        assert f"`{name}`" in page


def test_every_metric_is_explained() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    ours = {family.name for family in Metrics("1").registry.collect() if family.name.startswith("frontrow_")}
    assert {name for name in ours if f"`{name}" not in page} == set()


async def test_every_metric_that_they_name_is_in_a_scrape(tmp_path: Path) -> None:
    kept, log = tmp_path / "kept", tmp_path / "bot.log"
    kept.mkdir()
    note_drill(kept, Path("a.db"), discord.utils.utcnow())
    async with asyncio.timeout(60), DiscordServer(token=TOKEN) as server:
        settings = {"METRICS_PORT": "0", "BACKUP_FOLDER": str(kept)}
        async with started(server, log, f"sqlite:///{tmp_path / 'bot.db'}", **settings):
            port = await port_of(log)
            await until_ready(port)
            await server.slash("film", {"title": FLAGSHIP})
            await server.slash("films random")
            await server.lose_session(15)
            await asyncio.sleep(1)
            _, text = await get(port, "/metrics")
    there = {name.partition("{")[0] for name in series(text)} | set(
        re.findall(r"^# TYPE (\S+) counter$", text, re.MULTILINE)
    )
    missing = {name for name in named() if name not in there}
    # What has not happened in this minute is there by its type alone.
    assert missing == set()
    found = series(text)
    assert sum(value for name, value in found.items() if name.startswith("frontrow_reconnects_total")) >= 1
    assert found["frontrow_drill_age_seconds"] < 60
