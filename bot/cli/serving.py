"""The commands that keep running: the bot on Discord, and the demo."""

import argparse
import asyncio
import re
import sys
from collections.abc import Coroutine
from typing import Any, Final

from bot import logs
from bot.cli.answers import refuse, say
from bot.runner import run
from bot.settings import Settings

_TOKEN: Final = re.compile(r"[A-Za-z0-9._-]+")  # nothing else may stand in the header that carries it
_LAST_PORT: Final = 65_535
_DEMO_PORT: Final = 8765
_DEMO_PACKAGES: Final = frozenset({"simcord", "PIL"})  # a production install has neither


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Those of `run`, which has none, or of `demo`."""
    if name == "run":
        parser.set_defaults(command=_run)
        return
    parser.set_defaults(command=_demo)
    parser.add_argument("--port", type=_port, default=_DEMO_PORT, help=f"where to serve it (default {_DEMO_PORT})")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _run(settings: Settings, _asked: argparse.Namespace) -> int:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        return refuse("cli.token_missing")
    if not _TOKEN.fullmatch(token):
        return refuse("cli.token_refused")
    _in_fast_loop(run(settings, token))
    return 0


def _demo(settings: Settings, asked: argparse.Namespace) -> int:
    logs.set_up("WARNING", libraries="ERROR")
    try:
        from bot.demo import run_demo
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _DEMO_PACKAGES:
            raise
        return refuse("cli.demo_missing")
    try:
        asyncio.run(run_demo(settings, asked.port, lambda address: say("cli.demo_ready", address=address)))
    except OSError as error:
        return refuse("cli.demo_port", port=asked.port, reason=error.strerror or str(error))
    return 0


def _in_fast_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop, which there is for all but Windows."""
    if sys.platform == "win32":
        asyncio.run(work)
    else:
        import uvloop

        uvloop.run(work)
