"""Long work beside the event loop: in a thread, and in steps between which everybody else has a turn."""

import asyncio
import contextlib
import ctypes
import gc
import threading
from collections.abc import Callable, Generator
from typing import Final, ParamSpec, TypeVar

# Of malloc.h, and the size from which on a block is taken from the system by itself.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE_BLOCK: Final = 256 * 1024

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def in_thread(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The result of `work`, which makes many objects, with Python's search for cycles put off."""

    def uncollected() -> _T:
        with put_off_collection():
            return work(*args, **kwargs)

    return await asyncio.to_thread(uncollected)


@contextlib.contextmanager
def put_off_collection() -> Generator[None]:
    """Have Python search for cycles later, while many objects are made and let go of.

    It would look through all of them again and again, and nobody else has a turn while it does, a tenth of a second
    at a time for a long list. What is gone by the end is not looked through at all.
    """
    with _COLLECTOR.put_off():
        yield


def configure_malloc() -> None:
    """Have glibc keep no more memory than is in use; before any thread is started. Elsewhere nothing happens.

    Large blocks are taken from the system one by one, so that each goes back as soon as it is free; else glibc learns
    from the first to keep the next ones. And all threads share one heap: each would have one of its own, though only
    one of them at a time runs Python.
    """
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)
        libc.mallopt(_TRIM_THRESHOLD, _LARGE_BLOCK)
        libc.mallopt(_ARENA_MAX, 1)


def give_back_memory() -> None:
    """Return to the system what has been freed, and what only cycles or Python's own stock of small objects still keep.

    It takes some milliseconds, as the runner has set aside all that is there from the start.
    """
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


class _Collector:
    """Python's search for cycles, which several pieces of work may put off at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._works = 0
        self._was_on = True

    @contextlib.contextmanager
    def put_off(self) -> Generator[None]:
        with self._lock:
            if self._works == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._works += 1
        try:
            yield
        finally:
            with self._lock:
                self._works -= 1
                if self._works == 0 and self._was_on:
                    gc.enable()


_COLLECTOR: Final = _Collector()
