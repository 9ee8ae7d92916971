"""The time of day as people type it."""

import datetime

import pytest

from bot.domain.spotlight.clocks import clock_in
from bot.domain.spotlight.plans import ClockUnknown

TYPED = {
    "20:00": "20:00", "8pm": "20:00", "8 PM": "20:00", "8:30pm": "20:30", "8.30 p.m.": "20:30", "20 Uhr": "20:00",
    "20.15 Uhr": "20:15", "20h": "20:00", "20h30": "20:30", "20": "20:00", "7": "07:00", "07:05": "07:05",
    "12am": "00:00", "12 pm": "12:00", "noon": "12:00", "Midnight": "00:00", "24:00": "00:00", " at 9pm ": "21:00",
    "um 20 Uhr": "20:00", "8 o'clock": "08:00", "0:00": "00:00", "２０：００": "20:00",
}  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_time_is_read(typed: str) -> None:
    assert clock_in(typed) == datetime.time.fromisoformat(TYPED[typed])


@pytest.mark.parametrize(
    "typed", ["", "25:00", "8:60", "13pm", "0 am", "evening", "8pm or 9pm", "24:01", "1:2:3", "-8"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ClockUnknown):
        clock_in(typed)
