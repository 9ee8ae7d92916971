"""What is looked up: whether the bot is ready, and the figures that nobody counts."""

import asyncio
import contextlib
import datetime
import logging
import time
from collections.abc import AsyncGenerator, Mapping
from typing import Final

import discord

from bot.client import FilmBot
from bot.domain.errors import StorageUnavailable
from bot.domain.guilds.departures import due_before
from bot.monitoring.metrics import Metrics, Readings
from bot.monitoring.observer import Observer
from bot.storage.db import due_work, migrate
from bot.storage.db.database import Database

log = logging.getLogger(__name__)

_DATABASE_SECONDS: Final = 2.0
_LAG_EVERY: Final = 0.5
# Discord asks not to keep what /gateway/bot says for long, and nobody needs it more often.
_QUOTA_EVERY: Final = 600.0
FINE: Final = "ok"


class Sampler:
    """Looks things up for a scrape or a question; two at once share one look."""

    def __init__(self, bot: FilmBot, database: Database, metrics: Metrics, observer: Observer) -> None:
        self._bot = bot
        self._database = database
        self._metrics = metrics
        self._observer = observer
        self._identifies_left: float | None = None
        self._looking = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Measure the loop's lag, and ask Discord now and then how many sessions are left."""
        tasks = [asyncio.ensure_future(work) for work in (self._measure_lag(), self._ask_quota())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def readiness(self) -> dict[str, str]:
        """Each part with "ok", or with what it lacks."""
        own, ready = self._own_shards(), len(self._observer.ready_shards)
        shards = FINE if own and ready >= own else f"{ready} of {own or '?'} ready"
        films = FINE if self._bot.services.films.revision else "not loaded yet"
        database, schema = await self._database_and_schema()
        return {"shards": shards, "database": database, "schema": schema, "list": films}

    async def look(self) -> bytes:
        """The figures of this moment, in Prometheus' format."""
        async with self._looking:
            self._observer.give_up()
            self._metrics.read(await self._readings())
            return await asyncio.to_thread(self._metrics.text)

    async def _database_and_schema(self) -> tuple[str, str]:
        newest = migrate.revisions()[-1]
        try:
            async with asyncio.timeout(_DATABASE_SECONDS):
                found = await self._database.revision()
        except TimeoutError:
            return f"no answer in {_DATABASE_SECONDS:.0f} s", "unknown"
        except StorageUnavailable as failure:
            return failure.reason, "unknown"
        except migrate.NewerDatabase as newer:
            return FINE, f"revision {newer.found}, which a newer version has made"
        return FINE, FINE if found == newest else f"revision {found or '-'} instead of {newest}"

    async def _readings(self) -> Readings:
        own, ready = self._own_shards(), len(self._observer.ready_shards)
        parts = await self.readiness()
        readings: dict[str, Mapping[str, float]] = {
            "frontrow_invalid_requests": {"": self._observer.invalid_requests()},
            "frontrow_shards": {"ready": ready, "away": max(own - ready, 0)},
            "frontrow_heartbeat_seconds": {str(shard): each for shard, each in self._observer.heartbeats().items()},
            "frontrow_pool_in_use": {"": self._database.connections_in_use},
            "frontrow_list_revision": {"": self._bot.services.films.revision},
            "frontrow_ready": {part: float(said == FINE) for part, said in parts.items()},
        }
        if self._identifies_left is not None:
            readings["frontrow_identifies_left"] = {"": self._identifies_left}
        with contextlib.suppress(StorageUnavailable, TimeoutError):
            async with asyncio.timeout(_DATABASE_SECONDS):
                readings |= await self._due_work()
        with contextlib.suppress(StorageUnavailable):
            readings |= await self._ages()
        return readings

    async def _due_work(self) -> Readings:
        now = discord.utils.utcnow()
        async with self._database.read() as tx:
            found = await due_work.due(tx, {"post_removals": now, "departures": due_before(now)})
        late = {kind: _seconds(now - each.since) for kind, each in found.items() if each.since is not None}
        if "departures" in late:
            late["departures"] -= _seconds(now - due_before(now))
        return {
            "frontrow_due_work": {kind: each.number for kind, each in found.items()},
            "frontrow_due_work_lateness_seconds": dict.fromkeys(found, 0.0) | late,
        }

    async def _ages(self) -> Readings:
        backups, now = self._bot.services.backups, discord.utils.utcnow()
        if backups is None:
            return {}
        ages = {
            "frontrow_backup_age_seconds": await backups.age(now),
            "frontrow_drill_age_seconds": await backups.drill_age(now),
        }
        return {name: {"": _seconds(age)} for name, age in ages.items() if age is not None}

    def _own_shards(self) -> int:
        """How many connections this process is to have; 0 as long as Discord has not said."""
        return len(self._bot.shard_ids) if self._bot.shard_ids else self._bot.shard_count or 0

    async def _measure_lag(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_LAG_EVERY)
            self._metrics.loop_lag.observe(max(time.perf_counter() - before - _LAG_EVERY, 0.0))

    async def _ask_quota(self) -> None:
        while not self._bot.is_ready():  # noqa: ASYNC110  # it cannot be waited for before the login
            await asyncio.sleep(_LAG_EVERY)
        while True:
            try:
                _, _, limit = await self._bot.http.get_bot_gateway()
                self._identifies_left = limit["remaining"]
            except (discord.DiscordException, OSError) as error:
                log.info("Discord did not say how many sessions are left (%s)", type(error).__name__)
            await asyncio.sleep(_QUOTA_EVERY)


def _seconds(age: datetime.timedelta) -> float:
    return age.total_seconds()
