"""Versions in the order in which they came out."""

import pytest

from bot.domain.versions import is_older


@pytest.mark.parametrize(
    ("one", "other"),
    [("0.1.0", "0.1.1"), ("0.9", "0.10"), ("1.2", "1.2.1"), ("", "0.1"), ("1.0rc1", "1.1"), ("9", "10")],
)
def test_the_older_one_is_older(one: str, other: str) -> None:
    assert is_older(one, other)
    assert not is_older(other, one)


@pytest.mark.parametrize(("one", "other"), [("1", "1.0.0"), ("0.1.0", "0.1.0"), ("1.2rc1", "1.2"), ("", "x")])
def test_those_that_are_the_same_are_not(one: str, other: str) -> None:
    assert not is_older(one, other)
    assert not is_older(other, one)
