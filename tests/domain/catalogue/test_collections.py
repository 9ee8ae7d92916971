"""Collections: what one may hold, what a server sees of it, and finding it by what people type."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.collections import (
    Collection,
    CollectionNotFound,
    GuildCollection,
    collection_slug,
    find,
    guild_collections,
    suggest,
)
from tests.builders import collection, film

NIGHT, DAY, SEA = film("Night Train", 1959), film("Day Train", 1960), film("Sea", 1961)
LIST = Catalogue.of([NIGHT, DAY, SEA])


def seen(*names: str) -> tuple[GuildCollection, ...]:
    return guild_collections([collection(name, NIGHT, SEA) for name in names], LIST)


def found(typed: str, *names: str) -> str:
    return find(typed, seen(*names)).collection.name


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"films": [{"slug": NIGHT.slug, "line": "!"}]}, "too_short"),
        ({"films": [{"slug": NIGHT.slug, "line": "a"}, {"slug": NIGHT.slug, "line": "b"}]}, "film_twice"),
        ({"films": [{"slug": NIGHT.slug, "line": "x" * 161}, {"slug": SEA.slug, "line": "b"}]}, "string_too_long"),
        ({"introduction": " "}, "blank"),
        ({"introduction": "x" * 401}, "string_too_long"),
        ({"publication": "New York Magazine"}, "published_when"),
        ({"year": 2012}, "published_when"),
        ({"slug": "Trains"}, "string_pattern_mismatch"),
        ({"colour": "red"}, "extra_forbidden"),
    ],
)
def test_a_collection_that_is_not_right_is_refused(wrong: dict[str, Any], kind: str) -> None:
    values = collection("Trains", NIGHT, SEA).model_dump()
    with pytest.raises(ValidationError) as refused:
        Collection.model_validate({**values, **wrong})
    assert refused.value.errors()[0]["type"] == kind


def test_a_published_list_keeps_who_and_when() -> None:
    one = collection("Best of 2012", NIGHT, SEA, publication="New York Magazine", year=2012)
    assert (one.publication, one.year) == ("New York Magazine", 2012)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Don't retreat, retweet", "dont-retreat-retweet"),
        ("Żółć: la nuit", "zolc-la-nuit"),
        ("夜", "collection"),
        ("a " * 60, "-".join("a" * 30)),
    ],
)
def test_a_name_has_a_slug(name: str, slug: str) -> None:
    assert collection_slug(name) == slug


def test_a_server_sees_the_films_of_its_list_in_the_curators_order() -> None:
    whole = collection("Trains", SEA, NIGHT, DAY)
    [programme] = guild_collections([whole], Catalogue.of([NIGHT, SEA]))
    assert programme.films == ((SEA, whole.films[0].line), (NIGHT, whole.films[1].line))


def test_a_collection_of_which_nothing_is_left_is_none() -> None:
    assert guild_collections([collection("Trains", NIGHT, DAY)], Catalogue.of([SEA])) == ()


def test_collections_come_by_name() -> None:
    assert [p.collection.name for p in seen("Zoo", "under 80", "Été")] == ["Été", "under 80", "Zoo"]


@pytest.mark.parametrize(
    "typed",
    ["double-bill-trains", "Double bill: Trains", "DOUBLE BILL TR", "trains", "bill tra", "doubel bill trians"],
)
def test_one_is_found_by_its_slug_its_name_a_part_or_a_slip(typed: str) -> None:
    assert found(typed, "Double bill: Trains", "Double bill: Ships", "Silents") == "Double bill: Trains"


def test_an_exact_name_beats_a_longer_one() -> None:
    assert found("trains", "Trains", "Trains at night") == "Trains"


@pytest.mark.parametrize(
    ("typed", "near"),
    [("double bill", {"Double bill: Ships", "Double bill: Trains"}), ("zzzz qqqq", set[str]()), ("!?", set[str]())],
)
def test_what_fits_several_or_none_is_refused_with_what_is_near(typed: str, near: set[str]) -> None:
    with pytest.raises(CollectionNotFound) as refused:
        found(typed, "Double bill: Trains", "Double bill: Ships", "Silents")
    assert {each.name for each in refused.value.near} == near
    assert refused.value.values == {"query": typed}


def test_while_typing_the_likeliest_come_first_and_nothing_typed_offers_all() -> None:
    known = seen("Come hungry", "Hungry ghosts", "Silents")
    assert [p.collection.name for p in suggest("hungry", known, 25)] == ["Hungry ghosts", "Come hungry"]
    assert len(suggest(" ", known, 25)) == 3
    assert len(suggest("", known, 2)) == 2
