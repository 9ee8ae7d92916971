"""Long work beside the event loop: done in another thread, and leaving Python's search for cycles as it was."""

import asyncio
import gc
import threading
from collections.abc import Generator

import pytest

from bot.services.long_work import in_thread, in_thread_for_good


@pytest.fixture(autouse=True)
def unfrozen() -> Generator[None]:
    """What a test leaves out of the search for cycles is put back."""
    yield
    gc.unfreeze()


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


async def test_many_objects_that_stay_are_not_looked_through_again_and_all_others_are() -> None:
    before = gc.get_freeze_count()
    few = await in_thread_for_good(lambda: [[number] for number in range(100)])
    passing = await in_thread(lambda: [[number] for number in range(100_000)])
    assert gc.get_freeze_count() == before
    many = await in_thread_for_good(lambda: [[number] for number in range(100_000)])
    assert gc.get_freeze_count() >= before + len(many)
    assert len(few) + len(passing) == 100_100
