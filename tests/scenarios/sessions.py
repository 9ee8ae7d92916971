"""What Discord's gateway says of servers: a new session, an outage, a removal, and a server that comes late."""

import asyncio
from typing import Any

from simcord.backend import serializers

from tests.conftest import Club


def identify(club: Club, *guild_ids: int) -> None:
    """A new session begins: Discord names the servers of the bot, and has sent none of them yet."""
    backend = club.env.backend
    ready: dict[str, Any] = {
        "v": 10,
        "user": dict(serializers.user_payload(backend.bot_user)),
        "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guild_ids],
        "session_id": "another",
        "resume_gateway_url": "wss://simcord.invalid",
        "shard": [0, 1],
        "application": {"id": str(backend.application_id), "flags": 0},
    }
    backend.emit("READY", ready)


def send(club: Club, guild_id: int, *, is_new: bool = False) -> None:
    """Discord sends the server; of one that the bot was added to just now it says nothing of an outage."""
    payload = dict(serializers.guild_create_payload(club.env.backend, club.env.backend.get_guild(guild_id)))
    if is_new:
        del payload["unavailable"]
    club.env.backend.emit("GUILD_CREATE", payload)


def send_later(club: Club, guild_id: int, seconds: float = 0.3) -> None:
    asyncio.get_running_loop().call_later(seconds, send, club, guild_id)


def break_down(club: Club, guild_id: int) -> None:
    """The server is out of order."""
    club.env.backend.emit("GUILD_DELETE", {"id": str(guild_id), "unavailable": True})


def take_bot_away(club: Club, guild_id: int) -> None:
    """The bot is removed, and its commands stay, as where only they were added."""
    club.env.backend.emit("GUILD_DELETE", {"id": str(guild_id)})
