"""The words that people write."""

import pytest

from bot.services.real_words import is_word
from bot.storage.content.real_words import read_real_words


@pytest.mark.parametrize(
    "word", ["fire", "aliens", "storm", "parasites", "separation", "on", "toy", "александр", "maidan"]
)
def test_what_people_write_is_a_word(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["", "stroy", "perosna", "teh", "fo", "\n", "fire\nfirm", "storm "])
def test_what_a_finger_slipped_on_is_none(word: str) -> None:
    assert not is_word(word)


def test_every_word_stands_on_a_line_once() -> None:
    words = read_real_words().split("\n")
    assert words[0] == words[-1] == ""
    assert words[1:-1] == sorted(set(words[1:-1]))
