"""Want to see, seen it: from cards, commands and the form, told privately, taken back, and there after a restart."""

import pytest

from bot.domain.shelves.marks import ShelfOwner
from bot.settings import Settings
from tests.conftest import Club, refused
from tests.scenarios.keeping import KNIFE, NIGHT, SHELF, agree, card, private, say
from tests.scenarios.presses import at_once, click
from tests.scenarios.screen import labels, posts, sentence, text, texts
from tests.scenarios.shelf import Restart, stocked, take_off
from tests.scenarios.suggestions import bot_of
from tests.services.house import failing


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, SHELF)


async def test_a_press_says_privately_how_it_stands_and_another_takes_it_back(club: Club) -> None:
    shown = await card(club, club.ann)
    wanted = private(await club.ben.click(shown, label="Want to see"))
    assert "Night Train (1959)" in text(wanted)
    assert sentence("mark.wanted") in text(wanted)
    again = private(await club.ben.click(shown, label="Want to see"))
    assert sentence("mark.not_wanted") in text(again)
    assert len(posts(club, club.lobby.id)) == 2  # the card and its trailer


async def test_seeing_a_film_takes_it_off_what_is_wanted_and_undo_puts_it_back(club: Club) -> None:
    shown = await card(club, club.ann)
    await club.ann.click(shown, label="Want to see")
    seen = private(await club.ann.click(shown, label="Seen it"))
    assert "You have seen it, on <t:" in text(seen)
    assert sentence("mark.wanted") not in text(seen)
    first, second = await at_once(club, [click(club, club.ann, seen, "Undo") for _ in range(2)])
    assert sentence("mark.wanted") in text(private(first))
    assert refused(club, second) == sentence("error.mark_changed")


async def test_commands_mark_with_stars_and_a_day(club: Club) -> None:
    assert sentence("mark.wanted") in text(private(await club.ann.slash(club.lobby, "want", film="night train")))
    seen = private(await club.ann.slash(club.lobby, "seen", film="night train", stars=9, when="2024-02-29"))
    assert "★★★★½" in text(seen)
    assert "<t:1709208000:D>" in text(seen)
    twice = private(await club.ann.slash(club.lobby, "seen", film="night train", when="yesterday"))
    assert "2 times" in text(twice)
    assert "★★★★½" in text(twice)


@pytest.mark.parametrize("when", ["tomorrow", "2999-01-01", "08/11/2014", "1066-10-14", "the day before", "31.2.2020"])
async def test_a_day_that_is_none_is_refused_and_nothing_is_marked(club: Club, when: str) -> None:
    assert refused(club, await club.ann.slash(club.lobby, "seen", film="night train", when=when)) == sentence(
        "error.day_unknown"
    )
    shelf = private(await club.ann.slash(club.lobby, "my shelf"))
    assert sentence("shelf.empty") in text(shelf)


async def test_an_unknown_film_is_refused_with_the_near_ones(club: Club) -> None:
    assert "could not find" in refused(club, await club.ann.slash(club.lobby, "want", film="zzz qqq"))


async def test_the_form_has_ten_half_stars_and_is_filled_in_with_what_was_said(club: Club) -> None:
    panel = await say(club, club.ann, rating="7", review="Nobody sleeps.", spoils=False, named=True, day="")
    assert "★★★½" in text(panel)
    assert "Nobody sleeps." in text(panel)
    shown = await club.ann.click(panel, label="Change what you said")
    assert shown.modal is not None
    rating, review, spoils, named, _ = (each["component"] for each in shown.modal["components"])
    assert len(rating["options"]) == 10
    assert [option["value"] for option in rating["options"] if option.get("default")] == ["7"]
    assert review["value"] == "Nobody sleeps."
    assert (spoils["default"], named["default"]) == (False, True)


async def test_by_default_a_review_gives_the_story_away_and_has_no_name(club: Club) -> None:
    panel = private(await club.ann.slash(club.lobby, "seen", film="night train"))
    shown = await club.ann.click(panel, label="Rate or review it")
    assert shown.modal is not None
    defaults = {each["component"]["custom_id"]: each["component"].get("default") for each in shown.modal["components"]}
    assert (defaults["spoils"], defaults["named"]) == (True, False)


async def test_a_rating_is_changed_and_taken_back(club: Club) -> None:
    await say(club, club.ann, rating="7")
    assert "★★★★★" in text(await say(club, club.ann, rating="10"))
    assert "★" not in text(await say(club, club.ann, rating=None))


