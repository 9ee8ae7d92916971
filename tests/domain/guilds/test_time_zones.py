"""Time zones: meant by their names however typed, near ones told, and the clock there."""

import datetime
import zoneinfo

import pytest

from bot.domain.errors import TimeZoneUnknown
from bot.domain.guilds.time_zones import local_time, time_zone_named

NOON = datetime.datetime(2026, 7, 1, 12, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" EUROPE / BERLIN ", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("Singapore", "Singapore"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("etc/gmt-5", "Etc/GMT-5"),
    ],
)
def test_a_zone_is_known_by_its_name_however_it_is_typed(typed: str, name: str) -> None:
    assert time_zone_named(typed) == name
    assert zoneinfo.ZoneInfo(name).key == name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Berlinn", "Europe/Berlin"),
        ("Europa/Paris", "Europe/Paris"),
        ("America/NewYrok", "America/New_York"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Buenos Aires", "America/Buenos_Aires"),
    ],
)
def test_a_wrong_name_gets_near_ones(typed: str, meant: str) -> None:
    with pytest.raises(TimeZoneUnknown) as unknown:
        time_zone_named(typed)
    assert meant in unknown.value.near
    assert len(unknown.value.near) <= 5
    assert all(time_zone_named(near) == near for near in unknown.value.near)


@pytest.mark.parametrize("typed", ["%%%", "localtime", "Factory", "🎬", "../../etc/passwd", "x" * 4000])
def test_what_is_no_zone_is_refused_and_quoted_briefly(typed: str) -> None:
    with pytest.raises(TimeZoneUnknown) as unknown:
        time_zone_named(typed)
    assert len(str(unknown.value.values["typed"])) <= 60


def test_the_clock_there_is_told_and_of_an_unknown_zone_that_of_utc() -> None:
    assert f"{local_time(NOON, 'Europe/Berlin'):%H:%M}" == "14:00"
    assert f"{local_time(NOON, 'Asia/Kathmandu'):%H:%M}" == "17:45"
    for gone in ("Europe/Atlantis", "../x", ""):
        assert local_time(NOON, gone) == NOON
