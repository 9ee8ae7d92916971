"""/synopsis: what a film is about, as plain text."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import answer
from tests.scenarios.shelf import stocked

TRAIN = film(synopsis={"text": "Two strangers share a compartment.\n\nNobody sleeps.", "source": "The Railway Review"})
# Every character needs a backslash, so that it doubles.
STARRY = film("Starry", 1961, synopsis={"text": "*_" * 750, "source": "*" * 150})


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, STARRY])


async def test_all_read_the_story_and_where_it_is_from(club: Club) -> None:
    told = answer(await club.ann.slash(club.lobby, "synopsis", title="night train"))
    story = "Two strangers share a compartment.\n\nNobody sleeps."
    assert told.content == f"**Night Train (1959)**\n{story}\n-# Synopsis: The Railway Review"
    assert not told.ephemeral
    assert not told.embeds
    assert not told.components


async def test_the_longest_story_fits_into_a_message(club: Club) -> None:
    told = answer(await club.ann.slash(club.lobby, "synopsis", title="starry"))
    story = told.content.splitlines()[1]
    assert 1400 < len(story) <= 1500
    assert story.startswith(r"\*\_\*\_")
    assert story.endswith("…")
    assert len(told.content) <= 2000
