"""A film's card, as data: what it says in which order, what it folds away, and that nothing breaks out of it."""

import re

import pytest

from bot.domain.films.films import Film
from bot.domain.shelves.counts import NO_COUNTS, FilmCounts
from bot.ui.films.card import card_blocks, is_foldable
from bot.ui.kit.layout import Layout
from tests.builders import film
from tests.strategies import WORST, packed, worst
from tests.ui.messages import Message, refusals
from tests.ui.screens import WORDS

THANKS = "-# Picked by Front Row · suggested by Ann · synopsis: A magazine"
COUNTS = FilmCounts(9_999_999, 9_999_999, 4.8)


def card(entry: Film, counts: FilmCounts = NO_COUNTS, *, folded: bool = False) -> list[str]:
    """What the card says, one text after another."""
    shown = Message.of(view=Layout(card_blocks(entry, WORDS, counts, folded=folded)))
    assert refusals(shown) == []
    return [text.text for text in shown.texts() if text.place == "display"]


def test_the_head_says_what_film_it_is_at_a_glance() -> None:
    entry = film(
        "Night Train",
        1959,
        original_title="Pociąg",
        directors=["Jerzy Kawalerowicz", "A. N. Other"],
        countries=["PL", "FR"],
        languages=["pl", "en"],
        themes=["trains", "social-media"],
    )
    assert card(entry)[0].splitlines() == [
        "## Night Train (1959)",
        "Jerzy Kawalerowicz, A. N. Other · 1\u00a0h\u00a039\u00a0min · Poland, France",
        "-# Fiction · Trains, Social media · Polish, English",
        "-# Originally Pociąg",
    ]


def test_what_is_not_known_and_what_goes_without_saying_is_not_said() -> None:
    entry = film("M", 1931, runtime=None, countries=(), languages=["en-GB"], themes=())
    assert card(entry)[0].splitlines()[1:] == [", ".join(entry.directors), "-# Fiction"]


def test_each_text_has_its_place_and_says_nothing_twice() -> None:
    entry = film(
        why="Nobody sleeps in *Night Train*.",
        synopsis={"text": "Two strangers.\n\nOne compartment.", "source": "A magazine"},
        content_notes=["a death"],
        praise=[{"listed_as": "Prix", "publication": "Venice", "year": 1959}],
        suggested_by="Ann",
    )
    assert card(entry, FilmCounts(1, 2, 4.5))[1:] == [
        "**Why it is here**\nNobody sleeps in *Night Train*.",
        "**What it is about**\nTwo strangers.\n\nOne compartment.",
        f"{WORDS('card.notes')}\n|| a death ||",
        "**Named by**\nVenice 1959: Prix",
        "-# Picked by Front Row · suggested by Ann · synopsis: A magazine\n1 wants to see it · 2 have seen it · ★ 4.5",
    ]


def test_notes_that_nobody_looked_up_are_not_said_to_be_none() -> None:
    assert WORDS("card.notes_none") in card(film(content_notes=()))
    assert WORDS("card.notes_none") not in card(film(content_notes=None))


@pytest.mark.parametrize("note", ["|", "||", "a |", "| a", "||a||", "\\", "a \\", "`|`", "\\||", "a|||", "*|*"])
def test_no_note_breaks_out_of_its_spoiler_bars(note: str) -> None:
    [shown] = [text for text in card(film(content_notes=[note, "b"])) if "||" in text]
    bars = shown.partition("\n")[2]
    assert re.fullmatch(r"\|\| [\s\S]+? \|\|", bars)  # Discord ends a spoiler at the first two bars, escaped or not
    assert bars.count("||") == 2


def test_a_short_card_is_not_folded() -> None:
    assert not is_foldable(film(praise=[{"listed_as": "Prix", "publication": "Venice", "year": 1959}]), WORDS)


def test_a_long_card_keeps_praise_and_all_but_the_first_sentences_for_whoever_wants_more() -> None:
    entry = film(
        synopsis={"text": f"It begins. {'It goes on and on. ' * 60}\n\nIt ends.", "source": "Front Row"},
        content_notes=["a death"],
        praise=[{"listed_as": "Prix", "publication": "Venice", "year": 1959}],
    )
    assert is_foldable(entry, WORDS)
    _, why, story, notes, thanks = card(entry, folded=True)
    assert why.endswith("Nobody sleeps, and everybody is seen.")
    assert story.startswith("**What it is about**\nIt begins. It goes on and on.")
    assert story.endswith("It goes on and on.")
    assert len(story) < 550
    assert "a death" in notes
    assert thanks == "-# Picked by Front Row"


def test_a_long_card_of_which_nothing_can_be_kept_back_is_not_folded() -> None:
    entry = film(why="Because. " * 65, directors=[f"{letter * 100}" for letter in "ABCDE"])
    assert not is_foldable(entry, WORDS)
    assert is_foldable(entry.model_copy(update={"praise": worst("words").praise}), WORDS)


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize("name", [*WORST, "packed"])
def test_the_worst_cards_fit_and_keep_their_spoilers_shut(name: str, folded: bool) -> None:
    entry = packed() if name == "packed" else worst(name)
    *_, last = card(entry, COUNTS, folded=folded)
    assert last.endswith("★ 4.8")
    [hidden] = [text for text in card(entry, COUNTS, folded=folded) if WORDS("card.notes") in text]
    assert re.fullmatch(r"\|\| [^|]*(?:\\\|[^|]*)* \|\|", hidden.partition("\n")[2])
