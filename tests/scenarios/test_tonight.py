"""/films tonight: a handful of films for a mood and the time there is, each with a reason; or what to ask less of."""

import pytest

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import curator, panel, published
from tests.scenarios.screen import Message, answer, card_and_trailer, choices, heading, labels, sentence
from tests.scenarios.shelf import Restart, stocked

FUNNY = [
    film(f"Funny {number:02}", 1980, themes=["comedy", "trains"], runtime=80 + number, light=True)
    for number in range(12)
]
SAD = film("Sad", 1999, themes=["grief"], runtime=70, languages=["en"])
BLOODY = film("Bloody", 2001, themes=["comedy"], runtime=60, languages=["en"], light=False)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [*FUNNY, SAD, BLOODY])


async def tonight(club: Club, **asked: str | int | bool) -> Message:
    page = answer(await club.ann.slash(club.lobby, "films tonight", **asked))
    assert page.ephemeral
    return page


def lines(page: Message) -> list[str]:
    [embed] = page.embeds
    assert embed.description is not None
    return embed.description.split("\n\n")


async def test_what_was_asked_stands_above_films_with_their_length_and_reason(club: Club) -> None:
    page = await tonight(club, mood="laugh", minutes=90, language="English")
    assert page.embeds[0].title == sentence("tonight.title")
    assert lines(page) == [
        "Only: To laugh, up to 1\u00a0h\u00a030\u00a0min, in English",
        "**Bloody (2001)** · 1\u00a0h\nTo laugh: comedy. 30\u00a0min to spare.",
    ]
    assert choices(page) == [BLOODY.slug]
    assert labels(page) == []


async def test_without_a_wish_the_themes_are_the_reason(club: Club) -> None:
    page = await tonight(club, minutes=70, decade="1990")
    assert lines(page)[1] == "**Sad (1999)** · 1\u00a0h\u00a010\u00a0min\nAbout grief."
    assert not str((await tonight(club)).embeds[0].description).startswith("Only:")


async def test_others_follow_until_all_have_come_and_a_restart_forgets_nothing(club: Club, restart: Restart) -> None:
    page = await tonight(club, mood="laugh", light=True)
    pages = [choices(page)]
    for _ in range(3):
        await restart()
        page = answer(await club.ann.click(page, label="Others"))
        pages.append(choices(page))
    assert [len(found) for found in pages] == [5, 5, 2, 5]
    assert pages[3] == pages[0]
    assert {slug for found in pages for slug in found} == {one.slug for one in FUNNY}
    assert lines(page)[0] == "Only: To laugh, nothing too dark"


async def test_a_film_for_tonight_opens(club: Club, restart: Restart) -> None:
    page = await tonight(club, decade="1990")
    await restart()
    card, _ = card_and_trailer(await club.ann.select(page, [SAD.slug]))
    assert (heading(card), card.ephemeral) == ("Sad (1999)", True)


async def test_where_nothing_fits_each_wish_that_stands_in_the_way_can_be_given_up(
    club: Club, restart: Restart
) -> None:
    page = await tonight(club, mood="laugh", language="English", light=True)
    assert page.embeds[0].title == sentence("tonight.nothing")
    assert str(page.embeds[0].description).splitlines() == [
        "Only: To laugh, in English, nothing too dark",
        "",
        sentence("tonight.loosen"),
        "- **in English**: 12 films without it",
        "- **nothing too dark**: 1 film without it",
    ]
    assert labels(page) == ["Any language", "Dark ones too"]
    await restart()
    fewer = answer(await club.ann.click(page, label="Dark ones too"))
    assert (fewer.id, choices(fewer)) == (page.id, [BLOODY.slug])


async def test_where_no_single_wish_stands_in_the_way_there_is_any_film(club: Club) -> None:
    page = await tonight(club, mood="love", minutes=20, light=True)
    assert sentence("tonight.too_much") in str(page.embeds[0].description)
    assert labels(page) == ["Any film"]
    assert len(choices(answer(await club.ann.click(page, label="Any film")))) == 5


async def test_a_server_is_offered_its_own_films_and_none_that_it_hides(club: Club) -> None:
    noor = curator(club)
    await published(club, noor, name="Ours (1931)")
    panel(await noor.slash(club.lobby, "curate hide", title=SAD.slug))
    assert choices(await tonight(club, decade="1930")) == ["ours-1931"]
    gone = await club.ann.slash(club.lobby, "films tonight", decade="1990")
    assert refused(club, gone) == sentence("error.nothing_matches")
    private = answer(await club.ann.user.slash("films tonight", decade="1990"))
    assert choices(private) == [SAD.slug]


async def test_a_button_of_what_an_older_version_knew_is_refused_like_any_other(club: Club) -> None:
    page = await tonight(club, mood="laugh")
    stored = club.env.backend.get_message(page.channel_id, page.id)
    for part in stored.components[1]["components"]:
        part["custom_id"] = part["custom_id"].replace("laugh", "glee")
    assert refused(club, await club.ann.click(page, label="Others")) == sentence("error.nothing_matches")


async def test_a_list_that_is_empty_is_refused(club: Club) -> None:
    noor = curator(club)
    for one in (*FUNNY, SAD, BLOODY):
        panel(await noor.slash(club.lobby, "curate hide", title=one.slug))
    assert refused(club, await club.ann.slash(club.lobby, "films tonight")) == sentence("error.nothing_matches")
