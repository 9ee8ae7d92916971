"""What may be suggested, what is on the list already, and what a draft of it begins with."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation.form_codec import Origin, read_texts
from bot.domain.curation.suggestions import (
    MAX_REASON,
    State,
    Suggestion,
    SuggestionFaulty,
    already_there,
    credit_of,
    read_proposal,
    read_reason,
)
from bot.domain.films.field_types import MAX_NAME, MAX_WHY
from bot.domain.films.films import Film
from bot.domain.text.normalize import has_ink
from tests.builders import YOUTUBE_ID, film
from tests.strategies import AWKWARD, PROPERTY

TRAIN = film()
ADDRESS = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
WHY = "Nobody sleeps."
NOW = datetime.datetime(2026, 11, 23, 19, 30, tzinfo=datetime.UTC)


def suggested(**changes: object) -> Suggestion:
    plain = Suggestion(1, 2, 3, "ann", "Pociąg", 1959, WHY, None, 4, NOW)
    return dataclasses.replace(plain, **changes)


def faults(title: str = "Pociąg", why: str = WHY, year: int | None = None, trailer: str | None = None) -> list[str]:
    with pytest.raises(SuggestionFaulty) as refused:
        read_proposal(title, why, year, trailer)
    return [f"{fault.path} {fault.kind}" for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("typed", "year", "name"),
    [
        ("Pociąg", None, "Pociąg"),
        ("  Pociąg \n two ", 1959, "Pociąg two (1959)"),
        ("Pociąg (1959)", None, "Pociąg (1959)"),
        ("Pociąg [1959] ", 1959, "Pociąg (1959)"),
        ("Pociąg (1959)", 1960, "Pociąg (1959) (1960)"),
        ("2001: A Space Odyssey", 1968, "2001: A Space Odyssey (1968)"),
        ("1984", None, "1984"),
        ("(1984)", None, "(1984)"),
        ("Zero\u200bWidth\u202e", None, "ZeroWidth"),
    ],
)
def test_title_and_year_are_cleaned_and_told_apart(typed: str, year: int | None, name: str) -> None:
    assert read_proposal(typed, WHY, year).name == name


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (f"https://youtu.be/{YOUTUBE_ID}?t=5", f"{ADDRESS}&t=5s"),
        (f"<iframe src='https://www.youtube.com/embed/{YOUTUBE_ID}'>", ADDRESS),
        (" ", None),
        (None, None),
    ],
)
def test_a_trailer_is_read_as_an_address_or_left_out(typed: str | None, address: str | None) -> None:
    trailer = read_proposal("Pociąg", WHY, None, typed).trailer
    assert (trailer.address() if trailer else None) == address


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert faults("\u200b", " \n", 1, "soon") == [
        "title blank",
        "why blank",
        "year greater_than_equal",
        "trailer trailer_address",
    ]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"title": "x" * (MAX_NAME + 1)}, "title string_too_long"),
        ({"why": "x" * (MAX_WHY + 1)}, "why string_too_long"),
        ({"year": 2201}, "year less_than_equal"),
        ({"year": 10**30}, "year less_than_equal"),
        ({"trailer": "https://example.org/" + "a" * 4000}, "trailer trailer_address"),
        ({"title": ""}, "title blank"),
    ],
)
def test_each_limit_is_named(values: dict[str, str], fault: str) -> None:
    assert faults(**values) == [fault]  # pyright: ignore[reportArgumentType]  # one of the parameters, whichever


def test_a_refused_trailer_says_why_and_gives_back_what_was_written() -> None:
    with pytest.raises(SuggestionFaulty) as refused:
        read_proposal("Pociąg", f"{WHY}\n\nNobody.", None, "https://example.org/x")
    [fault] = refused.value.faults
    assert fault.values["reason"] == "unknown_host"
    assert refused.value.typed == "Nobody sleeps. Nobody."


def test_texts_as_long_as_they_may_be_pass() -> None:
    proposal = read_proposal("x" * MAX_NAME, "y" * MAX_WHY, 2200)
    assert (len(proposal.title), len(proposal.why), proposal.year) == (MAX_NAME, MAX_WHY, 2200)
    assert len(read_reason("z" * MAX_REASON)) == MAX_REASON


@pytest.mark.parametrize(("typed", "kind"), [("z" * (MAX_REASON + 1), "string_too_long"), ("\u200b\n", "blank")])
def test_a_reason_is_one_line_and_has_to_be_there(typed: str, kind: str) -> None:
    assert read_reason(" Not\n\nfor us. ") == "Not for us."
    with pytest.raises(SuggestionFaulty) as refused:
        read_reason(typed)
    [fault] = refused.value.faults
    assert (fault.path, fault.kind) == ("reason", kind)


TEXTS = st.sampled_from(AWKWARD) | st.text(max_size=MAX_WHY + 50)


@PROPERTY
@given(TEXTS, TEXTS, st.none() | st.integers(), st.none() | TEXTS)
def test_anything_at_all_is_read_or_refused(title: str, why: str, year: int | None, trailer: str | None) -> None:
    try:
        proposal = read_proposal(title, why, year, trailer)
    except SuggestionFaulty as refusal:
        faulty = {fault.path for fault in refusal.faults}
    else:
        faulty = {name for name, text in (("title", proposal.title), ("why", proposal.why)) if not has_ink(text)}
        assert not faulty
        assert "\n" not in proposal.title
    assert faulty <= {"title", "why", "year", "trailer"}


@pytest.mark.parametrize(
    ("title", "year", "trailer", "common"),
    [
        ("NIGHT train!", 1959, None, "name"),
        ("Night Train", None, None, "name"),
        ("Pociąg", 1959, None, "name"),
        ("Something Else", 1999, f"youtu.be/{YOUTUBE_ID}?t=90", "trailer"),
        ("Night Train", 2009, None, None),
        ("Night Trains", 1959, None, None),
        ("Something Else", None, None, None),
        ("!!!", None, None, None),
    ],
)
def test_what_is_on_the_list_is_recognised(
    title: str, year: int | None, trailer: str | None, common: str | None
) -> None:
    films = [film("???", 2000, trailers=[]), film(original_title="Pociąg")]
    found = already_there(read_proposal(title, WHY, year, trailer), films)
    assert (found and found.common) == common
    assert found is None or found.film == films[1]


def test_a_title_of_signs_is_recognised_by_these_signs() -> None:
    signs = film("???", 2000, trailers=[])
    assert already_there(read_proposal("???", WHY), [signs]) is not None


def test_a_draft_begins_with_all_that_the_member_wrote() -> None:
    texts = suggested(trailer=ADDRESS).texts
    assert texts == {"name": "Pociąg (1959)", "why": WHY, "trailers": ADDRESS}
    assert suggested(year=None).texts == {"name": "Pociąg", "why": WHY}
    rest = {"directors": "Jerzy Kawalerowicz", "synopsis": "A night."}
    made = read_texts({**texts, **rest}, Origin("film-2000", NOW.date(), "Ben", suggested_by="ann"))
    assert isinstance(made, Film)
    assert (made.name, made.why, made.suggested_by) == ("Pociąg (1959)", WHY, "ann")
    assert made.trailers[0].address() == ADDRESS


@pytest.mark.parametrize(("name", "credit"), [("ann", "ann"), (" An\nn ", "An n"), ("\u3164", ""), ("\u200b", "")])
def test_a_name_that_nobody_could_see_is_no_credit(name: str, credit: str) -> None:
    assert credit_of(name) == credit


def test_a_suggestion_goes_from_hand_to_hand() -> None:
    opened = suggested()
    taken = opened.taken(7, "d")
    assert (taken.state, taken.curator_id, taken.draft, taken.is_decided) == (State.TAKEN, 7, "d", False)
    assert taken.given_back() == opened
    accepted = taken.decided(State.ACCEPTED, 7, slug="a-2000")
    assert (accepted.draft, accepted.slug, accepted.reason, accepted.is_decided) == (None, "a-2000", None, True)
    assert opened.decided(State.DECLINED, 8, reason="No.").reason == "No."
