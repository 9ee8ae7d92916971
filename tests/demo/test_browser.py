"""`make demo` in a real browser: a newcomer asks for a film and writes the first reply in its thread."""

import re
from collections.abc import AsyncGenerator

import aiohttp
import pytest
from playwright.async_api import expect

from tests.browser import Visitor, chromium, needs_chromium, running_demo

PLACE = re.compile(r'<a href="(/club/\d+/\d+)"[^>]*><b class="mark">.</b> ([^<]+)<small>')
MEMBER = re.compile(r'<a href="(/club/\d+/\d+)"[^>]*><svg.*?</svg>(\w+)</a>')


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
    members = visitor.page.locator("nav.members a")
    await expect(members).to_contain_text(["Jonas", "Noor"])
    await visitor.follow("nav.members", "Noor")
    await expect(visitor.page.locator("nav.members [aria-current]")).to_contain_text("Noor")
    await visitor.write("Hello from the projection booth")
    await visitor.page.get_by_text("2 messages").wait_for()
    await visitor.page.go_back()
    await expect(visitor.page.locator("nav.members [aria-current]")).to_contain_text("Jonas")
    await visitor.said("Hello from the projection booth").wait_for()


@needs_chromium
async def test_the_newest_answer_is_in_sight_without_scrolling(visitor: Visitor) -> None:
    await visitor.enter("film-club", "Jonas")
    for _ in range(2):
        await visitor.use("film", "persep", pick="Persepolis (2007) – ")
    await expect(visitor.said("https://www.youtube.com/watch").locator("a")).to_be_in_viewport()


@needs_chromium
async def test_a_server_to_which_the_bot_was_just_added_is_there_to_try(visitor: Visitor) -> None:
    await visitor.page.goto(visitor.address)
    await visitor.page.get_by_role("link", name="Set it up from nothing").click()
    await expect(visitor.conversation.locator("#channel-name")).to_have_text("general")
    await visitor.use("settings show")
    await visitor.said("Settings").wait_for()


@needs_chromium
async def test_the_keyboard_alone_leads_into_a_conversation(visitor: Visitor) -> None:
    await visitor.page.goto(visitor.address)
    door = visitor.page.get_by_role("link", name="Enter the club as Jonas")
    for _ in range(40):
        await visitor.page.keyboard.press("Tab")
        if await door.evaluate("door => door === document.activeElement"):
            break
    await visitor.page.keyboard.press("Enter")
    await visitor.conversation.locator("#channel-composer-input").wait_for()


@needs_chromium
async def test_no_picture_is_broken(visitor: Visitor) -> None:
    await visitor.enter("film-club", "Jonas")
    await visitor.use("film", "persep", pick="Persepolis (2007) – ")
    picture = visitor.said("Why it is here").locator("img")
    await expect(picture).to_have_count(1)
    await expect(picture).not_to_have_js_property("naturalWidth", 0)


async def test_every_place_is_open_to_those_who_see_it_in_discord(address: str) -> None:
    async with aiohttp.ClientSession(address) as session:
        places = {name: where for where, name in PLACE.findall(await text(session, "/"))}
        seen = {name: [who for _, who in MEMBER.findall(await text(session, where))] for name, where in places.items()}
    assert seen == {
        "film-club": ["Jonas", "Noor"],
        "film-of-the-week": ["Jonas", "Noor"],
        "Faces Places (2017)": ["Jonas", "Noor"],
        "curators": ["Noor"],
        "after-the-credits": ["Jonas", "Noor"],
        "screening-room": ["Noor"],
        "general": ["Noor"],
    }


async def test_a_place_that_is_not_there_leads_to_the_start(address: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{address}club/1/2", allow_redirects=False) as answer,
        session.get(f"{address}look") as nothing_is_open,
    ):
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert nothing_is_open.status == 410


@pytest.mark.parametrize("path", ["club/1/2", "look", "api/state"])
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_another_site_cannot_drive_the_demo(address: str, path: str, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session, session.post(f"{address}{path}", headers=headers) as answer:
        assert answer.status in {403, 405}
    async with aiohttp.ClientSession() as session, session.get(f"{address}{path}", headers=headers) as answer:
        assert answer.status == 403


async def text(session: aiohttp.ClientSession, path: str) -> str:
    async with session.get(path) as answer:
        assert answer.status == 200
        return await answer.text()
