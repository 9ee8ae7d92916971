"""Fixtures: a database for each kind that is there, and the real bot in a simulated Discord."""

import asyncio
import contextlib
import os
import shutil
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest
import simcord
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url, text
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bot.app import App, open_app
from bot.client import FilmBot
from bot.content import DATA
from bot.domain.films.loading import LoadResult
from bot.settings import Settings
from bot.sources.http import Endpoints
from bot.storage.content.films import read_films
from bot.storage.db.database import Database, bare_engine
from tests import openapi
from tests.ui.messages import Message

# Properties are tried on a few examples while working, and on many by `make test-deep`.
hypothesis.settings.register_profile("quick", max_examples=40, deadline=None)
hypothesis.settings.register_profile("deep", max_examples=500, deadline=None)
hypothesis.settings.load_profile("quick")
_T = TypeVar("_T")


PROCESSES = "tests/process/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for processes, then go from the largest file to the smallest, so that no worker is last."""
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (not item.nodeid.startswith(PROCESSES), -sizes[item.path], item.path))


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores, because many tests wait for a process, a browser or a database."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return FileScheduling(config, log)


class FileScheduling(LoadScopeScheduling):
    """A file is one worker's, for what its module prepares; of those that start processes each test goes by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(PROCESSES) else nodeid.partition("::")[0]


class TestSettings(BaseSettings):
    """What a machine offers the tests."""

    __test__ = False
    model_config = SettingsConfigDict(extra="ignore")

    test_database_url: str | None = None
    test_ends: int = Field(
        default=4, description="How often a process is ended in each way that tests/process/test_end.py has."
    )


class UnfiledSettings(Settings):
    """Settings that no .env of a developer's reaches."""

    model_config = SettingsConfigDict(env_file=None)


SHIPPED = DATA / "films"
ENDS = TestSettings().test_ends
POSTGRESQL = TestSettings().test_database_url
needs_postgresql = pytest.mark.skipif(POSTGRESQL is None, reason="TEST_DATABASE_URL names no PostgreSQL")


EACH_KIND = ("sqlite", pytest.param("postgresql", marks=needs_postgresql))


@pytest.fixture(params=EACH_KIND)
async def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[str]:
    """The address of a database of each kind without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    assert POSTGRESQL is not None
    async with postgresql(POSTGRESQL) as address:
        yield address


@pytest.fixture(params=EACH_KIND)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[str]:
    """The address of a database of each kind with all tables and nothing in them: a copy, which costs no migration."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, tmp_path / 'test.db')}"
        return
    assert POSTGRESQL is not None
    async with postgresql(POSTGRESQL, like=request.getfixturevalue("postgresql_template")) as address:
        yield address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    beside_the_loop(_migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_template() -> Generator[str]:
    """The name of a PostgreSQL database with all tables, to which nobody is connected."""
    assert POSTGRESQL is not None
    name = f"front_row_{uuid.uuid4().hex}"
    beside_the_loop(_administer(POSTGRESQL, f'CREATE DATABASE "{name}"'))
    beside_the_loop(_migrated(_named(POSTGRESQL, name)))
    yield name
    beside_the_loop(_administer(POSTGRESQL, f'DROP DATABASE "{name}" WITH (FORCE)'))


def beside_the_loop(work: Coroutine[Any, Any, _T]) -> _T:
    """What the coroutine returns, for a fixture that outlives the event loops of the tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _migrated(address: str) -> None:
    await (await Database.open(address)).close()


@contextlib.asynccontextmanager
async def postgresql(server: str, like: str = "template1") -> AsyncGenerator[str]:
    """A PostgreSQL database of its own, made like that one and dropped afterwards."""
    name = f"front_row_{uuid.uuid4().hex}"
    await _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    try:
        yield _named(server, name)
    finally:
        await _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _administer(server: str, statement: str) -> None:
    async with (
        bare_engine(server) as engine,
        engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection,
    ):
        await connection.execute(text(statement))


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """An open database of each kind, with all tables."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture(scope="session", autouse=True)
def _shipped_entries_are_read_once() -> Generator[None]:
    """Reading all entry files takes half of a start, and they stay as they are while the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(read_films)

        def read(folder: Path) -> LoadResult:
            return once(folder) if folder == SHIPPED else read_films(folder)

        patch.setattr("bot.app.read_films", read)
        yield


@pytest.fixture
def settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    """Settings of a bot on the shipped films and a database of its own, whatever the environment says."""
    shutil.copy(sqlite_template, tmp_path / "bot.db")
    return UnfiledSettings(
        discord_token=None,
        tmdb_token=None,
        database_url=SecretStr(f"sqlite:///{tmp_path / 'bot.db'}"),
        shard_count=1,
        log_level="INFO",
    )


@pytest.fixture
def addresses() -> Endpoints:
    """Where the bot asks about trailers and films: nowhere, unless a test has servers of its own."""
    nowhere = "http://127.0.0.1:1"
    return Endpoints(nowhere, nowhere, nowhere, nowhere)


@pytest.fixture
async def app(settings: Settings, addresses: Endpoints) -> AsyncGenerator[App]:
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
    club: Club, settings: Settings, addresses: Endpoints
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
    said = Message(shown[0].content, layout=shown[0].components if not shown[0].content else ())
    return "\n".join(text.text for text in said.texts() if text.place in {"content", "display"})
