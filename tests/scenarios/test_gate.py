"""What needs the server waits for it, and says so where it does not come or where the bot is no member."""

from typing import Any

import pytest
import simcord
from discord.utils import utcnow

from bot.app import App
from bot.domain.guilds.memberships import NEEDS_SERVER, needs_server
from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.forged import HIDDEN, at_work, controls, press
from tests.scenarios.screen import answer, place, sentence, text
from tests.scenarios.sessions import break_down, identify, send, send_later, take_bot_away
from tests.scenarios.settings_forms import submit_raw
from tests.scenarios.shelf import stocked
from tests.scenarios.staff import let_use, manager, member_with

FILM = film()
NEEDING = ("discuss", "suggest", "curate drafts", "curate history", "curate check", "settings show", "settings check")
WITHOUT = ("film", "films browse", "films random", "help", "about")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [FILM, HIDDEN])


@pytest.fixture
def mona(club: Club) -> simcord.MemberActor:
    return manager(club)


def values(command: str) -> dict[str, Any]:
    given = {"discuss": {"title": FILM.slug}, "film": {"title": FILM.slug}}
    return given.get(command, {"title": "Solaris", "why": "The sea."} if command == "suggest" else {})


async def test_between_the_list_of_servers_and_the_server_itself_all_ask_for_a_moment(
    club: Club, mona: simcord.MemberActor
) -> None:
    identify(club, club.guild.id)
    for command in NEEDING:
        said = refused(club, await mona.slash(club.lobby, command, **values(command)))
        assert said == sentence("error.server_unknown_yet"), command
    for command in WITHOUT:
        assert (await mona.slash(club.lobby, command, **values(command))).response is not None, command


async def test_in_an_outage_of_the_server_too(club: Club) -> None:
    break_down(club, club.guild.id)
    said = refused(club, await club.ann.slash(club.lobby, "discuss", title=FILM.slug))
    assert said == sentence("error.server_unknown_yet")
    send(club, club.guild.id)
    done = answer(await club.ann.slash(club.lobby, "discuss", title=FILM.slug))
    assert done.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))


async def test_a_server_that_comes_in_a_moment_is_waited_for(club: Club) -> None:
    identify(club, club.guild.id)
    send_later(club, club.guild.id)
    done = answer(await club.ann.slash(club.lobby, "discuss", title=FILM.slug))
    assert done.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))


async def test_a_curator_by_role_is_known_as_soon_as_the_server_is(
    club: Club, app: App, mona: simcord.MemberActor
) -> None:
    role = club.guild.create_role("Curators")
    cora = member_with(club, "cora", role)
    await app.bot.services.guilds.change(actor(club, mona), {"curator_role": role.id}, utcnow())
    let_use(club, cora, "curate")
    identify(club, club.guild.id)
    send_later(club, club.guild.id)
    assert sentence("drafts.none") in text(answer(await cora.slash(club.lobby, "curate drafts")))


async def test_where_only_the_commands_were_added_the_way_in_is_told(
    club: Club, app: App, mona: simcord.MemberActor
) -> None:
    take_bot_away(club, club.guild.id)
    link = Markup(f"<{app.bot.install_link}>")
    for command in NEEDING:
        said = refused(club, await mona.slash(club.lobby, command, **values(command)))
        assert said == sentence("error.not_a_member", link=link), command
    for command in WITHOUT:
        assert (await mona.slash(club.lobby, command, **values(command))).response is not None, command
    assert await app.bot.services.suggestions.queue(actor(club, mona)) == ()


async def test_a_button_below_an_old_message_is_no_way_round(club: Club, app: App, mona: simcord.MemberActor) -> None:
    home = await at_work(app.bot.services, actor(club, mona), actor(club, mona))
    take_bot_away(club, club.guild.id)
    refusal = sentence("error.not_a_member", link=Markup(f"<{app.bot.install_link}>"))
    for control in controls(home, [HIDDEN]):
        shown = [message.content for message in await press(club, mona, club.lobby, control)]
        assert (shown == [refusal]) is needs_server(control.custom_id), control
    assert club.env.errors  # each of them seen above


async def test_what_was_typed_into_a_form_comes_back(club: Club, app: App, mona: simcord.MemberActor) -> None:
    take_bot_away(club, club.guild.id)
    result = await submit_raw(club, mona, "curate:add", {"name": "Solaris (1972)"})
    link = Markup(f"<{app.bot.install_link}>")
    said = f"{sentence('error.not_a_member', link=link)}\n{sentence('error.typed_back')}"
    assert refused(club, result) == said


def test_every_command_for_servers_only_is_behind_the_gate(app: App) -> None:
    for command in app.bot.tree.get_commands():
        contexts = command.allowed_contexts
        if contexts is not None and not contexts.dm_channel:
            assert command.name in NEEDS_SERVER


def actor(club: Club, who: simcord.MemberActor) -> Actor:
    return Actor(guild_id=club.guild.id, member_id=who.id, name="mona", manages=True)
