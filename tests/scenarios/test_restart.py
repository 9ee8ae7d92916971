"""Everything that can be pressed on a message from before a restart works after it."""

import pytest

from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club, refused
from tests.scenarios.screen import (
    Message,
    answer,
    button,
    card_and_trailer,
    choices,
    heading,
    named,
    opened_by,
    place,
    posts,
    sentence,
    subheading,
    texts,
    with_controls,
)
from tests.scenarios.shelf import Restart, stocked

ADDRESS = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"
TRAILERS = [{"provider": "youtube", "id": YOUTUBE_ID}, {"provider": "vimeo", "id": "76979871", "label": "A clip"}]
FILMS = [film(f"Train {number:02}", 1950 + number) for number in range(1, 13)]
RICH = film("Rich", 1960, trailers=TRAILERS, themes=["trains"])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [*FILMS, RICH])


async def card_from_before(club: Club, restart: Restart, *, quiet: bool = False) -> Message:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="train 01", quiet=quiet))
    await restart()
    return card


async def test_the_trailer_plays(club: Club, restart: Restart) -> None:
    card = await card_from_before(club, restart)
    assert answer(await club.ben.click(card, label="Trailer")).content == ADDRESS


async def test_leave_a_reply_leads_into_the_thread(club: Club, restart: Restart) -> None:
    card = await card_from_before(club, restart)
    said = answer(await club.ben.click(card, label="Leave a reply"))
    [thread] = club.lobby.threads
    assert said.content == sentence("thread.ready", thread=place(thread))


async def test_the_films_to_see_next_are_told_and_can_be_opened(club: Club, restart: Restart) -> None:
    card = await card_from_before(club, restart)
    similar = answer(await club.ben.click(card, label="More like this"))
    await restart()
    opened, _ = card_and_trailer(await club.ben.click(similar, custom_id=f"film:peek:{FILMS[1].slug}"))
    assert heading(opened) == "Train 02 (1952)"


async def test_a_quiet_card_can_be_shared(club: Club, restart: Restart) -> None:
    card = await card_from_before(club, restart, quiet=True)
    shared, _ = card_and_trailer(await club.ann.click(card, label="Share"))
    assert (heading(shared), shared.ephemeral) == ("Train 01 (1951)", False)


@pytest.mark.parametrize(
    ("command", "asked"), [("films browse", {"theme": "trains"}), ("films search", {"words": "a"})]
)
async def test_pages_turn_both_ways_and_still_know_what_was_asked(
    club: Club, restart: Restart, command: str, asked: dict[str, str]
) -> None:
    first = answer(await club.ann.slash(club.lobby, command, **asked))
    before = texts(first)
    await restart()
    second = answer(await club.ann.click(first, label="Next"))
    assert subheading(second).startswith("13 films")
    assert subheading(second).endswith("page 2 of 2")
    await restart()
    back = answer(await club.ann.click(second, label="Previous"))
    assert texts(back) == before
    assert back.id == first.id


async def test_a_film_of_a_list_opens(club: Club, restart: Restart) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    await restart()
    opened, _ = card_and_trailer(await club.ann.click(page, custom_id=f"film:peek:{opened_by(page)[2]}"))
    assert opened.ephemeral
    assert heading(opened) == named(page)[2]


async def test_another_video_plays(club: Club, restart: Restart) -> None:
    [more] = (await club.ann.slash(club.lobby, "trailer", title="rich")).followups
    await restart()
    assert answer(await club.ann.select(more, [choices(more)[1]])).content == "https://vimeo.com/76979871"


async def test_the_trailer_in_a_thread_plays(club: Club, restart: Restart) -> None:
    await club.ann.slash(club.lobby, "discuss", title="train 01")
    [thread] = club.lobby.threads
    await restart()
    card = posts(club, thread.id)[0]
    assert button(card, "Watch on YouTube")["url"] == ADDRESS
    assert answer(await club.ben.click(card, label="Trailer")).content == ADDRESS


async def test_a_page_of_what_an_older_version_knew_is_refused_like_any_other(club: Club, restart: Restart) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse", kind="fiction"))
    page = with_controls(club, page, "fiction", "opera")
    await restart()
    assert refused(club, await club.ann.click(page, label="Next")) == sentence("error.list_changed")
