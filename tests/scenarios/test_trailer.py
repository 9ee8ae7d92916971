"""/trailer: a film's trailer plays in the channel, and its other videos and moments are at hand."""

import pytest

from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film, write_entry
from tests.conftest import Club
from tests.scenarios.screen import answer, button, choices, labels, menu, sentence
from tests.scenarios.shelf import Restart, stocked

ADDRESS = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
MAIN = {"provider": "youtube", "id": YOUTUBE_ID, "label": "Official trailer"}
CLIP = {
    "provider": "vimeo",
    "id": "76979871",
    "label": "A clip",
    "start": 5,
    "moments": [{"at": 65, "note": "The ticket is torn"}],
}
PLAIN = film()
RICH = film("Rich", 1960, trailers=[MAIN, CLIP])
SILENT = film("Silent", 1961, trailers=[])
LINKED = film(
    "Linked",
    1962,
    trailers=[],
    links=[{"label": "The archive's page", "address": "https://archive.example/linked"}],
)
FULL = film(
    "Full",
    1963,
    trailers=[
        {
            "provider": "dailymotion",
            "id": f"x{number}abcd",
            "label": f"Part {number}",
            "moments": [{"at": at, "note": f"Second {at}"} for at in range(1, 6)],
        }
        for number in range(1, 6)
    ],
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [PLAIN, RICH, SILENT, LINKED, FULL])


async def test_the_trailer_is_the_bare_link_for_all(club: Club) -> None:
    played = answer(await club.ann.slash(club.lobby, "trailer", title="night train"))
    assert (played.content, played.ephemeral) == (ADDRESS, False)
    assert not played.embeds
    assert not played.components


async def test_what_else_there_is_to_watch_is_offered_to_the_member_alone(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "trailer", title="rich")
    assert result.response is not None
    assert (result.response.content, result.response.ephemeral) == (ADDRESS, False)
    [more] = result.followups
    assert (more.content, more.ephemeral) == (sentence("trailer.others", name=RICH.name), True)
    options = [option["label"] for option in menu(more)["options"]]
    assert options == ["Official trailer", "A clip", "A clip, 1:05: The ticket is torn"]


async def test_every_video_and_moment_can_be_played(club: Club) -> None:
    [more] = (await club.ann.slash(club.lobby, "trailer", title="rich")).followups
    addresses = [ADDRESS, "https://vimeo.com/76979871#t=5s", "https://vimeo.com/76979871#t=65s"]
    for choice, address in zip(choices(more), addresses, strict=True):
        played = answer(await club.ann.select(more, [choice]))
        assert (played.content, played.ephemeral) == (address, True)
        assert not played.components


async def test_more_than_a_menu_holds_is_cut_to_what_it_holds(club: Club) -> None:
    [more] = (await club.ann.slash(club.lobby, "trailer", title="full")).followups
    assert len(choices(more)) == 25
    assert len(set(choices(more))) == 25


async def test_a_film_without_trailer_says_so_to_the_member_alone(club: Club) -> None:
    said = answer(await club.ann.slash(club.lobby, "trailer", title="silent"))
    assert (said.content, said.ephemeral) == (sentence("trailer.none", name=SILENT.name), True)
    assert not said.components


async def test_a_film_without_trailer_offers_its_links(club: Club) -> None:
    said = answer(await club.ann.slash(club.lobby, "trailer", title="linked"))
    assert said.content == sentence("trailer.none_links", name=LINKED.name)
    assert said.ephemeral
    assert labels(said) == ["The archive's page"]
    assert button(said, "The archive's page")["url"] == "https://archive.example/linked"


async def test_a_choice_that_is_no_longer_there_plays_what_is(club: Club, settings: Settings, restart: Restart) -> None:
    [more] = (await club.ann.slash(club.lobby, "trailer", title="rich")).followups
    write_entry(settings.films_folder, film("Rich", 1960, trailers=[MAIN]))
    await restart()
    played = answer(await club.ann.select(more, [choices(more)[2]]))
    assert (played.content, played.ephemeral) == (ADDRESS, True)
