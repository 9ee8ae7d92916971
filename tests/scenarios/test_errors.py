"""What nobody expected: the member gets a reference, the operator the same one, and the log no word of the member's."""

import re

import pytest
import simcord

from bot.app import App
from bot.domain.errors import StorageUnavailable
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, card_and_trailer, sentence
from tests.scenarios.settings_forms import submit_raw
from tests.scenarios.shelf import stocked

# What the member types, in a spelling that is nowhere else.
TYPED = "nIgHt tRaIn"
FILMS = [film("Night Train", 1959), *(film(f"Night Train to {number}", 1960 + number) for number in range(1, 12))]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


@pytest.fixture(autouse=True)
def _as_an_operator_sees_it(caplog: pytest.LogCaptureFixture) -> None:
    for ours in ("bot", "cogs"):
        caplog.set_level("INFO", ours)


def break_answers(club: Club) -> None:
    """Discord takes the next answer for malformed, which no sentence foresees."""
    club.env.inject_error("POST", "/interactions/*/callback", status=400, code=50006)


def is_in_the_log(club: Club, result: simcord.InteractionResult, log: str) -> bool:
    """Whether the member's reference is there, and neither a token nor what was typed."""
    said = refused(club, result)
    found = re.search(r"\b[0-9a-f]{8}\b", said)
    assert found is not None
    assert said == sentence("error.unexpected", reference=found[0])
    assert TYPED not in log
    assert "simcord.fake.token" not in log
    assert not [token for token in club.env.backend.interaction_tokens if token in log]
    return f"reference {found[0]}" in log


async def test_a_command_that_goes_wrong(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    for command, option in (("film", "title"), ("synopsis", "title"), ("films search", "words")):
        break_answers(club)
        result = await club.ann.slash(club.lobby, command, **{option: TYPED})
        assert is_in_the_log(club, result, caplog.text)
        assert f"/{command} failed" in caplog.text


async def test_a_page_that_goes_wrong_although_its_button_holds_what_was_typed(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    page = answer(await club.ann.slash(club.lobby, "films search", words=TYPED))
    break_answers(club)
    assert is_in_the_log(club, await club.ann.click(page, label="Next"), caplog.text)
    assert "films:search failed" in caplog.text


async def test_a_button_and_a_menu_that_go_wrong(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train 1959"))
    break_answers(club)
    assert is_in_the_log(club, await club.ann.click(card, label="Trailer"), caplog.text)
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    break_answers(club)
    assert is_in_the_log(club, await club.ann.click(page, custom_id=f"film:peek:{FILMS[0].slug}"), caplog.text)
    assert len(set(re.findall(r"reference ([0-9a-f]{8})", caplog.text))) == 2


async def test_typing_that_goes_wrong_is_logged_without_what_was_typed(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    break_answers(club)
    assert await club.ann.autocomplete(club.lobby, "film", "title", TYPED) == []
    assert club.env.errors or caplog.records
    assert TYPED not in caplog.text


async def test_a_list_that_cannot_be_had_is_said_at_every_door(
    club: Club, app: App, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train 1959"))
    page = answer(await club.ann.slash(club.lobby, "films browse"))

    async def fails(_guild_id: int | None) -> None:
        raise StorageUnavailable("the disk is full")

    monkeypatch.setattr(app.bot.services.films, "ensure_loaded", fails)
    for result in (
        await club.ann.slash(club.lobby, "film", title=TYPED),
        await club.ann.click(card, label="Trailer"),
        await club.ann.click(page, custom_id=f"film:peek:{FILMS[0].slug}"),
    ):
        assert refused(club, result) == sentence("error.memory_failed")
    caplog.clear()
    assert await club.ann.autocomplete(club.lobby, "film", "title", TYPED) == []
    assert [record.getMessage() for record in caplog.records] == [
        "nothing to choose from in /film (StorageUnavailable)"
    ]
    assert club.env.errors
    result = await submit_raw(club, club.ann, "curate:add", {"name": "Solaris"})
    assert refused(club, result) == f"{sentence('error.memory_failed')}\n{sentence('error.typed_back')}"


async def test_what_is_to_be_expected_is_not_logged(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    assert refused(club, await club.ann.slash(club.lobby, "film", title="tRaIn"))
    assert refused(club, await club.ann.slash(club.lobby, "films search", words="zZz"))
    assert refused(club, await club.ann.user.slash("discuss", title=TYPED + " 1959"))
    assert caplog.records == []
