"""`make demo` in a real browser: a newcomer asks for a film and writes the first reply in its thread."""

import re
from collections.abc import AsyncGenerator

import aiohttp
import pytest
from playwright.async_api import expect

from tests.browser import Visitor, chromium, needs_chromium, running_demo

ROW = re.compile(r'class="name">([^<]+)<small>[^<]*</small></span>(.*?)</div>')
DOOR = re.compile(r">as (\w+)<")


@pytest.fixture
async def address() -> AsyncGenerator[str]:
    async with running_demo() as served_at:
        yield served_at


@pytest.fixture
async def visitor(address: str) -> AsyncGenerator[Visitor]:
    async with chromium(1280, 1000) as page:
        yield Visitor(page, address)


@needs_chromium
async def test_a_newcomer_asks_for_a_film_and_leaves_a_reply(visitor: Visitor) -> None:
    await visitor.enter("film-club", "Jonas")
    await visitor.use("film", "never so", pick="Ai Weiwei: Never Sorry (2012) – Alison Klayman")
    await visitor.said("Why it is here").wait_for()
    await visitor.said("https://www.youtube.com/watch?v=0MYFOzP6Xns").locator("a").wait_for()
    await visitor.press("Why it is here", "Leave a reply")
    await visitor.said("There is a seat for you").wait_for()

    await visitor.enter("Ai Weiwei: Never Sorry (2012)", "Jonas")
    await visitor.said("Before you write:").wait_for()
    await visitor.write("I keep thinking about the cat.")


@needs_chromium
async def test_a_visitor_changes_between_two_members_and_comes_back(visitor: Visitor) -> None:
    await visitor.enter("film-club", "Jonas")
    viewers = visitor.page.locator("#viewer-picker")
    await expect(viewers.locator("option")).to_have_text(["Jonas", "Noor"])
    await viewers.select_option(label="Noor")
    await visitor.write("Hello from the projection booth")
    await visitor.page.go_back()
    await visitor.page.get_by_text("2 messages").wait_for()


@needs_chromium
async def test_no_picture_is_broken(visitor: Visitor) -> None:
    await visitor.enter("film-club", "Jonas")
    await visitor.use("film", "persep", pick="Persepolis (2007) – ")
    picture = visitor.said("Why it is here").locator("img")
    await expect(picture).to_have_count(1)
    await expect(picture).not_to_have_js_property("naturalWidth", 0)


async def test_every_place_is_open_to_those_who_see_it_in_discord(address: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        rows = ROW.findall(await answer.text())
    assert {name: DOOR.findall(doors) for name, doors in rows} == {
        "film-club": ["Jonas", "Noor"],
        "films": [],
        "curators": ["Noor"],
        "after-the-credits": ["Jonas", "Noor"],
        "screening-room": ["Noor"],
    }


async def test_another_site_cannot_drive_the_demo(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            async with session.post(f"{address}go/1", headers=headers) as answer:
                assert answer.status == 403
