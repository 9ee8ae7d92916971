"""The order in which the shards of all processes identify themselves."""

import asyncio
import logging
import time
from typing import Final

from bot.domain.errors import StorageUnavailable
from bot.storage.db import identify_gates
from bot.storage.db.database import Database

log = logging.getLogger(__name__)

# Seconds between two of a bucket. Discord asks for five
# (https://docs.discord.com/developers/events/gateway#sharding-max-concurrency).
_BETWEEN: Final = 5.5
# Who gets through later than this after asking may have been let through as much earlier, so it queues again.
_STALE: Final = 0.3
_LOOK: Final = 0.2
_AFTER_FAILURE: Final = 2.0


class IdentifyGate:
    """Lets one shard of a bucket through every few seconds, whatever process it is of."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.max_concurrency = 1  # as Discord says

    async def wait(self, shard_id: int) -> None:
        """Come back when the shard may identify itself, at once after that."""
        bucket = shard_id % self.max_concurrency
        is_there = False
        while True:
            began = time.monotonic()
            try:
                async with self._database.begin() as tx:
                    if not is_there:
                        await identify_gates.prepare(tx, bucket)
                    entered = await identify_gates.enter(tx, bucket, _BETWEEN)
                is_there = True
            except StorageUnavailable as failure:
                log.warning("shard %d waits to identify itself (%s)", shard_id, failure.reason)
                await asyncio.sleep(_AFTER_FAILURE)
                continue
            if entered and time.monotonic() - began < _STALE:
                return
            if not entered:
                await asyncio.sleep(_LOOK)
