"""Accept, merge, decline: the curator decides, the card says so, and the member is told where they asked."""

from typing import Any

import discord
import pytest
import simcord

from bot.domain.curation.suggestions import State
from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, demote, form, panel, seen, send
from tests.scenarios.screen import Message, answer, button, card_and_trailer, labels, place, posts, sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import (
    FINISHED,
    SOLARIS,
    card_on,
    desk_of,
    shown_now,
    state_of,
    suggested,
    waiting,
)
from tests.scenarios.traffic import asked

TRAIN = film()
NAME = "Solaris (1972)"
ADMIN = discord.Permissions(administrator=True)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, film("Solar Wind", 1990, trailers=[]), film("Night Watch", 2004, trailers=[])])


def news(club: Club) -> Message:
    """What the member was told, which is all that was said for all."""
    [told] = posts(club, club.lobby.id)
    return told


def mentions(club: Club, channel: simcord.ChannelHandle) -> list[dict[str, Any]]:
    """Whom the messages in the channel might have pinged."""
    sent = asked(club, "POST", f"/channels/{channel.id}/messages")
    return [entry.json["allowed_mentions"] for entry in sent if entry.json]


def who_is(member: simcord.MemberActor) -> Markup:
    return Markup(f"<@{member.id}>")


def told(club: Club) -> str:
    return sentence("suggestion.told", member=who_is(club.ann), channel=place(club.lobby))


async def accepted(who: simcord.MemberActor, card: Message) -> Message:
    return panel(await who.click(card, label="Accept"))


async def finished(who: simcord.MemberActor, opened: Message) -> simcord.InteractionResult:
    """Type what is missing, and publish."""
    shown = await who.click(opened, label="Correct it")
    return await who.click(panel(await send(who, shown, **FINISHED)), label="Publish")


