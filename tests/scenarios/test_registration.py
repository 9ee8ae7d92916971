"""Commands are given to Discord when they have changed, and not at every start."""

import discord
import pytest

from bot.app import App
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import answer, sentence, text
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.traffic import asked

REGISTRATIONS = ("PUT", "/applications/*/commands")
NAMES = {"film", "synopsis", "trailer", "discuss", "films", "suggest", "curate", "settings", "help", "about"} | {
    "want",
    "seen",
    "who",
    "my",
    "club",
    "Find films mentioned here",
}
# What makes sense among others only.
FOR_SERVERS = {"settings", "curate", "club", "suggest", "who"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


def registered(club: Club) -> dict[str, str]:
    """The commands that Discord has, each with its id."""
    return {name: command["id"] for (name, _), command in club.env.backend.commands[None].items()}


async def test_a_first_start_registers_every_command_once(club: Club) -> None:
    assert set(registered(club)) == NAMES
    assert len(asked(club, *REGISTRATIONS)) == 1


async def test_a_start_with_the_same_commands_registers_nothing(club: Club, restart: Restart) -> None:
    before = registered(club)
    await restart()
    await restart()
    assert len(asked(club, *REGISTRATIONS)) == 1
    assert registered(club) == before


async def test_changed_commands_are_registered_once(club: Club, app: App, restart: Restart) -> None:
    commands = app.bot.services.commands
    application = club.env.backend.application_id
    assert await commands.registered(application)
    await commands.remember(application, "the digest of other commands", "0.1.0")
    await restart()
    await restart()
    assert len(asked(club, *REGISTRATIONS)) == 2
    assert set(registered(club)) == NAMES


async def test_commands_that_discord_has_lost_are_registered_once(club: Club, restart: Restart) -> None:
    del club.env.backend.commands[None]["about", 1]
    await restart()
    await restart()
    assert len(asked(club, *REGISTRATIONS)) == 2
    assert set(registered(club)) == NAMES
    assert sentence("about.title") in text(answer(await club.ann.slash(club.lobby, "about")))


async def test_commands_are_for_servers_and_direct_messages(club: Club) -> None:
    [registration] = asked(club, *REGISTRATIONS)
    assert registration.json is not None
    contexts = {command["name"]: command["contexts"] for command in registration.json}
    assert contexts == {name: [0] if name in FOR_SERVERS else [0, 1] for name in NAMES}


async def test_what_changes_a_server_is_hidden_from_members_without_manage_server(club: Club) -> None:
    [registration] = asked(club, *REGISTRATIONS)
    assert registration.json is not None
    hidden = {command["name"]: command["default_member_permissions"] for command in registration.json}
    manage_server = str(discord.Permissions(manage_guild=True).value)
    assert {name for name, needed in hidden.items() if str(needed) == manage_server} == {"settings", "curate", "club"}
