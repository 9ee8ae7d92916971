"""TMDB: what a film database knows, for curators who fill in an entry.

Answers are kept in memory for a day, and those who ask the same at the same time share one question.
"""

import logging
from typing import Final

from async_lru import alru_cache

from bot.domain.curation.film_metadata import Candidate, FilmMetadata
from bot.sources import tmdb_answers
from bot.sources.http import HttpClient, Service, SourceFailed

log = logging.getLogger(__name__)

MOST_CANDIDATES: Final = 10
_DAY: Final = 86_400.0
_KEPT: Final = 256  # of each sort of answer; facts take a few kilobytes
# TMDB sends only English videos unless languages are named; "null" stands for videos in none.
_VIDEO_LANGUAGES: Final = (
    "en,null,ar,bn,ca,cn,cs,da,de,el,es,et,eu,fa,fi,fr,he,hi,hr,hu,id,is,it,ja,ka,ko,lt,lv,ml,nb,nl,no,pl,pt,ro,ru,sk,"
    "sl,sr,sv,ta,te,th,tr,uk,vi,zh"
)


class _Unknown(Exception):
    """TMDB knows no such film. Raised where it would otherwise be remembered for a day."""


class Metadata:
    """Asks TMDB. Every method raises `SourceFailed` where there is no answer to be had."""

    def __init__(self, web: HttpClient, token: str, age: float = _DAY) -> None:
        """`token` is TMDB's API read access token; answers are kept for `age` seconds."""
        self._web = web
        self._token = token
        self._search = alru_cache(maxsize=_KEPT, ttl=age)(self._ask_search)
        self._by_imdb = alru_cache(maxsize=_KEPT, ttl=age)(self._ask_by_imdb)
        self._facts = alru_cache(maxsize=_KEPT, ttl=age)(self._ask_facts)

    async def search(self, title: str, year: int | None) -> tuple[Candidate, ...]:
        """Up to ten films of that title, best first; `year` is any in which the film came out somewhere."""
        try:
            return await self._search(title, year)
        except _Unknown:
            return ()

    async def by_imdb(self, imdb_id: str) -> int | None:
        """TMDB's id of the film that has this id at IMDb; None where there is none."""
        try:
            return await self._by_imdb(imdb_id)
        except _Unknown:
            return None

    async def facts(self, tmdb_id: int) -> FilmMetadata | None:
        """All that TMDB knows of the film; None where it knows no such film."""
        try:
            return await self._facts(tmdb_id)
        except _Unknown:
            return None

    async def _ask_search(self, title: str, year: int | None) -> tuple[Candidate, ...]:
        query = {"query": title, "include_adult": "false"} | ({"year": str(year)} if year else {})
        found = tmdb_answers.candidates(await self._ask("/search/movie", query))
        if not found:
            raise _Unknown
        return found[:MOST_CANDIDATES]

    async def _ask_by_imdb(self, imdb_id: str) -> int:
        found = tmdb_answers.candidates(await self._ask(f"/find/{imdb_id}", {"external_source": "imdb_id"}))
        if not found:
            raise _Unknown
        return found[0].tmdb_id

    async def _ask_facts(self, tmdb_id: int) -> FilmMetadata:
        query = {"append_to_response": "credits,videos,external_ids", "include_video_language": _VIDEO_LANGUAGES}
        found = tmdb_answers.facts(await self._ask(f"/movie/{tmdb_id}", query))
        if found is None:
            raise _Unknown
        return found

    async def _ask(self, path: str, query: dict[str, str]) -> object:
        try:
            answer = await self._web.get(Service.TMDB, query, path, self._token)
        except SourceFailed as failure:
            log.warning("TMDB gave no answer: %s", failure.reason)
            raise
        if answer.status in {401, 403}:
            log.error("TMDB refuses the token; TMDB_TOKEN has to be its API read access token")
            raise SourceFailed("the token is refused")
        if answer.status == 404:
            raise _Unknown
        if answer.status != 200:
            log.warning("TMDB gave no answer: status %d", answer.status)
            raise SourceFailed(f"status {answer.status}")
        return answer.content
