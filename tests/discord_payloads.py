"""What Discord says and means: the payloads of a small club, and refusals with Discord's own codes."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeAlias

from aiohttp import web

Json: TypeAlias = dict[str, Any]

APPLICATION, GUILD, CHANNEL, OWNER, MEMBER = "1000", "2000", "2001", "3000", "3001"
# See, send, embed, attach, read back, use commands, open public threads, write in threads.
EVERYONE = str(sum(1 << bit for bit in (10, 11, 14, 15, 16, 31, 35, 38)))
MANAGER = str(int(EVERYONE) | 1 << 5)
PRIVILEGED_INTENTS = 1 << 1 | 1 << 8 | 1 << 15
EPHEMERAL, LOADING = 1 << 6, 1 << 7
_serial = count()


def now() -> float:
    return time.time()  # noqa: TID251  (this is Discord's own clock)


def snowflake() -> str:
    return str((int(now() * 1000) - 1420070400000 << 22) + next(_serial))


# One key a line would bury the server under its payloads.
# fmt: off
def user(user_id: str, name: str, *, bot: bool = False) -> Json:
    return {"id": user_id, "username": name, "bot": bot, "discriminator": "0", "avatar": None, "global_name": None,
            "public_flags": 0, "flags": 0, "mfa_enabled": True, "locale": "en-US"}


def member(user: Json) -> Json:
    return {"user": user, "roles": [], "flags": 0, "nick": None, "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": False, "mute": False, "permissions": EVERYONE}


BOT = user(APPLICATION, "front-row", bot=True)
ABOUT_BOT: Json = {
    "id": APPLICATION, "name": "Front Row", "icon": None, "description": "", "type": None, "verify_key": "0" * 64,
    "flags": 0, "bot_public": True, "bot_require_code_grant": False, "owner": user(OWNER, "owner"), "team": None}
TEXT_CHANNEL: Json = {
    "id": CHANNEL, "type": 0, "name": "films", "position": 0, "parent_id": None, "flags": 0, "nsfw": False,
    "topic": None, "rate_limit_per_user": 0, "permission_overwrites": [], "permissions": EVERYONE}
EVERYONE_ROLE: Json = {"id": GUILD, "name": "@everyone", "permissions": EVERYONE, "position": 0, "color": 0,
                       "flags": 0, "hoist": False, "managed": False, "mentionable": False}
CLUB: Json = {
    "id": GUILD, "name": "Film club", "owner_id": OWNER, "unavailable": False, "member_count": 3, "large": False,
    "roles": [EVERYONE_ROLE], "channels": [TEXT_CHANNEL], "members": [member(BOT)], "threads": [],
    "features": ["COMMUNITY"], "preferred_locale": "en-US", "joined_at": "2024-01-01T00:00:00+00:00"}


def interaction_of(kind: int, data: Json) -> Json:
    return {
        "id": snowflake(), "application_id": APPLICATION, "type": kind, "token": f"token-{snowflake()}", "version": 1,
        "data": data, "guild_id": GUILD, "guild": {"id": GUILD, "locale": "en-US", "features": CLUB["features"]},
        "channel_id": CHANNEL, "channel": TEXT_CHANNEL, "member": member(user(MEMBER, "ada")), "context": 0,
        "app_permissions": EVERYONE, "locale": "en-US", "guild_locale": "en-US", "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD}, "attachment_size_limit": 10 * 2**20}


def message_of(body: Json, kind: int) -> Json:
    blank: Json = {
        "id": snowflake(), "type": kind, "channel_id": CHANNEL, "author": BOT, "webhook_id": APPLICATION,
        "content": "", "embeds": [], "components": [], "attachments": [], "mentions": [], "mention_roles": [],
        "mention_everyone": False, "pinned": False, "tts": False, "flags": 0, "edited_timestamp": None,
        "timestamp": datetime.fromtimestamp(now(), UTC).isoformat()}
    return blank | shown(body)
# fmt: on


def shown(body: Json) -> Json:
    return {key: body[key] for key in ("content", "embeds", "components", "flags") if body.get(key) is not None}


def json_response(value: Any, status: int = 200) -> web.Response:
    # discord.py reads JSON only under this exact type, as Discord sends it; aiohttp's own helper adds a charset.
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")


class Refusal(Exception):
    def __init__(self, status: int, code: int, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        body: Json = {"message": message, "code": code}
        self.response = json_response(body if retry_after is None else body | {"retry_after": retry_after}, status)
        if code:  # else it may be the proxy in front of Discord that answers
            self.response.headers["Via"] = "1.1 google"
        if retry_after is not None:
            self.response.headers["Retry-After"] = f"{retry_after:g}"


def options_of(declared: list[Json], path: list[str], values: Mapping[str, Any], focused: str | None) -> list[Json]:
    """The values with their declared types, inside the subcommands named by `path`."""
    by_name = {option["name"]: option for option in declared}
    if path:
        step = by_name[path[0]]
        inner = options_of(step.get("options", []), path[1:], values, focused)
        return [{"name": step["name"], "type": step["type"], "options": inner}]
    return [
        {"name": name, "type": by_name[name]["type"], "value": value} | ({"focused": True} if name == focused else {})
        for name, value in values.items()
    ]


def holds(components: list[Json], custom_id: str) -> bool:
    return any(
        part.get("custom_id") == custom_id or holds(part.get("components", []), custom_id) for part in components
    )
