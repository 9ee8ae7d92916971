"""What servers have made of the list, as far as it is at hand: loaded when asked for, let go of for others."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.overlays import Overlay
from bot.domain.errors import StorageUnavailable
from bot.services.background import in_thread
from bot.storage.db import films
from bot.storage.db.database import Database

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

    def warmed(self) -> "Seen":
        """The same, with all worked out that any question needs."""
        self.overlay.removed.warmed()
        self.catalogue.warmed()
        return self

    @property
    def weight(self) -> int:
        """How much of `AT_HAND` it takes."""
        own = len(self.overlay.own.by_slug) + len(self.overlay.removed.by_slug)
        return _AT_LEAST + own + len(self.shared.by_slug) // _SEEN_PER_OWN


# The slugs that have changed in a server, or None for all, and how they stand now.
Change = tuple[frozenset[str] | None, Overlay]


class OwnLists:
    """The lists of servers that have changed anything, over the shared one."""

    def __init__(self, database: Database, shared: Catalogue) -> None:
        self._database = database
        self.shared = shared
        self.with_own: frozenset[int] = frozenset()  # every server that has changed anything
        self._at_hand: dict[int, Seen] = {}  # the one asked for last at the end
        self._loading: dict[int, asyncio.Task[None]] = {}
        # What a task has woken stays at hand until the task is done, however many others are asked meanwhile.
        self._asking = WeakKeyDictionary[asyncio.Task[Any], int]()

    def seen(self, guild_id: int) -> Seen:
        """What the server has made of the list, which has been woken. Raises `StorageUnavailable` where it was not."""
        if guild_id not in self.with_own:
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
        if guild_id in self.with_own and (task := asyncio.current_task()) is not None:
            self._asking[task] = guild_id
        while guild_id in self.with_own and not self._is_ready(guild_id):
            if guild_id not in self._loading:
                self._loading[guild_id] = asyncio.ensure_future(self._load(guild_id))
            await asyncio.shield(self._loading[guild_id])

    def followed(self, guild_ids: Iterable[int]) -> list[int]:
        """Those whose changes have to be taken up: the others are loaded as they are then when they are asked for."""
        return [each for each in guild_ids if each in self._at_hand or each in self._loading or self._has_none(each)]

    async def changed(self, guild_id: int, change: Change, shared: Catalogue) -> Seen | None:
        """The list after a change, over a shared list; None where it is not at hand. What is loading begins anew."""
        slugs, now = change
        if guild_id in self._at_hand:
            before = self._at_hand[guild_id].overlay
        elif self._has_none(guild_id):
            before = _NOTHING_OWN
        else:
            self._loading.pop(guild_id, None)
            return None
        return await in_thread(_changed, _NOTHING_OWN if slugs is None else before, slugs or frozenset(), now, shared)

    def take_up(self, shared: Catalogue, with_own: frozenset[int], changed: Mapping[int, Seen]) -> None:
        """Answer from these lists from now on."""
        self.shared, self.with_own = shared, with_own
        for gone in (self._at_hand.keys() | self._loading.keys()) - with_own:
            self._at_hand.pop(gone, None)
            self._loading.pop(gone, None)
        for guild_id, seen in changed.items():
            self._keep(guild_id, seen)

    def _has_none(self, guild_id: int) -> bool:
        return guild_id not in self.with_own

    def _is_ready(self, guild_id: int) -> bool:
        return guild_id in self._at_hand and self._at_hand[guild_id].shared is self.shared

    async def _load(self, guild_id: int) -> None:
        shared, task = self.shared, asyncio.current_task()
        try:
            if (held := self._at_hand.get(guild_id)) is not None:
                overlay = held.overlay
            else:
                async with self._database.read() as tx:
                    overlay = await films.overlay(tx, guild_id)
            seen = await in_thread(Seen.of(overlay, shared).warmed)
            if self._loading.get(guild_id) is task:  # otherwise the list has changed meanwhile
                self._keep(guild_id, seen)
        finally:
            if self._loading.get(guild_id) is task:
                del self._loading[guild_id]

    def _keep(self, guild_id: int, seen: Seen) -> None:
        self._at_hand.pop(guild_id, None)
        self._at_hand[guild_id] = seen
        asked = {guild_id, *self._asking.values()}
        weight = sum(each.weight for each in self._at_hand.values())
        for other in [each for each in self._at_hand if each not in asked]:
            if weight <= AT_HAND:
                break
            weight -= self._at_hand.pop(other).weight


def _changed(before: Overlay, slugs: frozenset[str], now: Overlay, shared: Catalogue) -> Seen:
    return Seen.of(before.changed(slugs, now), shared).warmed()
