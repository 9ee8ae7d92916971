"""`frontrow status`: what there is to know about a bot, line by line, each with what to do about it."""

import argparse
import asyncio
import datetime
import http.client
import json
import re
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot import __version__
from bot.cli.watching import fetched
from bot.domain.errors import StorageUnavailable
from bot.services.backups import Backups, journal_for
from bot.settings import Settings
from bot.sources.gateway import DISCORD, GatewayRefused, gateway_limits
from bot.storage.db import migrate
from bot.storage.db.database import DatabaseUnavailable, bare_engine, exists
from bot.ui.kit.text import english

_READING: Final = re.compile(r"^(frontrow_\w+)(?:\{\w+=\"(.*?)\"\})? (\S+)$", re.MULTILINE)
# A tenth of the 10,000 at which Discord shuts an address out.
_MANY_INVALID: Final = 1000
_RESERVE: Final = 0.1
_OLD: Final = datetime.timedelta(hours=36)
_LONG_UNTRIED: Final = datetime.timedelta(days=92)
_FINE, _BAD = "ok   ", "LOOK "
_LATE: Final = 3600.0


class Line(NamedTuple):
    """One thing: a sentence, and whether somebody has to do something."""

    key: str
    values: dict[str, str | int]
    is_bad: bool = False


def add_status_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `status`, which has none."""
    parser.set_defaults(command=show_status)


def show_status(settings: Settings, _asked: argparse.Namespace, discord: str = DISCORD) -> int:
    """Tell all there is; the exit status is 1 where something has to be done."""
    now = datetime.datetime.now(datetime.UTC)  # noqa: TID251  # a command is run when it is run
    lines = asyncio.run(_lines(settings, now, discord))
    for line in lines:
        mark = _BAD if line.is_bad else _FINE
        sys.stdout.write(f"{mark}{english().plain(line.key, **line.values)}\n")
    return int(any(line.is_bad for line in lines))


async def _lines(settings: Settings, now: datetime.datetime, discord: str) -> list[Line]:
    return [
        Line("status.version", {"version": __version__}),
        await _database(settings),
        *await asyncio.to_thread(lambda: list(_process(settings))),
        await _sessions(settings, discord),
        *await _backups(settings, now),
    ]


async def _database(settings: Settings) -> Line:
    address = settings.database_url.get_secret_value()
    newest = migrate.revisions()[-1]
    try:
        if not exists(address):
            return Line("status.database_new", {})
        async with bare_engine(address) as engine:
            found = await migrate.current(engine)
    except DatabaseUnavailable as error:
        return Line("status.database_away", {"reason": error.reason}, is_bad=True)
    except migrate.NewerDatabase as error:
        return Line("status.database_newer", {"found": error.found, "known": error.known}, is_bad=True)
    if found != newest:
        return Line("status.database_behind", {"found": found or "-", "known": newest}, is_bad=True)
    return Line("status.database", {"revision": newest})


def _process(settings: Settings) -> Iterator[Line]:
    """What the bot that runs here says at its port."""
    if settings.metrics_port is None:
        yield Line("status.no_port", {})
        return
    try:
        _, ready = fetched(settings, "/readyz")
        _, text = fetched(settings, "/metrics")
        said = json.loads(ready)
    except (OSError, http.client.HTTPException, ValueError) as error:
        yield Line("status.silent", {"port": settings.metrics_port, "reason": type(error).__name__}, is_bad=True)
        return
    lacking = ", ".join(f"{part}: {what}" for part, what in said.items() if part != "ready" and what != "ok")
    yield Line("status.not_ready", {"what": lacking}, is_bad=True) if lacking else Line("status.ready", {})
    found = {(name, label): float(value) for name, label, value in _READING.findall(text)}
    ready_shards = int(found.get(("frontrow_shards", "ready"), 0))
    yield Line("status.shards", {"ready": ready_shards, "away": int(found.get(("frontrow_shards", "away"), 0))})
    invalid = int(found.get(("frontrow_invalid_requests", ""), 0))
    yield Line(
        "status.invalid_many" if invalid >= _MANY_INVALID else "status.invalid",
        {"n": invalid},
        invalid >= _MANY_INVALID,
    )
    late = max((each for (name, _), each in found.items() if name == "frontrow_due_work_lateness_seconds"), default=0)
    yield Line("status.late" if late > _LATE else "status.in_time", {"minutes": round(late / 60)}, late > _LATE)


async def _sessions(settings: Settings, discord: str) -> Line:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        return Line("status.no_token", {}, is_bad=True)
    try:
        limits = await gateway_limits(token, discord)
    except GatewayRefused as error:
        return Line("status.sessions_unknown", {"reason": error.reason}, is_bad=True)
    few = limits.remaining < limits.shards + limits.total * _RESERVE
    values: dict[str, str | int] = {"left": limits.remaining, "total": limits.total, "shards": limits.shards}
    return Line("status.sessions_few" if few else "status.sessions", values, few)


async def _backups(settings: Settings, now: datetime.datetime) -> list[Line]:
    address, folder = settings.database_url.get_secret_value(), settings.backup_folder
    if folder is None:
        return [
            Line(
                "status.backup_nowhere" if journal_for(address, folder) else "status.backup_nowhere_server",
                {},
                is_bad=True,
            )
        ]
    work = Backups(address, folder)
    try:
        age = await work.age(now)
    except StorageUnavailable as error:
        return [Line("status.backup_unreadable", {"folder": str(folder), "reason": error.reason}, is_bad=True)]
    if age is None:
        return [Line("status.backup_none", {"folder": str(folder)}, is_bad=True)]
    tried = await work.drill_age(now)
    old, untried = age > _OLD, tried is None or tried > _LONG_UNTRIED
    return [
        Line("status.backup_old" if old else "status.backup", {"hours": round(age.total_seconds() / 3600)}, old),
        Line("status.drill_due" if untried else "status.drill", {"days": tried.days if tried else 0}, untried),
    ]
