"""The time of day as people type it."""

import datetime
import re
import unicodedata
from typing import Final

from bot.domain.spotlight.plans import ClockUnknown
from bot.domain.text.normalize import one_line

_QUOTED: Final = 40
_CLOCK: Final = re.compile(
    r"(?:at |um |à |a las )?(?P<hour>\d{1,2})\s*(?:[:.h]\s*(?P<minute>\d{2})|h)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:uhr|h|o'clock)?"
)
_NAMED: Final = {"noon": datetime.time(12), "midnight": datetime.time(0), "midday": datetime.time(12)}


def clock_in(typed: str) -> datetime.time:
    """The time that is meant by "20:00", "8pm", "8.30 p.m.", "20 Uhr", "20h" or "noon". Raises `ClockUnknown`."""
    line = unicodedata.normalize("NFKC", one_line(typed)).casefold()
    if (named := _NAMED.get(line)) is not None:
        return named
    match = _CLOCK.fullmatch(line)
    if match is None:
        raise ClockUnknown(typed=one_line(typed)[:_QUOTED])
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half is not None:
        hour = -1 if not 1 <= hour <= 12 else hour % 12 + (12 if half[0] == "p" else 0)
    if not 0 <= hour <= 24 or minute > 59 or (hour == 24 and minute):
        raise ClockUnknown(typed=one_line(typed)[:_QUOTED])
    return datetime.time(hour % 24, minute)
