"""Two press at once, Discord refuses, channels and cards are gone: no suggestion and no decision is lost."""

from typing import Any

import discord
import pytest
import simcord
from discord.http import Route
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.domain.curation.suggestions import State
from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, panel
from tests.scenarios.database import another_process, drowsy
from tests.scenarios.presses import at_once, click
from tests.scenarios.screen import Message, answer, choices, labels, place, posts, sentence, text, texts
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import SOLARIS, card_on, desk_of, shown_now, state_of, suggested, waiting
from tests.scenarios.traffic import Fault, Step, asked, trip
from tests.strategies import AWKWARD
from tests.ui.messages import marks

TRAIN = film()
NAME = "Solaris (1972)"
POSTING = Step("POST", "/channels/{channel_id}/messages")
EDITING = Step("PATCH", "/channels/{channel_id}/messages/{message_id}")
FORBIDDEN, GONE, BROKEN = Fault(403, 50013), Fault(404, 10003), Fault(500)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN])


def who_is(member: simcord.MemberActor) -> Markup:
    return Markup(f"<@{member.id}>")


async def declined(noor: simcord.MemberActor, card: Message) -> simcord.InteractionResult:
    return await noor.submit_modal(await noor.click(card, label="Decline"), {"reason": "No."})


def is_declined(card: Message) -> bool:
    return "No." in state_of(card) and labels(card) == []


async def test_of_two_curators_who_accept_at_once_one_gets_the_draft(club: Club) -> None:
    desk = await desk_of(club)
    curators = [curator(club, f"curator{number}") for number in range(6)]
    card = await card_on(club, desk)
    results = await at_once(club, [click(club, who, card, "Accept") for who in curators])
    assert club.env.errors
    [kept] = await waiting(club)
    assert kept.state is State.TAKEN
    refusal = sentence("error.suggestion_taken", curator=Markup(f"<@{kept.curator_id}>"))
    said = {who.id: text(answer(result)) for who, result in zip(curators, results, strict=True)}
    assert [who for who, text in said.items() if text != refusal] == [kept.curator_id]
    assert str(kept.curator_id) in state_of(shown_now(club, card))


@pytest.mark.parametrize("fault", [FORBIDDEN, GONE, BROKEN, Fault(400, 40003), None])
async def test_a_card_that_cannot_be_posted_bothers_nobody(
    club: Club, monkeypatch: pytest.MonkeyPatch, fault: Fault | None
) -> None:
    noor, desk = curator(club), await desk_of(club)
    trip(club, monkeypatch, POSTING, fault)
    thanks = await suggested(club)
    await club.env.advance_time(11)  # longer than the bot waits for Discord
    assert text(thanks) == sentence("suggestion.thanks", name=NAME)
    assert not club.env.errors
    assert posts(club, desk.id) == []
    [kept] = await waiting(club)
    queue = answer(await noor.slash(club.lobby, "curate suggestions"))
    opened = answer(await noor.select(queue, [str(kept.number)]))
    done = await declined(noor, opened)
    assert text(done.followups[0]).startswith(sentence("suggestion_done.declined", name=NAME))


