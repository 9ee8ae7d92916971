"""The services that curators work with, on one database as in one process, and the people who use them."""

import asyncio
import contextlib
import datetime
from collections.abc import AsyncGenerator, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from bot.domain.curation.changes import Change, ChangeKind, GuildFilmState
from bot.domain.curation.drafts import Published
from bot.domain.curation.form_codec import texts_of
from bot.domain.films.films import Film
from bot.domain.films.loading import LoadResult, film_body
from bot.domain.guilds.settings import Actor
from bot.services.curation import Curation, record
from bot.services.drafts import Drafts
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.db import changes
from bot.storage.db.database import Database
from tests.builders import film

NOW: Final = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
GUILD, OTHER = 2001, 2002
NIGHT, KNIFE = film(), film("Knife in the Water", 1962, trailers=[])
SOLARIS: Final = film("Solaris", 1972, trailers=[], added=NOW.date(), curator="Ann")


def actor(name: str, guild_id: int = GUILD, *, manages: bool = True, **more: Any) -> Actor:
    """Somebody with Manage Server; each name is another member."""
    return Actor(guild_id=guild_id, member_id=int.from_bytes(name.encode()), name=name, manages=manages, **more)


ANN, BEN, CLEO = actor("Ann"), actor("Ben"), actor("Cleo", OTHER)
MEMBER: Final = actor("Dan", manages=False)


@dataclass(frozen=True)
class House:
    """One process."""

    database: Database
    films: Films
    guilds: Guilds
    curation: Curation
    drafts: Drafts

    def seen(self, guild_id: int = GUILD) -> Mapping[str, Film]:
        """What members of the server see."""
        return self.films.catalogue_for(guild_id).by_slug

    async def history(self, guild_id: int = GUILD) -> tuple[Change, ...]:
        """Every change in the server, the latest first."""
        async with self.database.read() as tx:
            return await changes.latest(tx, guild_id, limit=1000)

    async def add(self, entry: Film, by: Actor = ANN) -> Published:
        """Put a film of the server's own on the list, as curators do."""
        draft = await self.drafts.begin(by, f"add {entry.slug}"[:16], texts_of(entry), NOW)
        return published(await self.drafts.publish(by, draft.id, NOW))

    async def edit(self, slug: str, by: Actor = ANN, **texts: str) -> Published:
        """Publish another form of the film."""
        draft = await self.drafts.begin_edit(by, f"{by.name} {slug}"[:16], slug, NOW)
        await self.drafts.write(by, draft.id, texts, NOW)
        return published(await self.drafts.publish(by, draft.id, NOW))

    async def bring(self, batch: str, *names: str) -> None:
        """An import of films of 1980, as far as curators can take it back."""
        async with self.database.begin() as tx:
            for name in names:
                entry = film(name, 1980, trailers=[])
                after = GuildFilmState(own=film_body(entry))
                change = Change(GUILD, NOW, ANN.member_id, ChangeKind.IMPORT, entry.slug, after=after, batch=batch)
                await record(tx, change)
        await self.films.refresh()

    async def rows(self) -> dict[str, list[Any]]:
        """All that is stored."""
        tables = "films revisions film_revisions hidden_films drafts changes guild_settings".split()
        async with self.database.read() as tx:
            return {name: sorted((await tx.execute(text(f"SELECT * FROM {name}"))).all(), key=str) for name in tables}  # noqa: S608  (names of ours)


def process(database: Database) -> House:
    """The services of one process."""
    every, guilds = Films(database), Guilds(database)
    return House(database, every, guilds, Curation(database, every, guilds), Drafts(database, every, guilds))


async def opened(database: Database, *shared: Film) -> House:
    """A process that has started with these films on the shared list."""
    house = process(database)
    await house.films.seed(LoadResult(shared or (NIGHT, KNIFE), ()))
    await house.guilds.refresh()
    for guild_id in (GUILD, OTHER):
        await house.films.ensure_loaded(guild_id)
    await house.guilds.load([GUILD, OTHER])
    return house


@contextlib.asynccontextmanager
async def two_processes(address: str) -> AsyncGenerator[tuple[House, House]]:
    """Two processes on one database."""
    databases = [await Database.open(address) for _ in range(2)]
    try:
        first, second = [await opened(database) for database in databases]
        yield first, second
    finally:
        for database in databases:
            await database.close()


def published(outcome: object) -> Published:
    """The outcome, which has to be a film on the list."""
    assert isinstance(outcome, Published), outcome
    return outcome


class Broken(Exception):
    """A statement did not come through."""


@contextlib.contextmanager
def failing(part: str) -> Generator[None]:
    """Every statement that holds this text fails, as if the process ended there."""

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if part in statement:
            raise Broken(statement)

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


@contextlib.contextmanager
def statements(part: str) -> Generator[list[str]]:
    """Every statement with this text that the database is asked meanwhile."""
    asked = list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if part in statement:
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def outcomes(*acts: Any) -> tuple[list[Any], list[BaseException]]:
    """What came of acts that were done at once: results and refusals."""
    ended = await asyncio.gather(*acts, return_exceptions=True)
    refused = [each for each in ended if isinstance(each, BaseException)]
    return [each for each in ended if not isinstance(each, BaseException)], refused
