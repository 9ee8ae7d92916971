"""What went between the bot and Discord, and trouble on the way at one chosen request."""

import asyncio
import fnmatch
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import discord
import pytest
import simcord
from discord.http import Route
from simcord.http import router

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


def refuse(
    monkeypatch: pytest.MonkeyPatch, *values: str, at: str = "", code: int = 50035, blame: str | None = None
) -> None:
    """From now on Discord refuses whatever has one of these values in its payload, and says where it stands.

    With `at`, only inside the part of that name. With `blame` it names that place; with "" it names none.
    """

    def check(body: Any) -> None:
        found = [".".join(path) for path in _paths(body, values) if not at or at in path]
        if found:
            named = found if blame is None else [blame] if blame else []
            _raise(400, {"code": code, "message": "Refused by the test", "errors": _tree(named)})

    _before(monkeypatch, check)


def lose(monkeypatch: pytest.MonkeyPatch, step: Step, error: Exception | None = None) -> None:
    """At this step Discord does what it is asked, and the bot never hears of it; once, not ever after."""
    dispatch, seen = router.dispatch, 0

    def losing(backend: Any, method: str, path: str, **given: Any) -> Any:
        nonlocal seen
        result = dispatch(backend, method, path, **given)
        if method == step.method and fnmatch.fnmatch(path, step.path):
            seen += 1
            if seen == step.number:
                if error is not None:
                    raise error
                _raise(500, {"code": 0, "message": "Lost by the test"})
        return result

    monkeypatch.setattr(router, "dispatch", losing)


def _before(monkeypatch: pytest.MonkeyPatch, check: Callable[[Any], None]) -> None:
    dispatch = router.dispatch

    def checking(backend: Any, method: str, path: str, **given: Any) -> Any:
        try:
            check(given.get("json"))
        except discord.HTTPException:
            backend.http_requests.append(simcord.HttpLogEntry(method, path, {}, given.get("json"), None))
            raise
        return dispatch(backend, method, path, **given)

    monkeypatch.setattr(router, "dispatch", checking)


def _paths(body: Any, values: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(body, str):
        if body in values:
            yield ()
        return
    inner: Any = enumerate(cast("list[Any]", body)) if isinstance(body, list) else ()
    if isinstance(body, dict):
        inner = cast("dict[str, Any]", body).items()
    for key, part in inner:
        yield from ((str(key), *path) for path in _paths(part, values))


def _tree(paths: Iterable[str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path in paths:
        node = tree
        for key in path.split("."):
            node = node.setdefault(key, {})
        node["_errors"] = [{"code": "URL_TYPE_INVALID_URL", "message": "Not a well formed URL."}]
    return tree


def _raise(status: int, body: dict[str, Any]) -> None:
    response = cast("Any", SimpleNamespace(status=status, reason="Refused", headers={}))
    raise discord.HTTPException(response, body)
