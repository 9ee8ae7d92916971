"""/settings, with something in the way: rights missing or taken, restarts, deletions, forms that nobody could send."""

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.app import App
from bot.domain.guilds.settings import SETTINGS, GuildSettings
from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.database import drowsy
from tests.scenarios.forged import Control, posted
from tests.scenarios.screen import answer, custom_ids, place, sentence, text
from tests.scenarios.settings_forms import change, changed, control, news, open_form, panel, shown, submit_raw
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.staff import let_use, manager, member_with, take_rights
from tests.scenarios.test_discuss_permissions import deny, missing
from tests.scenarios.test_hostile_input import is_harmless
from tests.scenarios.traffic import CREATIONS, asked
from tests.strategies import AWKWARD
from tests.ui.messages import marks

COMMANDS = ("settings show", "settings check", "settings erase")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


@pytest.fixture
def mona(club: Club) -> simcord.MemberActor:
    return manager(club)


def kept(app: App, club: Club) -> GuildSettings:
    return app.bot.services.guilds.settings(club.guild.id)


async def test_members_are_not_shown_the_commands_and_nobody_in_a_direct_message(
    club: Club, mona: simcord.MemberActor
) -> None:
    assert set(COMMANDS) <= set(mona.available_commands(club.lobby))
    assert set(COMMANDS).isdisjoint(club.ann.available_commands(club.lobby))
    assert set(COMMANDS).isdisjoint(mona.user.available_commands())


@pytest.mark.parametrize("command", COMMANDS)
async def test_whom_an_admin_lets_see_the_commands_is_refused_without_manage_server(
    club: Club, mona: simcord.MemberActor, command: str
) -> None:
    role = club.guild.create_role("Curators")
    cora = member_with(club, "cora", role)
    await changed(club, mona, "curator_role", [role])
    for member in (club.ann, cora):
        let_use(club, member, "settings")
        assert refused(club, await member.slash(club.lobby, command)) == sentence("error.managers_only")


async def test_a_panel_is_of_no_use_to_whom_the_right_was_taken(club: Club, mona: simcord.MemberActor) -> None:
    before = await panel(club, mona)
    take_rights(club, mona)
    result = await mona.click(before, custom_id="settings:change:trailer")
    assert result.modal is None
    assert refused(club, result) == sentence("error.managers_only")


async def test_a_form_is_of_no_use_to_whom_the_right_was_taken(
    club: Club, mona: simcord.MemberActor, restart: Restart
) -> None:
    form = await open_form(club, mona, "time_zone")
    take_rights(club, mona)
    bot = await restart()
    assert refused(club, await mona.submit_modal(form, {"value": "Berlin"})) == sentence("error.managers_only")
    assert bot.services.guilds.settings(club.guild.id) == GuildSettings()


async def test_a_form_outlives_a_restart(club: Club, mona: simcord.MemberActor, restart: Restart) -> None:
    before = await panel(club, mona)
    await restart()
    form = await mona.click(before, custom_id="settings:change:time_zone")
    await restart()
    result = await mona.submit_modal(form, {"value": "berlin"})
    assert result.response is not None
    assert result.response.id == before.id
    assert "Europe/Berlin" in news(result.response)[0]
    bot = await restart()
    assert bot.services.guilds.settings(club.guild.id) == GuildSettings(time_zone="Europe/Berlin")


async def test_a_slow_database_delays_the_panel_and_loses_nothing(
    club: Club, app: App, mona: simcord.MemberActor
) -> None:
    form = await open_form(club, mona, "time_zone")
    with drowsy():
        result = await mona.submit_modal(form, {"value": "berlin"})
    assert result.response is not None
    assert "Europe/Berlin" in news(result.response)[0]
    assert len(custom_ids(result.response)) == len(SETTINGS)
    assert kept(app, club).time_zone == "Europe/Berlin"


async def test_a_place_that_is_gone_is_named_and_can_be_changed(club: Club, mona: simcord.MemberActor) -> None:
    talk = club.guild.create_text_channel("talk")
    await changed(club, mona, "discussion_place", [talk])
    await changed(club, mona, "curators_channel", [talk])
    club.env.backend.delete_channel(talk.id)
    result = await club.ann.slash(club.lobby, "discuss", title="night train")
    assert refused(club, result) == sentence("error.place_gone", channel=place(talk))
    assert asked(club, *CREATIONS) == []
    now = await panel(club, mona)
    for name in ("discussion_place", "curators_channel"):
        assert shown(now, name) == sentence("settings.gone_channel")
    form = await open_form(club, mona, "discussion_place")
    assert not control(form).get("default_values")
    await mona.submit_modal(form, {"value": [club.lobby]})
    answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    assert len(club.lobby.threads) == 1


async def test_a_role_that_is_gone_is_named_and_can_be_changed(club: Club, app: App, mona: simcord.MemberActor) -> None:
    role, next_role = club.guild.create_role("Curators"), club.guild.create_role("Choosers")
    await changed(club, mona, "curator_role", [role])
    club.env.backend.delete_role(club.guild.id, role.id)
    assert shown(await panel(club, mona), "curator_role") == sentence("settings.gone_role")
    form = await open_form(club, mona, "curator_role")
    assert not control(form).get("default_values")
    await mona.submit_modal(form, {"value": [next_role]})
    assert kept(app, club).curator_role == next_role.id


