"""Photographs every main screen in the demo, on a desk and on a phone: python -m tests.pictures FOLDER"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Locator, expect

from tests.browser import Visitor, chromium, running_demo
from tests.scenarios.curators import NIGHT_TRAIN

SIZES: Final = {"desk": (1280, 2400), "phone": (390, 2400)}
_FILM: Final = "Ai Weiwei: Never Sorry (2012)"
_COLOURS: Final = 128


async def card(visitor: Visitor) -> Locator:
    """The card for all."""
    await visitor.enter("film-club", "Jonas")
    await visitor.use("film", "never so", pick=f"{_FILM} – Alison Klayman")
    return visitor.said("Why it is here")


async def thread(visitor: Visitor) -> Locator:
    """What a film's thread begins with."""
    await card(visitor)
    await visitor.press("Why it is here", "Leave a reply")
    await visitor.said("There is a seat for you").wait_for()
    await visitor.enter(_FILM, "Jonas")
    await visitor.said("Before you write:").wait_for()
    return visitor.conversation.locator("#channel-message-list")


async def browse(visitor: Visitor) -> Locator:
    """The list."""
    return await _answer(visitor, "Jonas", "films browse")


async def search(visitor: Visitor) -> Locator:
    """What a search finds."""
    return await _answer(visitor, "Jonas", "films search", "journalism")


async def collection(visitor: Visitor) -> Locator:
    """All collections."""
    return await _answer(visitor, "Jonas", "films collection")


async def tonight(visitor: Visitor) -> Locator:
    """Five films for an evening."""
    return await _answer(visitor, "Jonas", "films tonight")


async def near(visitor: Visitor) -> Locator:
    """A film that is not on the list."""
    return await _answer(visitor, "Jonas", "film", "Aliens")


async def draft(visitor: Visitor) -> Locator:
    """A film about to be published."""
    await visitor.enter("film-club", "Noor")
    await visitor.use("curate add")
    await visitor.send(**NIGHT_TRAIN)
    return visitor.said("as it will look")


async def settings(visitor: Visitor) -> Locator:
    """What the server has chosen."""
    return await _answer(visitor, "Noor", "settings show")


async def check(visitor: Visitor) -> Locator:
    """The doctor, in a place where something is missing."""
    return await _answer(visitor, "Noor", "settings check", place="after-the-credits")


async def shelf(visitor: Visitor) -> Locator:
    """A member's own shelf."""
    return await _answer(visitor, "Jonas", "my shelf")


async def picks(visitor: Visitor) -> Locator:
    """What a member is recommended."""
    return await _answer(visitor, "Jonas", "my picks")


async def weekly(visitor: Visitor) -> Locator:
    """What curators keep of the film of the week."""
    return await _answer(visitor, "Noor", "club weekly")


async def spotlight(visitor: Visitor) -> Locator:
    """The film of the week."""
    await visitor.enter("film-of-the-week", "Jonas")
    return visitor.said("Film of the week")


SCREENS: Final[tuple[Callable[[Visitor], Awaitable[Locator]], ...]] = (
    card,
    thread,
    browse,
    search,
    collection,
    tonight,
    near,
    draft,
    settings,
    check,
    shelf,
    picks,
    weekly,
    spotlight,
)


async def photograph(folder: Path, names: list[str]) -> None:
    """A picture of each screen at each size; each has a demo of its own, so that none sees the others' traces."""
    for screen in SCREENS:
        for size, (width, height) in SIZES.items():
            if names and screen.__name__ not in names:
                continue
            async with running_demo() as address, chromium(width, height, is_dark=True) as page:
                shown = await screen(Visitor(page, address))
                await shown.wait_for()
                for picture in await shown.locator("img").all():
                    await expect(picture).not_to_have_js_property("naturalWidth", 0, timeout=20_000)
                _save(await shown.screenshot(), folder / f"{screen.__name__}-{size}.png")


async def _answer(visitor: Visitor, name: str, command: str, *typed: str, place: str = "film-club") -> Locator:
    await visitor.enter(place, name)
    there = await visitor.messages.count()
    await visitor.use(command, *typed)
    return visitor.messages.nth(there)


def _save(picture: bytes, path: Path) -> None:
    """Few colours are enough for a screen, and make the file a third as large."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(_COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    asyncio.run(photograph(Path(sys.argv[1]), sys.argv[2:]))
