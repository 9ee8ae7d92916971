"""The titles that films have."""

import pytest

from bot.services.real_titles import is_title
from bot.storage.content.real_titles import SIZE, read_real_titles


@pytest.mark.parametrize("title", ["aliens", "man on fire", "the parasite", "separation", "アキラ", "$"])
def test_the_title_of_a_film_is_known(title: str) -> None:
    assert is_title(title)


@pytest.mark.parametrize("title", ["", "the vertigo", "tokyo storm", "Aliens", "tokyo stroy", "\ud800", "x" * 5000])
def test_what_is_no_films_title_is_not(title: str) -> None:
    assert not is_title(title)


def test_the_digests_are_in_order() -> None:
    digests = read_real_titles()
    every = [digests[at : at + SIZE] for at in range(0, len(digests), SIZE)]
    assert every == sorted(set(every))
    assert len(every) > 80_000