async def test_a_card_that_cannot_be_noted_is_as_good_as_any(
    club: Club, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor, desk = curator(club), await desk_of(club)
    http = club.env.bot.http
    request = http.request

    async def breaking(route: Route, **given: Any) -> Any:
        if (route.method, route.path) == POSTING[:2]:
            rename(settings, "card_message_id", "lost")
        return await request(route, **given)

    with monkeypatch.context() as patch:
        patch.setattr(http, "request", breaking)
        thanks = await suggested(club)
    rename(settings, "lost", "card_message_id")
    assert text(thanks) == sentence("suggestion.thanks", name=NAME)
    assert not club.env.errors
    [kept] = await waiting(club)
    assert kept.card_message_id is None
    [card] = posts(club, desk.id)
    await declined(noor, card)
    assert is_declined(shown_now(club, card))


async def test_a_channel_that_the_bot_may_not_write_in_bothers_nobody(club: Club) -> None:
    desk = await desk_of(club)
    denied = discord.Permissions(send_messages=True).value
    bot = club.env.backend.bot_user.id
    club.env.backend.set_overwrite(desk.id, Overwrite(bot, OverwriteType.MEMBER, deny=denied))
    assert text(await suggested(club)) == sentence("suggestion.thanks", name=NAME)
    assert not club.env.errors
    assert len(await waiting(club)) == 1


async def test_a_member_who_cannot_be_thanked_has_suggested_all_the_same(club: Club) -> None:
    desk = await desk_of(club)
    for method, times in (("POST", 1), ("PATCH", 2)):  # the second way of saying it fails, too
        club.env.inject_error(method, "/webhooks/*", status=503, times=times)
    assert refused(club, await club.ann.slash(club.lobby, "suggest", **SOLARIS)) == sentence("error.discord_down")
    assert len(posts(club, desk.id)) == len(await waiting(club)) == 1


@pytest.mark.parametrize("fault", [FORBIDDEN, Fault(404, 10008), BROKEN, Fault(400, 30046)])
async def test_a_card_that_cannot_be_changed_is_no_failure(
    club: Club, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    queue = answer(await noor.slash(club.lobby, "curate suggestions"))
    [kept] = await waiting(club)
    opened = answer(await noor.select(queue, [str(kept.number)]))
    trip(club, monkeypatch, EDITING, fault)
    assert is_declined(answer_of(await declined(noor, opened)))
    assert len(posts(club, club.lobby.id)) == 1
    assert not club.env.errors
    # The card still has its buttons, and the next press puts it right.
    late = await noor.click(card, label="Accept")
    assert club.env.errors
    assert text(answer(late)) == sentence("error.suggestion_decided", curator=who_is(noor))
    assert is_declined(shown_now(club, card))


async def test_a_deleted_card_is_no_failure(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    queue = answer(await noor.slash(club.lobby, "curate suggestions"))
    opened = answer(await noor.select(queue, choices(queue)))
    club.env.backend.delete_message(desk.id, card.id)
    assert is_declined(answer_of(await declined(noor, opened)))
    assert not club.env.errors
    assert len(posts(club, club.lobby.id)) == 1


async def test_a_deleted_channel_of_the_curators_is_no_failure(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    await card_on(club, desk)
    club.env.backend.delete_channel(desk.id)
    await club.env.settle()
    queue = answer(await noor.slash(club.lobby, "curate suggestions"))
    [kept] = await waiting(club)
    opened = answer(await noor.select(queue, [str(kept.number)]))
    await declined(noor, opened)
    assert not club.env.errors
    assert len(posts(club, club.lobby.id)) == 1


@pytest.mark.parametrize("fault", [FORBIDDEN, GONE, BROKEN])
async def test_where_the_member_cannot_be_told_the_curator_learns_of_it(
    club: Club, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    trip(club, monkeypatch, POSTING, fault)
    done = await declined(noor, card)
    untold = sentence("suggestion.untold", member=who_is(club.ann), channel=place(club.lobby))
    assert text(done.followups[0]).endswith(untold)
    assert done.followups[0].ephemeral
    assert is_declined(shown_now(club, card))
    assert not club.env.errors
    assert asked(club, "POST", "/users/@me/channels") == []


async def test_a_channel_that_is_gone_is_said_to_the_curator(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    corner = club.guild.create_text_channel("corner")
    await club.env.settle()
    await club.ann.slash(corner, "suggest", **SOLARIS)
    [card] = posts(club, desk.id)
    club.env.backend.delete_channel(corner.id)
    await club.env.settle()
    done = await declined(noor, card)
    assert sentence("suggestion.untold", member=who_is(club.ann), channel=place(corner)) in text(done.followups[0])


async def test_a_member_who_has_left_is_no_failure(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    club.env.backend.remove_member(club.guild.id, club.ann.id)
    await club.env.settle()
    await declined(noor, card)
    assert not club.env.errors
    assert is_declined(shown_now(club, card))


async def test_a_decision_that_cannot_be_shown_is_told_all_the_same(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    shown = await noor.click(card, label="Decline")
    club.env.inject_error("POST", "/interactions/*/callback", status=503)
    await noor.submit_modal(shown, {"reason": "No."})
    assert await waiting(club) == ()
    assert is_declined(shown_now(club, card))
    assert len(posts(club, club.lobby.id)) == 1


@pytest.mark.parametrize("label", ["Merge with …", "Decline"])
async def test_a_slow_database_opens_no_form_and_says_so(club: Club, label: str) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    with drowsy():
        press = [click(club, noor, card, label)]
        [result] = await at_once(club, press)
        await club.env.advance_time(3)
    assert refused(club, result) == sentence("error.timed_out")
    assert (await noor.click(card, label=label)).modal is not None


async def test_a_slow_database_thanks_and_decides_in_the_end(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    shown = await noor.click(card, label="Decline")
    with drowsy():
        result = await noor.submit_modal(shown, {"reason": "No."})
        await club.env.advance_time(3)
    assert text(result.followups[0]).startswith(sentence("suggestion_done.declined", name=NAME))
    assert is_declined(shown_now(club, card))


@pytest.mark.parametrize("typed", AWKWARD)
async def test_whatever_is_typed_is_shown_letter_for_letter_and_pings_nobody(club: Club, typed: str) -> None:
    noor, desk = curator(club), await desk_of(club)
    await suggested(club, title=f"A{typed}", why=f"B{typed}")
    [card] = posts(club, desk.id)
    title, said, *near, state = texts(card)
    assert (marks(title), marks(said)) == ("##", "-#<<<")
    assert marks("".join(near)) == ("****" if near else "")
    assert state == sentence("suggestion_state.open")
    await noor.submit_modal(await noor.click(card, label="Decline"), {"reason": f"C{typed}"})
    [told] = posts(club, club.lobby.id)
    assert marks(text(told)) == f"<@{club.ann.id}>"[:1] + "****"
    queue = answer(await noor.slash(club.lobby, "curate suggestions"))
    assert queue.embeds[0].description == sentence("suggestion.queue_empty")
    assert not club.env.errors


async def test_accepting_whatever_was_typed_opens_a_panel(club: Club, restart: Restart) -> None:
    noor, desk = curator(club), await desk_of(club)
    for number, typed in enumerate(AWKWARD[:60:6]):
        member = club.guild.add_member(club.env.create_user(f"member{number}"))
        await suggested(club, member, title=f"A{typed}", why=f"B{typed}", year=1950)
        opened = panel(await noor.click(posts(club, desk.id)[-1], label="Accept"))
        assert "Discard" in labels(opened)
    await restart()
    assert len(await waiting(club)) == 10
    assert not club.env.errors


def rename(settings: Settings, column: str, name: str) -> None:
    """Break the table on purpose, and mend it."""
    with another_process(settings) as connection:
        connection.execute(f"ALTER TABLE suggestions RENAME COLUMN {column} TO {name}")


def answer_of(result: simcord.InteractionResult) -> Message:
    """The first message of several that answer."""
    assert result.response is not None
    return result.response
