"""Drafts: what they would become, what a new film is called, and two curators' work in one."""

import dataclasses
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation.drafts import Difference, Draft, differences, merged, renamed
from bot.domain.curation.form_codec import texts_of
from bot.domain.curation.form_fields import FIELDS
from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue, film_body
from tests.builders import film
from tests.strategies import LARGE, PROPERTY, films

NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
TODAY = NOW.date()
NIGHT = film(suggested_by="Ben")
TEXTS = texts_of(film())
MOMENTS = [{"provider": "vimeo", "id": "76979871", "moments": [{"at": 5, "note": "Look."}]}]


def draft(texts: dict[str, str], slug: str | None = None, base: Film | None = None) -> Draft:
    return Draft("d", 1, 2, texts, NOW, slug, film_body(base) if base else None)


def test_a_new_film_is_of_today_and_of_its_curator() -> None:
    del (texts := dict(TEXTS))["curator"]
    read = draft(texts).read("Ann", TODAY)
    assert isinstance(read, Film)
    assert (read.added, read.curator, read.suggested_by) == (TODAY, "Ann", None)
    credited = dataclasses.replace(draft(texts), suggested_by="Cleo").read("Ann", TODAY)
    assert isinstance(credited, Film)
    assert credited.suggested_by == "Cleo"


def test_an_edited_film_keeps_its_day_its_slug_and_whose_idea_it_was() -> None:
    edited = draft({**TEXTS, "name": "The Night Train (1960)"}, NIGHT.slug, NIGHT)
    read = dataclasses.replace(edited, suggested_by="Cleo").read("Ann", TODAY)
    assert read == NIGHT.model_copy(update={"title": "The Night Train", "year": 1960})


def test_a_film_that_went_meanwhile_keeps_what_no_text_tells() -> None:
    before = film(trailers=MOMENTS, suggested_by="Ben")
    assert draft(texts_of(before), before.slug).read("Ann", TODAY, last=before) == before


def test_a_base_that_is_no_film_any_more_is_in_nobodys_way() -> None:
    broken = Draft("d", 1, 2, TEXTS, NOW, NIGHT.slug, '{"title": "x"}')
    read = broken.read("Ann", TODAY)
    assert isinstance(read, Film)
    assert (read.slug, read.added) == (NIGHT.slug, TODAY)


def test_a_draft_with_faults_tells_them() -> None:
    read = draft({}).read("Ann", TODAY)
    assert not isinstance(read, Film)
    assert [fault.path for fault in read] == ["name", "directors", "why", "synopsis"]


@pytest.mark.parametrize(("text", "title"), [(None, ""), ("", ""), (" a\n\u200bb ", "a b"), ("\ud800", "")])
def test_a_draft_is_called_what_was_typed(text: str | None, title: str) -> None:
    assert draft({} if text is None else {"name": text}).title == title


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        (set[str](), "night-train-1959"),
        ({"night-train-1960"}, "night-train-1959"),
        ({"night-train-1959"}, "night-train-1959-2"),
        ({"night-train-1959", "night-train-1959-3"}, "night-train-1959-2"),
        ({"night-train-1959", "night-train-1959-2"}, "night-train-1959-3"),
    ],
)
def test_a_new_film_has_the_first_slug_that_is_free(taken: set[str], slug: str) -> None:
    assert renamed(film(slug="film-2000-0"), frozenset(taken)) == film(slug=slug)


def test_a_new_film_may_be_paired_with_its_namesake_but_not_with_itself() -> None:
    paired = film(slug="film-2000-0", pairs_with=[{"slug": "night-train-1959", "why": "Look."}])
    assert renamed(paired, frozenset()) == (ValidationIssue("", "pairs_with", "pairs_with_itself"),)
    other = renamed(paired, frozenset({"night-train-1959"}))
    assert isinstance(other, Film)
    assert other.slug == "night-train-1959-2"


@LARGE
@given(films(), st.integers(0, 98))
def test_a_renamed_film_can_be_read_again(entry: Film, many: int) -> None:
    taken: set[str] = set()
    for _ in range(many):
        named = renamed(entry, frozenset(taken))
        assert isinstance(named, Film)
        taken.add(named.slug)
    named = renamed(entry, frozenset(taken))
    assert isinstance(named, Film)
    assert named.slug not in taken
    assert Film.model_validate_json(film_body(named)) == named


def test_differences_are_told_in_the_order_of_the_forms() -> None:
    after = film(why="Mine.", runtime=None, original_title="Pociąg")
    assert differences(film(), after) == (
        Difference("runtime", "99", ""),
        Difference("original_title", "", "Pociąg"),
        Difference("why", "Nobody sleeps, and everybody is seen.", "Mine."),
    )
    assert differences(film(), film()) == ()
    assert [each.after for each in differences(None, film())] == list(TEXTS.values())
    assert [each.before for each in differences(film(), None)] == list(TEXTS.values())
    assert differences(None, None) == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "prefer_mine", "kept"),
    [
        ({"runtime": "100"}, {"why": "Theirs."}, True, {"runtime": "100", "why": "Theirs."}),
        ({"runtime": "100"}, {"why": "Theirs."}, False, {"runtime": "100", "why": "Theirs."}),
        ({"why": "Mine."}, {"why": "Theirs."}, True, {"why": "Mine."}),
        ({"why": "Mine."}, {"why": "Theirs."}, False, {"why": "Theirs."}),
        ({"prompts": ""}, {"prompts": "Why?"}, True, {"prompts": ""}),
        ({"prompts": ""}, {"prompts": "Why?"}, False, {"prompts": "Why?"}),
        ({"why": " Mine.\r\n"}, {}, False, {"why": "Mine."}),
        ({"why": TEXTS["why"] + "\r\n "}, {"why": "Theirs."}, True, {"why": "Theirs."}),
    ],
)
def test_both_changes_are_joined(
    mine: dict[str, str], theirs: dict[str, Any], prefer_mine: bool, kept: dict[str, str]
) -> None:
    changes: dict[str, Any] = {key: [text] if key == "prompts" else text for key, text in theirs.items()}
    joined = merged({**TEXTS, **mine}, film(), film(**changes), prefer_mine=prefer_mine)
    assert joined == dict.fromkeys(FIELDS, "") | TEXTS | kept


def versions() -> st.SearchStrategy[Film]:
    """Forms of one film, which often agree."""
    prompts = st.lists(st.sampled_from(["Why?", "Who?"]), max_size=1)
    return st.builds(film, runtime=st.none() | st.integers(1, 2), why=st.sampled_from("abc"), prompts=prompts)


@PROPERTY
@given(versions(), versions(), versions(), st.booleans())
def test_nobodys_change_is_lost_where_only_one_made_it(base: Film, mine: Film, theirs: Film, prefer_mine: bool) -> None:
    was, my, their = texts_of(base), texts_of(mine), texts_of(theirs)
    joined = merged(my, base, theirs, prefer_mine=prefer_mine)
    for name in FIELDS:
        before, here, there = was.get(name, ""), my.get(name, ""), their.get(name, "")
        if here == before:
            assert joined[name] == there
        elif there == before:
            assert joined[name] == here
        else:
            assert joined[name] == (here if prefer_mine else there)
    assert merged(joined, theirs, theirs, prefer_mine=prefer_mine) == joined
