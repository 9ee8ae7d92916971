"""Servers with a film of the week, as services see them: one process or several on one database."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.catalogue.collections import Collection as FilmCollection
from bot.domain.films.films import Film
from bot.domain.films.loading import LoadResult
from bot.domain.guilds.settings import Actor
from bot.domain.spotlight.posts import Post
from bot.domain.spotlight.schedules import Rhythm, Schedule
from bot.services.collections import Collections
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.services.spotlight import Spotlight
from bot.services.spotlight_posts import SpotlightPosts
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import ANN, CLEO

FILMS: Final = [film(f"Reel {n}", 1951 + n, trailers=[], themes=["boats" if n % 2 else "trains"]) for n in range(6)]
TUESDAY: Final = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
FRIDAY: Final = datetime.datetime(2026, 12, 4, 20, tzinfo=datetime.UTC)
WEEK: Final = datetime.timedelta(weeks=1)
EVENINGS: Final = Schedule(weekdays=(4,), clock=datetime.time(20))
DAILY: Final = Schedule(rhythm=Rhythm.DAILY, weekdays=(4,), clock=datetime.time(20))
ON: Final[dict[str, Any]] = {"is_on": True, "channel_id": 31, "schedule": EVENINGS}


@dataclass(frozen=True)
class Projector:
    """The services of one process."""

    guilds: Guilds
    films: Films
    plans: Spotlight
    posts: SpotlightPosts

    async def switch_on(self, by: Actor = ANN, now: datetime.datetime = TUESDAY, **values: Any) -> None:
        await self.plans.change(by, {**ON, **values}, now)

    async def begun(self, now: datetime.datetime, guild_id: int = ANN.guild_id) -> Post:
        """A post that this process is to make."""
        post = await self.posts.claim(guild_id, now)
        assert isinstance(post, Post)
        return post

    async def shown(self, now: datetime.datetime, guild_id: int = ANN.guild_id) -> Post:
        """A post from the claim to the end."""
        post = await self.posts.posted(await self.begun(now, guild_id), 4000 + now.toordinal())
        await self.posts.finish(post, None, now)
        return post

    async def round(self, now: datetime.datetime) -> list[Post]:
        """Post all that is due, as the loop does."""
        return [await self.shown(now, guild_id) for guild_id in await self.posts.due(now, lambda _: True)]

    async def coming(self, now: datetime.datetime = TUESDAY, by: Actor = ANN) -> list[tuple[str, str]]:
        """The next films, each with its day."""
        told = await self.plans.overview(by, now)
        return [(f"{each.slot:%d %b}", each.film.slug) for each in told.upcoming]


async def projector(
    database: Database, films: Collection[Film] = FILMS, collections: Collection[FilmCollection] = ()
) -> Projector:
    """A process that has started with these films on the shared list."""
    every, guilds = Films(database), Guilds(database)
    await every.seed(LoadResult(tuple(films), ()))
    await guilds.load([ANN.guild_id, CLEO.guild_id])
    plans = Spotlight(database, every, Collections(every, collections), guilds)
    return Projector(guilds, every, plans, SpotlightPosts(database, every, guilds, plans))
