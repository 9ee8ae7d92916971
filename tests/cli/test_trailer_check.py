"""`frontrow films check` on entry files and providers on loopback."""

import asyncio
import os
import signal
import sys
from argparse import Namespace
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from bot.cli.check import check_trailers
from tests import web_servers
from tests.builders import film, write_entry
from tests.cli.frontrow import ROOT, frontrow
from tests.conftest import UnfiledSettings
from tests.web_servers import OembedServer

GOOD, GONE, CLOSED, SILENT = "goodgoodgoo", "gonegonegon", "closedclose", "silentsilen"
# The command as its own process, with the providers' place as its argument.
PROGRAM = """
import sys
from argparse import Namespace
from bot.settings import Settings
from bot.sources.http import Endpoints
from bot.cli.check import check_trailers
at = sys.argv[1]
sys.exit(check_trailers(Settings(), Namespace(), Endpoints(f"{at}/youtube", f"{at}/vimeo", f"{at}/dailymotion", at)))
"""


@pytest.fixture
async def server() -> AsyncGenerator[OembedServer]:
    async with OembedServer() as running:
        running.videos = {
            GONE: web_servers.status(404),
            CLOSED: web_servers.status(401),
            SILENT: web_servers.status(503),
        }
        yield running


async def check(server: OembedServer, folder: Path, *entries: Sequence[str]) -> int:
    for number, ids in enumerate(entries):
        trailers = [{"provider": "youtube", "id": video, "start": 9} for video in ids]
        write_entry(folder, film(f"Film {number}", 1990, trailers=trailers))
    settings = UnfiledSettings(films_folder=folder)
    return await asyncio.to_thread(check_trailers, settings, Namespace(), server.addresses())


async def test_trailers_that_are_fine_are_counted(
    server: OembedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await check(server, tmp_path, [GOOD], []) == 0
    said = capsys.readouterr()
    assert said.out == "1 trailer: 1 fine, 0 gone, 0 not to be played elsewhere, 0 not checked.\n"
    assert said.err == ""


async def test_all_others_are_named_in_the_order_of_the_entries(
    server: OembedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await check(server, tmp_path, [SILENT, GOOD], [GONE], [GOOD, CLOSED]) == 1
    said = capsys.readouterr()
    watch = "https://www.youtube.com/watch?v="
    assert said.out.splitlines() == [
        f"film-0-1990.toml: {watch}{SILENT} could not be checked",
        f"film-1-1990.toml: {watch}{GONE} is gone",
        f"film-2-1990.toml: {watch}{CLOSED} may not be played elsewhere",
        "5 trailers: 2 fine, 1 gone, 1 not to be played elsewhere, 1 not checked.",
    ]
    assert said.err == ""
    assert len(server.requests) == 4  # two films share one video


@pytest.mark.parametrize(("video", "status"), [(GOOD, 0), (SILENT, 0), (GONE, 1), (CLOSED, 1)])
async def test_the_status_tells_whether_one_will_not_play(
    server: OembedServer, tmp_path: Path, video: str, status: int
) -> None:
    assert await check(server, tmp_path, [video]) == status


async def test_entries_with_faults_are_left_out_and_that_is_said(
    server: OembedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "torn-2000.toml").write_text("title = ")
    (tmp_path / "empty-2000.toml").touch()
    assert await check(server, tmp_path, [GOOD]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("1 trailer: 1 fine")
    assert said.err == "2 files have faults, so their trailers were not checked. See: frontrow films validate\n"


async def test_a_folder_that_is_missing_is_one_sentence(tmp_path: Path) -> None:
    done = await frontrow(tmp_path, "films", "check", FILMS_FOLDER="nowhere")
    assert done.sentence == "The films folder nowhere cannot be read: No such file or directory. Check FILMS_FOLDER."


async def test_the_command_line_has_it_and_asks_nobody_where_there_is_no_trailer(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    done = await frontrow(tmp_path, "films", "check", FILMS_FOLDER="films")
    assert (done.status, done.err) == (0, "")
    assert done.out == "0 trailers: 0 fine, 0 gone, 0 not to be played elsewhere, 0 not checked.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another way to interrupt")
async def test_an_interruption_is_no_defect(server: OembedServer, tmp_path: Path) -> None:
    write_entry(tmp_path, film(trailers=[{"provider": "youtube", "id": GOOD}]))
    server.gate.clear()
    checking = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM, server.origin),
        env={"PYTHONPATH": str(ROOT), "FILMS_FOLDER": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await server.until(1, waiting=1)
    checking.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(checking.communicate(), 10) == (b"", b"")
    assert checking.returncode == 130


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
async def test_a_terminal_sees_how_far_it_is(server: OembedServer, tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    write_entry(films, film(trailers=[{"provider": "youtube", "id": GONE}]))
    ours, theirs = os.openpty()
    try:
        checking = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", PROGRAM, server.origin),
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "FILMS_FOLDER": "films", "TERM": "xterm", "COLUMNS": "80"},
            stdout=asyncio.subprocess.PIPE,
            stderr=theirs,
        )
        out, _ = await asyncio.wait_for(checking.communicate(), 30)
        shown = os.read(ours, 65_536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert checking.returncode == 1
    assert out.decode().splitlines()[-1].startswith("1 trailer: 0 fine, 1 gone")
    assert "Asking about trailers" in shown
    assert "100%" in shown
