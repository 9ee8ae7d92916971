"""A film as texts and back: nothing is lost on the way, and whatever is typed gets an answer."""

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.curation.form_codec import Origin, keys_of, read_texts, texts_of
from bot.domain.curation.form_fields import FIELDS
from bot.domain.films.films import Film, slug_for
from bot.domain.films.loading import ValidationIssue
from bot.ui.errors.validation_lines import fault_lines
from bot.ui.kit.text import english, width
from tests.builders import YOUTUBE_ID, film
from tests.strategies import AWKWARD, LARGE, PROPERTY, WORST, films, worst
from tests.ui.locale_keys import LOCALES

TODAY = datetime.date(2026, 12, 1)
NEW = Origin("film-2000-0", TODAY, "Ann")
LEAST = {"name": "Night Train (1959)", "directors": "Jerzy Kawalerowicz", "why": "Look.", "synopsis": "They travel."}
FORM_LIMIT = 4000  # characters in one part of a form, by Discord's documentation


def edit(before: Film) -> Origin:
    return Origin(before.slug, before.added, "somebody else", before, before.suggested_by)


def made(texts: dict[str, str], origin: Origin = NEW) -> Film:
    read = read_texts(texts, origin)
    assert isinstance(read, Film), read
    return read


def faults(texts: dict[str, str], origin: Origin = NEW) -> tuple[ValidationIssue, ...]:
    read = read_texts(texts, origin)
    assert not isinstance(read, Film)
    return read


def typed() -> st.SearchStrategy[str]:
    """What a person, or somebody who means no good, may type."""
    pieces = st.sampled_from([*AWKWARD, *_HINTS, "\ud800", "\udfff", "\r\n", ",", ";", ":", "(1959)", " 1959: "])
    mixed = st.lists(pieces | st.text(st.characters(exclude_categories=[]), max_size=9), max_size=9).map("".join)
    return mixed | st.text(st.characters(exclude_categories=[])) | pieces.map(lambda piece: (piece or "a") * 10_000)


_HINTS = (f"https://youtu.be/{YOUTUBE_ID} ", "www.x.example", "a.b/c", "<iframe src='", "[embedplusvideo ", "source:")


def mappings() -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from([*FIELDS, "slug", "added", "title", ""]), typed())


def plain_films() -> st.SearchStrategy[Film]:
    """Films of which every part can be typed."""
    words = st.text("abcdefg", min_size=1, max_size=9)
    few = st.lists(words, unique=True, max_size=3)
    slugs = st.builds(slug_for, words, st.integers(1870, 1999)).map(lambda slug: f"pair-{slug}")
    starts = st.lists(st.integers(0, 9999), unique=True, max_size=3)
    parts: dict[str, st.SearchStrategy[Any]] = {
        "original_title": st.none() | words,
        "other_titles": few,
        "directors": few.filter(bool),
        "runtime": st.none() | st.integers(1, 2000),
        "countries": st.lists(st.sampled_from(["PL", "BA", "SUHH", "CD", "MM"]), unique=True),
        "languages": st.lists(st.sampled_from(["pl", "zh", "gaa", "zxx"]), unique=True),
        "genres": few,
        "themes": few,
        "synopsis": st.fixed_dictionaries({"text": words, "source": words | st.just("Ann")}),
        "trailers": starts.map(lambda all_: [{"provider": "vimeo", "id": f"1{n:05}", "start": n} for n in all_]),
        "links": few.map(lambda all_: [{"label": word, "address": f"https://x.example/{word}"} for word in all_]),
        "ids": st.fixed_dictionaries({"imdb": st.none() | st.just("tt0053168"), "tmdb": st.none() | st.just(7)}),
        "praise": few.map(lambda all_: [{"listed_as": w, "publication": w, "year": 1999} for w in all_]),
        "content_notes": st.none() | few,
        "light": st.none() | st.booleans(),
        "pairs_with": st.lists(slugs, unique=True, max_size=3).map(lambda a: [{"slug": s, "why": s} for s in a]),
        "curator": st.just("Ann"),
    }
    return st.fixed_dictionaries(parts).map(lambda drawn: film(**drawn))


@LARGE
@given(films())
def test_what_nobody_has_changed_is_the_same_film(before: Film) -> None:
    assert made(texts_of(before), edit(before)) == before


