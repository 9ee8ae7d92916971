"""In which order the shards of all processes identify themselves: a row for each bucket, on the database's clock.

Discord takes one IDENTIFY each five seconds in a bucket, which is `shard_id % max_concurrency`
(https://docs.discord.com/developers/events/gateway#sharding-max-concurrency).
"""

import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.db.connections import AsyncConnection
from bot.storage.db.shard_leases import NOW
from bot.storage.db.tables import identify_gates


async def prepare(tx: AsyncConnection, bucket: int) -> None:
    """Have a row for the bucket."""
    await tx.execute(insert(identify_gates).values(bucket=bucket, free_at=NOW).on_conflict_do_nothing())


async def enter(tx: AsyncConnection, bucket: int, seconds: float) -> bool:
    """Go through the bucket's gate, which then stays closed for so long; False where it is closed."""
    row = identify_gates.c
    entering = (
        update(identify_gates)
        .where(row.bucket == bucket, row.free_at <= NOW)
        .values(free_at=NOW + datetime.timedelta(seconds=seconds))
        .returning(row.bucket)
    )
    return await tx.scalar(entering) is not None
