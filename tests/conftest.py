"""Fixtures: a database for each kind that is there, and the real bot in a simulated Discord."""

import contextlib
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import simcord
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.app import App, open_app
from bot.client import FilmBot
from bot.settings import Settings
from bot.sources.http import Addresses
from bot.storage.database import Database
from tests import openapi


class TestSettings(BaseSettings):
    """What a machine offers the tests."""

    __test__ = False
    model_config = SettingsConfigDict(extra="ignore")

    test_database_url: str | None = None


class UnfiledSettings(Settings):
    """Settings that no .env of a developer's reaches."""

    model_config = SettingsConfigDict(env_file=None)


POSTGRESQL = TestSettings().test_database_url
needs_postgresql = pytest.mark.skipif(POSTGRESQL is None, reason="TEST_DATABASE_URL names no PostgreSQL")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgresql)])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    assert POSTGRESQL is not None
    async with empty_postgresql(POSTGRESQL) as address:
        yield address


@contextlib.asynccontextmanager
async def empty_postgresql(server: str) -> AsyncGenerator[str]:
    """A PostgreSQL database of its own, dropped afterwards."""
    name = f"front_row_{uuid.uuid4().hex}"
    driver = server.replace("postgresql://", "postgresql+asyncpg://", 1)
    admin = create_async_engine(driver, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield admin.url.set(database=name).render_as_string(hide_password=False)
    finally:
        async with admin.connect() as connection:
            await connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        await admin.dispose()


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """An open database of each kind, with all tables."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a bot on the shipped films and a database of its own, whatever the environment says."""
    return UnfiledSettings(
        discord_token=None,
        tmdb_token=None,
        database_url=f"sqlite:///{tmp_path / 'bot.db'}",
        shard_count=1,
        log_level="INFO",
    )


@pytest.fixture
def addresses() -> Addresses:
    """Where the bot asks about trailers and films: nowhere, unless a test has servers of its own."""
    nowhere = "http://127.0.0.1:1"
    return Addresses(nowhere, nowhere, nowhere, nowhere)


@pytest.fixture
async def app(settings: Settings, addresses: Addresses) -> AsyncGenerator[App]:
    """The bot on its database, not yet connected."""
    async with open_app(settings, addresses=addresses) as opened:
        yield opened


@pytest.fixture
def simcord_bot(app: App) -> FilmBot:
    """What SimCord's plug-in puts into its simulated Discord."""
    return app.bot


@dataclass(frozen=True)
class Club:
    """A film club in a simulated Discord: one text channel, two members without any special right."""

    env: simcord.Env
    guild: simcord.GuildHandle
    lobby: simcord.ChannelHandle
    ann: simcord.MemberActor
    ben: simcord.MemberActor


@pytest.fixture
async def club(simcord_env: simcord.Env) -> AsyncGenerator[Club]:
    """The real bot, online in a club. What it sends has to be what Discord's OpenAPI document allows."""
    guild = simcord_env.create_guild("Thursday Film Club")
    lobby = guild.create_text_channel("film-club")
    ann = guild.add_member(simcord_env.create_user("ann"))
    ben = guild.add_member(simcord_env.create_user("ben"))
    await simcord_env.settle()
    yield Club(simcord_env, guild, lobby, ann, ben)
    if openapi.DOCUMENT.exists():
        assert openapi.faults(simcord_env.http_requests) == []


@pytest.fixture
async def restart(
    club: Club, settings: Settings, addresses: Addresses
) -> AsyncGenerator[Callable[[], Awaitable[FilmBot]]]:
    """Replaces the bot's process: a new bot with nothing in memory, on the same database and Discord."""
    async with contextlib.AsyncExitStack() as opened:

        async def begin_anew() -> FilmBot:
            bot = (await opened.enter_async_context(open_app(settings, addresses=addresses))).bot
            await club.env.restart_bot(bot)
            return bot

        yield begin_anew
        # The last bot has to be gone before its database is closed.
        await club.env.settle()


def refused(club: Club, result: simcord.InteractionResult) -> str:
    """The one private sentence that the member got for an error, which SimCord counts as dealt with."""
    assert club.env.errors, "nothing was refused"
    # Where the message that was pressed was going to be changed, the sentence follows it.
    shown = result.followups or [message for message in (result.response,) if message is not None]
    assert len(shown) == 1
    assert shown[0].ephemeral
    return shown[0].content