async def test_accepting_opens_the_panel_with_all_that_the_member_wrote(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    opened = await accepted(noor, card)
    shown = await noor.click(opened, label="Correct it")
    filled = form(shown)
    assert (filled["name"], filled["why"]) == (NAME, SOLARIS["why"])
    assert state_of(shown_now(club, card)) == sentence("suggestion_state.taken", curator=who_is(noor))
    assert labels(shown_now(club, card)) == labels(card)
    assert posts(club, club.lobby.id) == []


async def test_the_published_card_credits_the_member_who_is_told(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    result = await finished(noor, await accepted(noor, card))
    assert seen(club, "solaris-1972").suggested_by == "ann"
    assert result.response is not None
    assert "suggested by ann" in text(result.response)
    [aside] = result.followups
    assert (text(aside), aside.ephemeral) == (told(club), True)

    done = shown_now(club, card)
    assert state_of(done) == sentence("suggestion_state.accepted", curator=who_is(noor), film=NAME)
    assert labels(done) == []
    said = news(club)
    assert text(said) == sentence("suggestion_news.accepted", member=who_is(club.ann), film=NAME)
    assert mentions(club, club.lobby) == [{"users": [club.ann.id], "parse": []}]
    found, _ = card_and_trailer(await club.ben.click(said, label="See it"))
    assert found.ephemeral
    assert "Picked by noor · suggested by ann" in text(found)
    assert await waiting(club) == ()


async def test_the_preview_shows_the_credit_already(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    opened = await accepted(noor, await card_on(club, desk))
    preview = panel(await send(noor, await noor.click(opened, label="Correct it"), **FINISHED))
    assert "suggested by ann" in text(preview)


async def test_accepting_twice_shows_the_same_draft(club: Club, restart: Restart) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    first = await accepted(noor, card)
    await restart()
    again = await accepted(noor, card)
    assert button(again, "Discard")["custom_id"] == button(first, "Discard")["custom_id"]


async def test_throwing_the_draft_away_opens_it_again(club: Club) -> None:
    noor, jonas, desk = curator(club), curator(club, "jonas"), await desk_of(club)
    card = await card_on(club, desk)
    opened = await accepted(noor, card)
    asked_first = panel(await noor.click(opened, label="Discard"))
    assert text(answer(await noor.click(asked_first, label="Throw it away"))) == sentence("draft.discarded")
    assert state_of(shown_now(club, card)) == sentence("suggestion_state.open")
    await accepted(jonas, card)
    assert state_of(shown_now(club, card)) == sentence("suggestion_state.taken", curator=who_is(jonas))


async def test_merging_asks_which_film_and_names_the_likeliest(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    shown = await noor.click(card, label="Merge with …")
    assert form(shown) == {"film": "Solar Wind (1990)"}
    done = await noor.submit_modal(shown, {"film": "night train"})
    [aside] = done.followups
    assert text(aside) == f"{sentence('suggestion_done.merged', name=NAME)} {told(club)}"
    assert aside.ephemeral
    merged = shown_now(club, card)
    assert state_of(merged) == sentence("suggestion_state.merged", curator=who_is(noor), film=TRAIN.name)
    assert labels(merged) == []
    said = news(club)
    assert text(said) == sentence("suggestion_news.merged", member=who_is(club.ann), film=TRAIN.name)
    assert labels(said) == ["See it"]


async def test_a_film_that_is_not_found_is_offered_by_what_comes_near(club: Club, restart: Restart) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    shown = await noor.click(card, label="Merge with …")
    near = answer(await noor.submit_modal(shown, {"film": "night"}))
    assert near.ephemeral
    assert text(near) == sentence("error.film_not_found_near", query="night")
    assert labels(near) == [TRAIN.name, "Night Watch (2004)", "Merge with …"]
    await restart()
    done = await noor.click(near, label=TRAIN.name)
    assert [text(each) for each in done.followups] == [f"{sentence('suggestion_done.merged', name=NAME)} {told(club)}"]
    assert labels(shown_now(club, near)) == labels(shown_now(club, card)) == []
    assert TRAIN.name in text(news(club))


@pytest.mark.parametrize("typed", ["zzz qqq", "\u200b", "@everyone", "x" * 4000])
async def test_nothing_near_leads_back_to_the_form(club: Club, typed: str) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    none = answer(await noor.submit_modal(await noor.click(card, label="Merge with …"), {"film": typed}))
    assert labels(none)[-1] == "Merge with …"
    shown = await noor.click(none, label="Merge with …")
    assert form(shown) == {"film": "Solar Wind (1990)"}
    assert len(await waiting(club)) == 1


async def test_declining_asks_for_the_reason_which_the_member_reads(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    shown = await noor.click(card, label="Decline")
    assert shown.modal is not None
    [field] = shown.modal["components"]
    assert field["component"]["required"]
    done = await noor.submit_modal(shown, {"reason": " It is three hours long.\nWe meet at nine. "})
    reason = "It is three hours long. We meet at nine."
    assert text(done.followups[0]) == f"{sentence('suggestion_done.declined', name=NAME)} {told(club)}"
    declined = shown_now(club, card)
    assert state_of(declined) == sentence("suggestion_state.declined", curator=who_is(noor), reason=reason)
    assert labels(declined) == labels(news(club)) == []
    said = sentence("suggestion_news.declined", member=who_is(club.ann), name=NAME, reason=reason)
    assert text(news(club)) == said
    assert mentions(club, club.lobby) == [{"users": [club.ann.id], "parse": []}]


async def test_a_reason_that_says_nothing_is_refused_and_nothing_is_decided(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    shown = await noor.click(card, label="Decline")
    assert "**The reason** is empty" in refused(club, await noor.submit_modal(shown, {"reason": "\u2060"}))
    assert [kept.state for kept in await waiting(club)] == [State.OPEN]


@pytest.mark.parametrize(
    ("label", "typed"), [("Merge with …", {"film": "night train"}), ("Decline", {"reason": "No."})]
)
async def test_a_form_that_was_open_across_a_restart_is_taken(
    club: Club, restart: Restart, label: str, typed: dict[str, str]
) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    await restart()
    shown = await noor.click(card, label=label)
    await restart()
    done = await noor.submit_modal(shown, typed)
    assert text(done.followups[0]).endswith(told(club))
    assert await waiting(club) == ()
    assert labels(shown_now(club, card)) == []
    assert news(club)


async def test_only_curators_press(club: Club) -> None:
    desk = await desk_of(club)
    card = await card_on(club, desk)
    for label in ("Accept", "Merge with …", "Decline"):
        assert refused(club, await club.ben.click(card, label=label)) == sentence("error.curators_only")
    assert [kept.state for kept in await waiting(club)] == [State.OPEN]


async def test_a_curator_who_lost_the_role_can_neither_press_nor_send(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    merging = await noor.click(card, label="Merge with …")
    declining = await noor.click(card, label="Decline")
    demote(club, noor)
    for attempt in (
        noor.click(card, label="Accept"),
        noor.submit_modal(merging, {"film": "night train"}),
        noor.submit_modal(declining, {"reason": "No."}),
    ):
        assert refused(club, await attempt) == sentence("error.curators_only")
    assert [kept.state for kept in await waiting(club)] == [State.OPEN]
    assert posts(club, club.lobby.id) == []


async def test_what_has_been_decided_meanwhile_is_said_and_shown(club: Club) -> None:
    noor, jonas, desk = curator(club), curator(club, "jonas"), await desk_of(club)
    card = await card_on(club, desk)
    stale = await jonas.click(card, label="Decline")
    await noor.submit_modal(await noor.click(card, label="Decline"), {"reason": "No."})
    late = await jonas.submit_modal(stale, {"reason": "Never."})
    assert club.env.errors
    assert text(late.followups[0]) == sentence("error.suggestion_decided", curator=who_is(noor))
    assert "No." in state_of(shown_now(club, card))
    assert len(posts(club, club.lobby.id)) == 1


async def test_what_a_colleague_has_in_hand_is_left_to_them(club: Club) -> None:
    noor, jonas, desk = curator(club), curator(club, "jonas"), await desk_of(club)
    card = await card_on(club, desk)
    await accepted(noor, card)
    declining = await jonas.click(card, label="Decline")
    for attempt in (jonas.click(card, label="Accept"), jonas.submit_modal(declining, {"reason": "No."})):
        assert refused(club, await attempt) == sentence("error.suggestion_taken", curator=who_is(noor))
    assert posts(club, club.lobby.id) == []


async def test_a_button_of_another_server_finds_nothing(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    await card_on(club, desk)
    other = club.env.create_guild("Other Club")
    elsewhere = other.create_text_channel("desk")
    admin = other.add_member(club.env.create_user("olga"), roles=[other.create_role("All", permissions=ADMIN)])
    await club.env.settle()
    assert noor.id != admin.id
    await suggested(club, club.ben, title="Stalker", why="x")
    card = posts(club, desk.id)[-1]
    stored = club.env.backend.get_message(card.channel_id, card.id)
    copy = club.env.backend.create_message(
        elsewhere.id, club.env.backend.bot_user.id, "", components=stored.components, flags=stored.flags
    )
    press = await admin.click(simcord.ResponseMessage(club.env, copy), label="Accept")
    assert refused(club, press) == sentence("error.suggestion_gone")
