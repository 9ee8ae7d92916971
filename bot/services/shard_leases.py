"""Which shards this process runs beside others on the same database: claimed, renewed, handed over."""

import asyncio
import enum
import logging
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from bot.domain.errors import StorageUnavailable
from bot.domain.guilds.shards import ShardIds, named
from bot.domain.guilds.turns import Turn, Turns
from bot.domain.versions import is_older
from bot.storage.db import processes, shard_leases
from bot.storage.db.database import Database, Transaction
from bot.storage.db.migrate import revisions
from bot.storage.db.processes import Process

log = logging.getLogger(__name__)

# Seconds between two looks into the database: at rest, and while something is being handed over.
_LOOK: Final = 1.0
_QUICK_LOOK: Final = 0.1
# Seconds for which an interaction waits until it is known who answers it; Discord gives up on it after three.
_UNDECIDED: Final = 2.0
_POLL: Final = 0.05
# Seconds after a handover in which interactions from before may still arrive.
_STRAGGLERS: Final = 1.0


class End(enum.Enum):
    """Why a process has no shards any more."""

    HANDED_OVER = enum.auto()
    LOST = enum.auto()  # nobody heard of it for so long that another has taken them


class Plan(NamedTuple):
    """What a process is told to run."""

    shard_count: int
    shard_ids: ShardIds
    lease: float  # seconds


