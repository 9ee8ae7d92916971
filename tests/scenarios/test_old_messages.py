"""Messages from before the screens were made of blocks: every button and menu on them goes on working."""

import re

import pytest
import simcord

from bot.domain.catalogue.filters import FilmFilter
from bot.domain.errors import FrontRowError
from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from tests.conftest import Club
from tests.scenarios.curators import curator
from tests.scenarios.forged import HIDDEN, OWN, SHARED, Control, at_work, controls, posted, press_on
from tests.scenarios.screen import Message, heading, sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import bot_of

# What the last version with embeds knew its controls by.
OLD = r"""
bring:take:(?P<import_id>[0-9a-f]{16})
bring:undo:(?P<number>[0-9]{1,9})
browse:(?P<verb>back|next|look):(?P<state>\d{1,5}:[ntyl][lc]:[^:]{0,79})
browse:by:(?P<state>\d{1,5}:[ntyl][lc]:[^:]{0,79})
browse:sort:(?P<state>\d{1,5}:[ntyl][lc]:[^:]{0,79})
change:page:(?P<below>[0-9]{1,9}):(?P<slug>[a-z0-9-]{0,72})
change:undo:(?P<number>[0-9]{1,9})
collections:choose
collections:list:(?P<page>-?\d{1,4})
collections:show:(?P<page>-?\d{1,4}):(?P<slug>[a-z0-9-]{1,60})
draft:(back|discard|drop|mine|publish|theirs):(?P<draft_id>[0-9a-f]{16})
draft:choose
draft:form:(?P<form>[a-z]+):(?P<draft_id>[0-9a-f]{16})
film:(choose|edit)
film:(discuss|keep|peek|play|remove|seen|share|show|similar|synopsis|trailer|want|watch|who):(?P<slug>[a-z0-9-]{1,72})
films:browse:(?P<page>-?\d{1,4}):(?P<wanted>[^:]{0,71})
films:found:(?P<page>-?\d{1,4}):(?P<search_id>[0-9a-f]{16})
films:new:(?P<page>\d{1,5}):(?P<verb>back|next)
films:search:(?P<page>-?\d{1,4}):(?P<wanted>[^:]{0,71}):(?P<query>(?s:.{1,76}))
films:tonight:(?P<seed>\d{1,4}):(?P<turn>\d{1,3}):(?P<evening>[^:]{0,40})
films:ways:(?P<side>theme|director):(?P<page>\d{1,5}):(?P<verb>back|next)
import:(drafts|films|forget|nofilms|others|same|take|undo):(?P<import_id>[0-9a-f]{16})
lookup:choose
mark:(again|post|say|unpost|unsee|want):(?P<slug>[a-z0-9-]{1,72})
mark:down
mark:undo:(?P<number>[0-9]{1,9}):(?P<slug>[a-z0-9-]{1,72})
mark:up:(?P<number>[0-9]{1,9})
my:erase
settings:(change|erase|everyone)
shelf:(?P<verb>back|next):(?P<state>[awsrt][lrty]:\d{1,4}:[^:]{0,71})
shelf:(?P<verb>part|order):(?P<state>[awsrt][lrty]:\d{1,4}:[^:]{0,71})
shelf:shown:(?P<shown>yes|no)
suggest:(accept|decline|merge):(?P<number>[0-9]{1,9})
suggest:open
suggest:queue:(?P<page>-?[0-9]{1,6})
suggest:with:(?P<number>[0-9]{1,9}):(?P<slug>[a-z0-9-]{1,72})
""".split()
EMBED = {"type": "rich", "title": "As it was", "description": "**Why it is here**\nBecause.", "color": 0xC8553D}
# Screens that are not made of blocks yet.
UNCHANGED = ("film:edit", "film:remove", "draft:", "import:", "change:", "settings:", "my:", "lookup:", "suggest:")
RETIRED = sentence("error.control_retired")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [SHARED, HIDDEN])


async def everything(club: Club, noor: simcord.MemberActor) -> list[Control]:
    """Every sort of control, about things that are there."""
    who = Actor(guild_id=club.guild.id, member_id=noor.id, name=noor.name, manages=True)
    member = Actor(guild_id=club.guild.id, member_id=club.ann.id, name=club.ann.name, manages=False)
    return controls(await at_work(bot_of(club).services, who, member), [SHARED, OWN])


def as_it_was(club: Club, control: Control) -> Message:
    """A message with words, an embed and this control."""
    return posted(club, club.lobby, control, embeds=[EMBED])


async def test_every_control_of_before_is_still_known(club: Club) -> None:
    now = [each.custom_id for each in await everything(club, curator(club))]
    known = bot_of(club)._connection._view_store._dynamic_items  # pyright: ignore[reportPrivateUsage]
    for pattern in OLD:
        those = [custom_id for custom_id in now if re.fullmatch(pattern, custom_id)]
        assert those, pattern
        assert [each for each in those if not any(one.fullmatch(each) for one in known)] == []


async def test_each_answers_without_an_embed_and_leaves_none_where_it_changes_the_message(
    club: Club, restart: Restart
) -> None:
    noor = curator(club)
    every = await everything(club, noor)
    await restart()
    changed = set[str]()
    for control in every:
        old = as_it_was(club, control)
        for message in await press_on(noor, old, control):
            if message.id == old.id and message.content == "x":
                continue  # it was only acknowledged
            assert text(message) != RETIRED, control
            assert not message.embeds or control.custom_id.startswith(UNCHANGED), control
            if message.id == old.id:
                changed.add(control.custom_id.partition(":")[0])
    assert [error for error in club.env.errors if not isinstance(error, FrontRowError)] == []
    assert changed >= {"films", "shelf", "draft"}


@pytest.mark.parametrize("verb", ["show", "peek", "share"])
async def test_an_old_button_opens_todays_card(club: Club, verb: str) -> None:
    control = Control(f"film:{verb}:{SHARED.slug}")
    card, trailer = await press_on(club.ann, as_it_was(club, control), control)
    assert heading(card) == "Night Train (1959)"
    assert (card.ephemeral, trailer.ephemeral) == (verb == "peek", verb == "peek")


async def test_an_old_menu_opens_todays_card(club: Club) -> None:
    control = Control("film:choose", SHARED.slug)
    card, _ = await press_on(club.ann, as_it_was(club, control), control)
    assert (heading(card), card.ephemeral) == ("Night Train (1959)", True)


async def test_an_old_page_turns_into_a_list_of_today(club: Club) -> None:
    control = Control(f"films:browse:0:{FilmFilter().encoded()}")
    old = as_it_was(club, control)
    [page] = await press_on(club.ann, old, control)
    assert (page.id, page.content, page.embeds) == (old.id, "", [])
    assert "Night Train" in text(page)
