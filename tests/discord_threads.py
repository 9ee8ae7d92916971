"""The threads of the loopback Discord's one channel, and what stands in them."""

from datetime import UTC, datetime

from tests.discord_payloads import APPLICATION, CHANNEL, GUILD, Json, Refusal, message_of, now, snowflake


class Threads:
    """Every thread by its id, and its messages in order. A nonce that is enforced is taken once."""

    def __init__(self) -> None:
        self.made: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}

    def make(self, body: Json) -> Json:
        moment = datetime.fromtimestamp(now(), UTC).isoformat()
        kept: Json = {"archived": False, "locked": False, "archive_timestamp": moment, "auto_archive_duration": 10080}
        thread: Json = {"type": body["type"], "name": body["name"], "owner_id": APPLICATION, "parent_id": CHANNEL}
        number = snowflake()
        thread |= {"id": number, "guild_id": GUILD, "message_count": 0, "member_count": 1, "flags": 0}
        self.made[number] = thread | {"rate_limit_per_user": 0, "thread_metadata": kept}
        self.messages[number] = []
        return self.made[number]

    def write(self, thread_id: str, body: Json) -> Json:
        there = self._in(thread_id)
        if body.get("enforce_nonce"):
            for message in there:
                if message["nonce"] == body["nonce"]:
                    return message
        there.append(message_of(body, 0) | {"channel_id": thread_id, "nonce": body.get("nonce")})
        return there[-1]

    def read(self, thread_id: str) -> list[Json]:
        return self._in(thread_id)[::-1]

    def _in(self, thread_id: str) -> list[Json]:
        if thread_id not in self.messages:
            raise Refusal(404, 10003, "Unknown Channel")
        return self.messages[thread_id]
