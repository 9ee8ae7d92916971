"""Being removed from a server and added again: noticed while it happens, and afterwards."""

import datetime
from typing import Any

import pytest
import simcord
from discord.utils import utcnow
from simcord.backend import serializers

from bot.app import App
from bot.client import FilmBot
from bot.domain.guilds.settings import Actor, GuildSettings
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.database import another_process
from tests.scenarios.shelf import Restart, stocked

DAY = datetime.timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


@pytest.fixture
async def other(club: Club, app: App) -> simcord.GuildHandle:
    """Another server, which has a setting of its own."""
    guild = club.env.create_guild("Elsewhere")
    await club.env.settle()
    actor = Actor(guild_id=guild.id, member_id=1, name="mona", manages=True)
    await app.bot.services.guilds.change(actor, {"trailer": "on_request"}, utcnow())
    return guild


def departed(settings: Settings) -> list[int]:
    with another_process(settings) as connection:
        return [guild_id for (guild_id,) in connection.execute("SELECT guild_id FROM departures")]


async def look_round(bot: FilmBot) -> None:
    """What happens once an hour."""
    cog: Any = bot.get_cog("DeparturesCog")  # discord.py loads its module anew
    await cog.look_round()


async def is_erased_after(bot: FilmBot, guild: simcord.GuildHandle, days: int) -> bool:
    await bot.services.departures.erase_due(utcnow() + days * DAY)
    await bot.services.ensure_loaded(guild.id)
    return bot.services.guilds.settings(guild.id) == GuildSettings()


async def test_a_removal_is_noted_and_the_data_erased_a_month_later(
    club: Club, app: App, settings: Settings, other: simcord.GuildHandle
) -> None:
    club.env.backend.remove_guild(other.id)
    await club.env.settle()
    assert departed(settings) == [other.id]
    await look_round(app.bot)
    assert not await is_erased_after(app.bot, other, 29)
    assert await is_erased_after(app.bot, other, 30)
    assert departed(settings) == []


async def test_a_return_is_noted_and_nothing_erased(
    club: Club, app: App, settings: Settings, other: simcord.GuildHandle
) -> None:
    stored = club.env.backend.get_guild(other.id)
    club.env.backend.remove_guild(other.id)
    await club.env.settle()
    assert departed(settings) == [other.id]
    club.env.backend.guilds[other.id] = stored
    # Discord says nothing of an outage where a server is new; SimCord says that there is none.
    payload = dict(serializers.guild_create_payload(club.env.backend, stored))
    del payload["unavailable"]
    club.env.backend.emit("GUILD_CREATE", payload)
    await club.env.settle()
    assert departed(settings) == []
    assert not await is_erased_after(app.bot, other, 99)


async def test_a_removal_that_nobody_heard_of_is_found_out_after_a_restart(
    club: Club, settings: Settings, other: simcord.GuildHandle, restart: Restart
) -> None:
    del club.env.backend.guilds[other.id]  # while the bot was not there to be told
    bot = await restart()
    await look_round(bot)
    assert departed(settings) == [other.id]
    assert await is_erased_after(bot, other, 31)


async def test_a_return_that_nobody_heard_of_is_found_out_before_anything_is_erased(
    app: App, settings: Settings, other: simcord.GuildHandle
) -> None:
    await app.bot.services.departures.note(other.id, utcnow() - 40 * DAY)
    await look_round(app.bot)
    assert departed(settings) == []
    assert app.bot.services.guilds.settings(other.id).trailer == "on_request"


async def test_a_server_that_is_out_of_order_has_not_gone(
    club: Club, app: App, settings: Settings, other: simcord.GuildHandle
) -> None:
    club.env.backend.emit("GUILD_DELETE", {"id": str(other.id), "unavailable": True})
    await club.env.settle()
    await look_round(app.bot)
    assert departed(settings) == []
    payload = serializers.guild_create_payload(club.env.backend, club.env.backend.get_guild(other.id))
    club.env.backend.emit("GUILD_CREATE", payload)
    await club.env.settle()
    assert departed(settings) == []


async def test_an_outage_is_logged_and_made_up_for_later(
    club: Club, app: App, settings: Settings, other: simcord.GuildHandle, caplog: pytest.LogCaptureFixture
) -> None:
    with another_process(settings) as connection:
        connection.execute("ALTER TABLE departures RENAME TO away")
    club.env.backend.remove_guild(other.id)
    await club.env.settle()
    await look_round(app.bot)
    assert f"could not note that server {other.id} has gone" in caplog.text
    assert "could not look after the data of servers that are gone" in caplog.text
    with another_process(settings) as connection:
        connection.execute("ALTER TABLE away RENAME TO departures")
    await look_round(app.bot)
    assert departed(settings) == [other.id]
