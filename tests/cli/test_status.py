"""`frontrow health` and `frontrow status`: what an operator is told, and what to do about it."""

import argparse
import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.status import show_status
from bot.ui.kit.text import english
from tests.cli.frontrow import frontrow
from tests.conftest import UnfiledSettings
from tests.discord_server import DiscordServer
from tests.monitoring.test_port import port_of, until_ready
from tests.process.test_run import TOKEN, started


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with asyncio.timeout(60), DiscordServer(token=TOKEN) as running:
        yield running


def say(key: str, **values: str | int) -> str:
    return english().plain(key, **values)


async def test_health_of_a_bot_that_runs_and_of_one_that_does_not(server: DiscordServer, tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    async with started(server, log, f"sqlite:///{tmp_path / 'bot.db'}", METRICS_PORT="0"):
        await until_ready(address := await port_of(log))
        port = address.rpartition(":")[2]
        for words, key in ((("health",), "health_alive"), (("health", "--ready"), "health_ready")):
            done = await frontrow(tmp_path, *words, METRICS_PORT=port)
            assert (done.status, done.out.strip()) == (0, say(f"cli.{key}"))
    gone = await frontrow(tmp_path, "health", METRICS_PORT=port)
    assert gone.sentence.startswith(f"No bot answers on port {port}: ")
    assert (await frontrow(tmp_path, "health")).sentence == say("cli.health_no_port")


async def test_a_bot_that_is_not_ready_lives(server: DiscordServer, tmp_path: Path) -> None:
    log = tmp_path / "bot.log"
    async with started(server, log, f"sqlite:///{tmp_path / 'bot.db'}", METRICS_PORT="0"):
        await until_ready(address := await port_of(log))
        port = address.rpartition(":")[2]
        (tmp_path / "bot.db").rename(tmp_path / "elsewhere.db")  # under the running bot
        done = await frontrow(tmp_path, "health", "--ready", METRICS_PORT=port)
        alive = await frontrow(tmp_path, "health", METRICS_PORT=port)
    assert alive.status == 0
    assert done.status in (0, 1)  # readers go on with the file that was opened


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


async def status(
    server: DiscordServer | None, capsys: pytest.CaptureFixture[str], **settings: object
) -> tuple[int, str]:
    address = f"http://127.0.0.1:{server.port}/api/v10" if server else "http://127.0.0.1:1"
    found = UnfiledSettings.model_validate({"discord_token": TOKEN, **settings})
    code = await asyncio.to_thread(show_status, found, argparse.Namespace(), address)
    said = told(capsys)
    assert TOKEN not in said
    return code, said


async def test_all_is_told_of_a_bot_that_runs(
    server: DiscordServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, address = tmp_path / "bot.log", f"sqlite:///{tmp_path / 'bot.db'}"
    kept = str(tmp_path / "kept")
    async with started(server, log, address, METRICS_PORT="0", BACKUP_FOLDER=kept):
        await until_ready(port := await port_of(log))
        code, said = await status(
            server, capsys, database_url=address, backup_folder=kept, metrics_port=int(port.rpartition(":")[2])
        )
    assert code == 1  # for the drill
    lines = said.splitlines()
    assert [line for line in lines if line.startswith("LOOK")] == [f"LOOK {say('status.drill_due')}"]
    for key, values in {
        "ready": {},
        "shards": {"ready": 1, "away": 0},
        "invalid": {"n": 0},
        "sessions": {"left": 1000, "total": 1000, "shards": 1},
        "backup": {"hours": 0},
    }.items():
        assert say(f"status.{key}", **values) in said


async def test_what_is_missing_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = {"database_url": f"sqlite:///{tmp_path / 'none.db'}"}
    code, said = await status(None, capsys, **new, metrics_port=1)
    assert code == 1
    assert not (tmp_path / "none.db").exists()  # to look makes none
    for wanted in ("No bot answers on port 1", "Discord did not say", "Nobody makes backups", "no database yet"):
        assert wanted in said
    code, said = await status(None, capsys, **new, discord_token=None, backup_folder=str(tmp_path / "kept"))
    assert "Run: frontrow init" in said
    assert "There is no backup in" in said
    away = "postgresql://club:hunter2@127.0.0.1:1/films"
    code, said = await status(None, capsys, database_url=away)
    assert "The database does not answer" in said
    assert "erasures are not remembered" in said
    assert "hunter2" not in said


def test_each_line_that_wants_something_says_what() -> None:
    wants = [
        key
        for key in english().sentences
        if re.match(r"status\.(?:no_|silent|\w+_(?:old|none|due|few|behind|away))", key)
    ]
    assert len(wants) >= 8
    for key in wants:
        assert re.search(
            r"Run:|Put |See |see |Check |Start |frontrow |Restart|Wait|find out", english().sentences[key]
        ), key
