"""The worst films and the worst words in a collection: every page is one that Discord takes."""

import pytest

from bot.domain.catalogue.collections import MAX_COLLECTION_SLUG, collection_slug
from bot.settings import Settings
from tests.builders import collection, write_collection
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, entries, sentence
from tests.scenarios.shelf import stocked
from tests.strategies import AWKWARD, worst_list
from tests.ui.kit.test_bot_limits import faults, shown

FILMS = worst_list()
NAMES = [f"{number:02} {'**W**' * 15}"[:80] for number in range(9)]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    made = stocked(settings, FILMS)
    for number, name in enumerate(NAMES):
        awkward = (AWKWARD[number % len(AWKWARD)] or "x") * 400
        lines = [{"slug": film.slug, "line": "*_~`|<" * 26} for film in FILMS[:50]]
        write_collection(
            made.films_folder,
            collection(
                name,
                introduction=("a" + awkward)[:400],
                curator="@everyone " * 15,
                films=lines,
                publication="[x](https://e.org) " * 7,
                year=2012,
            ),
        )
    return made


async def test_every_page_of_the_worst_collection_is_taken(club: Club) -> None:
    for name in NAMES:
        result = await club.ann.slash(club.lobby, "films collection", name=collection_slug(name))
        found = shown(result)
        page = answer(result)
        for _ in range(3):
            assert [fault for fault in faults(found, "") if not fault.startswith("drawn")] == []
            assert len(entries(page)) == 7, "a film was left out"
            assert {entry.count("\n") for entry in entries(page)} == {2}, "a film was cut off"
            turn = await club.ann.click(page, label="Next")
            found, page = shown(turn), answer(turn)


async def test_the_worst_list_of_collections_is_taken(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "films collection")
    assert [fault for fault in faults(shown(result), "") if not fault.startswith("drawn")] == []
    near = await club.ann.slash(club.lobby, "films collection", name="w w")
    assert refused(club, near) == sentence("error.collection_not_found_near", query="w w")
    assert [fault for fault in faults(shown(near), "") if not fault.startswith("drawn")] == []


def test_the_longest_slug_fits_the_custom_id() -> None:
    assert len(f"collections:show:-9999:{'a' * MAX_COLLECTION_SLUG}") <= 100
