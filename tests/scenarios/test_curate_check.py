"""Trailers that no longer play: a warning while a film is added, and an audit of the whole list."""

from collections.abc import AsyncGenerator

import pytest

from bot.settings import Settings
from bot.sources.http import Endpoints
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import NIGHT_TRAIN, curator, demote, panel
from tests.scenarios.forged import Control, posted
from tests.scenarios.presses import at_once, slash
from tests.scenarios.screen import answer, beside, custom_ids, heading, labels, sentence, text, texts
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.traffic import asked
from tests.web_servers import OembedServer, status

GONE, CLOSED, FINE = "goneGONE111", "closedCLOS1", "fineFINE111"
FILMS = [
    film(name, 1960, trailers=[{"provider": "youtube", "id": video}])
    for name, video in (("Gone", GONE), ("Closed", CLOSED), ("Fine", FINE))
]


@pytest.fixture
async def providers() -> AsyncGenerator[OembedServer]:
    async with OembedServer() as running:
        running.videos = {GONE: status(404), CLOSED: status(401)}
        yield running


@pytest.fixture
def addresses(providers: OembedServer) -> Endpoints:
    return providers.addresses()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


async def test_an_audit_names_what_no_longer_plays_and_leads_to_it(club: Club, restart: Restart) -> None:
    noor = curator(club)
    found = answer(await noor.slash(club.lobby, "curate check"))
    head, bad, *_ = texts(found)
    assert head.splitlines() == [sentence("audit.title"), "✅ 1 of 3 trailers plays."]
    assert bad == "### 2 do not play"
    assert sorted(custom_ids(found)) == ["film:edit:closed-1960", "film:edit:gone-1960"]
    assert beside(found, "film:edit:gone-1960").startswith(sentence("audit.film", name="Gone (1960)"))
    await restart()
    opened = panel(await noor.click(found, custom_id="film:edit:gone-1960"))
    assert heading(opened) == "Draft: Gone (1960)"


async def test_the_menu_of_a_check_from_before_still_leads_to_the_film(club: Club) -> None:
    old = posted(club, club.lobby, Control("film:edit", "gone-1960"))
    assert heading(panel(await curator(club).select(old, ["gone-1960"]))) == "Draft: Gone (1960)"


async def test_a_provider_that_is_down_is_no_dead_trailer(club: Club, providers: OembedServer) -> None:
    providers.videos = dict.fromkeys((GONE, CLOSED, FINE), status(503))
    found = answer(await curator(club).slash(club.lobby, "curate check"))
    assert text(found).splitlines()[1:] == ["✅ 0 of 3 trailers play.", "-# 3 could not be checked just now."]


async def test_the_bar_moves_no_more_often_than_every_two_seconds(club: Club) -> None:
    await curator(club).slash(club.lobby, "curate check")
    edits = asked(club, "PATCH", "/webhooks/*/messages/@original")
    assert len(edits) == 1


@pytest.mark.parametrize(("video", "doubt"), [(GONE, "gone"), (CLOSED, "not_embeddable"), (FINE, None)])
async def test_adding_a_film_warns_of_a_trailer_that_will_not_play(club: Club, video: str, doubt: str | None) -> None:
    noor = curator(club)
    address = f"https://www.youtube.com/watch?v={video}"
    shown = await noor.slash(club.lobby, "curate add")
    result = await noor.submit_modal(shown, {**NIGHT_TRAIN, "name": "Another Film (1999)", "trailers": address})
    told = [text(message) for message in result.followups]
    assert told == ([sentence(f"draft.trailer_{doubt}", address=Markup(f"<{address}>"))] if doubt else [])
    assert "Publish" in labels(panel(result))
    # By the time of a late answer the panel may have been pressed, and show something else.
    assert asked(club, "PATCH", "/webhooks/*/messages/@original") == []


async def test_only_curators_ask_the_providers(club: Club, providers: OembedServer) -> None:
    noor = curator(club)
    press = slash(club, noor, club.lobby, "curate check")
    demote(club, noor)
    press.payload["member"]["permissions"] = "0"
    [result] = await at_once(club, [press])
    assert refused(club, result) == sentence("error.curators_only")
    assert providers.requests == []
