"""A client that has not noticed an update, and messages of another version: a sentence, and nothing in the log."""

from collections.abc import Iterator
from typing import Any

import discord
import pytest
import simcord
from discord import app_commands
from simcord import interactions

from bot.app import App
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.forged import Control, press
from tests.scenarios.screen import answer, sentence
from tests.scenarios.shelf import stocked

OUTDATED, RETIRED = sentence("error.command_outdated"), sentence("error.control_retired")
STRING, INTEGER, SUBCOMMAND = 3, 4, 1


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film(), film("Knife in the Water", 1962)])


@pytest.fixture(autouse=True)
def _nothing_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level("INFO")
    yield
    assert [record.getMessage() for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []


def subcommand(name: str, *options: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": SUBCOMMAND, "options": list(options)}


def option(name: str, value: Any, kind: int = STRING, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "value": value, **more}


async def call(club: Club, name: str, *options: dict[str, Any], kind: int = 2) -> simcord.InteractionResult:
    """A command as a client may send it that knows other commands."""
    record, payload = interactions.base_payload(
        club.env.backend,
        type=kind,
        channel_id=club.lobby.id,
        guild_id=club.guild.id,
        user_id=club.ann.id,
        data={"id": "1", "type": 1, "name": name, "options": list(options)},
    )
    club.env.backend.emit("INTERACTION_CREATE", payload)
    await club.env.settle()
    return simcord.InteractionResult(club.env, record)


CALLS: list[tuple[str, list[dict[str, Any]]]] = [
    ("retired", []),
    ("films", [subcommand("retired")]),
    ("films", []),  # it had no subcommands yet
    ("film", []),  # the title is missing
    ("film", [option("film", "night-train-1959")]),  # the option was renamed
    ("film", [option("title", "night-train-1959"), option("spoilers", value=True)]),
    ("film", [option("title", 7, INTEGER)]),
    ("films", [subcommand("browse", option("colour", "red"))]),
]


@pytest.mark.parametrize(("name", "options"), CALLS)
async def test_a_command_of_another_version(club: Club, name: str, options: list[dict[str, Any]]) -> None:
    assert refused(club, await call(club, name, *options)) == OUTDATED


async def test_a_choice_that_is_offered_no_more(club: Club, app: App) -> None:
    [mode] = [p for p in _command(app, "curate", "import").parameters if p.name == "mode"]
    assert mode.choices
    chosen = subcommand("import", option("mode", "retired"))
    assert refused(club, await call(club, "curate", chosen)) == OUTDATED


async def test_a_message_command_of_another_version(club: Club, app: App) -> None:
    said, name = await club.ben.send(club.lobby, "Night Train tonight?"), "Find films mentioned here"
    app.bot.tree.remove_command(name, type=discord.AppCommandType.message)
    result = await club.ann.context_menu(club.lobby, name, said)
    assert refused(club, result) == OUTDATED


async def test_typing_into_a_command_of_another_version_offers_nothing(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    result = await call(club, "retired", option("title", "nIgHt", focused=True), kind=4)
    assert result.response is None
    assert club.env.errors
    assert "nothing to choose from" in caplog.text
    assert "nIgHt" not in caplog.text


@pytest.mark.parametrize(
    "control",
    [
        Control("film:applaud:night-train-1959"),
        Control("retired"),
        Control("film:show:Not A Slug"),
        Control("retired:choose", "night-train-1959"),
        Control("draft:form:basics"),
    ],
)
async def test_a_control_that_no_version_has_any_more(club: Club, control: Control) -> None:
    [shown] = await press(club, club.ann, club.lobby, control)
    assert (shown.content, shown.ephemeral) == (RETIRED, True)
    assert club.env.errors


async def test_a_menu_that_has_become_of_what_was_a_button(club: Club) -> None:
    [shown] = await press(club, club.ann, club.lobby, Control("film:choose"))
    assert shown.content == RETIRED
    assert club.env.errors


async def test_a_control_that_is_there_is_answered_once(club: Club) -> None:
    card = await club.ann.slash(club.lobby, "film", title="night-train-1959")
    assert card.response is not None
    assert answer(await club.ann.click(card.response, label="Trailer")).content


def _command(app: App, group: str, name: str) -> app_commands.Command[Any, ..., Any]:
    found = app.bot.tree.get_command(group)
    assert isinstance(found, app_commands.Group)
    command = found.get_command(name)
    assert isinstance(command, app_commands.Command)
    return command
