"""Nothing of a sent message is kept: its controls are found by their custom ids, whoever sent it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.client import FilmBot
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club, refused
from tests.scenarios.curators import add, curator
from tests.scenarios.screen import answer, button, card_and_trailer, labels
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import bot_of, card_on, desk_of, shown_now

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film(), *(film(f"Night Ferry {number}", 1960 + number) for number in range(30))])


def kept(bot: FilmBot) -> list[Any]:
    """The views in discord.py's store, and the tasks in which it waits for their end."""
    # There is no public way to see what discord.py keeps.
    store = bot._connection._view_store  # pyright: ignore[reportPrivateUsage]
    waiting = [task for task in asyncio.all_tasks() if task.get_name().startswith("discord-ui")]
    views, synced = store._views, store._synced_message_views  # pyright: ignore[reportPrivateUsage]
    return [*views.values(), *synced.values(), *waiting]


async def test_no_view_and_no_task_is_kept_of_private_answers(club: Club) -> None:
    for _ in range(5):
        await club.ann.slash(club.lobby, "film", title="night train", quiet=True)
        await club.ann.slash(club.lobby, "films browse")
        await club.ann.slash(club.lobby, "films themes")
        await club.ann.slash(club.lobby, "help")
    assert refused(club, await club.ann.slash(club.lobby, "film", title="night"))  # with a menu of near matches
    assert kept(bot_of(club)) == []


async def test_no_view_and_no_task_is_kept_of_what_is_sent_in_other_ways(club: Club) -> None:
    noor = curator(club)
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title="night train"))  # for all
    similar = answer(await club.ann.click(card, label="More like this"))
    assert similar.components
    await club.ann.click(card, label="Leave a reply")  # a thread with its opening messages
    shelf = answer(await club.ann.slash(club.lobby, "films browse"))
    turned = answer(await club.ann.click(shelf, label=next(text for text in labels(shelf) if "Next" in text)))
    assert turned.components  # an edit of the answer
    on_desk = await card_on(club, desk := await desk_of(club))  # a message in a channel of the curators'
    assert button(on_desk, "Decline")
    await noor.click(on_desk, label="Accept")  # which changes that message
    assert shown_now(club, on_desk).channel_id == desk.id
    panel = await add(club, noor)
    await noor.click(panel, label="Publish")
    assert kept(bot_of(club)) == []


def test_every_view_is_made_where_it_is_stopped() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "cogs")
        for path in (ROOT / folder).rglob("*.py")
        if any(maker in path.read_text(encoding="utf-8") for maker in ("ui.View(", "ui.LayoutView(", "import View"))
    }
    assert makers == {"bot/ui/kit/message_parts.py"}
