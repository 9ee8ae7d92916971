"""The one door to the outside: whatever Front Row asks of anybody but Discord goes through `Web`.

It speaks to the services of `Endpoints` and to nobody else. An answer that leads elsewhere, is too
large, too slow or no JSON is refused, and every refusal is a `SourceFailed`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Final, NamedTuple, Self

import aiohttp
from yarl import URL

from bot import __version__

_HEADERS: Final = {
    "User-Agent": f"FrontRow/{__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
}
_AT_ONCE: Final = 16  # connections in all; who asks for many things at a time has a smaller limit


class Service(StrEnum):
    """Somebody who may be asked."""

    YOUTUBE = "youtube"
    VIMEO = "vimeo"
    DAILYMOTION = "dailymotion"
    TMDB = "tmdb"


@dataclass(frozen=True)
class Endpoints:
    """Where each service is reached. Tests and the demo have servers of their own."""

    youtube: str = "https://www.youtube.com/oembed"
    vimeo: str = "https://vimeo.com/api/oembed.json"
    dailymotion: str = "https://www.dailymotion.com/services/oembed"
    tmdb: str = "https://api.themoviedb.org/3"

    def of(self, service: Service) -> str:
        """The address of that service."""
        return {
            Service.YOUTUBE: self.youtube,
            Service.VIMEO: self.vimeo,
            Service.DAILYMOTION: self.dailymotion,
            Service.TMDB: self.tmdb,
        }[service]


@dataclass(frozen=True)
class Limits:
    """How much is put up with: seconds from the question to the answer's end, bytes once unpacked."""

    trailer_seconds: float = 3.0
    tmdb_seconds: float = 5.0
    trailer_bytes: int = 128 * 1024  # usually one or two thousand
    tmdb_bytes: int = 2 * 1024 * 1024  # the credits of a large production alone can be half a million

    def with_service(self, service: Service) -> tuple[float, int]:
        """The seconds and bytes for an answer of that service."""
        if service is Service.TMDB:
            return self.tmdb_seconds, self.tmdb_bytes
        return self.trailer_seconds, self.trailer_bytes


OUTSIDE: Final = Endpoints()
USUAL: Final = Limits()


class SourceFailed(Exception):
    """There is no answer that could be used; `reason` says why in words that quote nobody."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Answer(NamedTuple):
    """What a service said: its HTTP status and, for status 200 only, the JSON that came with it."""

    status: int
    content: object = None


class HttpClient:
    """Asks the services. Nothing is opened before the first question."""

    def __init__(self, addresses: Endpoints = OUTSIDE, patience: Limits = USUAL) -> None:
        self._addresses = addresses
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_AT_ONCE),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            trust_env=False,  # a proxy would be one more host
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, service: Service, query: Mapping[str, str], path: str = "", token: str | None = None) -> Answer:
        """Ask once. `path` is a part of our own making behind the service's address, `token` a bearer's.

        Raises `SourceFailed`. The cause is left out on purpose: aiohttp's errors name whole addresses.
        """
        assert self._session is not None, "the web has not been entered"
        address = URL(self._addresses.of(service) + path).with_query(query)
        headers = {"Authorization": f"Bearer {token}"} if token else None
        seconds, most = self._patience.with_service(service)
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.get(address, headers=headers, allow_redirects=False, timeout=limit) as response:
                _refuse_status(response.status)
                if response.status != 200:
                    return Answer(response.status)
                return Answer(200, _parsed(await _body(response, most)))
        except TimeoutError:
            raise SourceFailed("no answer in time") from None
        except (aiohttp.ClientError, OSError):
            raise SourceFailed("the connection failed") from None


def _refuse_status(status: int) -> None:
    if 300 <= status < 400:
        raise SourceFailed("it leads elsewhere")
    if status == 429:
        raise SourceFailed("it was asked too often")
    if status >= 500:
        raise SourceFailed(f"it is in trouble (status {status})")


async def _body(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The unpacked answer; given up as soon as it is known to be too large."""
    body = bytearray()
    if (response.content_length or 0) <= most:
        async for piece in response.content.iter_any():
            body += piece
            if len(body) > most:
                break
        else:
            return bytes(body)
    raise SourceFailed("the answer is too large")


def _parsed(body: bytes) -> object:
    """What the answer says, whatever kind of text its header calls it."""
    try:
        content: object = json.loads(body)
    except (ValueError, RecursionError):  # ValueError: no JSON, no UTF-8, a number of endless digits
        raise SourceFailed("the answer is no JSON") from None
    return content
