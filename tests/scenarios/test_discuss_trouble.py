"""Discord fails at a step of opening a thread: the member reads one plain sentence, and the next press goes on."""

import pytest
import simcord

from bot.domain.films.films import Film
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, picture, place, posts, sentence
from tests.scenarios.shelf import stocked
from tests.scenarios.traffic import CREATIONS, Fault, Step, asked, trip

FILMS = [film(f"Film {number}", 1960) for number in range(4)]
LOOKING = Step("GET", "/channels/{channel_id}/threads/archived/public")
MAKING = Step("POST", "/channels/{channel_id}/threads")
CARD, TRAILER, INVITATION = (Step("POST", "/channels/{channel_id}/messages", number) for number in (1, 2, 3))
ADDING = Step("PUT", "/channels/{channel_id}/thread-members/{user_id}")
STEPS = (LOOKING, MAKING, CARD, TRAILER, INVITATION)
FINDING = Step("GET", "/channels/{channel_id}")
REOPENING = Step("PATCH", "/channels/{channel_id}")

FORBIDDEN, GONE, BROKEN = Fault(403, 50013), Fault(404, 10003), Fault(500)
SENTENCES = {FORBIDDEN: "error.forbidden", GONE: "error.gone", BROKEN: "error.discord_down", None: "error.timed_out"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


async def press(club: Club, entry: Film = FILMS[0]) -> simcord.InteractionResult:
    result = await club.ann.slash(club.lobby, "discuss", title=entry.slug)
    if result.deferred:  # a request hangs; nobody waits for it longer than this
        await club.env.advance_time(41)
    return result


async def opens_the_one_thread(club: Club, entry: Film = FILMS[0]) -> None:
    """The next press leads into a thread that has everything once, and is the only one of the film."""
    said = answer(await press(club, entry))
    [thread] = [thread for thread in club.lobby.threads if thread.name == entry.name]
    assert (said.content, said.ephemeral) == (sentence("thread.ready", thread=place(thread)), True)
    card, trailer, invitation = posts(club, thread.id)
    assert picture(card)
    assert "youtube" in trailer.content
    assert sentence("thread.opening") in invitation.content
    assert club.ann.id in club.env.backend.get_thread(thread.id).thread_members


@pytest.mark.parametrize("step", STEPS, ids=["looking", "making", "card", "trailer", "invitation"])
async def test_a_step_of_opening_fails(club: Club, monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    for entry, (fault, key) in zip(FILMS, SENTENCES.items(), strict=True):
        trip(club, monkeypatch, step, fault)
        assert refused(club, await press(club, entry)) == sentence(key)
        await opens_the_one_thread(club, entry)


@pytest.mark.parametrize("fault", [FORBIDDEN, GONE, BROKEN, Fault(400, 30033)])
async def test_a_member_who_cannot_be_added_gets_the_link(
    club: Club, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    trip(club, monkeypatch, ADDING, fault)
    said = answer(await press(club))
    [thread] = club.lobby.threads
    assert (said.content, said.ephemeral) == (sentence("thread.ready", thread=place(thread)), True)
    assert not club.env.errors


@pytest.mark.parametrize("fault", [BROKEN, None])
async def test_a_step_of_finding_again_fails(club: Club, monkeypatch: pytest.MonkeyPatch, fault: Fault | None) -> None:
    await opens_the_one_thread(club)
    # The gateway tells of archiving, and the bot keeps only open threads in mind.
    club.env.backend.edit_channel(club.lobby.threads[0].id, {}, thread_metadata={"archived": True})
    trip(club, monkeypatch, FINDING, fault)
    assert refused(club, await press(club)) == sentence(SENTENCES[fault])
    await opens_the_one_thread(club)
    assert len(asked(club, *CREATIONS)) == 1


@pytest.mark.parametrize("fault", [FORBIDDEN, BROKEN, Fault(429), None])
async def test_a_thread_that_cannot_be_opened_again_is_linked_all_the_same(
    club: Club, monkeypatch: pytest.MonkeyPatch, fault: Fault | None
) -> None:
    await opens_the_one_thread(club)
    club.env.backend.edit_channel(club.lobby.threads[0].id, {}, thread_metadata={"archived": True})
    trip(club, monkeypatch, REOPENING, fault)
    await opens_the_one_thread(club)
    assert not club.env.errors
    assert len(asked(club, *CREATIONS)) == 1


async def test_a_thread_that_the_bot_may_not_see_any_more_is_named(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    await opens_the_one_thread(club)
    club.env.backend.edit_channel(club.lobby.threads[0].id, {}, thread_metadata={"archived": True})
    trip(club, monkeypatch, FINDING, FORBIDDEN)
    said = refused(club, await press(club))
    assert "**View Channel**" in said
    assert place(club.lobby.threads[0]) in said


async def test_what_discord_says_has_a_sentence_of_its_own(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    for step, fault, key in (
        (MAKING, Fault(400, 160006), "error.too_many_threads"),
        (MAKING, Fault(403, 50001), "error.no_access"),
        (MAKING, Fault(429), "error.rate_limited"),
        (CARD, Fault(400, 50083), "error.thread_archived"),
        (CARD, Fault(400, 160005), "error.thread_locked"),
    ):
        trip(club, monkeypatch, step, fault)
        assert refused(club, await press(club)) == sentence(key)
    await opens_the_one_thread(club)


async def test_an_answer_that_does_not_get_through_is_followed_by_a_sentence(club: Club) -> None:
    for method, times in (("POST", 1), ("PATCH", 2)):  # the second way of saying it fails, too
        club.env.inject_error(method, "/webhooks/*", status=503, times=times)
    assert refused(club, await press(club)) == sentence("error.discord_down")
    await opens_the_one_thread(club)
    assert len(asked(club, *CREATIONS)) == 1


async def test_a_promise_that_does_not_get_through_is_followed_by_a_sentence(club: Club) -> None:
    club.env.inject_error("POST", "/interactions/*/callback", status=503, times=2)
    assert refused(club, await press(club)) == sentence("error.discord_down")
    assert asked(club, *CREATIONS) == []


async def test_a_press_that_discord_has_given_up_on_leaves_no_trace(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    club.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    result = await press(club)
    assert len(club.env.errors) == 1
    assert not result.acknowledged
    assert len(asked(club, "POST", "/interactions/*/callback")) == 1
    assert asked(club, "*", "/webhooks/*") == []
    [record] = [record for record in caplog.records if record.name.startswith("bot.")]
    assert (record.levelname, record.exc_info) == ("WARNING", None)


async def test_when_discord_is_down_altogether_the_bot_goes_on_afterwards(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    club.env.inject_error("*", "/*", status=503, times=None)
    result = await press(club)
    assert club.env.errors
    assert not result.acknowledged
    assert "could not explain a failure of /discuss" in caplog.text
    club.env.backend.faults.clear()
    await opens_the_one_thread(club)
