"""What Discord says about beginning sessions, for an operator who asks while no bot runs here."""

from typing import Any, Final, NamedTuple

import aiohttp

DISCORD: Final = "https://discord.com/api/v10"
_SECONDS: Final = 5.0
_OK: Final = 200


class GatewayLimits(NamedTuple):
    """How many shards Discord advises, and how many sessions may still be begun of how many a day."""

    shards: int
    remaining: int
    total: int


class GatewayRefused(Exception):
    """Discord did not say; `reason` is why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def gateway_limits(token: str, address: str = DISCORD) -> GatewayLimits:
    """Ask for them. Raises `GatewayRefused`."""
    headers = {"Authorization": f"Bot {token}", "User-Agent": "DiscordBot (Front Row)"}
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.get(f"{address}/gateway/bot", allow_redirects=False) as answer,
        ):
            if answer.status != _OK:
                raise GatewayRefused(f"status {answer.status}")
            said: dict[str, Any] = await answer.json()
            limit = said["session_start_limit"]
            return GatewayLimits(int(said["shards"]), int(limit["remaining"]), int(limit["total"]))
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError, KeyError, TypeError) as error:
        raise GatewayRefused(type(error).__name__) from error
