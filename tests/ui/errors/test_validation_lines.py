"""Whatever is wrong with an entry file, the curator is told in a sentence where and what."""

import copy
import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import tomli_w

from bot.domain.films.loading import ValidationIssue
from bot.storage.content.films import read_films
from bot.ui.errors.validation_lines import fault_lines
from bot.ui.kit.text import english
from tests.ui.locale_keys import LOCALES

ENTRY: dict[str, Any] = {
    "title": "Night Train",
    "original_title": "Pociąg",
    "other_titles": ["Baltic Express"],
    "year": 1959,
    "directors": ["Jerzy Kawalerowicz"],
    "kind": "fiction",
    "runtime": 99,
    "countries": ["PL"],
    "languages": ["pl"],
    "genres": ["drama"],
    "themes": ["trains"],
    "why": "Nobody sleeps.",
    "synopsis": {"text": "Two strangers.", "source": "Ann"},
    "trailers": [
        {"provider": "vimeo", "id": "76979871", "start": 1, "stop": 2, "moments": [{"at": 1, "note": "Look."}]},
        {"address": "https://youtu.be/0MYFOzP6Xns", "label": "Teaser"},
    ],
    "picture": "https://example.org/a.jpg",
    "links": [{"label": "Home page", "address": "https://example.org/"}],
    "ids": {"imdb": "tt0053168", "tmdb": 1},
    "praise": [{"listed_as": "Prize", "publication": "Venice", "year": 1959}],
    "content_notes": ["blood"],
    "prompts": ["Why?"],
    "pairs_with": [{"slug": "persepolis-2007", "why": "Both travel."}],
    "curator": "Ann",
    "added": datetime.date(2026, 11, 23),
}
DAY = datetime.datetime(2026, 11, 23, 8, tzinfo=datetime.UTC)
# One of every kind of value that a TOML file can hold, and the extremes of some.
ODD: tuple[Any, ...] = (
    *("", "\u200b", "soon", "x" * 2000, "https://example.org/", "2026-11-23T08:00:00", 0, -1, 7, 10**20, 1.5),
    *(float("nan"), float("inf"), True, [], [7], ["a", "a"], ["a"] * 30, {}, {"x": 1}, [{"x": 1}]),
    *(DAY, DAY.replace(tzinfo=None), DAY.date(), DAY.time()),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in an entry."""
    if path:
        yield path
    inside: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        inside = cast("dict[str, Any]", value).items()
    elif isinstance(value, list):
        inside = enumerate(cast("list[Any]", value))
    for key, part in inside:
        yield from places(part, (*path, key))


def spoilt(place: tuple[Any, ...], odd: Any) -> dict[str, Any]:
    """The entry with something odd in one place, or without what stands there."""
    entry = copy.deepcopy(ENTRY)
    around: Any = entry
    for key in place[:-1]:
        around = around[key]
    if odd is None:
        del around[place[-1]]
    else:
        around[place[-1]] = odd
    return entry


def misspelt() -> Iterator[dict[str, Any]]:
    """The entry with a key too many at every level."""
    for place in [(), *places(ENTRY)]:
        entry = copy.deepcopy(ENTRY)
        around: Any = entry
        for key in place:
            around = around[key]
        if isinstance(around, dict):
            around["lable"] = "x"
            yield entry


def written(folder: Path, entries: Iterator[dict[str, Any]]) -> tuple[ValidationIssue, ...]:
    """The faults of all these entries, each in a file of its own."""
    for number, entry in enumerate(entries):
        (folder / f"night-train-1959-{number}.toml").write_text(tomli_w.dumps(entry), encoding="utf-8")
    return read_films(folder).faults


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> tuple[ValidationIssue, ...]:
    every = [spoilt(place, odd) for place in places(ENTRY) for odd in (None, *ODD)]
    return written(tmp_path_factory.mktemp("films"), iter([*every, *misspelt()]))


def test_the_entry_itself_has_no_fault(tmp_path: Path) -> None:
    assert written(tmp_path, iter([ENTRY])) == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_fault_has_a_sentence(locale: str, faults: tuple[ValidationIssue, ...]) -> None:
    kinds = {fault.kind for fault in faults}
    assert len(kinds) > 20
    assert sorted(kind for kind in kinds if f"fault.{kind}" not in LOCALES[locale]) == []


def test_every_fault_is_told_in_one_line_with_nothing_left_to_fill_in(faults: tuple[ValidationIssue, ...]) -> None:
    lines = list(fault_lines(faults, english()))
    assert len(lines) == len(faults)
    assert [line for line in lines if re.search(r"\{[a-z_]*\}|\n", line)] == []


@pytest.mark.parametrize(
    ("place", "odd", "line"),
    [
        (("title",), "x" * 151, "title: is too long; at most 150 characters"),
        (("why",), "x" * 601, "why: is too long; at most 600 characters"),
        (("synopsis", "text"), "x" * 1501, "synopsis.text: is too long; at most 1500 characters"),
        (("links", 0, "label"), "x" * 81, "links.0.label: is too long; at most 80 characters"),
        (("themes",), list("abcdefghi"), "themes: has too many items; at most 8"),
        (("directors",), [], "directors: has too few items; at least 1"),
        (("year",), "soon", "year: has to be a whole number"),
        (("year",), 1869, "year: has to be at least 1870"),
        (("countries", 0), "XX", "countries.0: “XX” is no country code; use ISO 3166"),
        (("kind",), "poem", "kind: has to be one of 'documentary', 'fiction'"),
        (("added",), 7.5, "added: has to be a date"),
        (("trailers", 1, "address"), "https://x.example/", "trailers.1: is not a trailer address: only YouTube"),
        (("trailers", 0, "stop"), 1, "trailers.0: stops before it starts"),
        (("rating",), 5, "rating: is not a key of an entry"),
        (("tilte",), "x", "tilte: is not a key of an entry; did you mean “title”?"),
        (("slug",), "x", "slug: comes from the file's name"),
    ],
)
def test_a_fault_is_told_by_file_place_and_reason(tmp_path: Path, place: tuple[Any, ...], odd: Any, line: str) -> None:
    found = list(fault_lines(written(tmp_path, iter([spoilt(place, odd)])), english()))
    assert any(each.startswith(f"night-train-1959-0.toml:{line}") for each in found), found


def test_a_file_that_is_no_toml_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken-1999.toml").write_text('title = "Broken"\nyear = \n', encoding="utf-8")
    [line] = fault_lines(read_films(tmp_path).faults, english())
    assert line == "broken-1999.toml:2: is not valid TOML: Invalid value"
