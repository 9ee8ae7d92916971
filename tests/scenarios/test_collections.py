"""/films collection: a member looks at all collections, opens one, turns its pages and goes on to a film."""

import pytest

from bot.domain.films.films import Film
from bot.settings import Settings
from tests.builders import collection, film, write_collection
from tests.conftest import Club, refused
from tests.scenarios.curators import curator
from tests.scenarios.screen import (
    Message,
    answer,
    below,
    button,
    card_and_trailer,
    choices,
    entries,
    heading,
    named,
    opened_by,
    sentence,
    subheading,
    texts,
)
from tests.scenarios.shelf import Restart, stocked, take_off

FILMS = [film(f"Train {number:02}", 1950 + number) for number in range(1, 9)]
SEA, LAKE = film("Sea", 1970), film("Lake", 1971)
TRAINS = collection("Mind the train", *reversed(FILMS), introduction="They never arrive.", curator="Ann")
BEST = collection("Best of 2012", LAKE, SEA, publication="New York Magazine", year=2012)
MORE = [collection(f"Double bill: {number}", SEA, FILMS[number]) for number in range(7)]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    made = stocked(settings, [*FILMS, SEA, LAKE])
    for one in (TRAINS, BEST, *MORE):
        write_collection(made.films_folder, one)
    return made


async def opened(club: Club, name: str) -> Message:
    return answer(await club.ann.slash(club.lobby, "films collection", name=name))


async def hide(club: Club, *films: Film) -> None:
    noor = curator(club)
    for one in films:
        answer(await noor.slash(club.lobby, "curate hide", title=one.slug))


async def test_without_a_name_all_collections_are_listed_for_the_member_alone(club: Club) -> None:
    page = answer(await club.ann.slash(club.lobby, "films collection"))
    assert page.ephemeral
    assert texts(page)[0] == f"{sentence('collection.all')}\n-# 9 collections · page 1 of 2"
    assert entries(page)[0] == "**Best of 2012**\n2 films\n-# Why these: Best of 2012."
    assert opened_by(page) == [BEST.slug, *(one.slug for one in MORE[:6])]
    second = answer(await club.ann.click(page, label="Next"))
    assert (second.id, subheading(second)) == (page.id, "9 collections · page 2 of 2")
    assert opened_by(second) == [MORE[6].slug, TRAINS.slug]
    shown = answer(await club.ann.click(second, custom_id=f"collections:show:0:{TRAINS.slug}"))
    assert (shown.id, heading(shown)) == (page.id, TRAINS.name)
    back = answer(await club.ann.click(shown, label=sentence("button.collections")))
    assert subheading(back) == "9 collections · page 1 of 2"


async def test_one_opens_with_its_introduction_and_its_films_in_the_curators_order(club: Club) -> None:
    page = await opened(club, TRAINS.slug)
    assert page.ephemeral
    assert (heading(page), texts(page)[1]) == ("Mind the train", "They never arrive.")
    why = "-# What Train 08 does here."
    assert entries(page)[0] == f"**Train 08 (1958)**\nJerzy Kawalerowicz · 1\u00a0h\u00a039\u00a0min\n{why}"
    assert named(page) == [one.name for one in FILMS[:0:-1]]
    assert subheading(page) == "8 films · put together by Ann · page 1 of 2"
    assert (button(page, "Previous")["disabled"], button(page, "Next")["disabled"]) == (True, False)


async def test_its_pages_turn_in_place_and_after_a_restart(club: Club, restart: Restart) -> None:
    page = await opened(club, "mind the train")
    await restart()
    second = answer(await club.ann.click(page, label="Next"))
    assert second.id == page.id
    assert named(second) == ["Train 01 (1951)"]
    assert subheading(second) == "8 films · put together by Ann · page 2 of 2"
    await restart()
    card, trailer = card_and_trailer(await club.ann.click(second, custom_id=f"film:peek:{FILMS[0].slug}"))
    assert (heading(card), card.ephemeral, trailer.ephemeral) == ("Train 01 (1951)", True, True)
    first = answer(await club.ann.click(second, label="Previous"))
    assert named(first) == [one.name for one in FILMS[:0:-1]]


