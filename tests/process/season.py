"""Servers in several time zones that have a film every evening, and evenings that pass while processes die."""

import asyncio
import datetime
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import open_app
from bot.content import DATA
from bot.domain.guilds.settings import Actor
from bot.domain.spotlight.schedules import Rhythm, Schedule
from bot.services import Services
from bot.storage.content.films import read_films
from bot.storage.db.database import Database
from bot.storage.db.tables import spotlight_slots, spotlights
from tests.conftest import UnfiledSettings
from tests.discord_payloads import Json
from tests.process.cinema import Cinema
from tests.process.spotlight_process import FIRST, Clock, channel_of

ZONES: Final = ("Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "UTC")
NIGHTLY: Final = Schedule(rhythm=Rhythm.DAILY, weekdays=(4,), clock=datetime.time(2, 15))


class Season(NamedTuple):
    """What came of it: for each server how many posts, and how many there should have been."""

    expected: int
    doubled: int
    missed: int
    kills: Counter[str]


async def prepared(address: str, guilds: int, now: datetime.datetime, zones: Sequence[str] = ZONES) -> None:
    """Switch it on in so many servers."""
    settings = UnfiledSettings(database_url=SecretStr(address), discord_token=None, tmdb_token=None, shard_count=1)
    async with open_app(settings) as app:
        for number in range(guilds):
            await _switch_on(app.bot.services, FIRST + 10 * number, zones[number % len(zones)], now)


async def _switch_on(services: Services, guild_id: int, zone: str, now: datetime.datetime) -> None:
    admin = Actor(guild_id=guild_id, member_id=1, name="admin", manages=True)
    if zone != "UTC":
        await services.guilds.change(admin, {"time_zone": zone}, now)
    plan = {"is_on": True, "channel_id": channel_of(guild_id), "schedule": NIGHTLY, "opens_thread": False}
    await services.spotlight.change(admin, plan, now)


async def played(
    address: str, folder: Path, guilds: int, nights: Sequence[datetime.date], nerves: float, speed: float
) -> Season:
    """Two processes, killed at work again and again, through these nights, which follow each other."""
    start = datetime.datetime.combine(nights[0], datetime.time(), datetime.UTC) - datetime.timedelta(hours=14)
    await prepared(address, guilds, start)
    clock, database = folder / "clock.json", await Database.open(address)
    Clock.write(clock, start, speed)
    try:
        async with Cinema(clock, address, guilds, nerves) as cinema:
            await cinema.hire("one", "two")
            killing = asyncio.ensure_future(_kill_at_random(cinema))
            while (moment := await _next_moment(database, nights[-1])) is not None:
                Clock.write(clock, moment, speed)
                while not await is_done(database, moment):  # noqa: ASYNC110  (another process says it to nobody)
                    await asyncio.sleep(0.2)
            killing.cancel()
            assert cinema.unknown == []
            return await _counted(database, cinema, guilds, nights)
    finally:
        await database.close()


async def _kill_at_random(cinema: Cinema) -> None:
    """Somewhere between two steps, as the requests alone would not."""
    chance = Random(1962)  # noqa: S311  (when is no secret)
    while True:
        await asyncio.sleep(chance.uniform(2, 12))
        cinema.kill(chance.choice(["one", "two"]), "anywhere")


async def _next_moment(database: Database, last: datetime.date) -> datetime.datetime | None:
    async with database.read() as tx:
        query = select(spotlights.c.next_at, spotlights.c.next_slot).order_by(spotlights.c.next_at).limit(1)
        row = (await tx.execute(query)).one()
    return row.next_at if row.next_slot <= last else None


async def is_done(database: Database, moment: datetime.datetime) -> bool:
    """Whether nothing that was due by then is left or under way."""
    async with database.read() as tx:
        left = await tx.scalar(select(func.count()).select_from(spotlights).where(spotlights.c.next_at <= moment))
        begun = await tx.scalar(
            select(func.count()).select_from(spotlight_slots).where(spotlight_slots.c.state != "done")
        )
    return not left and not begun


async def _counted(database: Database, cinema: Cinema, guilds: int, nights: Sequence[datetime.date]) -> Season:
    """Each slot is one card of its film in the server's channel, and one trailer where the film has any."""
    async with database.read() as tx:
        rows = [row for row in await tx.execute(select(spotlight_slots)) if row.slot in nights]
    films = {film.slug: film for film in read_films(DATA / "films").films}
    due = Counter[str]()
    for row in rows:
        due[f"{channel_of(row.guild_id)} {row.slug}"] += 1
        if films[row.slug].trailers:
            due[f"{channel_of(row.guild_id)} {films[row.slug].trailers[0].address()}"] += 1
    there = Counter(f"{channel} {_what(each)}" for channel, messages in cinema.messages.items() for each in messages)
    missed = (due - there).total() + guilds * len(nights) - len(rows)
    return Season(guilds * len(nights), (there - due).total(), missed, cinema.kills)


def _what(message: Json) -> str:
    """The slug of the film whose card it is, or the trailer's address."""
    card = re.search(r"film:discuss:([a-z0-9-]+)", str(message["components"]))
    return card[1] if card else message["content"]
