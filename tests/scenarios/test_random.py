"""/films random: chance picks a film, and none comes twice before all have come once."""

import pytest
import simcord

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.presses import at_once, slash
from tests.scenarios.screen import card_and_trailer, heading, sentence
from tests.scenarios.shelf import Restart, stocked

RIVERS = [film(f"River {name}", 1970, themes=["rivers"]) for name in ("Oder", "Rhine")]
FILMS = [*RIVERS, film("Hill", 1971), film("Lake", 1972), film("Moor", 1973)]
HEADINGS = {one.name for one in FILMS}
WET = {one.name for one in RIVERS}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, FILMS)


async def picked(member: simcord.MemberActor, channel: simcord.ChannelHandle, **wanted: str) -> str:
    card, trailer = card_and_trailer(await member.slash(channel, "films random", **wanted))
    assert (card.ephemeral, trailer.ephemeral) == (False, False)
    return heading(card)


async def test_nothing_repeats_until_the_list_is_used_up_and_then_it_begins_anew(club: Club) -> None:
    for _ in range(3):
        assert {await picked(club.ann, club.lobby) for _ in FILMS} == HEADINGS


async def test_chance_keeps_to_what_was_asked_for(club: Club) -> None:
    for _ in range(3):
        assert {await picked(club.ann, club.lobby, theme="rivers") for _ in RIVERS} == WET


async def test_a_narrowed_pick_counts_towards_the_whole_list_and_begins_anew_alone(club: Club) -> None:
    first = await picked(club.ann, club.lobby, theme="rivers")
    rest = {await picked(club.ann, club.lobby) for _ in FILMS[1:]}
    assert {first, *rest} == HEADINGS
    assert {await picked(club.ann, club.lobby, theme="rivers") for _ in RIVERS} == WET


async def test_a_restart_forgets_nothing(club: Club, restart: Restart) -> None:
    before = {await picked(club.ann, club.lobby) for _ in FILMS[2:]}
    await restart()
    after = {await picked(club.ben, club.lobby) for _ in FILMS[:2]}
    assert before | after == HEADINGS


async def test_two_servers_do_not_share_what_they_have_seen(club: Club) -> None:
    other = club.env.create_guild("Monday Film Club")
    hall = other.create_text_channel("hall")
    eve = other.add_member(club.env.create_user("eve"))
    seen = {await picked(club.ann, club.lobby) for _ in FILMS[1:]}
    assert {await picked(eve, hall) for _ in FILMS} == HEADINGS
    assert {await picked(club.ann, club.lobby), *seen} == HEADINGS


async def test_as_many_presses_at_once_as_there_are_films_get_a_film_each(club: Club) -> None:
    presses = [slash(club, club.ann, club.lobby, "films random") for _ in FILMS]
    results = await at_once(club, presses)
    assert {heading(card_and_trailer(result)[0]) for result in results} == HEADINGS


async def test_a_direct_message_gets_a_film_too(club: Club) -> None:
    for _ in range(len(FILMS) + 1):
        card, _ = card_and_trailer(await club.ann.user.slash("films random", theme="rivers"))
        assert heading(card) in WET


async def test_what_no_film_fits_is_refused_privately(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "films random", theme="rivers", decade="1990")
    assert refused(club, result) == sentence("error.nothing_matches")
