"""Slots are days of the plan: each is due once, whatever the clocks of the server do."""

import datetime
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.spotlight.schedules import GRACE, Rhythm, Schedule

DAY = datetime.date
UTC = datetime.UTC
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
FRIDAY = 4


def schedule(rhythm: Rhythm = Rhythm.WEEKLY, *weekdays: int, clock: str = "20:00") -> Schedule:
    return Schedule(rhythm=rhythm, weekdays=weekdays or (FRIDAY,), clock=datetime.time.fromisoformat(clock))


def first(plan: Schedule, count: int) -> list[str]:
    return [f"{slot:%a %d %b}" for slot in islice(plan.slots(DAY(2026, 12, 1)), count)]


def at(text: str, zone: str = "UTC") -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("plan", "slots"),
    [
        (schedule(Rhythm.DAILY), ["Tue 01 Dec", "Wed 02 Dec", "Thu 03 Dec"]),
        (schedule(Rhythm.WEEKLY), ["Fri 04 Dec", "Fri 11 Dec", "Fri 18 Dec"]),
        (schedule(Rhythm.WEEKLY, 6, 0), ["Sun 06 Dec", "Mon 07 Dec", "Sun 13 Dec"]),
        (schedule(Rhythm.EVEN_WEEKS), ["Fri 11 Dec", "Fri 25 Dec", "Fri 08 Jan"]),
        (schedule(Rhythm.ODD_WEEKS), ["Fri 04 Dec", "Fri 18 Dec", "Fri 01 Jan"]),
        (schedule(Rhythm.FIRST), ["Fri 04 Dec", "Fri 01 Jan", "Fri 05 Feb"]),
        (schedule(Rhythm.SECOND, 1), ["Tue 08 Dec", "Tue 12 Jan", "Tue 09 Feb"]),
        (schedule(Rhythm.THIRD, 6), ["Sun 20 Dec", "Sun 17 Jan", "Sun 21 Feb"]),
        (schedule(Rhythm.FOURTH, 3), ["Thu 24 Dec", "Thu 28 Jan", "Thu 25 Feb"]),
        (schedule(Rhythm.LAST, 3), ["Thu 31 Dec", "Thu 28 Jan", "Thu 25 Feb"]),
    ],
)
def test_which_days_a_rhythm_means(plan: Schedule, slots: list[str]) -> None:
    assert first(plan, 3) == slots


def test_every_second_week_goes_on_over_a_year_of_53_weeks() -> None:
    slots = list(islice(schedule(Rhythm.ODD_WEEKS).slots(DAY(2026, 12, 1)), 60))
    assert {(later - sooner).days for sooner, later in pairwise(slots)} == {14}


def test_a_schedule_without_a_day_is_refused() -> None:
    with pytest.raises(ValidationError):
        Schedule(weekdays=(), clock=datetime.time(20))


@pytest.mark.parametrize(
    ("zone", "slot", "clock", "moment"),
    [
        ("Europe/Berlin", DAY(2026, 3, 27), "20:00", "2026-03-27T19:00"),
        ("Europe/Berlin", DAY(2026, 4, 3), "20:00", "2026-04-03T18:00"),
        ("Europe/Berlin", DAY(2026, 3, 29), "02:30", "2026-03-29T01:30"),  # left out: 03:30 there
        ("Europe/Berlin", DAY(2026, 10, 25), "02:30", "2026-10-25T00:30"),  # twice: the first
        ("America/Santiago", DAY(2026, 9, 6), "00:00", "2026-09-06T04:00"),  # left out: 01:00 there
        ("Africa/Cairo", DAY(2026, 4, 24), "00:00", "2026-04-23T22:00"),
        ("Asia/Beirut", DAY(2026, 3, 29), "00:00", "2026-03-28T22:00"),
        ("Australia/Lord_Howe", DAY(2026, 10, 4), "02:15", "2026-10-03T15:45"),  # left out: 02:45 there
        ("Australia/Lord_Howe", DAY(2026, 4, 5), "01:45", "2026-04-04T14:45"),  # twice
        ("Pacific/Apia", DAY(2011, 12, 30), "20:00", "2011-12-31T06:00"),  # that day was left out
        ("Pacific/Apia", DAY(2011, 12, 31), "20:00", "2011-12-31T06:00"),
        ("Asia/Kathmandu", DAY(2026, 12, 4), "20:00", "2026-12-04T14:15"),
        ("No/Where", DAY(2026, 12, 4), "20:00", "2026-12-04T20:00"),
    ],
)
def test_the_moment_of_a_slot(zone: str, slot: datetime.date, clock: str, moment: str) -> None:
    assert schedule(clock=clock).moment(slot, zone) == at(moment)


