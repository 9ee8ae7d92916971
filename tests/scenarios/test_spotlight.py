"""/club weekly and its posts: decided on a panel, posted once with card, trailer and thread, whatever happens."""

import datetime

import discord
import pytest
import simcord

from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, labels, posts, sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.spotlights import decide, next_moment, panel, parts, post, skip_of, switched_on
from tests.scenarios.staff import let_use, manager, member_with, take_rights
from tests.scenarios.suggestions import bot_of, desk_of
from tests.scenarios.test_discuss_permissions import deny
from tests.scenarios.traffic import Step, asked, lose

ADDRESS = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
FILMS = [film(f"Train {number:02}", 1951 + number) for number in range(1, 9)]
WEEK, MINUTE = datetime.timedelta(weeks=1), datetime.timedelta(minutes=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


@pytest.fixture
def mona(club: Club) -> simcord.MemberActor:
    return manager(club)


@pytest.fixture
def stage(club: Club) -> simcord.ChannelHandle:
    return club.guild.create_text_channel("film-of-the-week")


async def test_a_curator_decides_and_sees_the_next_three(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    shown = await panel(club, mona)
    assert shown.ephemeral
    assert sentence("spotlight.nobody") in text(shown)
    shown = await decide(mona, shown, "When", rhythm=["first"], weekdays=["4", "5"], clock="8.30 pm")
    assert "on the first Friday, Saturday at 20:30" in text(shown)
    shown = await switched_on(club, mona, stage)
    assert stage.mention in text(shown)
    assert "<@&" not in text(shown)
    assert labels(shown).count("Skip") == labels(shown).count("Choose another") == 3
    moment = await next_moment(club)
    assert (moment.weekday() in {4, 5}, moment.day <= 7, f"{moment:%H:%M}") == (True, True, "20:30")
    assert f"<t:{int(moment.timestamp())}:F>" in text(shown)


async def test_members_are_refused(club: Club) -> None:
    let_use(club, club.ann, "club")
    assert refused(club, await club.ann.slash(club.lobby, "club weekly")) == sentence("error.curators_only")


@pytest.mark.parametrize("label", ["When", "Switch on", "Queue a film", "Skip", "Choose another"])
async def test_whoever_is_no_curator_any_more_is_refused(club: Club, mona: simcord.MemberActor, label: str) -> None:
    shown = await panel(club, mona)
    take_rights(club, mona)
    first = next(part for part in parts(shown) if part.get("label") == label)
    assert refused(club, await mona.click(shown, custom_id=first["custom_id"])) == sentence("error.curators_only")


async def test_without_a_channel_it_cannot_be_switched_on(club: Club, mona: simcord.MemberActor) -> None:
    result = await mona.click(await panel(club, mona), label="Switch on")
    assert refused(club, result) == sentence("error.spotlight_needs_channel")


async def test_the_post_is_card_trailer_and_thread_and_nobody_is_told(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    await switched_on(club, mona, stage)
    moment = await next_moment(club)
    await post(club, moment - MINUTE)
    assert posts(club, stage.id) == []
    for _ in range(3):
        await post(club, moment)
    card, trailer = posts(club, stage.id)
    [thread] = stage.threads
    assert "Film of the week: Train" in text(card)
    assert thread.mention in text(card)
    assert "Leave a reply" in labels(card)
    assert trailer.content == ADDRESS
    assert "<@&" not in text(card)
    assert len(posts(club, thread.id)) == 3
    await post(club, moment + WEEK)
    assert len(posts(club, stage.id)) == 4


async def test_the_chosen_role_is_told_and_nobody_else(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    fans = club.guild.create_role("Fans")
    shown = await switched_on(club, mona, stage, role=[fans], thread=False)
    assert fans.mention in text(shown)
    await post(club, await next_moment(club))
    card, _ = posts(club, stage.id)
    assert fans.mention in text(card)
    sent = [entry.json for entry in asked(club, "POST", f"/channels/{stage.id}/messages")]
    told = [None if body is None else body["allowed_mentions"] for body in sent]
    assert told == [{"parse": [], "roles": [fans.id]}, {"parse": []}]
    assert stage.threads == []


async def test_a_film_is_skipped_another_chosen_and_one_queued(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    shown = await switched_on(club, mona, stage)
    first = skip_of(shown)["custom_id"].rpartition(":")[2]
    shown = answer(await mona.click(shown, custom_id=skip_of(shown)["custom_id"]))
    assert skip_of(shown)["custom_id"].rpartition(":")[2] != first
    later = [each.slug for each in FILMS if each.slug not in str(shown.components)][-1]
    form = await mona.click(shown, custom_id=f"spotlight:choose:{skip_of(shown)['custom_id'].split(':')[2]}")
    result = await mona.submit_modal(form, {"film": later})
    assert result.response is not None
    assert skip_of(result.response)["custom_id"].endswith(later)
    shown = await decide(mona, result.response, "Queue a film", film=FILMS[0].title)
    assert skip_of(shown, 1)["custom_id"].endswith(FILMS[0].slug)
    assert sentence("spotlight_line.queued", title="Train 01", year=1952, at="").strip() in text(shown)
    moment = await next_moment(club)
    await post(club, moment)
    await post(club, moment + WEEK)
    assert [FILMS[0].title in text(each) for each in posts(club, stage.id)[::2]] == [False, True]


async def test_what_is_pressed_too_late_says_so(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    shown = await switched_on(club, mona, stage)
    skip = skip_of(shown)["custom_id"]
    other = await panel(club, mona)
    await mona.click(other, custom_id=skip)
    assert refused(club, await mona.click(shown, custom_id=skip)) == sentence("error.picks_changed")


@pytest.mark.parametrize(
    ("label", "typed", "key"),
    [
        ("When", {"clock": "late"}, "error.clock_unknown"),
        ("From what", {"kind": "theme", "name": "glaciers"}, "error.nothing_matches"),
        ("From what", {"kind": "collection", "name": "nothing"}, "error.collection_not_found"),
    ],
)
async def test_what_cannot_be_read_is_told(
    club: Club, mona: simcord.MemberActor, label: str, typed: dict[str, str], key: str
) -> None:
    form = await mona.click(await panel(club, mona), label=label)
    base = {"rhythm": ["weekly"], "weekdays": ["4"]} if label == "When" else {}
    result = await mona.submit_modal(form, {**base, **typed})
    assert refused(club, result).partition("“")[0] == sentence(key, typed="“", query="“").partition("“")[0]


async def test_it_is_drawn_from_a_theme(club: Club, mona: simcord.MemberActor) -> None:
    shown = await decide(mona, await panel(club, mona), "From what", kind="theme", name="Trains")
    assert sentence("spotlight_source.theme", name="Trains") in text(shown)


async def test_the_panel_and_the_plan_outlive_a_restart(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle, restart: Restart
) -> None:
    shown = await switched_on(club, mona, stage)
    moment = await next_moment(club)
    await restart()
    told = answer(await mona.click(shown, custom_id=skip_of(shown)["custom_id"]))
    film_of = skip_of(told)["custom_id"].rpartition(":")[2]
    await restart()
    await post(club, moment)
    card, _ = posts(club, stage.id)
    assert f"film:discuss:{film_of}" in str(card.components)


@pytest.mark.parametrize("dies_before", ["billing", "posted", "finish"])
async def test_a_process_that_dies_at_work_leaves_one_post(
    club: Club,
    mona: simcord.MemberActor,
    stage: simcord.ChannelHandle,
    restart: Restart,
    monkeypatch: pytest.MonkeyPatch,
    dies_before: str,
) -> None:
    """Before it has sent anything, before the card is on record, and before the post is."""

    class Died(BaseException):
        pass

    async def dies(*_: object) -> None:
        raise Died

    await switched_on(club, mona, stage)
    moment = await next_moment(club)
    monkeypatch.setattr(bot_of(club).services.spotlight_posts, dies_before, dies)
    with pytest.raises(BaseExceptionGroup):
        await post(club, moment)
    assert len(posts(club, stage.id)) == ["billing", "posted", "finish"].index(dies_before)
    await restart()
    for minutes in (1, 4, 10, 60):
        await post(club, moment + minutes * MINUTE)
    card, trailer = posts(club, stage.id)
    assert "Film of the week" in text(card)
    assert trailer.content == ADDRESS
    assert len(stage.threads) == 1


@pytest.mark.parametrize("error", [None, OSError()])
@pytest.mark.parametrize("number", [1, 2])
async def test_an_answer_that_was_lost_doubles_nothing(
    club: Club,
    mona: simcord.MemberActor,
    stage: simcord.ChannelHandle,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception | None,
    number: int,
) -> None:
    await switched_on(club, mona, stage, thread=False)
    moment = await next_moment(club)
    lose(monkeypatch, Step("POST", f"/channels/{stage.id}/messages", number), error)
    for minutes in (0, 1, 5):
        await post(club, moment + minutes * MINUTE)
    card, trailer = posts(club, stage.id)
    assert "Film of the week" in text(card)
    assert trailer.content == ADDRESS


async def test_trouble_that_passes_is_waited_for(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    await switched_on(club, mona, stage, thread=False)
    moment = await next_moment(club)
    club.env.inject_error("POST", f"/channels/{stage.id}/messages", status=429, times=1)
    await post(club, moment)
    assert posts(club, stage.id) == []
    await post(club, moment + MINUTE)
    assert len(posts(club, stage.id)) == 2


async def test_a_permission_that_is_taken_stops_it_and_the_curators_are_told_once(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    desk = await desk_of(club)
    await switched_on(club, mona, stage)
    moment = await next_moment(club)
    deny(club, stage, "send_messages")
    for week in range(3):
        await post(club, moment + week * WEEK)
    assert posts(club, stage.id) == []
    [notice] = posts(club, desk.id)
    assert "may not post" in notice.content
    shown = await panel(club, mona)
    assert "Off" in text(shown)
    assert "may not post" in text(shown)


async def test_a_refusal_of_discords_stops_it_too(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    desk = await desk_of(club)
    await switched_on(club, mona, stage, thread=False)
    moment = await next_moment(club)
    club.env.inject_error("POST", f"/channels/{stage.id}/messages", status=403, code=50013)
    await post(club, moment)
    assert len(posts(club, desk.id)) == 1
    shown = answer(await mona.click(await panel(club, mona), label="Switch on"))
    assert "may not post" not in text(shown)
    await post(club, moment + WEEK)
    assert len(posts(club, stage.id)) == 2
    assert len(posts(club, desk.id)) == 1


async def test_a_channel_that_is_deleted_stops_it(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    desk = await desk_of(club)
    await switched_on(club, mona, stage)
    moment = await next_moment(club)
    club.env.backend.delete_channel(stage.id)
    await club.env.settle()
    await post(club, moment)
    [notice] = posts(club, desk.id)
    assert "not there any more" in notice.content


async def test_without_its_thread_it_comes_all_the_same(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    desk = await desk_of(club)
    await switched_on(club, mona, stage)
    deny(club, stage, "create_public_threads")
    moment = await next_moment(club)
    for week in range(2):
        await post(club, moment + week * WEEK)
    assert len(posts(club, stage.id)) == 4
    [notice] = posts(club, desk.id)
    assert "without its thread" in notice.content


async def test_the_doctor_names_what_its_channel_lacks(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    assert sentence("check.spotlight") not in text(answer(await mona.slash(club.lobby, "settings check")))
    await switched_on(club, mona, stage)
    assert sentence("check.spotlight") in text(answer(await mona.slash(club.lobby, "settings check")))
    deny(club, stage, "send_messages")
    told = text(answer(await mona.slash(club.lobby, "settings check")))
    assert stage.mention in told.partition(sentence("check.works"))[0]
    club.env.backend.delete_channel(stage.id)
    await club.env.settle()
    told = text(answer(await mona.slash(club.lobby, "settings check")))
    assert sentence("check.gone_spotlight", weekly="").partition("Choose")[0] in told


async def test_an_erased_server_has_no_film_of_the_week(
    club: Club, mona: simcord.MemberActor, stage: simcord.ChannelHandle
) -> None:
    await switched_on(club, mona, stage)
    moment = await next_moment(club)
    explained = answer(await mona.slash(club.lobby, "settings erase"))
    form = await mona.click(explained, label=sentence("erase.button"))
    await mona.submit_modal(form, {"name": "Thursday Film Club"})
    await post(club, moment)
    assert posts(club, stage.id) == []
    assert sentence("spotlight.off", place=sentence("spotlight.nowhere")) in text(await panel(club, mona))


async def test_whoever_has_the_curators_role_keeps_it_too(club: Club, mona: simcord.MemberActor) -> None:
    role = club.guild.create_role("Programmers", permissions=discord.Permissions.none())
    cara = member_with(club, "cara", role)
    admin = Actor(guild_id=club.guild.id, member_id=mona.id, name="mona", manages=True)
    await bot_of(club).services.guilds.change(admin, {"curator_role": role.id}, discord.utils.utcnow())
    let_use(club, cara, "club")
    assert (await cara.click(await panel(club, cara), label="When")).modal is not None
