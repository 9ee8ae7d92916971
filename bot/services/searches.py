"""Searches of so many words that a custom id cannot hold them."""

import datetime

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.curation.keeping import SEARCH_KEPT
from bot.domain.errors import ListChanged, SearchGone
from bot.storage.db import searches
from bot.storage.db.database import Database
from bot.storage.db.tables import SHARED


class Searches:
    """Remembers for a day what a long search asked for. Nothing tells who did."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(
        self, search_id: str, guild_id: int | None, query: str, wanted: FilmFilter, now: datetime.datetime
    ) -> None:
        """Remember it under that id."""
        async with self._database.begin() as tx:
            await searches.add(tx, search_id, guild_id or SHARED, query, wanted.encoded(), now)

    async def get(self, search_id: str, guild_id: int | None, now: datetime.datetime) -> tuple[str, FilmFilter]:
        """What it asked for. Raises `SearchGone`, or `ListChanged` for a filter that means nothing any more."""
        async with self._database.read() as tx:
            found = await searches.get(tx, search_id, guild_id or SHARED, now - SEARCH_KEPT)
        if found is None:
            raise SearchGone
        query, wanted = found
        try:
            return query, FilmFilter.decoded(wanted)
        except ValueError:
            raise ListChanged from None

    async def forget_old(self, now: datetime.datetime) -> None:
        """Let go of all whose day is over."""
        async with self._database.begin() as tx:
            await searches.forget_old(tx, now - SEARCH_KEPT)
