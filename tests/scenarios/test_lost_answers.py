"""Discord does what it is asked and says that it failed, or says so to a second process: nothing is there twice."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import simcord
from discord.http import Route
from simcord.http import router
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.client import FilmBot
from bot.domain.errors import NothingMatches
from bot.domain.films.films import Film
from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.curators import add, curator, form, panel
from tests.scenarios.database import drowsy
from tests.scenarios.presses import begin, click, slash
from tests.scenarios.screen import answer, card_and_trailer, heading, place, posts, sentence, text
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import SOLARIS, bot_of, desk_of, waiting
from tests.scenarios.test_discuss_trouble import ADDING, CARD, INVITATION, TRAILER
from tests.scenarios.traffic import CREATIONS, Fault, Step, asked, lose, trip

TRAIN = film()
FILMS = [TRAIN, *(film(f"Film {number}", 1960) for number in range(4))]
CALLBACK = Step("POST", "/interactions/*/callback")
FILLING = Step("POST", "/webhooks/*")
THREAD = Step("POST", "/channels/*/threads")
BROKEN_OFF = aiohttp.ServerDisconnectedError()
ERRORS = [None, BROKEN_OFF, ConnectionResetError(104, "reset")]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


@pytest.mark.parametrize("error", ERRORS)
async def test_a_card_is_followed_by_its_trailer(
    club: Club, monkeypatch: pytest.MonkeyPatch, error: Exception | None
) -> None:
    lose(monkeypatch, CALLBACK, error)
    card, trailer = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    assert heading(card) == "Night Train (1959)"
    assert "youtube" in trailer.content
    assert not club.env.errors


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("step", [CALLBACK, FILLING, THREAD])
async def test_a_thread_is_made_once_and_linked(
    club: Club, monkeypatch: pytest.MonkeyPatch, step: Step, error: Exception | None
) -> None:
    lose(monkeypatch, step, error)
    said = answer(await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug))
    [thread] = club.lobby.threads
    assert said.content == sentence("thread.ready", thread=place(thread))
    assert len(posts(club, thread.id)) == 3
    assert len(asked(club, *CREATIONS)) == 1
    assert not club.env.errors


async def test_what_is_published_is_said_to_be(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    noor = curator(club)
    preview = await add(club, noor)
    for step in (CALLBACK, Step("PATCH", "/webhooks/*")):
        lose(monkeypatch, step)
    done = panel(await noor.click(preview, label="Publish"))
    assert heading(done) == sentence("draft.published", name="Night Train (1959)")


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("quiet", [True, False])
async def test_a_trailer_is_there_once(
    club: Club, monkeypatch: pytest.MonkeyPatch, error: Exception | None, *, quiet: bool
) -> None:
    lose(monkeypatch, FILLING, error)
    shown = await club.ann.slash(club.lobby, "film", title=TRAIN.slug, quiet=quiet)
    assert len(shown.followups) == 1 + quiet  # what one member sees may come again
    assert not club.env.errors


async def test_what_has_been_pressed_and_deleted_meanwhile_is_answered_all_the_same(club: Club) -> None:
    noor = curator(club)
    preview = await add(club, noor)
    club.env.inject_error("PATCH", "/webhooks/*", status=404, code=10008)
    done = await noor.click(preview, label="Publish")
    assert heading(done.followups[0]) == sentence("draft.published", name="Night Train (1959)")
    assert not club.env.errors


async def test_a_form_opens_though_its_receipt_is_lost(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    noor = curator(club)
    preview = await add(club, noor)
    lose(monkeypatch, CALLBACK)
    assert form(await noor.click(preview, label="Basics"))
    assert not club.env.errors


@pytest.mark.parametrize("fault", [Fault(403, 50013), Fault(500), Fault(429), Fault(400, 30033), None])
async def test_the_link_waits_for_no_invitation(
    club: Club, monkeypatch: pytest.MonkeyPatch, fault: Fault | None
) -> None:
    trip(club, monkeypatch, ADDING, fault)
    [result] = begin(club, [slash_discuss(club, club.ann)])
    for _ in range(200):
        await asyncio.sleep(0)
        if result.response is not None and result.response.content:
            break
        await asyncio.sleep(0.01)
    [thread] = club.lobby.threads
    assert answer(result).content == sentence("thread.ready", thread=place(thread))
    await club.env.advance_time(60)
    assert not club.env.errors


async def test_fifty_members_have_the_link_while_their_invitations_hang(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=TRAIN.slug))
    members = [club.guild.add_member(club.env.create_user(f"member{number}")) for number in range(50)]
    hang(club, monkeypatch, ADDING)
    results = begin(club, [click(club, member, card, "Leave a reply") for member in members])
    await club.env.advance_time(5)  # while one makes the thread, the others look for it now and then
    [thread] = club.lobby.threads
    ready = sentence("thread.ready", thread=place(thread))
    assert [answer(result).content for result in results] == [ready] * 50
    await club.env.advance_time(60)
    assert not club.env.errors


async def test_a_decision_is_confirmed_while_the_news_of_it_hangs(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    noor, desk = curator(club), await desk_of(club)
    await club.ann.slash(club.lobby, "suggest", **SOLARIS)
    [card] = posts(club, desk.id)
    shown = await noor.click(card, label="Decline")
    hang(club, monkeypatch, CARD)
    result = await noor.submit_modal(shown, {"reason": "No."})
    await club.env.advance_time(2)
    assert result.followups[0].content == sentence("suggestion_done.declined", name="Solaris (1972)")
    await club.env.advance_time(15)
    untold = sentence("suggestion.untold", member=Markup(f"<@{club.ann.id}>"), channel=place(club.lobby))
    assert [message.content for message in result.followups[1:]] == [untold]


async def test_a_promise_that_cannot_be_tidied_away_holds_back_no_sentence(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(*_: Any) -> Any:
        await asyncio.sleep(2)
        raise NothingMatches

    monkeypatch.setattr(bot_of(club).services.films, "pick", none)
    club.env.inject_error("DELETE", "/webhooks/*", status=500)
    result = await club.ann.slash(club.lobby, "films random")
    await club.env.advance_time(3)
    assert text(result.followups[0]) == sentence("error.nothing_matches")
    assert result.followups[0].ephemeral
    assert club.env.errors


async def test_a_film_costs_two_requests_and_no_look_into_the_database(club: Club) -> None:
    await club.ann.slash(club.lobby, "film", title=TRAIN.slug)
    before, statements = len(club.env.http_requests), list[str]()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await club.ben.slash(club.lobby, "film", title=TRAIN.slug)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(club.env.http_requests) == before + 2
    assert statements == []


@pytest.mark.parametrize("step", [CARD, TRAILER, INVITATION])
async def test_two_refusals_for_haste_leave_each_message_once(
    club: Club, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    trip(club, monkeypatch, step, Fault(429))
    trip(club, monkeypatch, step, Fault(429))
    [result] = begin(club, [slash_discuss(club, club.ann)])
    await club.env.advance_time(15)
    [thread] = club.lobby.threads
    card, trailer, invitation = posts(club, thread.id)
    assert heading(card) == "Night Train (1959)"
    assert "youtube" in trailer.content
    assert sentence("thread.opening") in invitation.content
    assert answer(result).content == sentence("thread.ready", thread=place(thread))


async def test_a_half_furnished_thread_in_which_members_write_is_finished_once(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip(club, monkeypatch, INVITATION, Fault(500))
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    assert club.env.errors
    [thread] = club.lobby.threads
    for number in range(8):
        await club.ben.send(thread, f"Word {number}")
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    own = [post.content for post in posts(club, thread.id) if not post.content.startswith("Word")]
    assert len(own) == len(set(own)) == 3


async def test_a_message_of_the_bots_own_is_not_taken_for_one_that_opens(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip(club, monkeypatch, TRAILER, Fault(500))
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    assert club.env.errors
    [thread] = club.lobby.threads
    await bot_of(club).get_partial_messageable(thread.id).send("News of a suggestion.")
    await club.ann.slash(club.lobby, "discuss", title=TRAIN.slug)
    texts = [post.content for post in posts(club, thread.id)]
    assert len(texts) == 4
    assert "youtube" in texts[2]
    assert sentence("thread.opening") in texts[3]


def hang(club: Club, monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    """Discord never answers requests of this kind."""
    request = club.env.bot.http.request

    async def hanging(route: Route, **given: Any) -> Any:
        if (route.method, route.path) == (step.method, step.path):
            await asyncio.sleep(1000)
        return await request(route, **given)

    monkeypatch.setattr(club.env.bot.http, "request", hanging)


def slash_discuss(club: Club, member: simcord.MemberActor, entry: Film = TRAIN) -> Any:
    press = slash(club, member, club.lobby, "discuss")
    press.payload["data"]["options"] = [{"type": 3, "name": "title", "value": entry.slug}]
    return press


def taken_elsewhere(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Another process is always first to answer."""
    dispatch = router.dispatch

    def beaten(backend: Any, method: str, path: str, **given: Any) -> Any:
        if path.endswith("/callback"):
            backend.faults.append(
                {"method": "POST", "path": "*/callback", "status": 400, "code": code, "message": "", "times": 1}
            )
        return dispatch(backend, method, path, **given)

    monkeypatch.setattr(router, "dispatch", beaten)


