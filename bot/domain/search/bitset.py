"""Sets of small numbers as whole numbers, one bit for each: joining two of 100,000 takes a microsecond.

Python's own integers are used where others use numpy, which alone would cost the bot 15 MB.
"""

import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import Final, TypeVar

# Up to so many are found quickest by skipping the words of the number that are empty, and up to so many by jumping from
# one to the next; beyond that, by looking at every place.
_FEW: Final = 250
_MANY: Final = 2000
_WORD: Final = 64
_MARKS: Final = bytes.maketrans(b"01", b"\0\1")

_T = TypeVar("_T")


def bits_of(numbers: Collection[int]) -> int:
    """The set of these numbers, none of which is negative."""
    if not numbers:
        return 0
    places = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        places[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(places, "little")


def up_to(end: int) -> int:
    """The set of all numbers below `end`."""
    return (1 << end) - 1


def select(bits: int, things: Sequence[_T], most: int) -> list[_T]:
    """The things whose places are in the set, in their order, at most so many."""
    if not bits or most <= 0:
        return []
    few = min(most, bits.bit_count())
    if few > _MANY:
        return list(compress(things, bin(bits)[:1:-1].encode().translate(_MARKS)))[:most]
    places = _scattered(bits) if few <= _FEW else _crowded(bits)
    return [things[place] for place in islice(places, most)]


def count_planes(sets: Iterable[int]) -> list[int]:
    """In how many of the sets each number is: the n-th entry holds those with the n-th bit of that count."""
    planes: list[int] = []
    for each in sets:
        carried = each
        for at, plane in enumerate(planes):
            planes[at], carried = plane ^ carried, plane & carried
            if not carried:
                break
        if carried:
            planes.append(carried)
    return planes


def with_count(planes: Sequence[int], count: int) -> int:
    """The numbers that are in exactly so many sets, which are at least one."""
    if count >> len(planes):
        return 0
    found = -1
    for at, plane in enumerate(planes):
        found &= plane if count >> at & 1 else ~plane
    return found


def _scattered(bits: int) -> Iterator[int]:
    many = -(-bits.bit_length() // _WORD)
    words = struct.unpack(f"<{many}Q", bits.to_bytes(many * _WORD // 8, "little"))
    for at in compress(range(many), words):
        word, first = words[at], at * _WORD - 1
        while word:
            lowest = word & -word
            yield first + lowest.bit_length()
            word ^= lowest


def _crowded(bits: int) -> Iterator[int]:
    digits = bin(bits)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
