"""A title that fits several films: each is a button that does what the command would have done."""

import pytest

from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import YOUTUBE_ID, film
from tests.conftest import Club, refused
from tests.scenarios.screen import Message, answer, card_and_trailer, heading, labels, place, sentence, text, texts
from tests.scenarios.shelf import Restart, stocked

FIRST = film("Night Train", 1959)
SECOND = film("Night Ferry", 1965, synopsis={"text": "A ferry, at night.", "source": "Front Row"})
COMMANDS = ("film", "synopsis", "trailer", "discuss")
ADDRESS = f"https://www.youtube.com/watch?v={YOUTUBE_ID}"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [FIRST, SECOND])


async def near(club: Club, command: str, typed: str = "night", **options: bool) -> Message:
    """The private refusal with its buttons."""
    result = await club.ann.slash(club.lobby, command, title=typed, **options)
    assert refused(club, result) == sentence("error.film_not_found_near", query=typed)
    return answer(result)


async def test_every_film_that_may_be_meant_is_a_button(club: Club) -> None:
    for command in COMMANDS:
        assert labels(await near(club, command)) == [FIRST.name, SECOND.name]


async def test_a_slip_of_the_finger_offers_what_is_near(club: Club) -> None:
    assert labels(await near(club, "film", "nigth fery 1965"))[0] == SECOND.name


@pytest.mark.parametrize("command", [*COMMANDS, "films similar"])
@pytest.mark.parametrize("typed", ["train", "Fight Train", "Night Trains", "night train 2"])
async def test_what_is_not_quite_a_title_opens_nothing_and_offers_the_film(
    club: Club, command: str, typed: str
) -> None:
    result = await club.ann.slash(club.lobby, command, title=typed)
    assert refused(club, result) == sentence("error.film_not_found_near", query=typed)
    assert FIRST.name in labels(answer(result))


@pytest.mark.parametrize(
    "typed", ["nihgt train", "NIGHT-TRAIN", "nighttrain", "Kawalerowicz's Night Train", "1959 night train"]
)
async def test_what_is_a_title_opens_its_film(club: Club, typed: str) -> None:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=typed))
    assert heading(card) == "Night Train (1959)"


async def test_film_goes_on_with_the_card_for_all(club: Club) -> None:
    card, trailer = card_and_trailer(await club.ann.click(await near(club, "film"), label=SECOND.name))
    assert (heading(card), card.ephemeral) == ("Night Ferry (1965)", False)
    assert (trailer.content, trailer.ephemeral) == (ADDRESS, False)


async def test_a_quiet_film_stays_quiet(club: Club) -> None:
    refusal = await near(club, "film", quiet=True)
    card, trailer = card_and_trailer(await club.ann.click(refusal, label=SECOND.name))
    assert (heading(card), card.ephemeral) == ("Night Ferry (1965)", True)
    assert trailer.ephemeral
    assert labels(card)[0] == "Share"


async def test_synopsis_goes_on_with_the_story_for_all(club: Club) -> None:
    told = answer(await club.ann.click(await near(club, "synopsis"), label=SECOND.name))
    assert texts(told) == ["## Night Ferry (1965)", "A ferry, at night.", "-# Synopsis: Front Row"]
    assert not told.ephemeral


async def test_trailer_goes_on_with_the_player_for_all(club: Club) -> None:
    played = answer(await club.ann.click(await near(club, "trailer"), label=SECOND.name))
    assert played.content == ADDRESS
    assert not played.ephemeral


async def test_discuss_goes_on_into_the_thread(club: Club) -> None:
    result = await club.ann.click(await near(club, "discuss"), label=SECOND.name)
    [thread] = club.lobby.threads
    assert thread.name == SECOND.name
    assert answer(result).content == sentence("thread.ready", thread=place(thread))
    assert answer(result).ephemeral


async def test_the_buttons_work_after_a_restart(club: Club, restart: Restart) -> None:
    before = [await near(club, command) for command in COMMANDS]
    await restart()
    for refusal, said in zip(before, ("## Night Ferry", "A ferry", ADDRESS, "<#"), strict=True):
        result = await club.ann.click(refusal, label=SECOND.name)
        assert result.response is not None
        assert said in text(result.response)


async def test_nothing_near_leads_to_the_whole_list(club: Club) -> None:
    result = await club.ann.slash(club.lobby, "synopsis", title="zzz qqq")
    browse = next(command for (name, _), command in club.env.backend.commands[None].items() if name == "films")
    mention = Markup(f"</films browse:{browse['id']}>")
    assert refused(club, result) == sentence("error.film_not_found_help", query="zzz qqq", browse=mention)
    page = answer(await club.ann.click(answer(result), label="The whole list"))
    assert (text(page).count("Night Train"), page.ephemeral) == (1, True)
