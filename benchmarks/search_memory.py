"""What the index costs in time and memory, each in a process of its own, so that nothing else is counted."""

import asyncio
import gc
import multiprocessing
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import psutil

from benchmarks.search_data import known_films, large_list
from bot.domain.catalogue import Catalogue
from bot.domain.films import Film, slug_for
from bot.domain.overlays import Overlay, PackedOverlay
from bot.services.films import Films
from bot.storage.database import Database

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
    before, started = _megabytes(), time.thread_time()
    catalogue = Catalogue.of(()).changed(films)
    spent = time.thread_time() - started
    after = _megabytes()
    assert catalogue.suggest("the", 1)
    return Cost(spent, after - before)


def _guilds() -> Cost:
    shipped = known_films()
    shared = Catalogue.of(()).changed(shipped)
    films = Films(Database.__new__(Database))  # which is not asked
    films._catalogue = shared  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as refresh does
    before = _megabytes()
    for guild_id in range(GUILDS):
        own = tuple(_named(film, f"{film.title} {guild_id}") for film in shipped[:OWN])
        films._overlays[guild_id] = PackedOverlay.of(Overlay.of(own))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as refresh does
    waits = asyncio.run(_first_keys(films))
    gc.collect()
    return Cost(statistics.median(waits), _megabytes() - before)


async def _first_keys(films: Films) -> list[float]:
    """How long the first key in each server, and one with a slip, hold the event loop once its list is awake."""
    held: list[float] = []
    for guild_id in range(GUILDS):
        await films.wake(guild_id)
        started = time.thread_time()
        assert films.seen_in(guild_id).suggest("the", 25)
        assert films.seen_in(guild_id).suggest("nver sory", 25)
        held.append(time.thread_time() - started)
    return held


def _named(film: Film, title: str) -> Film:
    return film.model_copy(update={"title": title, "slug": slug_for(title, film.year)})


def _megabytes() -> float:
    return psutil.Process().memory_info().rss / 1e6
