"""The words of a message, each in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.normalize import fold
from bot.domain.text.tokenizer import strip_markup, words_of
from tests.strategies import AWKWARD, PROPERTY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("'' _ *", []),
        ("Cléo's  dog", [("cleos", "cleo", "Cléo's"), ("dog", "dog", "dog")]),
        ("'Alien'", [("alien", "alien", "Alien")]),
        ("U.S.A.", [("u", "u", "U"), ("s", "s", "S"), ("a", "a", "A")]),
        ("_Pina_", [("pina", "pina", "Pina")]),
        ("¼", [("1", "1", "¼"), ("4", "4", "¼")]),
        ("पथेर पांचाली", [(fold("पथेर"), fold("पथेर"), "पथेर"), (fold("पांचाली"), fold("पांचाली"), "पांचाली")]),
    ],
)
def test_words_are_folded_and_kept(text: str, words: list[tuple[str, str, str]]) -> None:
    assert [(word.folded, word.base, word.raw) for word in words_of(text)] == words


@PROPERTY
@given(st.lists(st.sampled_from(AWKWARD) | st.text(max_size=8), max_size=10).map("".join))
def test_every_word_stands_where_it_says(text: str) -> None:
    assert [word.raw for word in words_of(text)] == [text[word.start : word.end] for word in words_of(text)]
    assert len(strip_markup(text)) == len(text)


@pytest.mark.parametrize(
    "machinery",
    [
        *("`code`", "```\nblock\n```", "https://example.org/a_b?c=d", "<@123>", "<@!123>", "<@&1>", "<#1>"),
        *("<:name:1>", "<a:name:1>", "</films browse:1>", "<t:1:R>", "<t:-1>", "<id:browse>", ":smile:"),
    ],
)
def test_what_is_no_prose_is_taken_out(machinery: str) -> None:
    assert strip_markup(f"a {machinery} b") == "a " + "\n" * len(machinery) + " b"


@pytest.mark.parametrize("prose", ["<so it goes>", "12:30", "one: two: three", "a < b > c", "`", "<3"])
def test_prose_stays(prose: str) -> None:
    assert strip_markup(prose) == prose