def _clock() -> float:
    """Seconds that go on while the machine sleeps, where the system has such a clock."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class ShardLeases:
    """The shards of this process: answers on those that it holds, and asks whoever holds the others for them."""

    def __init__(self, database: Database, plan: Plan, version: str, clock: Callable[[], float] = _clock) -> None:
        self._database = database
        self._plan = plan
        self._version = version
        self._clock = clock
        self._me = uuid.uuid4().hex
        self._turns = Turns(clock)
        self._is_in_touch = True
        self._has_left = False
        self._guilds = 0
        self.shard_count = plan.shard_count
        self.shard_ids = range(0)  # known once it has joined

    def is_ours(self, shard_id: int) -> bool:
        """Whether what is to be done once, for the servers of the shard, is done here."""
        return self._turns.is_ours(shard_id)

    def turn(self, shard_id: int, interaction_id: int) -> Turn:
        """Who answers an interaction that has come; whoever is told that it is ours has to."""
        return self._turns.of(shard_id, interaction_id)

    async def decided(self, shard_id: int, interaction_id: int) -> Turn:
        """The same, after waiting a moment where it is just being decided."""
        for _ in range(round(_UNDECIDED / _POLL)):
            if (turn := self.turn(shard_id, interaction_id)) is not Turn.UNDECIDED:
                return turn
            await asyncio.sleep(_POLL)
        return self.turn(shard_id, interaction_id)

    async def join(self) -> range:
        """Find out which shards to run, and wait until there is something to run. Raises `StorageUnavailable`.

        Those that nobody holds are held from now on. Of the others this process is the successor's, if it is no older
        than their holders; told to take any range, only if it is newer.
        """
        said = ""
        while True:
            found, why = await self._find()
            if found is not None:
                self.shard_ids = found
                log.info("runs shards %s of %d", named(found), self.shard_count)
                return found
            if why != said:
                log.warning("%s: this process waits", why)
                said = why
            await asyncio.sleep(_LOOK)

    async def _find(self) -> tuple[range | None, str]:
        began = self._clock()
        async with self._database.begin() as tx:
            await shard_leases.prepare(tx, self.shard_count)
            other = await shard_leases.other_count(tx, self.shard_count)
            if other is not None:
                return None, f"others run with SHARD_COUNT={other} instead of {self.shard_count}, and have to end first"
            found = await self._choose(tx)
            if found is None:
                return None, "others hold all the shards"
            await processes.note(tx, self._process(found), self._plan.lease)
            taken = await self._claim(tx, found)
        self._turns.hold(taken, began + self._plan.lease)
        return found, ""

    async def _choose(self, tx: Transaction) -> range | None:
        held = {each.shard_id: each.version for each in await shard_leases.held(tx)}
        wanted = self._plan.shard_ids
        if isinstance(wanted, range):
            is_old = any(is_older(self._version, held[shard_id]) for shard_id in wanted if shard_id in held)
            return None if is_old else wanted
        ranges = list(wanted.of(self.shard_count))
        free = [each for each in ranges if held.keys().isdisjoint(each)]
        # Who is there already in a version like this is about to succeed an older one.
        coming = {each.shards for each in await processes.running(tx) if not is_older(each.version, self._version)}
        outdated = [
            each
            for each in ranges
            if named(each) not in coming and all(is_older(held.get(one, ""), self._version) for one in each)
        ]
        return next(iter((*free, *outdated)), None)

    async def keep(self, is_ready: Callable[[], bool], guilds: Callable[[], int]) -> End:
        """Renew the leases until there is nothing left to hold.

        Once all is ready here, whoever holds the rest is asked for it. `guilds` counts the servers, for the others.
        """
        while not self._has_left:
            self._guilds = guilds()
            mine = frozenset(self.shard_ids)
            missing = mine - self._turns.held - self._turns.given if is_ready() else frozenset[int]()
            try:
                lost = await self._look(missing)
                self._is_in_touch = self._say_in_touch("")
            except StorageUnavailable as failure:
                lost = frozenset[int]()
                self._is_in_touch = self._say_in_touch(failure.reason)
            if lost:
                log.error("others have taken shards %s, because this process was not heard of", sorted(lost))
                return End.LOST
            if self._turns.given >= mine:
                log.info("shards %s are handed over", named(self.shard_ids))
                await asyncio.sleep(_STRAGGLERS)
                return End.HANDED_OVER
            await asyncio.sleep(_QUICK_LOOK if missing or self._turns.giving else _LOOK)
        return End.HANDED_OVER

    async def _look(self, missing: Collection[int]) -> frozenset[int]:
        """Renew, take and ask for what is missing, and give up what others ask for; tells what has been lost."""
        began = self._clock()
        held, giving = self._turns.held, self._turns.giving
        async with self._database.begin() as tx:
            await processes.note(tx, self._process(self.shard_ids), self._plan.lease)
            renewed = await shard_leases.renew(tx, self._me, self._plan.lease)
            # What has run out is ours again where nobody has come, as when nobody could reach the database.
            taken = await self._take(tx, (held - giving - renewed.keys()) | set(missing))
            asked = set(missing) - taken.keys()
            if asked:
                await shard_leases.ask(tx, self._me, asked)
        self._turns.end_giving(giving - renewed.keys())
        lost = held - giving - renewed.keys() - taken.keys()
        self._turns.lose(lost)
        self._turns.ask_for(asked)
        self._turns.hold({each: taken[each] for each in taken.keys() - held}, began + self._plan.lease)
        if missing and not asked:
            log.info("answers on shards %s of %d", named(self.shard_ids), self.shard_count)
        await self._give({shard_id for shard_id, successor in renewed.items() if successor is not None})
        return lost

    async def _take(self, tx: Transaction, shard_ids: Collection[int]) -> Mapping[int, int]:
        if not shard_ids:
            return {}
        await shard_leases.prepare(tx, self.shard_count)
        return await self._claim(tx, shard_ids)

    async def _claim(self, tx: Transaction, shard_ids: Collection[int]) -> Mapping[int, int]:
        return await shard_leases.claim(tx, self._me, self.shard_count, shard_ids, self._plan.lease)

    async def _give(self, shard_ids: Collection[int]) -> None:
        boundaries = sorted(self._turns.begin_giving(shard_ids).items(), key=lambda each: each[1])
        for last, group in groupby(boundaries, key=lambda each: each[1]):
            given = [shard_id for shard_id, _ in group]
            async with self._database.begin() as tx:
                await shard_leases.give_up(tx, self._me, given, last, self._plan.lease)
            self._turns.end_giving(given)

    async def leave(self) -> None:
        """Give up all that is held, so that nobody has to wait. Raises `StorageUnavailable`."""
        self._has_left = True
        await self._give(self._turns.held)
        async with self._database.begin() as tx:
            await processes.forget(tx, self._me)

    async def servers(self) -> int:
        """How many servers all processes are in. Raises `StorageUnavailable`."""
        async with self._database.read() as tx:
            return await processes.served(tx)

    def _process(self, shard_ids: range) -> Process:
        return Process(self._me, self._version, revisions()[-1], named(shard_ids), self._guilds)

    def _say_in_touch(self, reason: str) -> bool:
        if reason and self._is_in_touch:
            log.warning("the leases cannot be renewed (%s); silent after %.0f s", reason, self._plan.lease)
        if not reason and not self._is_in_touch:
            log.info("the leases are renewed again")
        return not reason
