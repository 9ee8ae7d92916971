"""What the index costs in time and memory, each in a process of its own, so that nothing else is counted."""

import asyncio
import gc
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import psutil

from benchmarks.search_data import known_films, large_list
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.films.films import Film, slug_for
from bot.domain.films.loading import LoadResult, film_body
from bot.services.films import Films
from bot.storage.db.database import Database
from bot.storage.db.revisions import note
from bot.storage.db.tables import films as film_table

_T = TypeVar("_T")

GUILDS, OWN = 1000, 50
ROUNDS = 5


class Cost(NamedTuple):
    seconds: float
    megabytes: float


def index_cost(*, large: bool) -> Cost:
    """Making an index that is ready for any question: of the long list, or of 150 films like the shipped ones."""
    return apart(_large if large else _small)


def guilds_cost() -> Cost:
    """What 1,000 servers with 50 films of their own add, and the first answer to one that nobody has asked lately."""
    return apart(_guilds)


def apart(work: Callable[[], _T]) -> _T:
    """What the work finds out in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as one:
        return one.apply(work)


def _large() -> Cost:
    return _made(large_list())


def _small() -> Cost:
    films = known_films()
    more = [_named(film, f"{film.title} Again") for film in films[: 150 - len(films)]]
    _made(list(films))  # what is loaded on first use is no cost of a list
    costs = [_made([*films, *more]) for _ in range(ROUNDS)]
    return Cost(statistics.median(cost.seconds for cost in costs), 0)


def _made(films: list[Film]) -> Cost:
    before, started = megabytes(), time.thread_time()
    catalogue = Catalogue.of(()).changed(films)
    spent = time.thread_time() - started
    after = megabytes()
    assert catalogue.suggest("the", 1)
    return Cost(spent, after - before)


def _guilds() -> Cost:
    return asyncio.run(_first_keys())


async def _first_keys() -> Cost:
    """How long the first key in each server, and one with a slip, hold the event loop once its list is awake."""
    held: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{folder}/bench.db")
        films = Films(database)
        await films.seed(LoadResult(tuple(known_films()), ()))
        await given_own(database, GUILDS, OWN)
        gc.collect()
        before = megabytes()
        await films.refresh()
        for guild_id in range(1, GUILDS + 1):
            await asyncio.ensure_future(films.ensure_loaded(guild_id))
            started = time.thread_time()
            assert films.catalogue_for(guild_id).suggest("the", 25)
            assert films.catalogue_for(guild_id).suggest("nver sory", 25)
            held.append(time.thread_time() - started)
        gc.collect()
        cost = Cost(statistics.median(held), megabytes() - before)
        await database.close()
        return cost


async def given_own(database: Database, guilds: int, number: int) -> None:
    """Films of its own for each of so many servers, in rows of their own as in a database in use."""
    shipped = known_films()
    async with database.begin() as tx:
        for guild_id in range(1, guilds + 1):
            films = [_named(each, f"{each.title} {guild_id}") for each in shipped[:number]]
            rows = [{"scope": guild_id, "slug": each.slug, "body": film_body(each), "removed": False} for each in films]
            await tx.execute(film_table.insert(), rows)
            await note(tx, guild_id)


def _named(film: Film, title: str) -> Film:
    return film.model_copy(update={"title": title, "slug": slug_for(title, film.year)})


def megabytes() -> float:
    """The memory of this process."""
    return psutil.Process().memory_info().rss / 1e6
