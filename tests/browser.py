"""The demo in Chromium: starting it, and what a visitor does there."""

import asyncio
import contextlib
import re
import shutil
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Error, Locator, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT: Final = Path(__file__).parents[1]
# Without these, Chromium tries to reach its maker's servers at each start.
_QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE: Final = 60_000
_TRIES: Final = 3

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@contextlib.asynccontextmanager
async def running_demo() -> AsyncGenerator[str]:
    """The address of a running demo. It has to end cleanly on SIGTERM, within five seconds."""
    demo = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0"), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert demo.stdout is not None
    try:
        said = (await asyncio.wait_for(demo.stdout.readline(), 30)).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said
        yield found[0]
    finally:
        if demo.returncode is None:
            demo.terminate()
    assert await asyncio.wait_for(demo.wait(), 5) == 0


@contextlib.asynccontextmanager
async def chromium(width: int, height: int, *, is_dark: bool = False) -> AsyncGenerator[Page]:
    """A page of that size; under 500 pixels it is a phone's."""
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        is_phone = width < 500
        page = await browser.new_page(
            viewport={"width": width, "height": height},
            is_mobile=is_phone,
            has_touch=is_phone,
            color_scheme="dark" if is_dark else "light",
        )
        page.set_default_timeout(_PATIENCE)
        yield page
        await browser.close()


class Visitor:
    """Somebody at the demo's start page, and then in the conversation that the club's page shows."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.conversation = page.frame_locator("#conversation")
        self.form = self.conversation.get_by_role("dialog")
        self._offered = self.conversation.locator("[role=option]:visible")
        self.messages = self.conversation.locator("#channel-message-list [data-message-id]")

    async def enter(self, place: str, name: str) -> None:
        """Go to a channel or thread as that person."""
        await self.page.goto(self.address)
        await self.follow("nav.places", place)
        me = self.page.locator("nav.members [aria-current]")
        if await me.text_content() != f"{name[0]}{name}":
            await self.follow("nav.members", name)
            await expect(me).to_contain_text(name)
        await self.conversation.locator("#channel-composer-input").wait_for()

    async def follow(self, list_: str, link: str) -> None:
        """Take a link of one of the lists beside the conversation, which a phone folds away."""
        await self.page.locator("details.side").evaluate("side => { side.open = true; }")
        await self.page.locator(f"{list_} a").filter(has_text=link).first.click()

    def said(self, text: str) -> Locator:
        """The latest message that says so."""
        return self.messages.filter(has_text=text).last

    async def use(self, command: str, *typed: str, pick: str = "", file: Path | None = None) -> None:
        """Use a command, with what is typed into its first options; `pick` is what the last one is completed to."""
        await self._begin(command)
        for text in typed:
            await self.page.keyboard.type(text)
            if pick and text is typed[-1]:
                await self._offered.filter(has_text=pick).wait_for()
                await self.page.keyboard.press("Enter")
                await self._offered.filter(has_text=pick).wait_for(state="hidden")
            else:
                await self.page.keyboard.press("Tab")
        if file is not None:
            await self.conversation.locator("input[type=file]").set_input_files(file)
        await self.conversation.locator("#send-message").click()

    async def press(self, message: str, label: str) -> None:
        """Press a button below the latest message that says so."""
        await self.said(message).get_by_role("button", name=label, exact=True).click()

    async def press_beside(self, text: str, label: str) -> None:
        """Press the button beside what says so, in the latest message that has it."""
        section = self.conversation.locator("#channel-message-list .component-section").filter(has_text=text).last
        await section.get_by_role("button", name=label, exact=True).click()

    async def choose(self, menu: Locator, option: str) -> None:
        """Open a menu and take one of its options."""
        await menu.click()
        await self._offered.filter(has_text=option).first.click()

    async def send(self, **typed: str) -> None:
        """Fill the open form in and send it."""
        for name, text in typed.items():
            await self.form.locator(f"[name={name}]").fill(text)
        for _ in range(_TRIES):
            await self.form.get_by_role("button", name="Submit").click()
            try:
                await self.form.wait_for(state="hidden", timeout=5_000)
            except Error:  # the page was still checking what was chosen, and took no press
                continue
            return
        await self.form.wait_for(state="hidden")

    async def write(self, text: str) -> None:
        """Write a message and see it in the channel."""
        for _ in range(_TRIES):
            await self.conversation.locator("#channel-composer-input").fill(text)
            await self.conversation.locator("#send-message").click()
            try:
                await self.said(text).wait_for(timeout=5_000)
            except Error:  # the page was still taking up the channel, and forgot what was typed
                continue
            return
        await expect(self.said(text)).to_be_visible()

    async def _begin(self, command: str) -> None:
        composer = self.conversation.locator("#channel-composer-input")
        offered = self._offered.filter(has=self.conversation.get_by_text(f"/{command}", exact=True))
        for _ in range(_TRIES):
            await composer.click()
            await composer.press("ControlOrMeta+a")
            await self.page.keyboard.type(f"/{command}")
            try:
                await offered.first.wait_for(timeout=5_000)
            except Error:  # as above
                continue
            await offered.first.click()
            await offered.first.wait_for(state="hidden")
            return
        await expect(offered.first).to_be_visible()
