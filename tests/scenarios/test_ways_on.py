"""What can be pressed below a failure: it leads on, or does what has failed again."""

from typing import Any

import pytest

from bot.domain.errors import DiscussionBusy, StorageUnavailable
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.forged import Control, posted
from tests.scenarios.screen import Message, answer, card_and_trailer, heading, labels, place, sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import bot_of

TRAIN = film("Night Train", 1959)
AGAIN, LIST = "Try again", "The whole list"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN])


def fail_once(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, error: Exception) -> None:
    """Let the next call fail, and every other do what it does."""
    does, failures = getattr(owner, name), [error]

    async def fails(*given: Any, **named: Any) -> Any:
        if failures:
            raise failures.pop()
        return await does(*given, **named)

    monkeypatch.setattr(owner, name, fails)


def failure(result: Any, club: Club, said: str) -> Message:
    """The private message that says so."""
    assert refused(club, result) == said
    return (result.followups or [result.response])[-1]


async def test_where_nothing_fits_the_whole_list_is_a_press_away(club: Club, restart: Restart) -> None:
    result = await club.ann.slash(club.lobby, "films browse", kind="concert")
    refusal = failure(result, club, sentence("error.nothing_matches"))
    await restart()
    page = answer(await club.ann.click(refusal, label=LIST))
    assert (page.id, page.ephemeral) == (refusal.id, True)
    assert "Night Train" in text(page)


async def test_a_command_that_met_a_passing_failure_is_done_by_the_button(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command, kind in (("film", "show"), ("synopsis", "synopsis"), ("trailer", "play"), ("who", "peek")):
        services, option = bot_of(club).services, "film" if command == "who" else "title"
        fail_once(monkeypatch, services.films, "ensure_loaded", StorageUnavailable("the disk is full"))
        result = await club.ann.slash(club.lobby, command, **{option: "night train"})
        refusal = failure(result, club, sentence("error.memory_failed"))
        assert labels(refusal) == [AGAIN]
        done = await club.ann.click(refusal, custom_id=f"film:{kind}:{TRAIN.slug}")
        assert done.response is not None
        assert "Night Train" in text(done.response) or command == "trailer"


async def test_a_button_that_met_a_passing_failure_is_there_once_more(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))
    fail_once(monkeypatch, bot_of(club).services.discussions, "known", DiscussionBusy())
    result = await club.ben.click(card, label="Leave a reply")
    refusal = failure(result, club, sentence("error.discussion_busy"))
    done = answer(await club.ben.click(refusal, label=AGAIN))
    assert done.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))


async def test_a_panel_takes_the_place_of_its_failure(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = answer(await club.ann.slash(club.lobby, "want", film="night train"))
    fail_once(monkeypatch, bot_of(club).services.shelves, "toggle_want", StorageUnavailable("the disk is full"))
    result = await club.ann.click(panel, label="Don't want to see")
    refusal = failure(result, club, sentence("error.memory_failed"))
    done = await club.ann.click(refusal, label=AGAIN)
    assert done.response is not None
    assert done.response.id == refusal.id
    assert sentence("mark.not_said") in text(done.response)


async def test_discords_trouble_is_tried_again_and_its_refusals_are_not(club: Club) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))
    for status, code, key, offered in (
        (503, 0, "error.discord_down", [AGAIN]),
        (400, 50083, "error.thread_archived", [AGAIN]),
        (400, 160006, "error.too_many_threads", []),
        (403, 50013, "error.forbidden", []),
    ):
        club.env.inject_error("GET", "/channels/*/threads/archived/public", status=status, code=code)
        result = await club.ann.click(card, label="Leave a reply")
        assert labels(failure(result, club, sentence(key))) == offered


async def test_what_no_press_can_do_again_is_a_sentence_alone(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    more = posted(club, club.lobby, Control("film:watch:night-train-1959", "0"))
    fail_once(monkeypatch, bot_of(club).services.films, "get", StorageUnavailable("the disk is full"))
    chosen = await club.ann.select(more, ["0"])
    assert failure(chosen, club, sentence("error.memory_failed")).content == sentence("error.memory_failed")


async def test_a_film_nearly_named_to_note_it_opens_where_it_can_be_noted(club: Club) -> None:
    for command in ("want", "seen", "who"):
        refusal = answer(await club.ann.slash(club.lobby, command, film="train"))
        assert heading(refusal) == sentence("error.film_not_found_near", query="train")
        card, _ = card_and_trailer(await club.ann.click(refusal, label=TRAIN.name))
        assert card.ephemeral
        assert {"Want to see", "Seen it", "Who else?"} < set(labels(card))
    assert club.env.errors
