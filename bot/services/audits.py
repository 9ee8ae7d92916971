"""Finding out which trailers still play."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Final

from bot.domain.curation.audits import Finding, Health, videos_of
from bot.domain.films.films import Film
from bot.domain.films.trailers import Trailer
from bot.sources import trailers
from bot.sources.http import HttpClient

_AT_ONCE: Final = 4


class Audits:
    """Asks the providers about trailers."""

    def __init__(self, web: HttpClient) -> None:
        self._web = web

    async def check(self, trailer: Trailer) -> Health:
        """What the trailer's provider says of it, within three seconds; never raises because of the provider."""
        return await trailers.health(self._web, trailer)

    async def audit(self, films: Sequence[Film]) -> AsyncGenerator[Finding]:
        """A finding for each trailer of each film, in the order in which providers answer.

        There are as many as `trailers_in` counts. A video is asked about once, however many films name it.
        Whoever stops early says `contextlib.aclosing`, and leaves nothing running.
        """
        waiting = list(reversed(videos_of(films).values()))
        asked: dict[asyncio.Future[Health], tuple[tuple[Film, Trailer], ...]] = {}
        try:
            while waiting or asked:
                while waiting and len(asked) < _AT_ONCE:
                    video = waiting.pop()
                    asked[asyncio.ensure_future(self.check(video[0][1]))] = video
                done, _ = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
                for answer in done:
                    for film, trailer in asked.pop(answer):
                        yield Finding(film, trailer, answer.result())
        finally:
            for answer in asked:
                answer.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
