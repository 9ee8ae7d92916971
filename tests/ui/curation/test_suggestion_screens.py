"""Whatever a member or a curator writes, no screen about a suggestion exceeds what Discord takes or draws it."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.curation.suggestions import MAX_REASON, State, Suggestion, SuggestionFaulty, read_proposal
from bot.domain.films.field_types import MAX_NAME, MAX_SLUG, MAX_WHY
from bot.ui.curation.suggestion_buttons import BUTTONS, MergeWithButton
from bot.ui.curation.suggestion_card import suggestion_layout
from bot.ui.curation.suggestion_queue import queue_page
from bot.ui.errors.error_messages import refusal
from bot.ui.kit.text import Markup, english, width
from tests.strategies import PROPERTY, WORST, lines, worst, worst_list
from tests.ui.messages import Message, marks, refusals, turned

WORDS = english()
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)
SEEN = Catalogue.of(worst_list())
ADDRESS = "https://www.youtube.com/watch?v=0MYFOzP6Xns"
NUMBER, ID = 999_999_999, 2**63 - 1
LONGEST_SLUG = "a" * (MAX_SLUG - 5) + "-2000"

SUGGESTIONS = st.builds(
    Suggestion,
    number=st.just(NUMBER),
    guild_id=st.just(ID),
    author_id=st.just(ID),
    author_name=lines(100) | st.just(""),
    title=lines(MAX_NAME),
    year=st.none() | st.integers(1870, 2200),
    why=lines(MAX_WHY),
    trailer=st.none() | st.just(ADDRESS),
    channel_id=st.just(ID),
    made=st.just(NOW),
    state=st.sampled_from(State),
    curator_id=st.just(ID),
    slug=st.sampled_from([None, *(worst(name).slug for name in WORST)]),
    reason=st.none() | lines(MAX_REASON),
)


def test_a_channel_that_is_not_known_is_not_mentioned_on_the_card() -> None:
    suggestion = Suggestion(1, 2, 3, "ann", "Solaris", 1972, "Water.", None, 0, NOW)
    said = [text.text for text in card(suggestion).texts()]
    assert f"in {WORDS('channel.unknown')}" in said[1]


def card(suggestion: Suggestion) -> Message:
    return Message.of(view=suggestion_layout(suggestion, SEEN, WORDS))


@PROPERTY
@given(SUGGESTIONS)
def test_a_card_is_one_that_discord_takes_and_draws_nothing_of_what_was_written(suggestion: Suggestion) -> None:
    message = card(suggestion)
    assert refusals(message) == []
    assert [there for text in message.texts() for there in turned(text.text)] == []
    heading, said, *near, state = [text.text for text in message.texts() if text.is_drawn]
    assert marks(heading) == "##"
    assert marks(said) == "-#<<<"
    assert "".join(marks(each) for each in near) == ("****" if near else "")
    assert set(marks(state)) <= set("*<")


def page_of(waiting: list[Suggestion], page: int) -> Message:
    return Message.of(view=queue_page(waiting, page, WORDS, Markup("</suggest:1234567890123456789>")))


@PROPERTY
@given(st.lists(SUGGESTIONS, max_size=3), st.integers(1, 12), st.integers(-1, 9999))
def test_a_page_of_the_queue_is_one_that_discord_takes(drawn: list[Suggestion], many: int, page: int) -> None:
    waiting = [dataclasses.replace(each, number=number) for number, each in enumerate(drawn * many)]
    message = page_of(waiting, page)
    assert refusals(message) == []
    assert [there for text in message.texts() for there in turned(text.text)] == []


def test_the_longest_page_leaves_nothing_out() -> None:
    worst_one = Suggestion(NUMBER, ID, ID, "*" * 32, "*" * MAX_NAME, 2200, "x", None, ID, NOW, State.TAKEN, ID)
    message = page_of([dataclasses.replace(worst_one, number=n) for n in range(10)], 0)
    assert refusals(message) == []
    assert sum(text.text.count(f"with <@{ID}>") for text in message.texts()) == 7


@pytest.mark.parametrize("kind", BUTTONS, ids=lambda kind: kind.__name__)
def test_the_longest_custom_id_fits_and_is_known_again(kind: type[MergeWithButton]) -> None:
    button = kind(NUMBER, LONGEST_SLUG)
    assert width(button.custom_id) <= 100
    found = kind.__discord_ui_compiled_template__.fullmatch(button.custom_id)
    assert found is not None
    assert int(found["number"]) == NUMBER


@PROPERTY
@given(st.text(max_size=6000))
def test_a_refusal_quotes_what_was_written_and_fits(typed: str) -> None:
    with pytest.raises(SuggestionFaulty) as refused:
        read_proposal("", typed, 1, "soon")
    said = refusal(refused.value, WORDS)
    assert said is not None
    assert width(said) <= 2000
    assert marks(said) == "****" * len(refused.value.faults) + "-#"
