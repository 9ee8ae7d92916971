"""/curate suggestions: what waits, the oldest first, and the card of each."""

import datetime

import discord
import pytest
import simcord

from bot.domain.curation.suggestions import read_proposal
from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, demote, panel
from tests.scenarios.screen import (
    Message,
    answer,
    below,
    entries,
    heading,
    labels,
    named,
    opened_by,
    posts,
    sentence,
    subheading,
    text,
)
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import bot_of, card_on, desk_of, shown_now, state_of, suggested, waiting


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


async def fill(club: Club, number: int) -> None:
    """So many suggestions by as many members."""
    long_ago = discord.utils.utcnow() - datetime.timedelta(days=1)
    for each in range(number):
        actor = Actor(guild_id=club.guild.id, member_id=1000 + each, name=f"member {each}", manages=False)
        made = await bot_of(club).services.suggestions.make(
            actor, read_proposal(f"Film {each}", "x"), club.lobby.id, long_ago + datetime.timedelta(minutes=each)
        )
        assert made


async def open_first(page: Message, who: simcord.MemberActor) -> Message:
    """The card of the suggestion that stands first."""
    return answer(await who.click(page, custom_id=f"suggest:open:{opened_by(page)[0]}"))


async def test_nothing_waits(club: Club) -> None:
    page = answer(await curator(club).slash(club.lobby, "curate suggestions"))
    assert page.ephemeral
    assert heading(page) == "Suggestions"
    assert "Nothing is waiting." in text(page)
    assert labels(page) == []


async def test_what_waits_is_listed_and_opens_with_its_buttons(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    await suggested(club, club.ben, title="Stalker", why="Nobody runs.")
    await noor.click(posts(club, desk.id)[1], label="Accept")
    page = answer(await noor.slash(club.lobby, "curate suggestions"))
    assert page.ephemeral
    first, second = (entry.splitlines() for entry in entries(page))
    assert first[0] == "**Solaris (1972)**"
    assert first[1].startswith(f"-# <@{club.ann.id}> · <t:")
    assert second[1].endswith(f"· with <@{noor.id}>")
    assert second[2] == "-# Nobody runs."
    assert subheading(page) == "2 suggestions"
    assert below(page) == []
    opened = await open_first(page, noor)
    assert opened.ephemeral
    assert (text(opened), labels(opened)) == (text(card), labels(card))


async def test_it_can_be_decided_from_there(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    page = answer(await noor.slash(club.lobby, "curate suggestions"))
    opened = await open_first(page, noor)
    shown = await noor.click(opened, label="Merge with …")
    await noor.submit_modal(shown, {"film": "night train"})
    for message in (opened, card):
        assert labels(shown_now(club, message)) == []
        assert "Night Train" in state_of(shown_now(club, message))
    # The list was made before; what it names can still be looked at.
    late = await open_first(page, noor)
    assert labels(late) == []
    assert await waiting(club) == ()


async def test_accepting_from_there_brings_the_card_up_to_date(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    card = await card_on(club, desk)
    page = answer(await noor.slash(club.lobby, "curate suggestions"))
    opened = await open_first(page, noor)
    assert "Discard" in labels(panel(await noor.click(opened, label="Accept")))
    assert str(noor.id) in state_of(shown_now(club, card))


async def test_pages_turn_both_ways_across_restarts(club: Club, restart: Restart) -> None:
    noor = curator(club)
    await fill(club, 21)
    page = answer(await noor.slash(club.lobby, "curate suggestions"))
    assert named(page) == [f"Film {number}" for number in range(7)]
    assert subheading(page) == "21 suggestions · page 1 of 3"
    await restart()
    page = answer(await noor.click(page, label="Next"))
    page = answer(await noor.click(page, label="Next"))
    assert named(page) == [f"Film {number}" for number in range(14, 21)]
    await restart()
    page = answer(await noor.click(page, label="Previous"))
    assert named(page) == [f"Film {number}" for number in range(7, 14)]
    opened = answer(await noor.click(page, custom_id=f"suggest:open:{opened_by(page)[3]}"))
    assert "Film 10" in text(opened)


async def test_a_page_that_has_run_out_is_the_last_one(club: Club) -> None:
    noor = curator(club)
    await fill(club, 11)
    page = answer(await noor.slash(club.lobby, "curate suggestions"))
    services, admin = bot_of(club).services, Actor(guild_id=club.guild.id, member_id=1, name="x", manages=True)
    for kept in (await waiting(club))[:5]:
        await services.suggestions.decline(admin, kept.number, "No.", discord.utils.utcnow())
    page = answer(await noor.click(page, label="Next"))
    assert named(page) == [f"Film {number}" for number in range(5, 11)]


async def test_it_is_for_curators_alone(club: Club) -> None:
    noor = curator(club)
    await fill(club, 11)
    page = answer(await noor.slash(club.lobby, "curate suggestions"))
    demote(club, noor)
    for attempt in (noor.click(page, label="Next"), noor.click(page, custom_id=f"suggest:open:{opened_by(page)[0]}")):
        assert refused(club, await attempt) == sentence("error.curators_only")
