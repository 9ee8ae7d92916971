"""`frontrow` as an operator runs it: a process of its own, in a folder of its own, with a clean environment.

Most are forked off a server that has loaded the commands once, which saves the two seconds of an interpreter's start.
"""

import asyncio
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[2]
TOKEN = "MTA0-a-secret-token.Gx"
PASSWORD = "hunter2"
PATIENCE = 60
# What may be written is decided by the file's mode for everyone but root: this takes the privilege away.
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
needs_modes = pytest.mark.skipif(
    sys.platform == "win32" or (os.geteuid() == 0 and shutil.which("setpriv") is None),
    reason="root may write everywhere, and there is no setpriv",
)
COMMANDS = multiprocessing.get_context("forkserver")
COMMANDS.set_forkserver_preload([f"bot.cli.{name}" for name in ("bulk", "check", "database", "outcome", "serving")])


class Ran(NamedTuple):
    status: int | None
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The only line on standard error, of a command that failed as it should."""
        assert (self.status, self.out) == (1, ""), self
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


async def frontrow(folder: Path, *arguments: str, **environment: str) -> Ran:
    """`frontrow` with these arguments in this folder, knowing nothing but these variables."""
    return await asyncio.to_thread(_forked, folder, arguments, {"PATH": os.defpath} | environment)


async def started_anew(folder: Path, *arguments: str, **environment: str) -> Ran:
    """The same in an interpreter of its own, for what is decided while it starts."""
    return await ran(folder, sys.executable, "-m", "bot", *arguments, **environment)


async def ran(folder: Path, *command: str, **environment: str) -> Ran:
    """Any command, likewise."""
    known = {"PYTHONPATH": str(ROOT), "PATH": os.defpath} | environment
    run = partial(subprocess.run, command, cwd=folder, env=known, capture_output=True, timeout=PATIENCE, check=False)
    done = await asyncio.to_thread(run)
    return _harmless(Ran(done.returncode, done.stdout.decode(), done.stderr.decode()))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _forked(folder: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> Ran:
    with tempfile.TemporaryDirectory() as beside:
        out, err = Path(beside, "out"), Path(beside, "err")
        process: BaseProcess = COMMANDS.Process(
            target=_command, args=(folder, arguments, environment, out, err), daemon=True
        )
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
        return _harmless(Ran(process.exitcode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")))


def _command(folder: Path, arguments: tuple[str, ...], environment: dict[str, str], out: Path, err: Path) -> None:
    for stream, path in enumerate((out, err), start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    os.chdir(folder)
    os.environ.clear()  # noqa: TID251  # it is this process's own
    os.environ.update(environment)  # noqa: TID251
    sys.exit(main(arguments))


def _harmless(done: Ran) -> Ran:
    """Nothing that a command says may be a secret or a traceback."""
    for unwanted in (TOKEN, PASSWORD, "Traceback"):
        assert unwanted not in (said := done.out + done.err), said
    return done
