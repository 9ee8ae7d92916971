"""Long work beside the event loop: in a thread, and in steps between which everybody else has a turn."""

import asyncio
import gc
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

# Objects that are looked through in a few milliseconds.
_MANY: Final = 50_000

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def in_thread(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The result of `work`, which makes many objects that stay.

    Python's search for cycles would look through all of them again and again, and nobody else has a turn while it
    does, a tenth of a second at a time for a long list. So it waits, and leaves them out for good where they are many.
    """
    return await asyncio.to_thread(_uncollected, work, *args, **kwargs)


def _uncollected(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    collects = gc.isenabled()
    gc.disable()
    try:
        return work(*args, **kwargs)
    finally:
        if gc.get_count()[0] > _MANY:
            gc.freeze()
        if collects:
            gc.enable()
