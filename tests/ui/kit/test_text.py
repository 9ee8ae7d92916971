"""Making typed text short and harmless, and choosing among the sentences of a language."""

import string

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.kit.text import (
    Markup,
    Words,
    clip,
    clip_name,
    clip_plain,
    english,
    isolated,
    joined,
    listed,
    opening,
    plain,
    width,
    words_for,
)
from tests.strategies import PROPERTY, lines
from tests.ui.messages import marks

PARTS = st.lists(lines(40), max_size=6)


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("Never Sorry", 11, "Never Sorry"),
        ("Never Sorry", 10, "Never…"),
        ("Never Sorry", 7, "Never…"),
        ("Never Sorry", 6, "Never…"),
        ("Never Sorry", 5, "Neve…"),
        ("Never, Sorry", 9, "Never…"),
        ("Never ever – Sorry", 16, "Never ever…"),
        ("Never. Ever. Sorry", 16, "Never. Ever…"),
        ("One extraordinarilylongword", 20, "One extraordinarily…"),
        ("道歉你妹道歉你妹", 5, "道歉你妹…"),
        ("", 5, ""),
        ("👩👩👩", 6, "👩👩👩"),
        ("👩👩👩", 5, "👩👩…"),
        ("👩\u200d👧\u200d👦", 6, "👩\u200d👧…"),
        ("👩\u200d👧\u200d👦", 7, "👩\u200d👧…"),
        ("ab", 1, "…"),
    ],
)
def test_a_text_that_is_too_long_ends_on_a_word(text: str, limit: int, clipped: str) -> None:
    assert clip(text, limit) == clipped


@pytest.mark.parametrize(
    ("text", "limit", "opened"),
    [
        ("One. Two? Three.", 20, "One. Two? Three."),
        ("One. Two? Three.", 12, "One. Two?"),
        ("One. Two? Three.", 4, "One."),
        ("One. Two? Three.", 3, "On…"),
        ("One without an end to it", 12, "One without…"),
        ("One.\n\nTwo.", 20, "One."),
        ("See Samuel L. Jackson. Go.", 22, "See Samuel L. Jackson."),
        ("*Who? Me?* is short. Go.", 10, "Who?…"),
        ("*Who? Me?* is short. Go.", 14, "*Who? Me?*…"),
        ("", 5, ""),
    ],
)
def test_an_opening_is_whole_sentences_where_one_fits(text: str, limit: int, opened: str) -> None:
    assert opening(text, limit) == opened


@PROPERTY
@given(lines(300), st.integers(1, 320))
def test_a_clipped_text_is_a_beginning_that_fits(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert width(clipped) <= limit
    assert clipped == text or (clipped.endswith("…") and text.startswith(clipped[:-1]))


@PROPERTY
@given(st.text(string.ascii_letters + " ", min_size=30, max_size=200).map(lambda text: " ".join(text.split())))
def test_a_clipped_text_breaks_no_word_of_ordinary_length(text: str) -> None:
    clipped = clip(text, 25)
    if all(len(word) <= 10 for word in text.split()) and clipped != text:
        assert text[len(clipped) - 1] == " "


@PROPERTY
@given(lines(300), st.integers(5, 320))
def test_a_clipped_harmless_text_fits_and_is_harmless(text: str, limit: int) -> None:
    clipped = clip_plain(text, limit)
    assert width(clipped) <= limit
    assert marks(clipped) == ""


@PROPERTY
@given(lines(150), st.integers(1870, 2200), st.integers(20, 200))
def test_a_name_keeps_its_year(title: str, year: int, limit: int) -> None:
    name = clip_name(title, year, limit)
    assert width(name) <= limit
    assert name.endswith(f" ({year})")
    assert name == f"{title} ({year})" or "…" in name


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("Never Sorry", "Never Sorry"),
        ("**bold** _slanted_ ~~gone~~", r"\*\*bold\*\* \_slanted\_ \~\~gone\~\~"),
        ("||spoiler|| `code`", r"\|\|spoiler\|\| \`code\`"),
        ("C:\\films", r"C:\\films"),
        ("[x](http://y.example)", "\\[x\\](http:\u200b//y.example)"),
        ("https://x.example", "https:\u200b//x.example"),
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("<@123> <#1> </film:1> <t:1:R>", r"\<@" + "\u200b" + r"123> \<#1> \</film:1> \<t:1:R>"),
        ("# heading", r"\# heading"),
        ("-# small", r"\-# small"),
        ("> quote", r"\> quote"),
        ("- item", r"\- item"),
        ("1. first", r"1\. first"),
        ("12) twelfth", r"12\) twelfth"),
        ("one\n\n# two\n\n- three", "one\n\n\\# two\n\n\\- three"),
        ("A # B - C > D 1. E", "A # B - C > D 1. E"),
        ("{name} %s", "{name} %s"),
        ("פיל", "\u2068פיל\u2069"),
    ],
)
def test_typed_text_is_shown_letter_for_letter(text: str, harmless: str) -> None:
    assert plain(text) == harmless
    assert isinstance(plain(text), Markup)


