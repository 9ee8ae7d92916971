"""/settings erase: all that is kept of a server is gone once its name was typed, and nothing before."""

import pytest
import simcord
from discord.utils import utcnow

from bot.app import App
from bot.domain.guilds.settings import Actor, GuildSettings
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.database import another_process
from tests.scenarios.screen import answer, labels, place, sentence, text
from tests.scenarios.settings_forms import changed, control, submit_raw
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.staff import manager, take_rights
from tests.strategies import AWKWARD

TRAIN, KNIFE = film(), film("Knife in the Water", 1962)
BUTTON = "settings:erase"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, KNIFE])


@pytest.fixture
async def mona(club: Club, app: App) -> simcord.MemberActor:
    """A manager whose server has hidden a film, changed a setting and opened a discussion."""
    mona = manager(club)
    actor = Actor(guild_id=club.guild.id, member_id=mona.id, name="mona", manages=True)
    await app.bot.services.curation.hide(actor, KNIFE.slug, utcnow())
    await changed(club, mona, "trailer", ["on_request"])
    answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    await club.ann.slash(club.lobby, "films random")
    return mona


def rows(settings: Settings, guild_id: int) -> dict[str, int]:
    """How many rows of the server each table with any holds."""
    with another_process(settings) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: dict[str, int] = {}
        for table in tables:
            columns = {column[1] for column in connection.execute(f"PRAGMA table_info({table})")}
            for owner in columns & {"guild_id", "scope"}:
                count = f"SELECT count(*) FROM {table} WHERE {owner} = ?"  # noqa: S608  # our own tables' names
                found[table] = connection.execute(count, (guild_id,)).fetchone()[0]
    return {table: number for table, number in found.items() if number}


async def form_of(club: Club, member: simcord.MemberActor) -> simcord.InteractionResult:
    page = answer(await member.slash(club.lobby, "settings erase"))
    return await member.click(page, custom_id=BUTTON)


async def test_what_goes_is_explained_before_anything_happens(
    club: Club, mona: simcord.MemberActor, settings: Settings
) -> None:
    before = rows(settings, club.guild.id)
    assert before == {
        "hidden_films": 1,
        "revisions": 1,
        "film_revisions": 1,
        "changes": 2,
        "guild_settings": 1,
        "discussions": 1,
        "picks": 1,
    }
    page = answer(await mona.slash(club.lobby, "settings erase"))
    assert page.ephemeral
    assert "**Thursday Film Club**" in text(page)
    assert "30 days" in text(page)
    assert labels(page) == [sentence("erase.button")]
    form = await mona.click(page, custom_id=BUTTON)
    assert form.modal is not None
    assert form.modal["components"][0]["description"] == "Thursday Film Club"
    assert control(form)["required"]
    assert rows(settings, club.guild.id) == before


async def test_the_right_name_erases_all_at_once_and_the_server_sees_the_shared_list(
    club: Club, app: App, mona: simcord.MemberActor, settings: Settings
) -> None:
    assert len(app.bot.services.films.catalogue_for(club.guild.id).films) == 1
    form = await form_of(club, mona)
    result = await mona.submit_modal(form, {"name": " thursday film CLUB"})
    assert result.response is not None
    assert text(result.response) == sentence("erase.done")
    assert labels(result.response) == []
    assert rows(settings, club.guild.id) == {}
    assert len(app.bot.services.films.catalogue_for(club.guild.id).films) == 2
    assert app.bot.services.guilds.settings(club.guild.id) == GuildSettings()
    # The thread is still there, and is found again.
    said = answer(await club.ann.slash(club.lobby, "discuss", title="night train"))
    assert said.content == sentence("thread.ready", thread=place(club.lobby.threads[0]))
    assert len(club.lobby.threads) == 1


@pytest.mark.parametrize("typed", ["Friday Film Club", "yes", "x" * 4000, *AWKWARD[::6]])
async def test_a_wrong_name_erases_nothing(
    club: Club, mona: simcord.MemberActor, settings: Settings, typed: str
) -> None:
    before = rows(settings, club.guild.id)
    result = await submit_raw(club, mona, BUTTON, {"name": typed})
    assert refused(club, result) == sentence("error.wrong_name")
    assert rows(settings, club.guild.id) == before


async def test_nothing_typed_erases_nothing(club: Club, mona: simcord.MemberActor, settings: Settings) -> None:
    before = rows(settings, club.guild.id)
    for typed in ({}, {"name": ""}, {"another": "Thursday Film Club"}):
        result = await submit_raw(club, mona, BUTTON, typed)
        assert refused(club, result) == sentence("error.wrong_name")
    assert rows(settings, club.guild.id) == before


async def test_the_name_counts_that_the_server_has_now(
    club: Club, mona: simcord.MemberActor, settings: Settings
) -> None:
    form = await form_of(club, mona)
    club.env.backend.edit_guild(club.guild.id, {"name": "Friday Film Club"})
    result = await mona.submit_modal(form, {"name": "Thursday Film Club"})
    assert refused(club, result) == sentence("error.wrong_name")
    assert rows(settings, club.guild.id)


async def test_button_and_form_are_of_no_use_to_whom_the_right_was_taken(
    club: Club, mona: simcord.MemberActor, settings: Settings
) -> None:
    page = answer(await mona.slash(club.lobby, "settings erase"))
    form = await mona.click(page, custom_id=BUTTON)
    before = rows(settings, club.guild.id)
    take_rights(club, mona)
    result = await mona.click(page, custom_id=BUTTON)
    assert result.modal is None
    assert refused(club, result) == sentence("error.managers_only")
    result = await mona.submit_modal(form, {"name": "Thursday Film Club"})
    assert refused(club, result) == sentence("error.managers_only")
    assert rows(settings, club.guild.id) == before


async def test_button_and_form_outlive_a_restart(
    club: Club, mona: simcord.MemberActor, settings: Settings, restart: Restart
) -> None:
    page = answer(await mona.slash(club.lobby, "settings erase"))
    await restart()
    form = await mona.click(page, custom_id=BUTTON)
    bot = await restart()
    result = await mona.submit_modal(form, {"name": "Thursday Film Club"})
    assert result.response is not None
    assert text(result.response) == sentence("erase.done")
    assert rows(settings, club.guild.id) == {}
    assert len(bot.services.films.catalogue_for(club.guild.id).films) == 2


async def test_another_servers_data_stays(club: Club, app: App, mona: simcord.MemberActor, settings: Settings) -> None:
    theirs = Actor(guild_id=club.guild.id + 1, member_id=mona.id, name="mona", manages=True)
    await app.bot.services.guilds.change(theirs, {"trailer": "on_request"}, utcnow())
    await mona.submit_modal(await form_of(club, mona), {"name": "Thursday Film Club"})
    assert rows(settings, theirs.guild_id) == {"guild_settings": 1, "changes": 1}
    await app.bot.services.ensure_loaded(theirs.guild_id)
    assert app.bot.services.guilds.settings(theirs.guild_id).trailer == "on_request"
