"""How long anybody waits for the event loop while messages are searched for 20,000 films, in a process of its own.

A heartbeat asks for a turn every two milliseconds, and what counts is how much of the CPU's time this process took
meanwhile beyond that: other processes on a busy machine take none of it. Beside it the same while a thread merely
counts, which is Python's own. Messages that somebody made to be slow are among those that are searched.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, cast

from benchmarks.search_data import known_films, large_list
from benchmarks.search_memory import apart
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.overlays import Overlay
from bot.domain.films.films import Film
from bot.domain.mentions.mentions import LONGEST_TEXT, MentionIndex
from bot.runner import TURN
from bot.services.mentions import MentionIndexes

FILMS, ROUNDS, BEAT, COUNTING = 20_000, 5, 0.002, 1.0
HOSTILE = [
    *("the ", "No\n", "M (1931) ", "```x ", "Alien, ", "Alien (", "Alien - ", "Love and ", "1. ", "Casablanca by "),
    *("Friday: ", '"Alien ', "<a:", ":a", "It is a man of the house in the night ", "ﷺ", "of the a ", "ȧ̈", "*", "\n"),
]


class Waits(NamedTuple):
    """Milliseconds: the longest that the loop is held, and the CPU's time for the message that takes the longest."""

    counting: float
    first: float  # while the titles are read
    later: float
    slowest_message: float


def mention_waits() -> Waits:
    return apart(_measured)


def _measured() -> Waits:
    return asyncio.run(_rounds())


async def _rounds() -> Waits:
    sys.setswitchinterval(TURN)
    known = known_films()
    catalogue = Catalogue.of(()).changed([*known, *large_list()[-(FILMS - len(known)) :]])
    gc.collect()
    gc.freeze()
    rounds = [await _round(catalogue) for _ in range(ROUNDS)]
    counting, first, later = (min(waits) for waits in zip(*rounds, strict=True))
    return Waits(counting, first, later, _slowest(catalogue.films))


async def _round(catalogue: Catalogue) -> tuple[float, float, float]:
    indexes, nobody = MentionIndexes(), Overlay()
    said = "\n".join(f"{film.title}, {film.directors[0]}, {film.year}" for film in known_films())

    async def find(text: str) -> None:
        index = await indexes.over(catalogue, None, nobody)
        await asyncio.to_thread(index.find, text)

    async def ask() -> None:
        for text in [said, *(each * (LONGEST_TEXT // len(each)) for each in HOSTILE)]:
            await find(text)

    return (
        await _longest(lambda: asyncio.to_thread(_count)),
        await _longest(lambda: find(said)),
        await _longest(ask),
    )


async def _longest(work: Callable[[], Awaitable[object]]) -> float:
    held, done = [0.0], asyncio.ensure_future(cast("Awaitable[None]", work()))
    while not done.done():
        asked = time.process_time()
        await asyncio.sleep(BEAT)
        held.append(time.process_time() - asked - BEAT)
    await done
    return max(held) * 1000


def _count() -> None:
    end, number = time.thread_time() + COUNTING, 0
    while time.thread_time() < end:
        number += 1


def _slowest(films: Sequence[Film]) -> float:
    index = MentionIndex.of(films)
    times: list[float] = []
    for each in HOSTILE:
        started = time.thread_time()
        index.find(each * (LONGEST_TEXT // len(each)))
        times.append(time.thread_time() - started)
    return max(times) * 1000
