"""How long anybody waits for the event loop while a long list is searched and changed, in a process of its own.

A heartbeat asks for a turn every two milliseconds and notes how late it comes. Beside the work it is measured while
nothing is done, and while another thread merely counts: what is left then is the machine's and Python's own. Whatever
else runs on the machine only adds, so of five rounds the one with the shortest longest wait counts.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, cast

from benchmarks.search_data import large_list
from benchmarks.search_memory import apart
from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.films.films import Film
from bot.runner import TURN
from bot.services.background import in_thread

ROUNDS, BEAT, COUNTING = 5, 0.002, 1.0
FEW, MANY = 10, 5000


class Waits(NamedTuple):
    """The longest wait in milliseconds, by what was going on."""

    nothing: float
    counting: float
    one_changed: float
    many_changed: float
    all_put_in: float


def longest_waits() -> Waits:
    return apart(_measured)


def _measured() -> Waits:
    return asyncio.run(_rounds())


async def _rounds() -> Waits:
    sys.setswitchinterval(TURN)
    films = large_list()
    gc.collect()
    gc.freeze()
    rounds = [await _round(films) for _ in range(ROUNDS)]
    return Waits(*(min(waits) for waits in zip(*rounds, strict=True)))


async def _round(films: Sequence[Film]) -> Waits:
    whole = Catalogue.of(())

    async def put_all_in() -> None:
        nonlocal whole
        whole = await in_thread(whole.changed, films)

    async def change(put: Sequence[Sequence[Film]]) -> None:
        changed = whole
        for each in put:
            changed = await in_thread(changed.changed, each)

    one, many = ([_renamed(films[:number], time_) for time_ in range(times)] for number, times in ((1, FEW), (MANY, 1)))
    return Waits(
        nothing=await _longest(lambda: asyncio.sleep(COUNTING)),
        counting=await _longest(lambda: asyncio.to_thread(_count)),
        all_put_in=await _longest(put_all_in),
        one_changed=await _longest(lambda: change(one)),
        many_changed=await _longest(lambda: change(many)),
    )


async def _longest(work: Callable[[], Awaitable[object]]) -> float:
    """How late a heartbeat came at most while the work was done."""
    late, done = [0.0], asyncio.ensure_future(cast("Awaitable[None]", work()))
    while not done.done():
        asked = time.perf_counter()
        await asyncio.sleep(BEAT)
        late.append(time.perf_counter() - asked - BEAT)
    await done
    return max(late) * 1000


def _renamed(films: Sequence[Film], number: int) -> Sequence[Film]:
    return [film.model_copy(update={"title": f"{film.title} {number}"}) for film in films]


def _count() -> None:
    end, number = time.perf_counter() + COUNTING, 0
    while time.perf_counter() < end:
        number += 1
