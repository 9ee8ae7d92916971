"""`make demo` in a real browser: a newcomer asks for a film and writes the first reply in its thread."""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import aiohttp
import pytest
from playwright.async_api import Error, Page, async_playwright, expect

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

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture
async def address() -> AsyncGenerator[str]:
    """A running demo. It has to end cleanly on SIGTERM, within five seconds."""
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


@pytest.fixture
async def page() -> AsyncGenerator[Page]:
    """A page in Chromium."""
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        page = await browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(15_000)
        yield page
        await browser.close()


async def ask_for(page: Page, typed: str, choice: str) -> None:
    """Type /film, a few letters, and pick the film from what is offered."""
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type("/film")
    await page.get_by_text("See a film from the list").wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_text("A title, or the beginning of one").wait_for()
    await page.keyboard.type(typed)
    await page.get_by_role("option", name=choice).wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_role("option", name=choice).wait_for(state="hidden")
    await page.locator("#send-message").click()


async def write(page: Page, text: str) -> None:
    """Write a message and see it in the channel."""
    message = page.locator("#channel-message-list").get_by_text(text)
    for _ in range(3):
        await page.locator("#channel-composer-input").fill(text)
        await page.locator("#send-message").click()
        try:
            await message.wait_for(timeout=5_000)
        except Error:  # the page was still taking up the channel, and forgot what was typed
            continue
        return
    await expect(message).to_be_visible()


@needs_chromium
async def test_a_newcomer_asks_for_a_film_and_leaves_a_reply(address: str, page: Page) -> None:
    await page.goto(address)
    await page.click("button:has-text('film-club')")
    await ask_for(page, "never so", "Ai Weiwei: Never Sorry (2012) – Alison Klayman")

    timeline = page.locator("#channel-message-list")
    await timeline.get_by_text("Why it is here").wait_for()
    await timeline.locator("a", has_text="https://www.youtube.com/watch?v=0MYFOzP6Xns").wait_for()
    await timeline.get_by_role("button", name="Leave a reply").click()
    await timeline.get_by_text("There is a seat for you").wait_for()

    await page.goto(address)
    await page.click("form.thread button:has-text('Ai Weiwei: Never Sorry (2012)')")
    await timeline.get_by_text("Before you write:").wait_for()
    await write(page, "I keep thinking about the cat.")


@needs_chromium
async def test_a_visitor_changes_between_two_members_and_comes_back(address: str, page: Page) -> None:
    await page.goto(address)
    await page.click("button:has-text('film-club')")
    viewers = page.locator("#viewer-picker")
    await expect(viewers.locator("option")).to_have_text(["Jonas", "Noor"])
    await viewers.select_option(label="Noor")
    await write(page, "Hello from the projection booth")
    await page.go_back()
    await page.get_by_text("2 messages").wait_for()


@needs_chromium
async def test_no_picture_is_broken(address: str, page: Page) -> None:
    await page.goto(address)
    await page.click("button:has-text('film-club')")
    await ask_for(page, "persep", "Persepolis (2007) – ")
    picture = page.locator("#channel-message-list img")
    await expect(picture).to_have_count(1)
    await expect(picture).not_to_have_js_property("naturalWidth", 0)


async def test_another_site_cannot_drive_the_demo(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            async with session.post(f"{address}go/1", headers=headers) as answer:
                assert answer.status == 403
