"""The worst films in the real bot: every screen is one that Discord takes, and draws nothing that a film says."""

from collections.abc import Iterable

import pytest
import simcord

from bot.settings import Settings
from tests.conftest import Club
from tests.scenarios.screen import entries, posts
from tests.scenarios.shelf import stocked
from tests.strategies import WORST, worst, worst_list
from tests.ui.messages import Message, marks, refusals, turned

_CONTAINER = 17
# The marks of a list of five films.
FIVE = "## " + " ".join(["****-#"] * 5)
FINE: dict[str, list[str]] = {name: [] for name in WORST}

# What a card draws of its own: the head, why and what about, notes behind bars, praise unless folded, thanks.
FOLDED = "##-#-# **** **** ****|||| -#"
QUIET = "##-#-# **** **** ****|||| **** -#"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, worst_list())


def sent(answers: Iterable[simcord.ResponseMessage]) -> list[Message]:
    """The messages as Discord was sent them."""
    return [_sent(answer) for answer in answers]


def _sent(answer: simcord.ResponseMessage) -> Message:
    if any(part["type"] == _CONTAINER for part in answer.components):
        return Message(answer.content, layout=answer.components)
    return Message(answer.content, [dict(embed.to_dict()) for embed in answer.embeds], answer.components)


def shown(*results: simcord.InteractionResult) -> list[Message]:
    """All that the bot has answered."""
    return sent(answer for result in results for answer in (result.response, *result.followups) if answer is not None)


def drawn(messages: Iterable[Message]) -> str:
    """The marks that Discord draws; bare addresses are left out."""
    texts = [text.text for message in messages for text in message.texts() if text.is_drawn]
    return " ".join(there for text in texts if not text.startswith("https://") and (there := marks(text)))


def faults(messages: list[Message], own: str) -> list[str]:
    """What Discord has against the messages, or draws besides the bot's `own` marks."""
    found = [refusal for message in messages for refusal in refusals(message)]
    found += [f"turned: {there}" for message in messages for text in message.texts() for there in turned(text.text)[:1]]
    return found if drawn(messages) == own else [*found, f"drawn: {drawn(messages)}"]


@pytest.mark.parametrize("quiet", [True, False])
async def test_the_card_and_what_is_like_the_film(club: Club, quiet: bool) -> None:
    found: dict[str, list[str]] = {}
    for name in WORST:
        slug = worst(name).slug
        card = await club.ann.slash(club.lobby, "film", title=slug, quiet=quiet)
        assert card.response is not None
        similar = await club.ann.click(card.response, custom_id=f"film:similar:{slug}")
        found[name] = [
            *faults(shown(card), QUIET if quiet else FOLDED),
            *faults(shown(similar), "## " + " ".join(["****-#"] * 5)),
        ]
    assert not club.env.errors
    assert found == FINE


async def test_an_evening(club: Club) -> None:
    for _ in range(4):
        tonight = await club.ann.slash(club.lobby, "films tonight")
        assert faults(shown(tonight), FIVE) == []
    nothing = await club.ann.slash(club.lobby, "films tonight", mood="laugh", minutes=1)
    assert not club.env.errors
    assert [refusal for message in shown(nothing) for refusal in refusals(message)] == []


async def test_the_story(club: Club) -> None:
    found: dict[str, list[str]] = {}
    for name in WORST:
        story = await club.ann.slash(club.lobby, "synopsis", title=worst(name).slug)
        found[name] = faults(shown(story), "## -#")
    assert found == FINE
    assert not club.env.errors


async def test_the_trailer_and_what_else_there_is_to_play(club: Club) -> None:
    found: dict[str, list[str]] = {}
    for name in WORST:
        messages = shown(await club.ann.slash(club.lobby, "trailer", title=worst(name).slug))
        assert [len(message.controls) for message in messages] == [0, 1]
        found[name] = faults(messages, "****")
    assert not club.env.errors
    assert found == FINE


async def test_the_thread(club: Club) -> None:
    found: dict[str, list[str]] = {}
    before: set[int] = set()
    for name in WORST:
        await club.ann.slash(club.lobby, "discuss", title=worst(name).slug)
        [thread] = [thread for thread in club.lobby.threads if thread.id not in before]
        before.add(thread.id)
        messages = sent(posts(club, thread.id))
        assert len(messages) == 3
        found[name] = faults(messages, f"{FOLDED} ****`||||`****1.2.3.4.")
    assert not club.env.errors
    assert found == FINE


@pytest.mark.parametrize(("command", "options"), [("films browse", {}), ("films search", {"words": "theme of all"})])
async def test_every_page_of_a_list(club: Club, command: str, options: dict[str, str]) -> None:
    listed = len(worst_list())
    page = await club.ann.slash(club.lobby, command, **options)
    for number in range(0, listed, 7):
        assert page.response is not None
        [message] = shown(page)
        films = min(7, listed - number)
        assert len(entries(page.response)) == films
        assert faults([message], " ".join(["##-#", *["****-#"] * films])) == []
        if number + 7 < listed:
            page = await club.ann.click(page.response, label="Next")
    assert not club.env.errors


async def test_films_that_may_have_been_meant_are_told_apart(club: Club) -> None:
    [message] = shown(await club.ann.slash(club.lobby, "film", title="0 theme of all sorts"))
    assert club.env.errors
    assert refusals(message) == []
    years = [control["label"].rstrip("\u2069")[-6:] for control in message.controls]
    assert years == ["(1900)", "(1901)", "(1902)", "(1903)", "(1904)"]