@pytest.mark.parametrize("name", WORST)
def test_every_text_of_the_worst_films_fits_into_a_form_and_comes_back(name: str) -> None:
    texts = texts_of(worst(name))
    assert {part: width(text) for part, text in texts.items() if width(text) > FORM_LIMIT} == {}
    assert made(texts, edit(worst(name))) == worst(name)
    assert made({part: text.replace("\n", "\r\n") for part, text in texts.items()}, edit(worst(name))) == worst(name)


@LARGE
@given(films(), st.sampled_from([*FIELDS]), typed())
def test_changing_one_text_changes_only_what_it_stands_for(before: Film, name: str, text: str) -> None:
    read = read_texts({**texts_of(before), name: text}, edit(before))
    if isinstance(read, Film):
        was, became = before.model_dump(), read.model_dump()
        assert {key for key in was if was[key] != became[key]} <= set(keys_of(name))
    else:
        assert [fault.path.partition(".")[0] for fault in read] == [name]


@PROPERTY
@given(plain_films())
def test_what_texts_can_say_is_read_without_the_film_that_it_was(before: Film) -> None:
    assert made(texts_of(before), Origin(before.slug, before.added, "Ann")) == before


@LARGE
@given(mappings(), st.none() | st.just(film(pairs_with=[{"slug": "knife-1962", "why": "Boats."}])))
def test_whatever_is_typed_gets_an_answer_in_words(texts: dict[str, str], base: Film | None) -> None:
    read = read_texts(texts, edit(base) if base else NEW)
    if isinstance(read, Film):
        assert Film.model_validate_json(read.model_dump_json()) == read
        return
    named = [fault.path.partition(".")[0] for fault in read]
    assert named == [name for name in FIELDS if name in named]  # one line for each field, in the forms' order
    assert named
    for fault, line in zip(read, fault_lines(read, english()), strict=True):
        assert f"fault.{fault.kind}" in LOCALES["en"]
        assert fault.kind not in {"other", "string_pattern_mismatch"}
        assert not re.search(r"\{\w+\}|\n", line) or "{" in "".join(texts.values())
        assert len(line) < 300


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("name", "", "name: is missing"),
        ("name", "Night Train", "name: has no year; put it behind the title"),
        ("name", "Night Train (1234)", "name: has a year that is too early; 1870 at the earliest"),
        ("name", "Night Train (9999)", "name: has a year that is too late; 2200 at the latest"),
        ("name", "x" * 151 + " (1959)", "name: is too long; at most 150 characters"),
        ("name", "\u200d (1959)", "name: is empty; write something that can be seen"),
        ("directors", " , ", "directors: is missing"),
        ("directors", ",".join("abcdefghijk"), "directors: has too many items; at most 10"),
        ("kind", "poem", "kind: has to be one of 'documentary', 'fiction'"),
        ("runtime", "abc", "runtime: is no length; write minutes, or hours and minutes"),
        ("runtime", "0", "runtime: is no length"),
        ("runtime", "2001", "runtime: has to be at most 2000"),
        ("themes", "поезда", "themes: “поезда” cannot be used"),
        ("themes", "x" * 9999, f"themes: “{'x' * 60}…” cannot be used"),
        ("countries", "Freedonia", "countries: “Freedonia” is no country"),
        ("languages", "Freedonian", "languages: “Freedonian” is no language"),
        ("why", "x" * 601, "why: is too long; at most 600 characters"),
        ("why", "\u200b", "why: is empty"),
        ("synopsis", "x" * 1501, "synopsis: is too long; at most 1500 characters"),
        ("synopsis", "Story.\nSource: " + "x" * 151, "synopsis: has a source that is too long; at most 150"),
        ("synopsis", "Source: Ben", "synopsis: is empty"),
        ("curator", "x" * 151, "curator: is too long; at most 150 characters"),
        ("content_notes", "blood\nblood", "content_notes: names the same thing twice"),
        ("light", "perhaps", "light: has to be yes or no"),
        ("trailers", "https://x.example/", "trailers.1: is not a trailer address: only YouTube, Vimeo"),
        ("trailers", f"youtu.be/{YOUTUBE_ID}\nyoutu.be/{YOUTUBE_ID} B", "trailers: names the same thing twice"),
        ("trailers", f"youtu.be/{YOUTUBE_ID} {'x' * 121}", "trailers.1: has a label that is too long; at most 120"),
        ("links", "x" * 81 + ": https://x.example/", "links.1: has a label that is too long; at most 80"),
        ("links", "A: https://x.example/" + "x" * 500, "links.1: has an address that is too long; at most 500"),
        ("links", "A: http://x.example/", "links.1: is not an address that begins with https://"),
        ("links", "A", "links.1: has no address in it"),
        ("picture", "x.jpg", "picture: is not an address that begins with https://"),
        ("ids", "tmdb 0", "ids: holds something that is no id"),
        ("praise", "A 1959: B\nC 1234: D", "praise.2: has a year that is too early; 1870 at the earliest"),
        ("praise", "x" * 151 + " 1959: B", "praise.1: names somebody too long before the year; at most 150"),
        ("praise", "A 1959: " + "x" * 121, "praise.1: says too much behind the year; at most 120"),
        ("pairs_with", "film-2000-0: it is itself", "pairs_with: pairs the film with itself"),
        ("pairs_with", "a-1959: b\na-1959: c", "pairs_with: names the same thing twice"),
        ("pairs_with", "Night Train", "pairs_with.1: names no film in the right form"),
    ],
)
def test_a_fault_says_what_would_be_right(name: str, text: str, line: str) -> None:
    [told] = fault_lines(faults({**LEAST, name: text}), english())
    assert told.startswith(line)


