"""Any string, of any length, in every form and option of those who keep the list: a private answer, and no ping."""

import dataclasses
import zipfile
from collections.abc import AsyncGenerator, Iterator
from io import BytesIO
from typing import Final

import pytest
import simcord
from pydantic import SecretStr

from bot.domain.errors import FrontRowError
from bot.settings import Settings
from bot.sources.http import Endpoints
from bot.ui.curation.form import FORMS
from bot.ui.errors.error_messages import cause_of
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.curators import NIGHT_TRAIN, add, curator
from tests.scenarios.screen import Message, custom_ids, labels, sentence
from tests.scenarios.settings_forms import submit_raw
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import card_on, desk_of, waiting
from tests.scenarios.test_hostile_input import bodies, drawn, is_harmless
from tests.strategies import AWKWARD
from tests.web_servers import MOVIE, TMDB_TOKEN, TmdbServer

HOSTILE: Final = (
    *("x" * 4000, "👩‍👩‍👧‍👦" * 570, "*" * 4000, "@everyone **b** [x](https://evil.example) ||secret||", "\n" * 400),
    *("\x00", "a\x00b\ud800c", " \t\u3000", "\u200b\u2060\u200d", "فيلم‎ " * 300, "\u202eabc\u2066", "9" * 4000, "-1"),
    *("{name} {0} %s", "1 h 99999999999", "tmdb 99999999999", "A (9999)", "A (0000): b", "a" * 400 + " (1999)"),
    *("https://" + "a" * 3990, "[embedplusvideo vars='" + "a" * 3000, "<iframe src='" + "x" * 3000 + "'>"),
    *AWKWARD[::12],
)
UNEXPECTED: Final = sentence("error.unexpected", reference="").partition("**")[0]


@pytest.fixture
async def addresses(addresses: Endpoints) -> AsyncGenerator[Endpoints]:
    async with TmdbServer(MOVIE, {**MOVIE, "id": 7, "title": "Ai Weiwei *@everyone* <@1> " * 5}) as tmdb:
        yield dataclasses.replace(addresses, tmdb=tmdb.address)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()]).model_copy(update={"tmdb_token": SecretStr(TMDB_TOKEN)})


def answered(club: Club, result: simcord.InteractionResult) -> list[Message]:
    """What was answered; nobody else sees it, and nothing failed that nobody expected."""
    assert [error for error in club.env.errors if not isinstance(cause_of(error), FrontRowError)] == []
    shown = [each for each in (result.response, *result.followups) if each is not None]
    assert shown
    assert all(each.ephemeral and not each.content.startswith(UNEXPECTED) for each in shown)
    return shown


def filled(form: str) -> Iterator[dict[str, str]]:
    """The form with each hostile text in all of its parts at once, and in turn in one of them."""
    for number, text in enumerate(HOSTILE):
        yield dict.fromkeys(FORMS[form], text)
        yield {
            **{name: NIGHT_TRAIN.get(name, "") for name in FORMS[form]},
            FORMS[form][number % len(FORMS[form])]: text,
        }


async def test_whatever_is_typed_into_the_first_form_is_kept_and_answered(club: Club) -> None:
    noor = curator(club)
    for typed in filled("essentials"):
        panel, *_ = answered(club, await submit_raw(club, noor, "curate:add", typed))
        if "Discard" in labels(panel):
            sure = await noor.click(panel, label="Discard")
            answered(club, await noor.click(answered(club, sure)[0], label="Throw it away"))
    assert is_harmless(club)


@pytest.mark.parametrize("form", ["basics", "story", "links"])
async def test_whatever_is_typed_into_a_form_can_be_corrected(club: Club, form: str) -> None:
    noor = curator(club)
    panel = await add(club, noor)
    custom_id = next(each for each in custom_ids(panel) if f":{form}:" in each)
    for typed in filled(form):
        shown, *_ = answered(club, await submit_raw(club, noor, custom_id, typed))
        assert labels(shown)
        opened = await noor.click(panel, custom_id=custom_id)
        assert opened.modal is not None
        assert len(opened.modal["components"]) == len(FORMS[form])
    assert is_harmless(club)


async def test_whatever_is_typed_about_a_suggestion_is_answered(club: Club) -> None:
    noor, desk = curator(club), await desk_of(club)
    await card_on(club, desk)
    [kept] = await waiting(club)
    for text in HOSTILE:
        for custom_id, name in ((f"suggest:merge:{kept.number}", "film"), (f"suggest:decline:{kept.number}", "reason")):
            if (await waiting(club)) and not (name == "reason" and 0 < len(text) <= 300):
                answered(club, await submit_raw(club, noor, custom_id, {name: text}))
    answered(club, await submit_raw(club, noor, f"suggest:decline:{kept.number}", {"reason": HOSTILE[3]}))
    assert await waiting(club) == ()
    said = [text for body in bodies(club) for text in drawn(body)]
    assert not [text for text in said if "@everyone" in text or "https://evil" in text]


@pytest.mark.parametrize("command", ["edit", "restore", "history"])
async def test_whatever_is_typed_as_a_title_is_answered(club: Club, command: str) -> None:
    noor = curator(club)
    for text in HOSTILE:
        answered(club, await noor.slash(club.lobby, f"curate {command}", title=text))
        for choice in await noor.autocomplete(club.lobby, f"curate {command}", "title", text):
            assert len(choice["name"]) <= 100
    assert is_harmless(club)


async def test_whatever_is_looked_up_is_answered(club: Club) -> None:
    noor = curator(club)
    for text in HOSTILE:
        if text and len(text) <= 200:
            answered(club, await noor.slash(club.lobby, "curate add", look_up=text))
    [which] = answered(club, await noor.slash(club.lobby, "curate add", look_up="Ai Weiwei"))
    answered(club, await noor.select(which, ["7"]))
    assert is_harmless(club)


async def test_whatever_a_file_is_called_or_holds_is_answered(club: Club) -> None:
    noor = curator(club)
    for text in HOSTILE:
        cell = '"' + text.replace('"', '""') + '"'
        table = f"title,year,why,{cell}\n{cell},1999,{cell},{cell}\nA,{cell},b,c\n".encode("utf-8", "replace")
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as folder:
            folder.writestr(
                "x" + f"{text[:60]}.toml".replace("\ud800", "?").replace("\0", "0"),
                f"title = {text!r}".encode("utf-8", "replace"),
            )
            folder.writestr("b.csv", table)
        for name, content in ((f"{text[:60]}.csv", table), ("a.zip", packed.getvalue())):
            safe = name.replace("\ud800", "?")
            [shown] = answered(club, await noor.slash(club.lobby, "curate import", file=(safe, content)))
            drafts = [label for label in labels(shown) if label.startswith("Begin")]
            if drafts:
                answered(club, await noor.click(shown, label=drafts[0]))
    answered(club, await noor.slash(club.lobby, "curate drafts"))
    assert is_harmless(club)
