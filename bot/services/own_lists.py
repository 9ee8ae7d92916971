"""What servers have made of the list, as far as it is at hand: loaded when asked for, let go of for others."""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.overlays import Overlay
from bot.domain.errors import StorageUnavailable
from bot.services.background import in_thread
from bot.storage.db import films, revisions
from bot.storage.db.database import Database, Transaction

# Films of servers' own that are at hand, of however many servers: a film and its share of an index take about 17 KB,
# so at most 200 MB, and 200 servers with 50 films each have room.
# A list weighs at least so much, whatever it has, and a little more for each film that its server sees.
AT_HAND: Final = 12_000
_AT_LEAST: Final = 5
_SEEN_PER_OWN: Final = 2000
_NOTHING_OWN: Final = Overlay()


class Seen(NamedTuple):
    """What a server has made of the list, and the list as it sees it."""

    overlay: Overlay
    shared: Catalogue
    catalogue: Catalogue

    @classmethod
    def of(cls, overlay: Overlay, shared: Catalogue) -> "Seen":
        """Over this shared list."""
        return cls(overlay, shared, overlay.over(shared))

    @classmethod
    def ready(cls, overlay: Overlay, shared: Catalogue) -> "Seen":
        """The same, with all worked out that any question needs; a thread's work."""
        seen = cls.of(overlay, shared)
        overlay.removed.warmed()
        seen.catalogue.warmed()
        return seen

    @property
    def weight(self) -> int:
        """How much of `AT_HAND` it takes."""
        own = len(self.overlay.own.by_slug) + len(self.overlay.removed.by_slug)
        return _AT_LEAST + own + len(self.shared.by_slug) // _SEEN_PER_OWN


# The slugs that have changed in a server, or None for all, and how they stand now.
Change = tuple[frozenset[str] | None, Overlay]


class OwnLists:
    """What servers have made of the shared list, of those that were asked for or announced."""

    def __init__(self, database: Database, shared: Catalogue) -> None:
        self._database = database
        self.shared = shared
        self._unchanged = set[int]()  # servers that are known to have changed nothing
        self._at_hand: dict[int, Seen] = {}  # the one asked for last at the end
        self._loading: dict[int, asyncio.Task[None]] = {}
        # What a task has woken stays at hand until the task is done, however many others are asked meanwhile.
        self._asking = WeakKeyDictionary[asyncio.Task[Any], int]()

    @property
    def with_own(self) -> frozenset[int]:
        """The servers whose lists are in memory, or on their way there, as they have changed something."""
        return frozenset((*self._at_hand, *self._loading))

    def seen(self, guild_id: int) -> Seen:
        """What the server has made of the list, which has been loaded. Raises `StorageUnavailable` where it was not."""
        if guild_id in self._unchanged:
            return Seen.of(_NOTHING_OWN, self.shared)
        found = self._at_hand.pop(guild_id, None)
        if found is None:
            raise StorageUnavailable("the list is not at hand")
        if found.shared is not self.shared:
            found = Seen.of(found.overlay, self.shared)
        self._at_hand[guild_id] = found
        return found

    async def ensure_loaded(self, guild_id: int) -> None:
        """Have the list at hand; costs nothing where it is. Loaded once for all who ask meanwhile.

        Raises `StorageUnavailable` where it has to be loaded and cannot.
        """
        if guild_id not in self._unchanged and (task := asyncio.current_task()) is not None:
            self._asking[task] = guild_id
        while not self._is_ready(guild_id):
            if guild_id not in self._loading:
                self._loading[guild_id] = asyncio.ensure_future(self._load(guild_id))
            await asyncio.shield(self._loading[guild_id])

    async def announce(self, tx: Transaction, guild_ids: Collection[int]) -> None:
        """Find out which of these servers have changed nothing, so that nothing needs to be loaded for them."""
        changed = await revisions.changed_among(tx, guild_ids)
        self._unchanged.update(guild_id for guild_id in guild_ids if guild_id not in changed | self._at_hand.keys())

    def let_go(self, guild_ids: Iterable[int]) -> None:
        """Keep nothing more of these servers in memory."""
        for guild_id in guild_ids:
            self._unchanged.discard(guild_id)
            self._at_hand.pop(guild_id, None)
            self._loading.pop(guild_id, None)

    def followed(self, guild_ids: Iterable[int]) -> list[int]:
        """Those whose changes have to be taken up: the others are loaded as they are then when they are asked for."""
        held = (self._at_hand, self._loading, self._unchanged)
        return [guild_id for guild_id in guild_ids if any(guild_id in each for each in held)]

    async def changed(self, guild_id: int, change: Change, shared: Catalogue) -> Seen | None:
        """The list after a change, over a shared list; None where it is not at hand. What is loading begins anew."""
        slugs, now = change
        if guild_id in self._at_hand:
            before = self._at_hand[guild_id].overlay
        elif guild_id in self._unchanged:
            before = _NOTHING_OWN
        else:
            self._loading.pop(guild_id, None)
            return None
        if slugs is None:
            return await in_thread(Seen.ready, now, shared)
        return await in_thread(lambda: Seen.ready(before.changed(slugs, now), shared))

    def take_up(self, shared: Catalogue, changed: Mapping[int, Seen]) -> None:
        """Answer from these lists from now on."""
        self.shared = shared
        for guild_id, seen in changed.items():
            self._keep(guild_id, seen)

    def _is_ready(self, guild_id: int) -> bool:
        seen = self._at_hand.get(guild_id)
        return guild_id in self._unchanged if seen is None else seen.shared is self.shared

    async def _load(self, guild_id: int) -> None:
        shared, task = self.shared, asyncio.current_task()
        try:
            if (held := self._at_hand.get(guild_id)) is not None:
                overlay = held.overlay
            else:
                async with self._database.read() as tx:
                    overlay = await films.overlay(tx, guild_id)
            seen = await in_thread(Seen.ready, overlay, shared)
            if self._loading.get(guild_id) is task:  # otherwise the list has changed meanwhile
                self._keep(guild_id, seen)
        finally:
            if self._loading.get(guild_id) is task:
                del self._loading[guild_id]

    def _keep(self, guild_id: int, seen: Seen) -> None:
        self._at_hand.pop(guild_id, None)
        if not seen.overlay.covered:
            self._unchanged.add(guild_id)
            return
        self._unchanged.discard(guild_id)
        self._at_hand[guild_id] = seen
        asked = {guild_id, *self._asking.values()}
        weight = sum(each.weight for each in self._at_hand.values())
        for other in [each for each in self._at_hand if each not in asked]:
            if weight <= AT_HAND:
                break
            weight -= self._at_hand.pop(other).weight
