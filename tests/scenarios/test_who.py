"""Who else wants it, and what to see together: only those who agreed and are still there, and nobody is rung up."""

import pytest

from bot.settings import Settings
from tests.conftest import Club, refused
from tests.scenarios.keeping import KNIFE, NIGHT, SHELF, agree, card, private
from tests.scenarios.screen import sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.traffic import Fault, Step, asked, trip


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, SHELF)


async def who(club: Club) -> str:
    shown = private(await club.ann.slash(club.lobby, "who", film=NIGHT.slug))
    return text(shown)


async def test_only_those_who_agreed_are_named(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=NIGHT.slug)
    await club.ben.slash(club.lobby, "seen", film=NIGHT.slug)
    assert sentence("who.nobody") in await who(club)
    await agree(club, club.ben)
    told = await who(club)
    assert "**Have seen it, and may be asked:** ben" in told
    assert "ann" not in told
    assert "1 has seen it" in told


async def test_the_button_below_the_card_tells_it_too(club: Club, restart: Restart) -> None:
    await club.ben.slash(club.lobby, "want", film=NIGHT.slug)
    await agree(club, club.ben)
    shown = await card(club, club.ann)
    await restart()
    told = private(await club.ann.click(shown, label="Who else?"))
    assert "**Want to see it:** ben" in text(told)
    assert "<@" not in text(told)


async def test_who_has_left_is_not_named_and_discord_is_asked_once_an_hour(club: Club) -> None:
    for one in (club.ann, club.ben):
        await one.slash(club.lobby, "want", film=NIGHT.slug)
    await agree(club, club.ann, club.ben)
    club.guild.remove_member(club.ben)
    told = await who(club)
    assert "ann" in told
    assert "ben" not in told
    looks = len(asked(club, "GET", "/guilds/*/members/*"))
    await who(club)
    assert len(asked(club, "GET", "/guilds/*/members/*")) == looks == 2


async def test_nobody_is_named_of_whom_discord_says_nothing(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    await club.ben.slash(club.lobby, "want", film=NIGHT.slug)
    await agree(club, club.ben)
    trip(club, monkeypatch, Step("GET", "/guilds/{guild_id}/members/{member_id}"), Fault(500))
    assert "ben" not in await who(club)
    assert "ben" in await who(club)


async def test_ten_of_each_are_named_and_no_more_are_asked_for(club: Club) -> None:
    members = [club.guild.add_member(club.env.create_user(f"member{n}")) for n in range(14)]
    for one in members:
        await one.slash(club.lobby, "want", film=NIGHT.slug)
    await agree(club, *members)
    told = await who(club)
    assert told.count("member") - told.count("members") == 10
    assert len(asked(club, "GET", "/guilds/*/members/*")) == 10


async def test_a_hostile_name_is_drawn_as_it_is(club: Club) -> None:
    rude = club.guild.add_member(club.env.create_user("rude", global_name="**@everyone** ||<@1>||"))
    await rude.slash(club.lobby, "want", film=NIGHT.slug)
    await agree(club, rude)
    told = await who(club)
    assert "@everyone" not in told
    assert "<@1>" not in told


async def test_it_needs_a_server(club: Club) -> None:
    result = await club.ann.user.slash("film", title=NIGHT.slug)
    assert result.response is not None
    assert refused(club, await club.ann.user.click(result.response, label="Who else?")) == sentence("error.server_only")


async def tonight(club: Club, company: str) -> str:
    shown = private(await club.ann.slash(club.lobby, "films tonight", **{"with": company}))
    return text(shown)


async def test_a_company_is_told_what_several_want_and_few_have_seen(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=KNIFE.slug)
    await club.ben.slash(club.lobby, "want", film=KNIFE.slug)
    await club.ben.slash(club.lobby, "seen", film=NIGHT.slug, stars=1)
    await agree(club, club.ben)
    told = await tonight(club, f"{club.ben.mention} and me")
    knife = told.splitlines()[1:4]
    assert knife[0] == "**Knife in the Water (1962)**"
    assert knife[2].startswith("-# 2 of you want to see it, and nobody of you has seen it")
    assert "Night Train" not in told


async def test_of_a_company_that_keeps_to_itself_nothing_is_told(club: Club) -> None:
    await club.ben.slash(club.lobby, "want", film=KNIFE.slug)
    told = await tonight(club, club.ben.mention)
    assert "Of 1 of those you named I know nothing" in told
    assert "wants to see it" not in told


@pytest.mark.parametrize("company", ["everybody", "@ben", "<@&1>"])
async def test_who_names_nobody_is_told_how(club: Club, company: str) -> None:
    assert await tonight(club, company) == sentence("company.nobody")
