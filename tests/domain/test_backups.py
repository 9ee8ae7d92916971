"""Which backups are kept: seven daily and four weekly ones, however many there are and whenever they were made."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.backups import DAILY, WEEKLY, backup_name, made_at, surplus

NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
moments = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2031, 1, 1), timezones=st.just(datetime.UTC))  # noqa: DTZ001


def days(*before: int) -> list[datetime.datetime]:
    return [NOON - datetime.timedelta(days=number) for number in before]


def test_a_year_of_days_leaves_seven_and_the_last_of_four_weeks() -> None:
    year = days(*range(365))
    kept = sorted(set(year) - surplus(year), reverse=True)
    assert kept[:7] == days(*range(7))
    # 1 December 2026 is a Tuesday: the last two weeks are among the days, and Sundays end the others.
    assert kept[7:] == days(9, 16)


def test_of_several_a_day_the_last_stays() -> None:
    day = [NOON.replace(hour=hour) for hour in (3, 9, 21)]
    assert surplus(day) == frozenset(day[:2])


def test_a_bot_that_was_off_keeps_its_old_ones() -> None:
    old = days(*range(400, 407))
    assert surplus([NOON, *old]) == frozenset(old[-1:]) or surplus([NOON, *old]) == frozenset()


@given(st.lists(moments, max_size=60))
def test_the_newest_stays_and_few_others_and_a_second_look_finds_nothing_to_do(made: list[datetime.datetime]) -> None:
    kept = set(made) - surplus(made)
    assert len(kept) <= DAILY + WEEKLY
    assert not made or max(made) in kept
    assert surplus(kept) == frozenset()
    assert len({moment.date() for moment in kept}) == len(kept)


@given(moments)
def test_a_name_says_when(moment: datetime.datetime) -> None:
    assert made_at(backup_name(moment, "db")) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "name",
    ["front-row.db", "front-row-20261301T000000Z.db", "front-row-20261201T120000Z.db.json", "notes.txt",
     "before-front-row-20261201T120000Z.dump", "front-row-20261201T120000Z.db.before-1"],
)  # fmt: skip
def test_other_files_are_no_backups(name: str) -> None:
    assert made_at(name) is None


def test_the_name_is_of_the_hour_in_greenwich() -> None:
    berlin = datetime.timezone(datetime.timedelta(hours=2))
    assert backup_name(NOON.astimezone(berlin), "dump") == "front-row-20261201T120000Z.dump"
