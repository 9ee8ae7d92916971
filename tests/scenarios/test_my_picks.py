"""/my picks: films with reasons that name films, never members; and what is not for me."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.keeping import agree, private
from tests.scenarios.screen import Message, entries, heading, opened_by, sentence
from tests.scenarios.screen import text as said
from tests.scenarios.shelf import Restart, stocked

TRAINS = [film(f"Train {n}", 1950 + n, themes=["trains"], trailers=[]) for n in range(10)]
SHIPS = [film(f"Ship {n}", 1970 + n, themes=["the-sea"], directors=[f"P{n}"], trailers=[]) for n in range(10)]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [*TRAINS, *SHIPS])


async def picks(club: Club) -> Message:
    return private(await club.ann.slash(club.lobby, "my picks"))


async def test_who_has_marked_nothing_is_told_what_to_do(club: Club) -> None:
    shown = await picks(club)
    assert "I know too little of you yet" in said(shown)
    page = private(await club.ann.click(shown, label=sentence("button.browse")))
    assert heading(page) == "The list"


async def test_with_few_ratings_it_goes_by_content_and_says_so(club: Club) -> None:
    await club.ann.slash(club.lobby, "seen", film=TRAINS[0].slug, stars=9)
    shown = await picks(club)
    assert entries(shown)[0].startswith("**Train ")
    assert "Because you gave *Train 0* ★★★★½." in said(shown)
    assert sentence("picks.by_content") in said(shown)


async def test_who_only_wants_films_gets_some_too(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=TRAINS[0].slug)
    assert "Because of *Train 0* on your shelf." in said(await picks(club))


async def test_with_enough_ratings_it_goes_by_those_who_agreed_and_names_nobody(club: Club) -> None:
    cleo, dora = (club.guild.add_member(club.env.create_user(name)) for name in ("cleo", "dora"))
    for who in (club.ann, club.ben, cleo, dora):
        for one in (*TRAINS[:3], *SHIPS[:3], *([] if who is club.ann else [SHIPS[7]])):
            await who.slash(club.lobby, "seen", film=one.slug, stars=9)
    assert sentence("picks.by_content") in said(await picks(club))
    await agree(club, club.ben, cleo, dora)
    shown = said(await picks(club))
    assert sentence("picks.by_club") in shown
    assert "Ship 7" in shown
    assert not any(name in shown for name in ("ben", "cleo", "dora", "<@"))


async def test_what_is_not_for_me_goes_for_good_and_another_comes(club: Club, restart: Restart) -> None:
    await club.ann.slash(club.lobby, "seen", film=TRAINS[0].slug, stars=9)
    shown = await picks(club)
    first = opened_by(shown)[0]
    await restart()
    other = private(await club.ann.select(shown, [first], custom_id="mark:down"))
    assert first not in opened_by(other)
    assert len(opened_by(other)) == 5
    assert first not in opened_by(await picks(club))
    back = private(await club.ann.click(other, label="Undo"))
    assert first in opened_by(back)


async def test_tonight_has_a_line_for_whoever_asks(club: Club) -> None:
    before = private(await club.ann.slash(club.lobby, "films tonight"))
    assert sentence("picks.tonight") not in said(before)
    await club.ann.slash(club.lobby, "seen", film=TRAINS[0].slug, stars=9)
    shown = private(await club.ann.slash(club.lobby, "films tonight"))
    assert entries(shown)[-1].startswith(f"{sentence('picks.tonight')}\n**Train ")
    assert "Because you gave *Train 0*" in entries(shown)[-1]


async def test_in_a_direct_message_they_are_of_ones_own_marks(club: Club) -> None:
    await club.ann.user.slash("seen", film=TRAINS[0].slug, stars=9)
    shown = private(await club.ann.user.slash("my picks"))
    assert "Because you gave *Train 0*" in said(shown)


async def test_ten_films_from_cards_and_an_export_are_enough_for_reasons(club: Club) -> None:
    for number, one in enumerate((*TRAINS[:5], *SHIPS[:5])):
        shown = await club.ann.slash(club.lobby, "film", title=one.slug)
        assert shown.response is not None
        await club.ann.click(shown.response, label="Want to see" if number % 2 else "Seen it")
    text = "Date,Name,Year,Letterboxd URI,Rating\n" + "".join(
        f"2024-01-01,{one.title},{one.year},https://boxd.it/1,4.5\n" for one in TRAINS[5:7]
    )
    offered = private(await club.ann.slash(club.lobby, "my import", file=("ratings.csv", text.encode())))
    assert "2 films are marked." in said(private(await club.ann.click(offered, label="Mark 2 films")))
    shown = said(await picks(club))
    assert shown.count("Because you gave *Train") == 5
    await agree(club, club.ann)
    seen = await club.ben.slash(club.lobby, "film", title=TRAINS[5].slug)
    assert seen.response is not None
    assert said(seen.response).endswith("1 has seen it")
