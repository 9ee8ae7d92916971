"""Which of Discord's routes a path belongs to: without ids and tokens, so that they are few and tell nothing."""

from typing import Final

# The words of the routes that a bot like this uses. Whatever else stands in a path is somebody's.
_WORDS: Final = frozenset(
    "@me @original active applications archived auth bot bulk-delete callback channels commands crosspost gateway "
    "guilds interactions invites members messages oauth2 permissions pins private public reactions roles "
    "thread-members threads typing users voice webhooks".split()
)
_MOST_PARTS: Final = 9
_EXACT: Final = frozenset({200, 201, 204, 304, 400, 401, 403, 404, 405, 429, 500, 502, 503, 504})


def route_of(path: str) -> str:
    """Such as `/channels/{}/messages`."""
    parts = [part for part in path.split("/") if part]
    if parts[:1] == ["api"]:
        parts = parts[2:]  # and the version
    return "/" + "/".join(part if part in _WORDS else "{}" for part in parts[:_MOST_PARTS])


def status_of(status: int) -> str:
    """The status, or its class where it is an odd one, as a proxy may send."""
    return str(status) if status in _EXACT else f"{status // 100 % 10}xx"


def interaction_of(path: str) -> int | None:
    """The interaction that a request to this path gives the first answer to."""
    match [part for part in path.split("/") if part]:
        case [*_, "interactions", number, _, "callback"] if number.isdecimal():
            return int(number)
        case _:
            return None