def test_all_faults_come_in_the_order_of_the_forms() -> None:
    texts = {"runtime": "abc", "countries": "XX", "links": "x", "themes": "!!!, ???", "praise": "x"}
    named = ["name", "directors", "runtime", "themes", "countries", "why", "synopsis", "links.1", "praise.1"]
    assert [fault.path for fault in faults(texts)] == named


def test_a_story_that_names_nobody_is_the_curators_own() -> None:
    assert made(LEAST).synopsis.source == "Ann"
    told = made({**LEAST, "synopsis": "They travel.\r\n\r\nSource:  Ben \r\n", "curator": "Cleo"})
    assert (told.synopsis.text, told.synopsis.source, told.curator) == ("They travel.", "Ben", "Cleo")
    assert texts_of(told)["synopsis"] == "They travel.\n\nSource: Ben"
    own = made({**LEAST, "synopsis": "Source: unknown\n\nThey travel.", "curator": "Cleo"})
    assert (own.synopsis.text, own.synopsis.source) == ("Source: unknown\n\nThey travel.", "Cleo")
    nobody = made({**LEAST, "synopsis": "They travel.\nSource: \u200b"})
    assert nobody.synopsis.source == "Ann"


def test_a_member_whose_name_cannot_be_seen_is_not_named() -> None:
    assert made(LEAST, Origin("film-2000-0", TODAY, "Ann", suggested_by="\u3164")).suggested_by is None
    assert made(LEAST, Origin("film-2000-0", TODAY, "Ann", suggested_by="Ben")).suggested_by == "Ben"


def test_what_is_left_out_is_taken_out() -> None:
    before = film(content_notes=["blood"], original_title="Pociąg", ids={"tmdb": 7})
    after = made({**LEAST, "curator": ""}, edit(before))
    kept = {"slug", "title", "year", "directors", "kind", "added"}
    assert after.model_dump(include=kept) == before.model_dump(include=kept)
    assert (after.content_notes, after.original_title, after.ids.tmdb) == (None, None, None)
    assert after.curator == "somebody else"


def test_a_pasted_page_is_read_at_once() -> None:
    # Were an expression to try every way of taking it apart, this would go on for hours.
    for run in ("\n", " ", ",", "a", "a.", "9", "(", "www.", "tmdb ", "tmdb:", "src=", "source:\n", "1999: ", "a-"):
        for name in FIELDS:
            read_texts({**LEAST, name: f"a{run * (30_000 // len(run))}b"}, NEW)


def test_a_text_of_no_field_is_passed_over() -> None:
    extra: dict[str, Any] = {"slug": "other-1999", "rating": "5"}
    assert made({**LEAST, **extra}) == made(LEAST)
