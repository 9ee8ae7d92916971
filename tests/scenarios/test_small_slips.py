"""Small situations: a double click, a form twice, a choice that came too late, a right to read only, a lost form."""

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import NIGHT_TRAIN, curator
from tests.scenarios.presses import at_once, click
from tests.scenarios.screen import answer, heading, place, posts, sentence
from tests.scenarios.settings_forms import submit_raw
from tests.scenarios.shelf import Restart, stocked, take_off

TRAIN, KNIFE = film(), film("Knife in the Water", 1962, trailers=[])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, KNIFE])


async def quiet_card(club: Club) -> simcord.ResponseMessage:
    shown = (await club.ann.slash(club.lobby, "film", title="knife in the water", quiet=True)).response
    assert shown is not None
    return shown


async def test_a_double_click_on_share_posts_once(club: Club) -> None:
    card = await quiet_card(club)
    first, second = await at_once(club, [click(club, club.ann, card, "Share"), click(club, club.ann, card, "Share")])
    assert heading(answer(first)) == "Knife in the Water (1962)"
    assert second.response is not None
    assert second.response.id == card.id  # nothing came of it, not even an error
    assert len(posts(club, club.lobby.id)) == 1


async def test_two_cards_and_two_members_share_once_each(club: Club) -> None:
    cards = [await quiet_card(club), await quiet_card(club)]
    await at_once(club, [click(club, club.ann, card, "Share") for card in cards])
    assert len(posts(club, club.lobby.id)) == 2


async def test_what_was_shared_can_be_shared_again_later(club: Club) -> None:
    card = await quiet_card(club)
    await club.ann.click(card, label="Share")
    await club.env.advance_time(10)
    await club.ann.click(card, label="Share")
    assert len(posts(club, club.lobby.id)) == 2


async def test_a_click_that_another_process_answered_counts_as_the_first_of_a_double_click(club: Club) -> None:
    card = await quiet_card(club)
    club.env.inject_error("POST", "*/callback", status=400, code=40060)
    await at_once(club, [click(club, club.ann, card, "Share")])
    await at_once(club, [click(club, club.ann, card, "Share")])
    assert posts(club, club.lobby.id) == []
    assert club.env.errors


async def test_a_form_sent_twice_makes_one_draft(club: Club) -> None:
    noor = curator(club)
    shown = await noor.slash(club.lobby, "curate add")
    first = (await noor.submit_modal(shown, NIGHT_TRAIN)).response
    again = await submit_raw(club, noor, "curate:add", dict(NIGHT_TRAIN))
    assert first is not None
    assert again.response is not None
    assert buttons(again.response) == buttons(first)


def buttons(message: simcord.ResponseMessage) -> set[str]:
    return {item["custom_id"] for row in message.components for item in row["components"] if "custom_id" in item}


@pytest.mark.parametrize("command", ["film", "synopsis", "trailer", "discuss", "films similar"])
async def test_a_film_taken_off_between_choosing_and_sending_is_called_by_its_name(
    club: Club, settings: Settings, restart: Restart, command: str
) -> None:
    [chosen] = await club.ann.autocomplete(club.lobby, "film", "title", "night train")
    take_off(settings, TRAIN)
    await restart()
    said = refused(club, await club.ann.slash(club.lobby, command, title=chosen["value"]))
    assert said == sentence("error.film_removed", name=TRAIN.name)


async def test_a_curators_choice_that_came_too_late_is_told_how_it_stands(club: Club) -> None:
    noor = curator(club)
    await noor.slash(club.lobby, "curate hide", title=TRAIN.slug)
    said = refused(club, await noor.slash(club.lobby, "curate edit", title=TRAIN.slug))
    assert said == sentence("error.film_removed", name=TRAIN.name)
    await noor.slash(club.lobby, "curate unhide", title=TRAIN.slug)
    assert refused(club, await noor.slash(club.lobby, "curate unhide", title=TRAIN.slug)) == sentence(
        "error.already_done"
    )
    assert refused(club, await noor.slash(club.lobby, "curate unhide", title="nothing-2000")) != sentence(
        "error.already_done"
    )


async def test_what_was_never_on_the_list_is_not_called_taken_off(club: Club) -> None:
    for typed in ("somewhere-else-1999", "somewhere-else", "Somewhere else 1999", "no-such-film-2001-2"):
        said = refused(club, await club.ann.slash(club.lobby, "film", title=typed))
        assert sentence("error.film_removed", name="X").partition("X")[2] not in said


async def test_who_may_only_read_a_thread_is_not_told_to_reply(club: Club) -> None:
    await club.ann.slash(club.lobby, "discuss", title="night train")
    [thread] = club.lobby.threads
    forbid(club, "send_messages_in_threads")
    said = answer(await club.ben.slash(club.lobby, "discuss", title="night train"))
    assert said.content == sentence("thread.ready_to_read", thread=place(thread))
    inside = answer(await club.ben.slash(thread, "discuss", title="night train"))
    assert inside.content == sentence("thread.inside_to_read")


def forbid(club: Club, *names: str) -> None:
    """Members may not do this in the lobby any more, while the bot may."""
    value = discord.Permissions(**dict.fromkeys(names, True)).value
    everyone, bot = club.guild.id, club.env.backend.bot_user.id
    club.env.backend.set_overwrite(club.lobby.id, Overwrite(everyone, OverwriteType.ROLE, deny=value))
    club.env.backend.set_overwrite(club.lobby.id, Overwrite(bot, OverwriteType.MEMBER, allow=value))


async def test_a_form_that_nobody_knows_gives_back_what_was_typed(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    result = await submit_raw(club, club.ann, "curate:poem:v7", {"title": "Ode", "why": "A long night.\nAnd a day."})
    said = refused(club, result)
    assert said.splitlines() == [sentence("error.form_unknown"), sentence("error.typed_back")]
    assert result.response is not None
    [file] = result.response.attachments
    assert file.filename == "what-you-typed.txt"
    assert (await file.read()).decode() == "Ode\n\nA long night.\nAnd a day."
    assert [record for record in caplog.records if record.name.startswith(("bot", "cogs"))] == []
    assert "Ode" not in caplog.text


@pytest.mark.parametrize("custom_id", ["", "curate:add:extra", "x" * 100])
async def test_a_form_that_nobody_knows_and_that_holds_nothing_is_answered_too(club: Club, custom_id: str) -> None:
    result = await submit_raw(club, club.ann, custom_id, {})
    assert refused(club, result) == sentence("error.form_unknown")
    assert result.response is not None
    assert not result.response.attachments
