"""/help and /about: what can be done here, who runs the bot and what it knows."""

import re

import pytest
import simcord

from bot import __version__
from bot.content import DATA
from bot.domain.guilds.departures import KEPT_DAYS
from bot.settings import Settings
from tests.conftest import Club
from tests.scenarios.screen import answer, heading, text, texts
from tests.scenarios.shelf import Restart
from tests.scenarios.staff import manager
from tests.scenarios.traffic import asked


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={
            "run_by": "The *Thursday* club",
            "contact": "@ann on this server",
            "privacy_page": "https://club.example/privacy",
        }
    )


async def mentions(club: Club, member: simcord.MemberActor | None = None) -> set[str]:
    page = answer(await (member or club.ann).slash(club.lobby, "help"))
    assert page.ephemeral
    return set(re.findall(r"<[^>]+>", text(page)))


def pressable(club: Club, member: simcord.MemberActor | None = None) -> set[str]:
    """Every command of the bot but /help as Discord makes it pressable: the whole name, and the id of its root."""
    roots = {name: command["id"] for (name, _), command in club.env.backend.commands[None].items()}
    names = (member or club.ann).available_commands(club.lobby)
    return {f"</{name}:{roots[name.split()[0]]}>" for name in names if name != "help"}


async def test_help_names_every_command_as_something_to_press(club: Club) -> None:
    assert len(pressable(club)) == 24
    assert await mentions(club) == pressable(club)


async def test_help_names_the_settings_to_those_who_may_change_them(club: Club) -> None:
    mona = manager(club)
    assert pressable(club, mona) - pressable(club) > set()
    assert await mentions(club, mona) == pressable(club, mona)


async def test_help_is_as_pressable_after_a_restart(club: Club, restart: Restart) -> None:
    await restart()
    assert await mentions(club) == pressable(club)
    assert len(asked(club, "PUT", "/applications/*/commands")) == 1


async def test_help_says_what_each_command_does(club: Club) -> None:
    lines = text(answer(await club.ann.slash(club.lobby, "help"))).splitlines()
    said = [line for line in lines if line.startswith("</")]
    assert len(said) == 24
    assert all(re.fullmatch(r"</[a-z ]+:\d+> .{10,}\.", line) for line in said)


async def test_about_says_who_runs_the_bot_and_what_it_knows(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "about"))
    assert {field.name: field.value for field in page.embeds[0].fields}["Servers"] == "1"
    assert page.ephemeral
    assert heading(page) == "About Front Row"
    facts = dict(line.removeprefix("**").split(":** ") for line in texts(page)[1].splitlines())
    assert facts["Run by"] == r"The \*Thursday\* club"
    assert facts["Questions to"] == "@\u200bann on this server"
    assert facts["Version"].replace("\\", "") == __version__
    assert facts["On the list"] == f"{len(list((DATA / 'films').glob('*.toml')))} films"
    privacy = texts(page)[2]
    assert privacy.startswith("### What it knows about you")
    assert "nothing about you is stored" in privacy
    assert f"{KEPT_DAYS} days" in privacy
    assert "<https://club.example/privacy>" in privacy
    assert re.search(r"</my data:\d+> shows all there is of you, and </my erase:\d+> erases it", privacy)


async def test_help_and_about_work_in_a_direct_message(club: Club) -> None:
    for command in ("help", "about"):
        assert text(answer(await club.ann.user.slash(command)))