@pytest.mark.parametrize("code", [40060, 10062])
async def test_who_is_not_first_says_nothing_and_leaves_nothing(
    club: Club, monkeypatch: pytest.MonkeyPatch, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    noor, desk = curator(club), await desk_of(club)
    preview = await add(club, noor)
    await club.ben.slash(club.lobby, "suggest", **SOLARIS)
    [card] = posts(club, desk.id)
    acts: list[Callable[[], Awaitable[Any]]] = [
        lambda: noor.click(preview, label="Publish"),
        lambda: noor.click(card, label="Accept"),
        lambda: noor.slash(club.lobby, "curate hide", title=TRAIN.slug),
        lambda: club.ann.slash(club.lobby, "suggest", title="Stalker", why="Nobody runs."),
        lambda: club.ann.slash(club.lobby, "discuss", title=TRAIN.slug),
    ]
    before = await everything(club)
    taken_elsewhere(monkeypatch, code)
    sent = len(asked(club, "*", "/webhooks/*"))
    for act in acts:
        await act()
    assert club.env.errors
    assert await everything(club) == before
    assert len(asked(club, "*", "/webhooks/*")) == sent
    assert club.lobby.threads == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def everything(club: Club) -> Any:
    """What curators and members would notice."""
    bot = bot_of(club)
    seen = bot.services.films.catalogue_for(club.guild.id).by_slug.keys()
    return [(kept.number, kept.state) for kept in await waiting(club)], set(seen)


@pytest.mark.parametrize("failing", [True, False])
async def test_work_that_nobody_waits_for_any_more_ends_without_a_word(
    club: Club, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, failing: bool
) -> None:
    bot, ended = bot_of(club), asyncio.Event()
    assert isinstance(bot, FilmBot)

    async def slow(*_: Any) -> Any:
        try:
            await asyncio.sleep(1.0)
        finally:
            ended.set()
            if failing:
                raise ValueError("Zqxjk")

    monkeypatch.setattr(bot.services.films, "pick", slow)
    with drowsy():
        begin(club, [slash(club, club.ann, club.lobby, "films random")])
        for _ in range(20):
            await asyncio.sleep(0)
        [task] = [task for task in asyncio.all_tasks() if task.get_name().startswith("CommandTree-invoker")]
        task.cancel()
        await asyncio.wait({task})
    assert ended.is_set()
    gc.collect()
    await asyncio.sleep(0)
    assert "Zqxjk" not in caplog.text
