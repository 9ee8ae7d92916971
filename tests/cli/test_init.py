"""`frontrow init`: by flags without a terminal, by questions with one; never over a file without being asked."""

import asyncio
import base64
import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.init import application_id
from bot.ui.kit.text import english
from tests.cli.frontrow import ROOT, frontrow, names

APPLICATION = 112233445566778899
NEITHER = "it is neither SQLite nor PostgreSQL"
SAFE = base64.urlsafe_b64encode(str(APPLICATION).encode()).decode().rstrip("=")
TOKEN = f"{SAFE}.GxYz12.{'a1B2_-' * 6}"


def say(key: str, **values: str | int) -> str:
    return english().plain(f"init.{key}", **values)


@pytest.mark.parametrize(
    "text",
    ["", "token", "a.b.c", f"{SAFE}.GxYz12", f"Bot {TOKEN}", f"{TOKEN}.mfa", f" {TOKEN}", TOKEN.replace(".", ","),
     f"{'A' * 24}.GxYz12.{'a' * 36}", "x" * 32, f"{SAFE}.GxYz12.{'a' * 500}", "МТ" + TOKEN[2:]],
)  # fmt: skip
def test_what_has_not_the_form_of_a_token_is_none(text: str) -> None:
    assert application_id(text) is None


@given(st.integers(10**16, 2**63))
def test_a_token_tells_its_application(number: int) -> None:
    first = base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")
    assert application_id(f"{first}.GxYz12.{'a' * 38}") == number


async def test_by_flags_it_writes_a_file_that_is_read_again(tmp_path: Path) -> None:
    database, name = "postgresql://club:o'neil%40\\$HOME#1@127.0.0.1:1/films", 'O\'Neil & "Söhne" \\ #1 $HOME'
    flags = ("--token", TOKEN, "--database", database, "--run-by", name)
    done = await frontrow(tmp_path, "init", *flags)
    assert (done.status, done.err) == (0, "")
    assert f"client_id={APPLICATION}" in done.out
    assert TOKEN not in done.out
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    code = (
        "from bot.settings import Settings; s = Settings(); "
        "secrets = [each.get_secret_value() for each in (s.discord_token, s.database_url)]; "
        "print(*secrets, s.run_by, s.backup_folder, sep='\\n')"
    )
    read = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout.splitlines() == [TOKEN, database, name, "var/backups"]


async def test_a_file_that_is_there_is_kept_unless_told_and_then_kept_aside(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=LOUD\n")  # which would keep every other command from starting
    refused = await frontrow(tmp_path, "init", "--token", TOKEN)
    assert refused.sentence == say("kept", file=".env")
    assert (tmp_path / ".env").read_text() == "LOG_LEVEL=LOUD\n"
    done = await frontrow(tmp_path, "init", "--token", TOKEN, "--overwrite")
    assert done.status == 0
    assert (tmp_path / ".env.before-1").read_text() == "LOG_LEVEL=LOUD\n"
    assert names(tmp_path) == [".env", ".env.before-1"]


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        ((), say("missing", flags="--token")),
        (("--token", "x" * 32), say("token_secret")),
        (("--token", "nonsense"), say("token_wrong")),
        (("--token", TOKEN, "--database", "mysql://a/b"), say("database_wrong", reason=NEITHER)),
        (("--token", TOKEN, "--run-by", "two\nlines"), say("value_wrong", limit=200)),
        (("--token", TOKEN, "--contact", "x" * 201), say("value_wrong", limit=200)),
    ],
)  # fmt: skip
async def test_what_will_not_do_is_a_sentence_and_nothing_is_written(
    tmp_path: Path, flags: tuple[str, ...], sentence: str
) -> None:
    assert (await frontrow(tmp_path, "init", *flags)).sentence == sentence
    assert names(tmp_path) == []


class Terminal:
    """Somebody who sits at one."""

    def __init__(self, folder: Path) -> None:
        self._own, theirs = pty.openpty()
        command = [sys.executable, "-m", "bot", "init"]
        env = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "TERM": "dumb", "COLUMNS": "200"}
        self.process = subprocess.Popen(command, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.seen = ""

    def read_until(self, text: str) -> None:
        until = time.monotonic() + 20
        while text not in self.seen:
            assert time.monotonic() < until, self.seen
            if select.select([self._own], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self._own, 4096).decode()
                except OSError:  # it has ended
                    break
        assert text in self.seen, self.seen

    def wait_until_hidden(self) -> None:
        """Until what is typed is not shown; what was typed before is thrown away."""
        until = time.monotonic() + 20
        while termios.tcgetattr(self._own)[3] & termios.ECHO:
            assert time.monotonic() < until, self.seen
            time.sleep(0.05)

    def type(self, text: str) -> None:
        os.write(self._own, f"{text}\n".encode())


def test_by_questions_it_asks_again_for_what_will_not_do_and_shows_no_token(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.read_until("Reset Token")
    terminal.wait_until_hidden()
    terminal.type("nonsense")
    terminal.read_until("own button.")
    heard, terminal.seen = terminal.seen, terminal.seen.partition("own button.")[2]
    terminal.read_until("Reset Token")
    terminal.wait_until_hidden()
    terminal.type(TOKEN)
    terminal.read_until("SQLite file")
    terminal.type("")
    terminal.read_until("Who runs")
    terminal.type("Noor")
    terminal.read_until("Where may")
    terminal.type("")
    terminal.read_until("backups")
    terminal.type("")
    terminal.read_until(f"client_id={APPLICATION}")
    assert terminal.process.wait(10) == 0
    assert TOKEN not in heard + terminal.seen
    assert (tmp_path / ".env").read_text() == (
        f"DISCORD_TOKEN='{TOKEN}'\nDATABASE_URL='sqlite:///var/front-row.db'\nRUN_BY='Noor'\nBACKUP_FOLDER='var/backups'\n"
    )


def test_ctrl_c_writes_nothing(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.read_until("Reset Token")
    terminal.wait_until_hidden()
    terminal.process.send_signal(2)
    assert terminal.process.wait(10) == 130
    assert list(tmp_path.iterdir()) == []
