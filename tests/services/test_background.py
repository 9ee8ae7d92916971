"""Long work beside the event loop: done in another thread, and leaving Python's search for cycles as it was."""

import asyncio
import gc
import threading
import weakref

import pytest

from bot.services.background import in_thread


async def test_it_is_done_elsewhere_and_uncollected() -> None:
    assert await in_thread(lambda: (threading.current_thread() is threading.main_thread(), gc.isenabled())) == (
        False,
        False,
    )
    assert gc.isenabled()


async def test_a_failure_comes_back_and_collecting_goes_on() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_thread(divmod, 1, 0)
    assert gc.isenabled()


async def test_where_nothing_is_collected_nothing_is_afterwards() -> None:
    gc.disable()
    try:
        await in_thread(list[int])
        assert not gc.isenabled()
    finally:
        gc.enable()


async def test_pieces_of_work_may_overlap_and_the_last_lets_collecting_go_on() -> None:
    begun, go_on = threading.Event(), threading.Event()
    collects: list[bool] = []

    def first() -> None:
        begun.set()
        go_on.wait(5)
        collects.append(gc.isenabled())

    working = asyncio.ensure_future(in_thread(first))
    await asyncio.to_thread(begun.wait, 5)
    await in_thread(list[int])
    assert not gc.isenabled()
    go_on.set()
    await working
    assert collects == [False]
    assert gc.isenabled()


async def test_what_is_made_is_collected_once_nobody_has_it() -> None:
    class Ring:
        def __init__(self) -> None:
            self.itself = self

    def make() -> weakref.ref[Ring]:
        rings = [Ring() for _ in range(100_000)]
        return weakref.ref(rings[-1])

    before = gc.get_freeze_count()
    last = await in_thread(make)
    gc.collect()
    assert last() is None
    assert gc.get_freeze_count() == before
