"""Time zones by the names that people type, from the IANA database: files of its own, as Babel has them."""

import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from bot.domain.errors import TimeZoneUnknown
from bot.domain.text.normalize import one_line

_NEAR: Final = 5
_CLOSE: Final = 70
_QUOTED: Final = 60
# They mean something else on each machine, or nothing at all.
_NO_PLACES: Final = frozenset({"localtime", "Factory"})


def time_zone_named(typed: str) -> str:
    """The IANA name that is meant, whatever its case, spaces and underscores; a city alone will do.

    Raises `TimeZoneUnknown`.
    """
    line = one_line(typed)
    bare = _bare(line)
    meant = _zones().get(bare, ())
    if len(meant) == 1:
        return meant[0]
    raise TimeZoneUnknown(line[:_QUOTED], (*meant, *_like(bare, meant))[:_NEAR])


def local_time(now: datetime.datetime, name: str) -> datetime.datetime:
    """The moment as clocks there show it; UTC where this machine does not know the zone."""
    return now.astimezone(_zone(name))


def moment_of(day: datetime.date, clock: datetime.time, name: str) -> datetime.datetime:
    """When clocks there show this on that day, in UTC.

    A time that they leave out is as much later as they are put forward, one that they show twice is the first of both
    (PEP 495). A day that was left out altogether is the next one.
    """
    return datetime.datetime.combine(day, clock, _zone(name)).astimezone(datetime.UTC)


def _zone(name: str) -> datetime.tzinfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return datetime.UTC


def _like(bare: str, found: Sequence[str]) -> tuple[str, ...]:
    names = {name: bare_name for bare_name, names in _zones().items() for name in names if name not in found}
    near = process.extract(bare[:_QUOTED], names, scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=_CLOSE)
    return tuple(name for _, _, name in near)


@cache
def _zones() -> Mapping[str, Sequence[str]]:
    """The zones that each bare name may mean: its whole name, or only the city."""
    known = sorted(zoneinfo.available_timezones() - _NO_PLACES)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in known:
        found[_bare(name.rpartition("/")[2])].append(name)
    return {**found, **{_bare(name): [name] for name in known}}


def _bare(name: str) -> str:
    return "".join(character for character in name.casefold() if character not in " _")
