"""The collections: read at the start, and seen by each server with the films of its own list."""

from collections.abc import Iterable

from bot.domain.catalogue.collections import Collection, GuildCollection, guild_collections
from bot.services.films import Films


class Collections:
    """Answers which collections there are, from memory."""

    def __init__(self, films: Films, collections: Iterable[Collection]) -> None:
        self._films = films
        self._collections = tuple(collections)

    def catalogue_for(self, guild_id: int | None) -> tuple[GuildCollection, ...]:
        """The collections as this server sees them; one whose films it has all hidden or removed is not among them."""
        return guild_collections(self._collections, self._films.catalogue_for(guild_id))
