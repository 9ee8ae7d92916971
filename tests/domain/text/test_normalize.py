"""Text that is safe to keep, and text that can be compared."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.text.normalize import fold, has_ink, one_line, paragraphs
from tests.strategies import AWKWARD, PROPERTY

ANYTHING = st.text(st.characters() | st.sampled_from("\u200b\u200d\u0301\u034f\n\r\t \ufeff\ud800")) | st.lists(
    st.sampled_from(AWKWARD), max_size=6
).map("".join)

# What Unicode calls default-ignorable, without the joiners and variation selectors that spelling and emoji need.
INVISIBLE = (
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFFF0, 0xFFFC),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE1000),
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Never Sorry", "Never Sorry"),
        ("  Never \t Sorry \n", "Never Sorry"),
        ("Never\r\nSorry", "Never Sorry"),
        ("Never\u2028Sorry\u2029!", "Never Sorry !"),
        ("Never\u00a0Sorry\u3000!", "Never Sorry !"),
        ("Cle\u0301o", "Cléo"),
        ("Cle\u200b\u0301o", "Cléo"),
        ("Cl\u00ade\u034f\u0301o", "Cléo"),
        ("Ai\u200bWeiwei", "AiWeiwei"),
        ("Ai\x00Weiwei\x1b[31m", "Ai Weiwei [31m"),
        ("\ufeffAi\u00ad Weiwei\u2060", "Ai Weiwei"),
        ("\u202eyrroS reveN", "yrroS reveN"),
        ("\u2066Never\u2069 Sorry", "Never Sorry"),
        ("\ud800 Ai", "Ai"),
        ("سرگذشت\u200cها", "سرگذشت\u200cها"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u200b", ""),
    ],
)
def test_a_line_keeps_what_can_be_seen(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("One\nline.\n \t \nTwo.\n", "One line.\n\nTwo."),
        ("One.\r\n\r\nTwo.", "One.\n\nTwo."),
        ("\n\n\nOne.\n\n\n\n\nTwo.\n\n", "One.\n\nTwo."),
        ("One.\n\u200b\nTwo.", "One.\n\nTwo."),
        ("One.\n\n\ufeff\n\nTwo.", "One.\n\nTwo."),
        ("  # One\n> two", "# One > two"),
        ("\n \n", ""),
    ],
)
def test_blank_lines_go_on_separating_paragraphs(typed: str, kept: str) -> None:
    assert paragraphs(typed) == kept


@pytest.mark.parametrize("clean", [one_line, paragraphs])
@PROPERTY
@given(text=ANYTHING)
@example(text="e\u200b\u0301")
@example(text="\u1100\u2060\u1161")
def test_what_is_clean_stays_as_it_is(clean: Callable[[str], str], text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize("clean", [one_line, paragraphs])
@PROPERTY
@given(text=ANYTHING)
def test_nothing_unprintable_is_left(clean: Callable[[str], str], text: str) -> None:
    left = clean(text).replace("\n\n", "") if clean is paragraphs else clean(text)
    assert {unicodedata.category(character) for character in left}.isdisjoint({"Cc", "Cs", "Cn", "Zl", "Zp"})


@pytest.mark.parametrize("clean", [one_line, paragraphs])
def test_nothing_invisible_is_left(clean: Callable[[str], str]) -> None:
    left = [f"U+{code:04X}" for code in INVISIBLE if chr(code) in clean(f"a{chr(code)}b")]
    assert left == []


@pytest.mark.parametrize("text", ["a", "7", "?", "…", "👩‍👧", "$", "艾", "ع", "½", "\u200b!"])
def test_there_is_ink_in_what_a_reader_can_see(text: str) -> None:
    assert has_ink(text)


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0", "\u200d", "\ufe0f", "\u200b\u2060", "\u0301", "\x00"])
def test_there_is_no_ink_in_what_a_reader_cannot_see(text: str) -> None:
    assert not has_ink(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Cléo de 5 à 7", "CLEO DE 5 A 7"),
        ("Cléo", "Cle\u0301o"),
        ("  Never   Sorry ", "never sorry"),
        ("Ai Weiwei: Never Sorry", "ai weiwei never sorry"),
        ("Sherlock Jr.", "sherlock jr"),
        ("Spider-Man", "spider man"),
        ("Rosemary's Baby", "rosemarys baby"),
        ("Rosemary’s Baby", "Rosemary's Baby"),
        ("L’Avventura", "L'Avventura"),
        ("Smørrebrød", "smorrebrod"),
        ("Popiół i diament", "popiol i diament"),
        ("Straße", "STRASSE"),
        ("Œuvre", "oeuvre"),
        ("Æon", "aeon"),
        ("Đavo", "davo"),
        ("İstanbul", "istanbul"),
        ("ISPARTA ışık", "isparta isik"),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσευς"),
        ("Ёлки", "елки"),
        ("Ｗｅｉ", "wei"),
        ("ﬁlm", "film"),
        ("Film™", "filmtm"),
        ("№ 5", "no 5"),
        ("𝔉𝔦𝔩𝔪", "film"),
        ("سِينِما", "سينما"),
        ("x²", "x2"),
        ("I ❤\ufe0f Huckabees", "i huckabees"),
        ("7\ufe0f\u20e3", "7"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"), [("Alien", "Aliens"), ("艾未未", "道歉"), ("8½", "8"), ("Her", "He r"), ("ما", "من")]
)
def test_two_names_stay_two(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@pytest.mark.parametrize("word", ["पांचाली", "สัตว์ประหลาด", "தமிழ்", "ಕನ್ನಡ", "မြန်မာ", "ខ្មែរ", "한국", "がぎぐ"])
def test_a_word_of_any_script_stays_one_word(word: str) -> None:
    assert " " not in fold(word)


@pytest.mark.parametrize("nothing", ["", " ", "!?", "…", "\u200b", "👩‍👧", "❤\ufe0f", "\u0301", "''"])
def test_signs_fold_to_nothing(nothing: str) -> None:
    assert fold(nothing) == ""


@PROPERTY
@given(ANYTHING)
@example("Film™")
@example("ŀ")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(part and part == part.lower() for part in folded.split(" ") if folded)
