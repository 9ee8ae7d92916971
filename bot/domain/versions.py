"""Which of two versions of Front Row is the newer one."""

import re


def is_older(one: str, other: str) -> bool:
    """Whether `one` came out before `other`; what follows the numbers, such as `rc1`, does not count."""
    return _numbers(one) < _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
