"""A film that was taken off the list: everything that still points to it says so."""

import pytest

from bot.settings import Settings
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club, refused
from tests.scenarios.screen import answer, card_and_trailer, choices, opened_by, posts, sentence
from tests.scenarios.shelf import Restart, stocked, take_off
from tests.scenarios.traffic import CREATIONS, asked

TRAILERS = [{"provider": "youtube", "id": YOUTUBE_ID}, {"provider": "vimeo", "id": "76979871", "label": "A clip"}]
GONE = film(trailers=TRAILERS)
STAYS = film("Night Ferry", 1965, pairs_with=[{"slug": GONE.slug, "why": "Both at night."}])
SENTENCE = sentence("error.film_removed", name=GONE.name)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [GONE, STAYS])


async def test_every_button_below_its_card_says_so(club: Club, settings: Settings, restart: Restart) -> None:
    shown = await club.ann.slash(club.lobby, "film", title="night train", quiet=True)
    assert shown.response is not None
    take_off(settings, GONE)
    await restart()
    for label in ("Trailer", "Leave a reply", "More like this", "Share"):
        assert refused(club, await club.ann.click(shown.response, label=label)) == SENTENCE
    assert asked(club, *CREATIONS) == []


async def test_its_buttons_among_near_matches_say_so(club: Club, settings: Settings, restart: Restart) -> None:
    commands = ("film", "synopsis", "trailer", "discuss")
    near = [answer(await club.ann.slash(club.lobby, command, title="night")) for command in commands]
    near.append(answer(await club.ann.slash(club.lobby, "film", title="night", quiet=True)))
    assert len(club.env.errors) == 5
    take_off(settings, GONE)
    await restart()
    for refusal in near:
        assert refused(club, await club.ann.click(refusal, label=GONE.name)) == SENTENCE


async def test_a_list_that_still_names_it_says_so(club: Club, settings: Settings, restart: Restart) -> None:
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=STAYS.slug))
    similar = answer(await club.ann.click(card, label="More like this"))
    take_off(settings, GONE)
    await restart()
    assert refused(club, await club.ann.click(page, custom_id=f"film:peek:{GONE.slug}")) == SENTENCE
    assert refused(club, await club.ann.click(similar, custom_id=f"film:peek:{GONE.slug}")) == SENTENCE


async def test_the_menu_of_its_videos_says_so(club: Club, settings: Settings, restart: Restart) -> None:
    [more] = (await club.ann.slash(club.lobby, "trailer", title="night train")).followups
    take_off(settings, GONE)
    await restart()
    assert refused(club, await club.ann.select(more, [choices(more)[1]])) == SENTENCE


async def test_the_trailer_button_in_its_thread_says_so(club: Club, settings: Settings, restart: Restart) -> None:
    await club.ann.slash(club.lobby, "discuss", title="night train")
    [thread] = club.lobby.threads
    take_off(settings, GONE)
    await restart()
    assert refused(club, await club.ann.click(posts(club, thread.id)[0], label="Trailer")) == SENTENCE


async def test_it_is_in_no_list_any_more_and_back_when_its_entry_is(
    club: Club, settings: Settings, restart: Restart
) -> None:
    entry = settings.films_folder / f"{GONE.slug}.toml"
    text = entry.read_text(encoding="utf-8")
    take_off(settings, GONE)
    await restart()
    assert opened_by(answer(await club.ann.slash(club.lobby, "films browse"))) == [STAYS.slug]
    assert "could not find" in refused(club, await club.ann.slash(club.lobby, "film", title="train 1959"))

    entry.write_text(text, encoding="utf-8")
    await restart()
    assert set(opened_by(answer(await club.ann.slash(club.lobby, "films browse")))) == {GONE.slug, STAYS.slug}