@pytest.mark.parametrize("text", ["Never Sorry", "艾未未", "👩‍👧", "Ελένη", "पथेर", "1959", ""])
def test_left_to_right_text_stays_as_it_is(text: str) -> None:
    assert isolated(text) == text


@pytest.mark.parametrize("text", ["فيلم", "The ילדים", "𞤀𞤣𞤤𞤢𞤥"])
def test_right_to_left_text_is_set_apart(text: str) -> None:
    assert isolated(text) == f"\u2068{text}\u2069"


@pytest.mark.parametrize(
    ("items", "limit", "text"),
    [
        ([], 20, ""),
        (["Ann"], 20, "Ann"),
        (["Ann", "Ben"], 8, "Ann, Ben"),
        (["Ann", "Ben"], 7, "Ann,…"),
        (["Ann", "Ben", "Cem"], 11, "Ann, Ben,…"),
        (["A*n"], 20, r"A\*n"),
        (["Annabella Maria"], 14, "Annabella…"),
    ],
)
def test_items_that_do_not_fit_are_left_out_and_an_ellipsis_says_so(items: list[str], limit: int, text: str) -> None:
    assert listed(items, limit) == text


@PROPERTY
@given(PARTS, st.sampled_from([", ", " · ", "\n", "\n\n"]), st.integers(10, 150))
def test_joined_parts_fit_and_are_whole(parts: list[str], glue: str, limit: int) -> None:
    safe = [plain(part) for part in parts]
    text = joined(safe, glue, limit)
    assert width(text) <= limit
    wholes = [glue.join(safe[:number]) for number in range(len(safe) + 1)]
    assert text == wholes[-1] or text in {f"{whole}{glue.rstrip(' ')}…" for whole in wholes[1:]} | {"…"}


@PROPERTY
@given(PARTS, st.integers(10, 150))
def test_a_list_fits_and_is_harmless(items: list[str], limit: int) -> None:
    text = listed(items, limit)
    assert width(text) <= limit
    assert marks(text) == ""


@pytest.mark.parametrize("locale", ["en", "en-US", "en-GB", "xx", "", "zh-CN", None, 7, "../en", "EN"])
def test_a_language_that_is_not_there_falls_back_to_english(locale: object) -> None:
    assert words_for(locale) is english()


def test_values_are_made_harmless_and_markup_is_not() -> None:
    words = Words("en", {"line": "**{name}** in {place}: {n}"}, {})
    assert words("line", name="*x*", place=Markup("<#1>"), n=3) == r"**\*x\*** in <#1>: 3"
    assert isinstance(words("line", name="", place="", n=0), Markup)


def test_a_value_is_never_read_as_a_sentence() -> None:
    words = Words("en", {"line": "{name}"}, {})
    assert words("line", name="{name} {0} {__class__}") == r"{name} {0} {\_\_class\_\_}"


def test_a_label_draws_no_marks_and_gets_its_values_as_they_are() -> None:
    assert Words("en", {"label": "Watch {name}"}, {}).plain("label", name="*x*") == "Watch *x*"


@pytest.mark.parametrize(("n", "text"), [(0, "0 films"), (1, "1 film"), (2, "2 films"), (21, "21 films")])
def test_a_number_takes_its_form(n: int, text: str) -> None:
    words = Words("en", {"found.one": "{n} film", "found.other": "{n} films"}, {"one": "i = 1 and v = 0"})
    assert words.count("found", n) == text


@pytest.mark.parametrize(("n", "form"), [(1, "one"), (2, "few"), (5, "many"), (22, "few"), (25, "many")])
def test_another_language_has_forms_of_its_own(n: int, form: str) -> None:
    rules = Locale("pl").plural_form.rules
    words = Words("pl", {f"found.{name}": name for name in ("one", "few", "many", "other")}, rules)
    assert words.count("found", n) == form


def test_a_sentence_that_is_not_there_is_a_mistake_and_is_not_hidden() -> None:
    words = Words("en", {"there": "yes"}, {})
    assert words.has("there")
    assert not words.has("nowhere")
    with pytest.raises(KeyError):
        words("nowhere")
    with pytest.raises(KeyError):
        words.plain("nowhere")
