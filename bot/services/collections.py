"""The collections: read at the start, and seen by each server with the films of its own list."""

from collections.abc import Iterable

from bot.domain.catalogue.collections import Collection, Programme, programmes
from bot.services.films import Films


class Collections:
    """Answers which collections there are, from memory."""

    def __init__(self, films: Films, collections: Iterable[Collection]) -> None:
        self._films = films
        self._collections = tuple(collections)

    def seen_in(self, guild_id: int | None) -> tuple[Programme, ...]:
        """The collections as this server sees them; one whose films it has all hidden or removed is not among them."""
        return programmes(self._collections, self._films.seen_in(guild_id))
