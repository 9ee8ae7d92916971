"""Looking films up at TMDB, for curators. Members' answers never wait for it."""

import asyncio

from bot.domain.curation.film_metadata import Candidate, FilmMetadata
from bot.domain.curation.lookups import ImdbId, LookupFailed, NothingLookedUp, Title, TmdbId, parse_lookup
from bot.sources.http import SourceFailed
from bot.sources.metadata import MOST_CANDIDATES, Metadata


class Lookups:
    """Finds the facts of a film. There is one only where the operator has given a token.

    Both methods raise `LookupFailed` where TMDB does not answer, and `NothingLookedUp` where it knows
    no such film.
    """

    def __init__(self, metadata: Metadata) -> None:
        self._metadata = metadata

    async def find(self, typed: str) -> FilmMetadata | tuple[Candidate, ...]:
        """The facts where only one film can be meant, else two to ten candidates, best first.

        `typed` is a title, with its year or without, an address at TMDB or IMDb, or an id of theirs.
        """
        match parse_lookup(typed):
            case TmdbId(number):
                return await self.facts(number)
            case ImdbId(imdb_id):
                return await self.facts(await self._by_imdb(imdb_id))
            case None:
                raise NothingLookedUp
            case titles:
                found = await self._search(titles)
                return await self.facts(found[0].tmdb_id) if len(found) == 1 else found

    async def facts(self, tmdb_id: int) -> FilmMetadata:
        """All that TMDB knows of the film with this id."""
        try:
            found = await self._metadata.facts(tmdb_id)
        except SourceFailed:
            raise LookupFailed from None
        if found is None:
            raise NothingLookedUp
        return found

    async def _by_imdb(self, imdb_id: str) -> int:
        try:
            found = await self._metadata.by_imdb(imdb_id)
        except SourceFailed:
            raise LookupFailed from None
        if found is None:
            raise NothingLookedUp
        return found

    async def _search(self, titles: tuple[Title, ...]) -> tuple[Candidate, ...]:
        """What all readings of the title find together, at least one film."""
        searches = (self._metadata.search(title, year) for title, year in titles)
        found: dict[int, Candidate] = {}
        for result in await asyncio.gather(*searches, return_exceptions=True):
            if isinstance(result, SourceFailed):
                raise LookupFailed from None
            if isinstance(result, BaseException):
                raise result
            found |= {candidate.tmdb_id: candidate for candidate in result if candidate.tmdb_id not in found}
        if not found:
            raise NothingLookedUp
        return tuple(found.values())[:MOST_CANDIDATES]