async def test_what_the_bot_may_not_do_in_the_chosen_place_is_named(club: Club, mona: simcord.MemberActor) -> None:
    forum = club.guild.create_forum_channel("film-forum")
    await changed(club, mona, "discussion_place", [forum])
    deny(club, forum, "send_messages_in_threads")
    result = await club.ann.slash(club.lobby, "discuss", title="night train")
    assert refused(club, result) == missing(forum, "send_messages_in_threads")
    deny(club, forum, "view_channel")
    result = await club.ann.slash(club.lobby, "discuss", title="night train")
    assert "**View Channel**" in refused(club, result)
    assert asked(club, *CREATIONS) == []


@pytest.mark.parametrize("right", ["send_messages_in_threads", "view_channel"])
async def test_a_member_who_is_left_out_of_the_chosen_place_is_told_who_can_help(
    club: Club, mona: simcord.MemberActor, right: str
) -> None:
    talk = club.guild.create_text_channel("talk")
    await changed(club, mona, "discussion_place", [talk])
    denied = discord.Permissions(**{right: True}).value
    club.env.backend.set_overwrite(talk.id, Overwrite(club.ann.id, OverwriteType.MEMBER, deny=denied))
    result = await club.ann.slash(club.lobby, "discuss", title="night train")
    assert refused(club, result) == sentence("error.place_closed", channel=place(talk))
    assert talk.threads == []


async def test_a_curators_way_in_ends_with_the_role(club: Club, mona: simcord.MemberActor) -> None:
    role = club.guild.create_role("Curators")
    cora = member_with(club, "cora", role)
    await changed(club, mona, "curator_role", [role])
    await changed(club, mona, "who_opens", ["curators"])
    take_rights(club, cora)
    result = await cora.slash(club.lobby, "discuss", title="night train")
    assert refused(club, result) == sentence("error.opening_is_for_curators")


@pytest.mark.parametrize("name", SETTINGS)
async def test_any_string_in_any_form_gets_an_answer(
    club: Club, mona: simcord.MemberActor, name: str, app: App
) -> None:
    hostile = ["x" * 4000, "@everyone **b** [x](https://evil.example)", "🎬" * 2000, "-1", "9" * 4000, *AWKWARD[::4]]
    for typed in hostile:
        result = await submit_raw(club, mona, f"settings:set:{name}", {"value": typed})
        assert result.response is not None
        assert result.response.ephemeral
        said = text(result.response)
        assert len(said) <= 2000
        assert marks(said.replace("**", "")) == ""
        assert not said.startswith(sentence("error.unexpected", reference="")[:20])
    assert club.env.errors  # refusals, which SimCord counts as dealt with now
    assert kept(app, club) == GuildSettings()
    assert is_harmless(club)


@pytest.mark.parametrize(
    ("custom_id", "typed", "said"),
    [
        ("settings:set:colour", {"value": "red"}, "error.setting_unknown"),
        ("settings:set:trailer", {"value": "loud"}, "error.setting_unknown"),
        ("settings:set:discussion_place", {"value": "0"}, "error.setting_unknown"),
        ("settings:set:time_zone", {"another": "Berlin"}, "error.already_done"),
        ("settings:set:time_zone", {}, "error.already_done"),
    ],
)
async def test_a_form_of_another_version_is_refused(
    club: Club, mona: simcord.MemberActor, custom_id: str, typed: dict[str, str], said: str
) -> None:
    assert refused(club, await submit_raw(club, mona, custom_id, typed)) == sentence(said)


async def test_a_button_of_another_version_is_refused(club: Club, mona: simcord.MemberActor) -> None:
    old = posted(club, club.lobby, Control("settings:change:colour"))
    result = await mona.click(old, custom_id="settings:change:colour")
    assert refused(club, result) == sentence("error.setting_unknown")


@pytest.mark.parametrize("name", [*SETTINGS, "colour"])
async def test_the_menu_of_a_panel_from_before_still_opens_the_forms(
    club: Club, mona: simcord.MemberActor, name: str
) -> None:
    form = await mona.select(posted(club, club.lobby, Control("settings:change", name)), [name])
    if name == "colour":
        assert refused(club, form) == sentence("error.setting_unknown")
    else:
        assert form.modal is not None
        assert form.modal["custom_id"] == f"settings:set:{name}"


async def test_a_panel_from_before_becomes_the_new_one_when_something_is_changed_there(
    club: Club, mona: simcord.MemberActor
) -> None:
    old = posted(club, club.lobby, Control("settings:change", "time_zone"))
    done = await mona.submit_modal(await mona.select(old, ["time_zone"]), {"value": "Berlin"})
    assert done.response is not None
    assert (done.response.id, done.response.content, done.response.embeds) == (old.id, "", [])
    assert "Europe/Berlin" in news(done.response)[0]


async def test_a_channel_of_another_server_is_as_good_as_gone(club: Club, mona: simcord.MemberActor) -> None:
    elsewhere = club.env.create_guild("Elsewhere").create_text_channel("private")
    await submit_raw(club, mona, "settings:set:discussion_place", {"value": str(elsewhere.id)})
    assert shown(await panel(club, mona), "discussion_place") == sentence("settings.gone_channel")
    result = await club.ann.slash(club.lobby, "discuss", title="night train")
    assert refused(club, result) == sentence("error.place_gone", channel=Markup(elsewhere.mention))
    assert elsewhere.threads == []


async def test_two_managers_at_once_lose_nothing(club: Club, app: App, mona: simcord.MemberActor) -> None:
    max_ = manager(club, "max")
    forms = [await open_form(club, mona, "time_zone"), await open_form(club, max_, "trailer")]
    await mona.submit_modal(forms[0], {"value": "Berlin"})
    await max_.submit_modal(forms[1], {"value": ["on_request"]})
    assert kept(app, club) == GuildSettings(time_zone="Europe/Berlin", trailer="on_request")
    assert (await change(club, mona, "trailer", ["with_card"])).response is not None
