"""`make demo` for an admin who has never seen the bot: all that curators do, in a browser, on a phone."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.demo.providers import open_providers
from bot.domain.curation.audits import Health
from bot.domain.films.trailers import Provider, Trailer
from bot.sources import trailers
from bot.sources.http import HttpClient
from tests.browser import Visitor, chromium, needs_chromium, running_demo
from tests.scenarios.curators import NIGHT_TRAIN

FOUND = "Night Train (1959) – Jerzy Kawalerowicz"


@pytest.fixture
async def visitor() -> AsyncGenerator[Visitor]:
    async with running_demo() as address, chromium(390, 844) as page:
        yield Visitor(page, address)


@needs_chromium
async def test_an_admin_adds_a_film_mends_a_mistake_and_takes_a_change_back(visitor: Visitor) -> None:
    await visitor.enter("film-club", "Noor")
    await visitor.use("curate add")
    await visitor.send(**{**NIGHT_TRAIN, "name": "Night Train", "trailers": "https://youtu.be/now-is-gone"})
    await visitor.said("Title and year has no year").wait_for()
    await visitor.press("Before it can be published", "Correct it")
    await expect(visitor.form.locator("[name=why]")).to_have_value(NIGHT_TRAIN["why"])
    await visitor.send(name=NIGHT_TRAIN["name"])

    await visitor.said("The trailer is not there any more, says its provider").wait_for()
    await expect(visitor.said("as it will look").locator("img")).not_to_have_js_property("naturalWidth", 0)
    await visitor.press("as it will look", "Trailers & links")
    await visitor.send(trailers=NIGHT_TRAIN["trailers"])
    await visitor.press("as it will look", "Publish")
    await visitor.said("is on the list").wait_for()
    await visitor.use("film", "night tr", pick=FOUND)
    await visitor.said("https://www.youtube.com/watch?v=night1959tr").locator("a").wait_for()

    await visitor.use("curate edit", "night tr", pick=FOUND)
    await visitor.press("as it will look with your changes", "Story")
    await visitor.send(why="The compartment is too small for two.")
    await visitor.press("as it will look with your changes", "Publish")
    await visitor.said("is on the list as you see it here").wait_for()
    await visitor.use("curate history")
    await expect(visitor.said("What has been changed")).to_contain_text("Night Train (1959) changed@Noor")
    await visitor.said("What has been changed").get_by_role("button", name="Undo").first.click()
    await visitor.said("Taken back").wait_for()
    await visitor.use("curate edit", "night tr", pick=FOUND)
    await expect(visitor.said("as it will look with your changes")).to_contain_text(NIGHT_TRAIN["why"])


@needs_chromium
async def test_an_admin_sets_the_server_up_and_accepts_a_suggestion(visitor: Visitor) -> None:
    await visitor.enter("film-club", "Noor")
    await visitor.use("settings show")
    panel = visitor.said("What this server has chosen")
    await visitor.press_beside("A text channel in which curators hear", "Change")
    await visitor.choose(visitor.form.get_by_role("combobox"), "curators")
    await visitor.send()
    await expect(panel).to_contain_text("Saved. Curators' channel: #curators")
    await visitor.enter("after-the-credits", "Noor")
    await visitor.use("settings check")
    await expect(visitor.said("1 thing does not work yet")).to_contain_text(
        "Embed Links is off: a trailer is a bare link"
    )

    await visitor.enter("film-club", "Jonas")
    await visitor.use("suggest", "Night Train", "Nobody sleeps.")
    await visitor.said("The curators have Night Train now").wait_for()
    await visitor.enter("curators", "Noor")
    await visitor.press("A member suggests Night Train", "Accept")
    await visitor.press("Before it can be published", "Correct it")
    await expect(visitor.form.locator("[name=why]")).to_have_value("Nobody sleeps.")
    await visitor.send(**NIGHT_TRAIN)
    await visitor.press("as it will look", "Publish")
    await visitor.said("I have told @Jonas in #film-club").wait_for()
    await visitor.enter("film-club", "Jonas")
    await visitor.said("the film that you put forward is on the list now").wait_for()


@needs_chromium
async def test_a_list_is_exported_and_taken_in_by_another_server(visitor: Visitor, tmp_path: Path) -> None:
    await visitor.enter("film-club", "Noor")
    await visitor.use("curate add")
    await visitor.send(**NIGHT_TRAIN)
    await visitor.press("as it will look", "Publish")
    await visitor.said("is on the list").wait_for()
    await visitor.use("curate export")
    async with visitor.page.expect_download() as coming:
        await visitor.said("entry files, and a table for spreadsheets").get_by_role("button", name="Download").click()
    file = tmp_path / "front-row-films.zip"
    await (await coming.value).save_as(file)

    await visitor.enter("screening-room", "Noor")
    await visitor.use("curate import", file=file)
    await visitor.said("1 new, ").wait_for()
    await visitor.press("What the file would do", "Import 1 film")
    await visitor.said("1 film is on the list now").wait_for()
    await visitor.use("film", "night tr", pick=FOUND)
    await visitor.said("Nobody sleeps, and everybody is seen.").wait_for()


@pytest.mark.parametrize(
    ("provider", "video", "expected"),
    [
        (Provider.YOUTUBE, "night1959tr", Health.FINE),
        (Provider.VIMEO, "76979871", Health.FINE),
        (Provider.DAILYMOTION, "x7tgad0", Health.FINE),
        (Provider.YOUTUBE, "now-is-gone", Health.GONE),
        (Provider.DAILYMOTION, "itsgone", Health.GONE),
        (Provider.YOUTUBE, "door-locked", Health.NOT_EMBEDDABLE),
    ],
)
async def test_the_providers_of_the_demo_answer_as_the_real_ones_do(
    provider: Provider, video: str, expected: Health
) -> None:
    async with open_providers() as addresses, HttpClient(addresses) as web:
        assert await trailers.health(web, Trailer(provider=provider, id=video)) is expected
