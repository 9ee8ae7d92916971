"""The gateway's side of the loopback Discord: one websocket, compressed as the bot asked."""

import asyncio
import json
import zlib
from collections.abc import Callable
from itertools import count
from typing import Any

import zstandard
from aiohttp import web


class Gateway:
    """One websocket of the bot, encoded the way its address asked."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        self.session_id = ""
        self.socket, self._pack = socket, _packer(compress)
        self._turn, self._sequence = asyncio.Lock(), count(1)
        self.shard = (0, 1)  # which of how many; known once it has identified itself

    def hears_of(self, guild_id: str | None) -> bool:
        """Whether Discord tells this connection of the server, or of direct messages for None."""
        number, of = self.shard
        return number == (0 if guild_id is None else (int(guild_id) >> 22) % of)

    async def send(self, op: int, d: Any = None, event: str | None = None) -> None:
        async with self._turn:  # a compressed stream has one order
            number = next(self._sequence) if event else None
            frame = self._pack(json.dumps({"op": op, "d": d, "s": number, "t": event}))
            await (self.socket.send_bytes(frame) if isinstance(frame, bytes) else self.socket.send_str(frame))

    def take_session(self, other: "Gateway") -> None:
        """Go on with the session of a connection that broke."""
        self.session_id, self.shard = other.session_id, other.shard
        self._sequence = other._sequence


def _packer(compress: str | None) -> Callable[[str], str | bytes]:
    match compress:
        case None:
            return lambda text: text
        case "zlib-stream":
            deflate = zlib.compressobj()
            return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
        case "zstd-stream":
            zstd, block = zstandard.ZstdCompressor().compressobj(), zstandard.COMPRESSOBJ_FLUSH_BLOCK
            return lambda text: zstd.compress(text.encode()) + zstd.flush(block)
        case _:
            raise ValueError(f"Discord knows no compression called {compress}")