async def test_a_published_list_says_who_published_it_and_when(club: Club) -> None:
    page = await opened(club, "best of 2012")
    assert texts(page)[1] == "**New York Magazine, 2012**\nWhy these: Best of 2012."
    assert named(page)[0] == "Lake (1971)"
    assert below(page) == [sentence("button.collections")]


async def test_typing_offers_names_and_a_slip_is_understood(club: Club) -> None:
    offered = await club.ann.autocomplete(club.lobby, "films collection", "name", "trai")
    assert offered == [{"name": "Mind the train", "value": "mind-the-train"}]
    assert len(await club.ann.autocomplete(club.lobby, "films collection", "name", "")) == 9
    assert heading(await opened(club, "mind teh train")) == "Mind the train"


async def test_a_name_that_fits_several_offers_them(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "films collection", name="double")
    assert refused(club, result) == sentence("error.collection_not_found_near", query="double")
    offered = answer(result)
    assert len(choices(offered)) == 5
    page = answer(await club.ann.select(offered, [MORE[2].slug]))
    assert (heading(page), page.content) == ("Double bill: 2", "")


async def test_an_unknown_name_is_refused(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "films collection", name="*qqq* www")
    assert refused(club, result) == sentence("error.collection_not_found", query="*qqq* www")


async def test_a_hidden_film_is_left_out_here_and_nowhere_else(club: Club) -> None:
    other = club.env.create_guild("Another club")
    elsewhere, eve = other.create_text_channel("films"), other.add_member(club.env.create_user("eve"))
    before = await opened(club, TRAINS.slug)
    await hide(club, FILMS[7], FILMS[6])
    page = answer(await club.ann.click(before, label="Next"))
    assert subheading(page) == "6 films · put together by Ann"
    assert opened_by(page) == [one.slug for one in FILMS[5::-1]]
    theirs = answer(await eve.slash(elsewhere, "films collection", name=TRAINS.slug))
    assert subheading(theirs) == "8 films · put together by Ann · page 1 of 2"


async def test_a_collection_whose_films_are_all_hidden_is_not_offered(club: Club) -> None:
    page = await opened(club, BEST.slug)
    await hide(club, SEA, LAKE)
    assert await club.ann.autocomplete(club.lobby, "films collection", "name", "best") == []
    listed = answer(await club.ann.click(page, label=sentence("button.collections")))
    assert BEST.slug not in opened_by(listed)
    result = await club.ann.slash(club.lobby, "films collection", name="Best of 2012")
    assert refused(club, result) == sentence("error.collection_not_found", query="Best of 2012")


async def test_a_button_of_a_collection_that_is_gone_is_refused(
    club: Club, settings: Settings, restart: Restart
) -> None:
    page = await opened(club, TRAINS.slug)
    (settings.films_folder.parent / "collections" / f"{TRAINS.slug}.toml").unlink()
    await restart()
    said = refused(club, await club.ann.click(page, label="Next"))
    assert said == sentence("error.collection_not_found", query=TRAINS.slug)


async def test_a_film_that_was_taken_off_leaves_no_dead_line(club: Club, settings: Settings, restart: Restart) -> None:
    take_off(settings, LAKE)
    await restart()
    page = await opened(club, BEST.slug)
    assert opened_by(page) == [SEA.slug]


async def test_collections_can_be_seen_in_a_direct_message(club: Club) -> None:
    page = answer(await club.ann.user.slash("films collection", name=TRAINS.slug))
    second = answer(await club.ann.user.click(page, label="Next"))
    assert named(second) == ["Train 01 (1951)"]


async def test_a_list_without_collections_says_so(club: Club, settings: Settings, restart: Restart) -> None:
    for path in (settings.films_folder.parent / "collections").glob("*.toml"):
        path.unlink()
    await restart()
    result = await club.ann.slash(club.lobby, "films collection")
    assert refused(club, result) == sentence("error.no_collections")


async def test_a_collection_with_a_fault_is_left_out_and_the_rest_is_there(
    club: Club, settings: Settings, restart: Restart
) -> None:
    (settings.films_folder.parent / "collections" / f"{BEST.slug}.toml").write_text("name = ?")
    await restart()
    page = answer(await club.ann.slash(club.lobby, "films collection"))
    assert subheading(page) == "8 collections · page 1 of 2"
