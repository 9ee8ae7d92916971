"""A server with a long list of its own: whatever is used first has it at hand without making everybody else wait."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable

import pytest
import simcord

from bot.domain.errors import StorageUnavailable
from bot.domain.films.films import Film
from bot.domain.films.loading import film_body
from bot.domain.search.segments import Segment
from bot.services import own_lists
from bot.settings import Settings
from tests.builders import film
from tests.conftest import Club
from tests.scenarios import screen
from tests.scenarios.curators import NIGHT_TRAIN, curator, panel
from tests.scenarios.database import another_process
from tests.scenarios.screen import answer, card_and_trailer
from tests.scenarios.suggestions import bot_of

FILM = "ai-weiwei-never-sorry-2012"
OWN = tuple(film(f"Night Train {number}", 1900 + number, trailers=[]) for number in range(150))
OTHERS = tuple((number,) for number in range(1, 41))

Use = Callable[[], Awaitable[object]]


async def option(club: Club) -> Use:
    return lambda: club.ann.autocomplete(club.lobby, "film", "title", "night train 77")


async def command(club: Club) -> Use:
    return lambda: club.ann.slash(club.lobby, "film", title="night train 77")


async def button(club: Club) -> Use:
    card, _ = card_and_trailer(await club.ann.slash(club.lobby, "film", title=FILM))
    return lambda: club.ann.click(card, label="More like this")


async def menu(club: Club) -> Use:
    page = answer(await club.ann.slash(club.lobby, "films browse"))
    return lambda: club.ann.select(page, ["title"], custom_id=screen.menu(page, "browse:sort")["custom_id"])


async def form(club: Club) -> Use:
    noor = curator(club)
    shown = await noor.slash(club.lobby, "curate add")
    return lambda: noor.submit_modal(shown, NIGHT_TRAIN)


@pytest.fixture
def made_in(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """The threads in which parts of an index are made, as they are."""
    threads: list[threading.Thread] = []
    made = Segment.__init__

    def noted(segment: Segment, films: Iterable[Film]) -> None:
        threads.append(threading.current_thread())
        made(segment, films)

    monkeypatch.setattr(Segment, "__init__", noted)
    return threads


@pytest.fixture(autouse=True)
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No room for a long list while anything else is at hand."""
    monkeypatch.setattr(own_lists, "AT_HAND", 60)


async def given_a_long_list(club: Club, settings: Settings) -> None:
    """Another process brings the server a long list, the bot looks, and many other servers are asked since."""
    with another_process(settings) as connection:
        rows = [(club.guild.id, own.slug, film_body(own)) for own in OWN]
        connection.executemany("INSERT INTO films (scope, slug, body, removed) VALUES (?, ?, ?, 0)", rows)
        connection.executemany("INSERT INTO hidden_films (guild_id, slug) VALUES (?, 'none-1900')", OTHERS)
        revisions = [(club.guild.id,), *OTHERS]
        connection.executemany("INSERT INTO revisions (scope, number) VALUES (?, 9)", revisions)
    films = bot_of(club).services.films
    await films.refresh()
    for (guild_id,) in OTHERS:
        await asyncio.ensure_future(films.ensure_loaded(guild_id))
    with pytest.raises(StorageUnavailable):
        films.catalogue_for(club.guild.id)


@pytest.mark.parametrize("door", [option, command, button, menu, form])
async def test_a_long_list_is_loaded_beside_the_event_loop_by_whatever_is_used_first(
    club: Club, settings: Settings, made_in: list[threading.Thread], door: Callable[[Club], Awaitable[Use]]
) -> None:
    use = await door(club)
    await given_a_long_list(club, settings)
    made_in.clear()
    await use()
    assert made_in
    assert threading.main_thread() not in made_in


async def test_every_film_of_a_long_list_is_found(club: Club, settings: Settings) -> None:
    await given_a_long_list(club, settings)
    [first, *_] = await club.ann.autocomplete(club.lobby, "film", "title", "night train 77")
    assert first["value"] == "night-train-77-1977"
    result: simcord.InteractionResult = await club.ann.slash(club.lobby, "film", title=first["value"])
    assert result.response is not None
    assert "Night Train 77" in screen.heading(result.response)
    noor = curator(club)
    shown = panel(await noor.slash(club.lobby, "curate hide", title=FILM))
    assert "Never Sorry" in screen.text(shown)
    [hidden] = await noor.autocomplete(club.lobby, "curate unhide", "title", "never")
    assert hidden["value"] == FILM
    offered = await noor.autocomplete(club.lobby, "curate history", "title", "night train 7")
    assert {"night-train-7-1907", "night-train-70-1970"} <= {choice["value"] for choice in offered}
