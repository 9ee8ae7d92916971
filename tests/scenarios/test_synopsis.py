"""/synopsis: what a film is about."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.screen import answer, labels, sentence, texts
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
    assert texts(told) == ["## Night Train (1959)", story, "-# Synopsis: The Railway Review"]
    assert not told.ephemeral
    assert not told.embeds
    assert labels(told) == []


async def test_the_longest_story_is_told_to_its_end(club: Club) -> None:
    told = answer(await club.ann.slash(club.lobby, "synopsis", title="starry"))
    head, story, source = texts(told)
    assert head == "## Starry (1961)"
    assert story == r"\*\_" * 750
    assert source == sentence("card.source", source="*" * 150)
