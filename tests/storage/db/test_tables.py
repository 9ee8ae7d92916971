"""Moments in the database: stored from any time zone, they come back as the same moment, in UTC."""

import datetime
import zoneinfo

from sqlalchemy import insert, select, text

from bot.storage.db.database import Database
from bot.storage.db.tables import discussions

MOMENT = datetime.datetime(2026, 11, 23, 23, 59, 59, 123456, tzinfo=datetime.UTC)
ZONES = (
    datetime.UTC,
    datetime.timezone(datetime.timedelta(hours=-11, minutes=-30)),
    datetime.timezone(datetime.timedelta(hours=14)),
    zoneinfo.ZoneInfo("Asia/Kathmandu"),
)


async def test_a_moment_of_any_time_zone_comes_back_as_itself_in_utc(database: Database) -> None:
    for guild_id, zone in enumerate(ZONES):
        async with database.begin() as tx:
            moment = MOMENT.astimezone(zone)
            await tx.execute(insert(discussions).values(guild_id=guild_id, slug="a", claimed_until=moment))
    async with database.read() as tx:
        found = (await tx.scalars(select(discussions.c.claimed_until))).all()
    assert found == [MOMENT] * len(ZONES)
    assert {moment.tzinfo for moment in found} == {datetime.UTC}


async def test_no_moment_stays_none(database: Database) -> None:
    async with database.begin() as tx:
        await tx.execute(insert(discussions).values(guild_id=1, slug="a"))
        assert await tx.scalar(select(discussions.c.claimed_until)) is None


async def test_the_time_zone_of_a_session_changes_nothing(database: Database) -> None:
    async with database.begin() as tx:
        await tx.execute(insert(discussions).values(guild_id=1, slug="a", claimed_until=MOMENT))
        if tx.dialect.name == "postgresql":  # SQLite's sessions have none
            await tx.execute(text("SET LOCAL TIME ZONE 'Asia/Kathmandu'"))
        assert await tx.scalar(select(discussions.c.claimed_until)) == MOMENT
