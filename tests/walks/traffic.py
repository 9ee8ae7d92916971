"""What went between the bot and Discord, and trouble on the way at one chosen request."""

import asyncio
import fnmatch
from typing import Any, NamedTuple

import pytest
import simcord
from discord.http import Route

from tests.conftest import Club

CREATIONS = ("POST", "/channels/*/threads")
# Longer than the bot waits for anything.
_FOREVER = 1000.0


class Step(NamedTuple):
    """A request that the bot makes on its way: the `number`th of its kind."""

    method: str
    path: str
    number: int = 1


class Fault(NamedTuple):
    """How Discord refuses a request."""

    status: int
    code: int = 0


def asked(club: Club, method: str, path: str) -> list[simcord.HttpLogEntry]:
    """The bot's requests of one kind; both method and path may be or have stars."""
    return [
        entry
        for entry in club.env.http_requests
        if fnmatch.fnmatch(entry.method, method) and fnmatch.fnmatch(entry.path, path)
    ]


def answers(club: Club) -> list[int]:
    """How the bot answered each interaction at first: 4 with a message, 5 with a promise, 7 with an edit."""
    callbacks = asked(club, "POST", "/interactions/*/callback")
    return [entry.json["type"] for entry in callbacks if entry.json is not None]


def trip(club: Club, monkeypatch: pytest.MonkeyPatch, step: Step, fault: Fault | None) -> None:
    """At this step Discord refuses, or never answers where there is no fault; once, not ever after."""
    http = club.env.bot.http
    request, seen = http.request, 0

    async def tripping(route: Route, **given: Any) -> Any:
        nonlocal seen
        if (route.method, route.path) == (step.method, step.path):
            seen += 1
            if seen == step.number:
                await stumble()
        return await request(route, **given)

    async def stumble() -> None:
        if fault is None:
            await asyncio.sleep(_FOREVER)
        else:
            what = {"method": "*", "path": "*", "times": 1, "message": "Refused by the test"}
            club.env.backend.faults.append({**what, **fault._asdict()})

    monkeypatch.setattr(http, "request", tripping)
