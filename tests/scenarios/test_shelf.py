"""/my shelf: parts, orders, filters, pages, and the switch by which others see it."""

import pytest

from bot.settings import Settings
from tests.conftest import Club, refused
from tests.scenarios.keeping import KNIFE, NIGHT, OTHERS, SHELF, private, say
from tests.scenarios.screen import Message, below, button, entries, heading, menu, sentence, with_controls
from tests.scenarios.screen import text as lines
from tests.scenarios.shelf import Restart, stocked


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, SHELF)


async def test_a_shelf_shows_what_is_kept_part_by_part_and_in_orders(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=KNIFE.slug)
    await say(club, club.ann, rating="9", review="Nobody sleeps.")
    shelf = private(await club.ann.slash(club.lobby, "my shelf"))
    assert "Night Train (1959)" in lines(shelf)
    assert "★★★★½ · with a review" in lines(shelf)
    [knife] = [entry for entry in entries(shelf) if "Knife in the Water (1962)" in entry]
    assert knife.splitlines()[2] == "-# want to see"
    wanted = private(await club.ann.select(shelf, ["want"], custom_id=menu_id(shelf, "part")))
    assert "Night Train" not in lines(wanted)
    best = private(await club.ann.slash(club.lobby, "my shelf", sort="rating"))
    assert lines(best).index("Night Train") < lines(best).index("Knife")
    assert "Knife" not in lines(private(await club.ann.slash(club.lobby, "my shelf", theme="trains")))


def menu_id(shelf: Message, verb: str) -> str:
    return menu(shelf, f"shelf:{verb}")["custom_id"]


async def test_pages_turn_after_a_restart(club: Club, restart: Restart) -> None:
    for one in OTHERS:
        await club.ann.slash(club.lobby, "want", film=one.slug)
    shelf = private(await club.ann.slash(club.lobby, "my shelf", show="want", sort="title"))
    assert len(entries(shelf)) == 7
    await restart()
    second = private(await club.ann.click(shelf, label="Next"))
    assert len(entries(second)) == 5
    assert button(second, "Next")["disabled"]


async def test_the_switch_says_what_it_does_and_outlives_a_restart(club: Club, restart: Restart) -> None:
    shelf = private(await club.ann.slash(club.lobby, "my shelf"))
    assert sentence("shelf.hidden") in lines(shelf)
    shown = private(await club.ann.click(shelf, label="Let others here see it"))
    assert sentence("shelf.shown") in lines(shown)
    await restart()
    hidden = private(await club.ann.click(shown, label="Keep it to yourself"))
    assert sentence("shelf.hidden") in lines(hidden)


async def test_a_shelf_is_seen_by_nobody_else(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=NIGHT.slug)
    shelf = private(await club.ben.slash(club.lobby, "my shelf"))
    assert sentence("shelf.empty") in lines(shelf)
    assert heading(private(await club.ben.click(shelf, label=sentence("button.browse")))) == "The list"


async def test_a_menu_of_another_version_is_refused(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=NIGHT.slug)
    shelf = private(await club.ann.slash(club.lobby, "my shelf"))
    shelf = with_controls(club, shelf, '"seen"', '"lost"')
    assert refused(club, await club.ann.select(shelf, ["lost"], custom_id=menu_id(shelf, "part"))) == sentence(
        "error.list_changed"
    )


async def test_a_year_is_drawn_once_it_says_something(club: Club) -> None:
    for one in OTHERS[:3]:
        assert "This year" not in lines(private(await club.ann.slash(club.lobby, "my shelf")))
        await club.ann.slash(club.lobby, "seen", film=one.slug, when="today")
    said = lines(private(await club.ann.slash(club.lobby, "my shelf")))
    assert "This year 3 times" in said
    assert "█" in said
    assert below(private(await club.ann.slash(club.lobby, "my shelf"))) == ["Let others here see it"]
