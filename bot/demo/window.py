"""SimCord's preview inside the club's page: handed on from the demo's own address, without the workbench around it."""

import asyncio
from pathlib import Path
from typing import Final

from aiohttp import ClientError, ClientSession, web
from simcord import Preview

STATIC: Final = Path(__file__).parent / "static"
PATH: Final = "/look"
_MAX_BYTES: Final = 64 * 1024 * 1024  # more than the largest file that Discord lets members attach to a form
_OURS: Final = (
    ("</head>", '<link rel="stylesheet" href="/club/static/preview.css"></head>'),
    ("</body>", '<script type="module" src="/club/static/preview.js"></script></body>'),
)
# SimCord refuses to be framed by anyone; the club's page has the same origin as what is handed on here.
_POLICY: Final = (
    "default-src 'self'; connect-src 'self' blob:; img-src 'self' blob:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
)
_PATIENCE: Final = 5.0
_TRIES: Final = 2
_HANDED_ON: Final = ("Content-Type", "X-Simcord-Capability", "X-Simcord-Context")


class Window:
    """The way to the one preview that is open."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session
        self._is_open = asyncio.Event()
        self.preview: Preview | None = None

    @property
    def address(self) -> str:
        """Where a page finds what is open; the part behind "#" lets it in."""
        assert self.preview is not None
        return f"{PATH}#{self.preview.capability}"

    async def open(self, preview: Preview) -> None:
        """Show this preview; the one before is closed."""
        self.preview = await preview.__aenter__()
        self._is_open.set()

    async def close(self) -> None:
        """Show nothing any more."""
        preview, self.preview = self.preview, None
        self._is_open.clear()
        if preview is not None:
            await preview.close()

    async def hand_on(self, request: web.Request) -> web.Response:
        """What the preview answers to this request.

        A page takes over what the page before was still loading, so whoever asks between two previews waits for the
        second, and whoever was cut off by the end of the first asks the second.
        """
        sent = await request.read()
        for _ in range(_TRIES):
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._is_open.wait()
                return await self._answer(request, sent)
            except TimeoutError:
                break
            except ClientError:
                continue
        raise web.HTTPGone

    async def _answer(self, request: web.Request, sent: bytes) -> web.Response:
        assert self.preview is not None
        origin = self.preview.url.partition("/#")[0]
        path = "/" if request.path == PATH else request.rel_url
        headers = {name: request.headers[name] for name in _HANDED_ON if name in request.headers}
        if request.method != "GET":
            headers["Origin"] = origin
        async with self._session.request(request.method, f"{origin}{path}", headers=headers, data=sent) as answer:
            status, kind, body = answer.status, answer.headers.get("Content-Type", "text/plain"), await answer.read()
        if request.path == PATH:
            body = _with_ours(body.decode()).encode()
        kept = {"Content-Type": kind, "Cache-Control": "no-store", "Content-Security-Policy": _POLICY}
        return web.Response(body=body, status=status, headers=kept)


def _with_ours(page: str) -> str:
    for end, ours in _OURS:
        page = page.replace(end, ours)
    return page


def application() -> web.Application:
    """A server that takes whatever a form of Discord's takes."""
    return web.Application(client_max_size=_MAX_BYTES)