async def test_a_review_that_is_too_long_is_refused_and_comes_back_as_a_file(club: Club) -> None:
    panel = private(await club.ann.slash(club.lobby, "seen", film="night train"))
    shown = await club.ann.click(panel, label="Rate or review it")
    typed = {"rating": "7", "review": "word " * 120, "spoils": True, "named": False, "day": ""}
    said = refused(club, await club.ann.submit_modal(shown, typed))
    assert "599 characters" in said
    assert "★" not in text(private(await club.ann.slash(club.lobby, "seen", film="night train")))


async def test_everything_is_there_after_a_restart_and_every_button_goes_on(club: Club, restart: Restart) -> None:
    shown = await card(club, club.ann)
    panel = await say(club, club.ann, rating="9", review="Nobody sleeps.")
    await restart()
    wanted = private(await club.ann.click(panel, label="Want to see"))
    assert "★★★★½" in text(wanted)
    assert sentence("mark.wanted") in text(wanted)
    again = private(await club.ann.click(wanted, label="Saw it again today"))
    assert "2 times" in text(again)
    assert sentence("mark.wanted") in text(private(await club.ben.click(shown, label="Want to see")))
    gone = private(await club.ann.click(again, label="Haven't seen it"))
    assert sentence("mark.not_wanted") in text(gone)
    assert "Nobody sleeps." in text(private(await club.ann.click(gone, label="Undo")))


async def test_a_form_that_was_opened_before_a_restart_is_kept(club: Club, restart: Restart) -> None:
    panel = private(await club.ann.slash(club.lobby, "seen", film="night train"))
    shown = await club.ann.click(panel, label="Rate or review it")
    await restart()
    typed = {"rating": "8", "review": "", "spoils": True, "named": False, "day": ""}
    assert "★★★★" in text(private(await club.ann.submit_modal(shown, typed)))


async def test_in_a_direct_message_marks_are_the_members_alone(club: Club) -> None:
    said = private(await club.ann.user.slash("seen", film=NIGHT.slug, stars=8))
    assert sentence("mark.alone") in text(said)
    shelf = private(await club.ann.slash(club.lobby, "my shelf"))
    assert sentence("shelf.empty") in text(shelf)
    shelf = private(await club.ann.user.slash("my shelf"))
    assert "Night Train" in text(shelf)
    assert "Let others here see it" not in labels(shelf)


async def test_the_card_says_what_those_keep_who_agreed(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=NIGHT.slug)
    await club.ben.slash(club.lobby, "seen", film=NIGHT.slug, stars=9)
    assert texts(await card(club, club.ann))[-1] == "-# Picked by Front Row"
    await agree(club, club.ann, club.ben)
    assert texts(await card(club, club.ann))[-1].splitlines()[1:] == ["1 wants to see it · 1 has seen it"]


async def test_three_ratings_make_an_average(club: Club) -> None:
    cleo = club.guild.add_member(club.env.create_user("cleo"))
    for who, rating in ((club.ann, 10), (club.ben, 8), (cleo, 5)):
        await who.slash(club.lobby, "seen", film=NIGHT.slug, stars=rating)
    await agree(club, club.ann, club.ben, cleo)
    assert texts(await card(club, club.ann))[-1].splitlines()[1:] == ["3 have seen it · ★ 3.8"]


async def test_a_card_costs_no_request_more(club: Club) -> None:
    await club.ann.slash(club.lobby, "film", title=KNIFE.slug)
    before = len(club.env.http_requests)
    await agree(club, club.ann)
    await club.ann.slash(club.lobby, "want", film=KNIFE.slug)
    counted = len(club.env.http_requests)
    await club.ann.slash(club.lobby, "film", title=KNIFE.slug)
    assert len(club.env.http_requests) - counted == 1
    assert counted > before


async def test_a_film_that_was_taken_off_meanwhile_is_refused(club: Club, settings: Settings, restart: Restart) -> None:
    shown = await card(club, club.ann)
    take_off(settings, NIGHT)
    await restart()
    assert "taken off" in refused(club, await club.ann.click(shown, label="Want to see"))


async def test_a_database_that_fails_is_told_and_nothing_is_half_done(club: Club) -> None:
    shown = await card(club, club.ann)
    with failing("INSERT INTO shelf_acts"):
        assert "reference" in refused(club, await club.ann.click(shown, label="Want to see"))
    kept = await bot_of(club).services.shelves.of(ShelfOwner(club.guild.id, club.ann.id))
    assert kept.marks == {}
