"""Panels: words in their place, places that refuse them, and messages from before."""

import pytest
import simcord

from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.curators import curator, panel
from tests.scenarios.forged import Control, posted
from tests.scenarios.screen import answer, labels, sentence, text, texts
from tests.scenarios.settings_forms import panel as settings_panel
from tests.scenarios.shelf import Restart, stocked
from tests.scenarios.suggestions import card_on, desk_of, shown_now, waiting
from tests.scenarios.traffic import refuse

TRAIN = film()
LAYOUT = 1 << 15


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [TRAIN, film("Knife in the Water", 1962)])


def is_layout(club: Club, message: simcord.ResponseMessage) -> bool:
    return bool(club.env.backend.get_message(message.channel_id, message.id).flags & LAYOUT)


async def test_a_sentence_in_the_place_of_a_panel_is_a_layout_too_since_no_edit_takes_the_flag_off(
    club: Club, restart: Restart
) -> None:
    noor = curator(club)
    asked = answer(await noor.slash(club.lobby, "curate remove", title=TRAIN.slug))
    assert labels(asked) == ["Take it off", "Keep it"]
    await restart()
    kept = panel(await noor.click(asked, label="Keep it"))
    assert (kept.id, kept.content, is_layout(club, kept)) == (asked.id, "", True)
    assert texts(kept) == [sentence("removal.kept", name=TRAIN.name)]
    assert not club.env.errors


async def test_the_question_becomes_what_was_done_with_the_way_back_beside_it(club: Club) -> None:
    noor = curator(club)
    asked = answer(await noor.slash(club.lobby, "curate remove", title=TRAIN.slug))
    done = panel(await noor.click(asked, label="Take it off"))
    assert done.id == asked.id
    assert text(done) == sentence("changed.remove", name=TRAIN.name)
    back = panel(await noor.click(done, label="Undo"))
    assert text(back) == sentence("changed.undo", name=TRAIN.name)


async def test_a_place_that_refuses_a_panel_gets_its_words(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    noor = curator(club)
    refuse(monkeypatch, texts(await settings_panel(club, noor))[0], blame="components.0")
    shown = await settings_panel(club, noor)
    assert not is_layout(club, shown)
    assert shown.content.startswith(sentence("settings.title"))
    assert sentence("setting.trailer.with_card") in shown.content
    assert not club.env.errors


@pytest.mark.parametrize("act", ["remove", "keep"])
async def test_a_question_from_before_is_answered_in_its_place(club: Club, act: str) -> None:
    noor = curator(club)
    old = posted(club, club.lobby, Control(f"film:{act}:{TRAIN.slug}"))
    done = await noor.click(old, custom_id=f"film:{act}:{TRAIN.slug}")
    assert done.response is not None
    assert not club.env.errors
    said = "changed.remove" if act == "remove" else "removal.kept"
    assert text(done.response).endswith(sentence(said, name=TRAIN.name))


async def test_the_card_of_a_suggestion_from_before_becomes_a_panel_when_it_is_decided(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    await card_on(club, desk)
    [kept] = await waiting(club)
    old = posted(club, desk, Control(f"suggest:decline:{kept.number}"))
    form = await noor.click(old, custom_id=f"suggest:decline:{kept.number}")
    await noor.submit_modal(form, {"reason": "Not now."})
    now = shown_now(club, old)
    assert (now.content, now.embeds, labels(now)) == ("", [], [])
    curator_mention = Markup(f"<@{noor.id}>")
    declined = sentence("suggestion_state.declined", curator=curator_mention, reason="Not now.")
    assert texts(now)[-1] == declined
    assert not club.env.errors
