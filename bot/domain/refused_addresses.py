"""Addresses that Discord will not have in a message, so that no message is refused twice for the same one."""

from collections.abc import Iterable
from typing import Final

_MOST: Final = 500


class RefusedAddresses:
    """The addresses refused lately. Of more than 500 the oldest is forgotten, and would be refused anew."""

    def __init__(self) -> None:
        self._known: dict[str, None] = {}

    def __contains__(self, address: str) -> bool:
        return address in self._known

    def __bool__(self) -> bool:
        return bool(self._known)

    def add(self, addresses: Iterable[str]) -> None:
        """Remember that Discord refuses these."""
        for address in addresses:
            self._known.pop(address, None)
            self._known[address] = None
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