def test_the_next_slot_is_still_to_come_by_the_servers_clock() -> None:
    plan = schedule()
    assert plan.next_slot(at("2026-12-04T19:59", "Asia/Tokyo"), "Asia/Tokyo") == DAY(2026, 12, 4)
    assert plan.next_slot(at("2026-12-04T20:00", "Asia/Tokyo"), "Asia/Tokyo") == DAY(2026, 12, 11)
    assert plan.next_slot(at("2026-12-04T19:59"), "UTC", after=DAY(2026, 12, 4)) == DAY(2026, 12, 11)
    # Where it is Saturday already, this Friday has gone; where it is Thursday still, it comes.
    now = at("2026-12-04T10:30")
    assert schedule(clock="00:15").next_slot(now, "Pacific/Kiritimati") == DAY(2026, 12, 11)
    assert schedule(clock="23:45").next_slot(now, "Pacific/Pago_Pago") == DAY(2026, 12, 4)


def test_what_was_missed_is_caught_up_once_and_only_for_a_while() -> None:
    daily, friday = schedule(Rhythm.DAILY), schedule()
    planned = DAY(2026, 12, 1)
    assert daily.due_slot(planned, at("2026-12-01T19:59"), "UTC") is None
    assert daily.due_slot(planned, at("2026-12-01T20:00"), "UTC") == planned
    assert daily.due_slot(planned, at("2026-12-06T06:00"), "UTC") == DAY(2026, 12, 5)
    assert daily.due_slot(planned, at("2026-12-06T08:01"), "UTC") is None
    assert friday.due_slot(DAY(2026, 12, 4), at("2026-12-05T08:00"), "UTC") == DAY(2026, 12, 4)
    assert friday.due_slot(DAY(2026, 12, 4), at("2026-12-05T08:01"), "UTC") is None


def test_the_day_that_apia_never_had_is_posted_on_the_next_one_and_not_twice() -> None:
    friday, daily = schedule(), schedule(Rhythm.DAILY)
    moment = at("2011-12-31T06:00")
    assert friday.due_slot(DAY(2011, 12, 30), moment, "Pacific/Apia") == DAY(2011, 12, 30)
    assert friday.next_slot(moment, "Pacific/Apia", DAY(2011, 12, 30)) == DAY(2012, 1, 6)
    assert daily.due_slot(DAY(2011, 12, 30), moment, "Pacific/Apia") == DAY(2011, 12, 31)
    assert daily.next_slot(moment, "Pacific/Apia", DAY(2011, 12, 31)) == DAY(2012, 1, 1)


rhythms = st.builds(
    Schedule,
    rhythm=st.sampled_from(Rhythm),
    weekdays=st.lists(st.integers(0, 6), min_size=1).map(tuple),
    clock=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
)
moments = st.datetimes(datetime.datetime(1971, 1, 5), datetime.datetime(2037, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001  (hypothesis puts the zone to it)


@given(rhythms, moments, st.sampled_from(ZONES))
def test_the_next_slot_is_the_first_to_come(plan: Schedule, now: datetime.datetime, zone: str) -> None:
    slot = plan.next_slot(now, zone)
    assert plan.falls_on(slot)
    assert plan.moment(slot, zone) > now
    between = (slot - datetime.timedelta(days=n) for n in range(1, 40))
    assert not [day for day in between if plan.falls_on(day) and plan.moment(day, zone) > now]


@given(rhythms, moments, st.sampled_from(ZONES), st.lists(st.integers(1, 11 * 60), min_size=300, max_size=300))
def test_whoever_looks_often_enough_meets_every_moment_once(
    plan: Schedule, now: datetime.datetime, zone: str, pauses: list[int]
) -> None:
    since, planned, met = now, plan.next_slot(now, zone), list[datetime.date]()
    for minutes in pauses:
        now += datetime.timedelta(minutes=minutes)
        if (slot := plan.due_slot(planned, now, zone)) is not None:
            met.append(slot)
            assert now - plan.moment(slot, zone) <= GRACE
            planned = plan.next_slot(now, zone, slot)
        assert plan.moment(planned, zone) > now
    every = islice(plan.slots(since.date() - datetime.timedelta(days=2)), 200)
    due = {plan.moment(slot, zone) for slot in every if since < plan.moment(slot, zone) <= now}
    assert sorted(due) == [plan.moment(slot, zone) for slot in met]
    assert len(set(met)) == len(met)
