"""`frontrow health`, for whoever watches over the process."""

import argparse
import http.client
from typing import Final

from bot.cli.answers import refuse, say
from bot.settings import Settings

_SECONDS: Final = 5.0
_OK: Final = 200
_EVERY_ADDRESS: Final = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # nothing is bound here


def add_health_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `health`."""
    parser.set_defaults(command=_health)
    parser.add_argument("--ready", action="store_true", help="ask whether it is ready, not only whether it lives")


def _health(settings: Settings, asked: argparse.Namespace) -> int:
    if settings.metrics_port is None:
        return refuse("cli.health_no_port")
    path = "/readyz" if asked.ready else "/livez"
    try:
        status, text = fetched(settings, path)
    except (OSError, http.client.HTTPException) as error:
        return refuse("cli.health_silent", port=settings.metrics_port, reason=str(error) or type(error).__name__)
    if status != _OK:
        return refuse("cli.health_not_ready", what=text.strip())
    say("cli.health_ready" if asked.ready else "cli.health_alive")
    return 0


def fetched(settings: Settings, path: str) -> tuple[int, str]:
    """What this machine's bot answers at its port. Raises `OSError` and `http.client.HTTPException`."""
    host = _EVERY_ADDRESS.get(settings.metrics_host, settings.metrics_host)
    connection = http.client.HTTPConnection(host, settings.metrics_port, timeout=_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()
