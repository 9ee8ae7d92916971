"""The titles of lists, read once for each state of a list and kept for messages that are asked about."""

import asyncio
from typing import Final, NamedTuple

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.overlays import Overlay
from bot.domain.mentions.mentions import MentionIndex
from bot.services.background import in_thread

_RECENT: Final = 32  # servers whose own titles are kept


class _Own(NamedTuple):
    overlay: Overlay
    shared: MentionIndex
    both: MentionIndex


class MentionIndexes:
    """What a list's titles are found by. The first to ask after a change waits for it, in a thread."""

    def __init__(self) -> None:
        self._shared: tuple[Catalogue, MentionIndex] | None = None
        self._own: dict[int, _Own] = {}  # the one asked for last at the end
        self._making = asyncio.Lock()  # so that many who ask at once cost no more than one

    async def over(self, shared: Catalogue, guild_id: int | None, overlay: Overlay) -> MentionIndex:
        """The index of the shared list as this server sees it; all of them share what is known of that list."""
        async with self._making:
            if self._shared is None or self._shared[0] is not shared:
                self._shared = shared, await in_thread(lambda: MentionIndex.of(shared.films))
            index = self._shared[1]
            if guild_id is None or not overlay.covered:
                return index
            known = self._own.pop(guild_id, None)
            if known is None or known.overlay is not overlay or known.shared is not index:
                own = await in_thread(lambda: index.with_own(overlay.own.films, overlay.covered))
                known = _Own(overlay, index, own)
            self._own[guild_id] = known
            if len(self._own) > _RECENT:
                del self._own[next(iter(self._own))]
            return known.both
