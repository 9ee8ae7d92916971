"""The database takes its time, or fails: the member is asked for patience, and gets an answer or a sentence."""

import threading

import pytest
import simcord

from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club, refused
from tests.scenarios.database import NAP, another_process, drowsy, mark_elsewhere, take_away
from tests.scenarios.screen import answer, card_and_trailer, heading, opened_by, posts, sentence
from tests.scenarios.shelf import Restart, stocked, take_off
from tests.scenarios.traffic import answers

TRAIN = film()
FERRY = film("Night Ferry", 1965)
ADDRESS = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
MESSAGE, PROMISE = 4, 5


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, FERRY])


def promised_after(result: simcord.InteractionResult, began: float) -> float:
    """Seconds until the member was asked for patience: the message that takes the answer is as old as that."""
    assert result.response is not None
    return result.response.message.created_at.timestamp() - began


async def test_a_slow_answer_is_promised_in_time_and_kept(club: Club) -> None:
    began = club.env.now().timestamp()
    with drowsy():
        result = await club.ann.slash(club.lobby, "films random")
    card, trailer = card_and_trailer(result)
    assert answers(club) == [PROMISE]
    assert 1 < promised_after(result, began) < 2
    assert heading(card) in {TRAIN.name, FERRY.name}
    assert (card.ephemeral, trailer.ephemeral) == (False, False)


async def test_a_press_waits_for_a_database_that_somebody_else_is_writing_to(club: Club, settings: Settings) -> None:
    with another_process(settings) as writer:
        done = threading.Timer(0.5, writer.rollback)
        done.start()
        card, _ = card_and_trailer(await club.ann.slash(club.lobby, "films random"))
        assert not writer.in_transaction
        done.join()
    assert not card.ephemeral


async def test_a_quick_answer_is_not_promised(club: Club) -> None:
    await club.ann.slash(club.lobby, "film", title="night train")
    await club.ann.slash(club.lobby, "films random")
    assert answers(club) == [MESSAGE, MESSAGE]


async def test_a_private_answer_is_promised_privately(club: Club, settings: Settings, restart: Restart) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))
    take_off(settings, TRAIN)
    await restart()
    mark_elsewhere(settings, TRAIN, removed=False)
    with drowsy():
        played = answer(await club.ben.click(card, label="Trailer"))
    assert (played.content, played.ephemeral) == (ADDRESS, True)
    assert answers(club) == [MESSAGE, PROMISE]


async def test_an_error_after_a_public_promise_is_private(club: Club, settings: Settings, restart: Restart) -> None:
    shown = await club.ann.slash(club.lobby, "film", title="night train", quiet=True)
    card, _ = card_and_trailer(shown)
    take_off(settings, TRAIN)
    await restart()
    with drowsy(NAP / 2):
        result = await club.ann.click(card, label="Share")
    assert answers(club) == [MESSAGE, PROMISE]
    assert refused(club, result) == sentence("error.film_removed", name=TRAIN.name)
    assert posts(club, club.lobby.id) == []


async def test_films_are_found_and_shown_at_once_however_slow_the_database_is(club: Club) -> None:
    with drowsy():
        await club.ann.slash(club.lobby, "film", title="night train")
        await club.ann.slash(club.lobby, "synopsis", title="night train")
        await club.ann.slash(club.lobby, "trailer", title="night train")
        await club.ann.slash(club.lobby, "films browse")
        await club.ann.slash(club.lobby, "films search", words="ferry")
    assert answers(club) == [MESSAGE] * 5


@pytest.mark.parametrize("command", ["films random", "discuss"])
async def test_a_database_that_fails_is_owned_up_to_and_look_ups_go_on(
    club: Club, settings: Settings, command: str
) -> None:
    with another_process(settings) as vandal:
        for table in ("films", "revisions", "discussions", "picks"):
            vandal.execute(f"DROP TABLE {table}")
    given = {"title": "night train"} if command == "discuss" else {}
    assert refused(club, await club.ann.slash(club.lobby, command, **given)) == sentence("error.memory_failed")
    card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))


async def test_what_another_process_does_to_the_list_is_taken_up(club: Club, settings: Settings) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    mark_elsewhere(settings, TRAIN, removed=True)
    await club.env.advance_time(5)
    assert opened_by(answer(await club.ann.slash(club.lobby, "films browse"))) == [FERRY.slug]
    removed = sentence("error.film_removed", name=TRAIN.name)
    assert refused(club, await club.ann.click(page, custom_id=f"film:peek:{TRAIN.slug}")) == removed
    mark_elsewhere(settings, TRAIN, removed=False)
    await club.env.advance_time(5)
    assert answer(await club.ann.slash(club.lobby, "films search", words="train")).ephemeral


async def test_nothing_is_promised_where_the_file_was_swapped(club: Club, settings: Settings) -> None:
    take_away(settings)
    assert refused(club, await club.ann.slash(club.lobby, "films random")) == (
        "My notes were swapped while I was at work, so I am not writing anything down until whoever runs me has "
        "restarted me. Nothing of this was saved."
    )
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))
    assert heading(card) == TRAIN.name  # what was read before is as good as ever
