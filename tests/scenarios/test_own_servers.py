"""What a process keeps in memory of servers: of those that it is in, from when Discord names them until they go."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
from discord.utils import utcnow
from pydantic import SecretStr
from simcord.backend import serializers

from bot.app import App, open_app
from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from bot.storage.db.database import Database
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.database import another_process
from tests.scenarios.screen import text
from tests.scenarios.shelf import Restart
from tests.services.house import ANN, GUILD, process

SET = {"trailer": "on_request"}


async def set_elsewhere(app: App, settings: Settings, guild_id: int) -> None:
    """Another process has the server's settings changed."""
    database = await Database.open(settings.database_url.get_secret_value())
    actor = Actor(guild_id=guild_id, member_id=1, name="mona", manages=True)
    await process(database).guilds.change(actor, SET, utcnow())
    await database.close()
    await app.bot.services.guilds.refresh()


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110  # what another process brings about tells no event of ours
        await asyncio.sleep(0.01)


async def test_a_server_is_known_before_anybody_asks_there_and_answered_while_the_database_is_away(
    club: Club, app: App, settings: Settings
) -> None:
    assert list(app.bot.services.guilds.at_hand) == [club.guild.id]
    await set_elsewhere(app, settings, club.guild.id)
    with another_process(settings) as connection:
        for table in ("films", "revisions", "guild_settings"):
            connection.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
    assert app.bot.services.guilds.settings(club.guild.id).trailer == "on_request"
    result = await club.ann.slash(club.lobby, "film", title="ai-weiwei-never-sorry-2012")
    assert result.response is not None
    assert "Never Sorry" in text(result.response)
    assert len(await club.ann.autocomplete(club.lobby, "film", "title", "never")) > 0


async def test_a_restart_loads_what_the_server_has_set(
    club: Club, settings: Settings, app: App, restart: Restart
) -> None:
    await set_elsewhere(app, settings, club.guild.id)
    await set_elsewhere(app, settings, club.guild.id + 1)
    bot = await restart()
    assert list(bot.services.guilds.at_hand) == [club.guild.id]
    assert bot.services.guilds.settings(club.guild.id).trailer == "on_request"


async def test_a_server_that_goes_is_let_go_and_loaded_when_it_comes_back(
    club: Club, settings: Settings, app: App
) -> None:
    other, services = club.env.create_guild("Elsewhere"), app.bot.services
    await club.env.settle()
    assert set(services.guilds.at_hand) == {club.guild.id, other.id}
    stored = club.env.backend.get_guild(other.id)
    club.env.backend.remove_guild(other.id)
    await club.env.settle()
    assert list(services.guilds.at_hand) == [club.guild.id]
    await set_elsewhere(app, settings, other.id)
    assert list(services.guilds.at_hand) == [club.guild.id]
    club.env.backend.guilds[other.id] = stored
    payload = dict(serializers.guild_create_payload(club.env.backend, stored))
    del payload["unavailable"]
    club.env.backend.emit("GUILD_CREATE", payload)
    await club.env.settle()
    assert services.guilds.settings(other.id).trailer == "on_request"


async def test_servers_that_went_while_a_session_was_lost_are_let_go_with_the_next_list(club: Club, app: App) -> None:
    services, gone = app.bot.services, club.guild.id + 1
    await services.ensure_loaded(gone)
    assert set(services.guilds.at_hand) == {club.guild.id, gone}
    app.bot.dispatch("servers_listed", [club.guild.id])
    await club.env.settle()
    assert list(services.guilds.at_hand) == [club.guild.id]


@pytest.fixture
async def unconnected(database_url: str, settings: Settings) -> AsyncGenerator[tuple[App, Any]]:
    """A bot on PostgreSQL with the cog that looks for changes, but never without a hint."""
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite gives no hints")
    there = settings.model_copy(update={"database_url": SecretStr(database_url)})
    async with open_app(there) as app, app.bot:
        await app.bot.load_extension("cogs.films")
        cog: Any = app.bot.get_cog("FilmsCog")
        cog.look_for_changes.cancel()
        yield app, cog


async def test_a_change_in_another_process_is_taken_up_without_waiting_for_the_next_look(
    unconnected: tuple[App, Any], database_url: str
) -> None:
    app, _ = unconnected
    services = app.bot.services
    await services.ensure_loaded(GUILD)
    database = await Database.open(database_url)
    other = process(database)
    await other.films.refresh()
    await other.films.ensure_loaded(GUILD)
    try:
        async with asyncio.timeout(60):
            for number in range(5):
                entry = film(f"Reel {number}", 1980, trailers=[])
                await other.add(entry)
                await until(lambda slug=entry.slug: slug in services.films.catalogue_for(GUILD).by_slug)
            await other.guilds.change(ANN, SET, utcnow())
            await until(lambda: services.guilds.settings(GUILD).trailer == "on_request")
    finally:
        await database.close()
