"""A value that is worked out when it is first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

_Owner = TypeVar("_Owner")
_T = TypeVar("_T")


class unlocked_cached_property(Generic[_Owner, _T]):  # noqa: N801  # used as a decorator, like property
    """`functools.cached_property` without its lock, which in Python 3.11 is one for all objects.

    While a thread worked out a value for a long list, nobody could work out the same for any other list. Without the
    lock two threads may both work a value out, which has to be the same then.
    """

    def __init__(self, work_out: Callable[[_Owner], _T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, owner: None, owner_type: type[Any]) -> "unlocked_cached_property[_Owner, _T]": ...
    @overload
    def __get__(self, owner: _Owner, owner_type: type[Any]) -> _T: ...
    def __get__(self, owner: _Owner | None, owner_type: type[Any]) -> "unlocked_cached_property[_Owner, _T] | _T":
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._work_out(owner)
        return value
