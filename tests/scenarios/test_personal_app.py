"""The bot that a member has installed for themselves, in a server that has not asked for it."""

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord.utils import utcnow

from bot.app import App
from bot.domain.guilds.settings import Actor
from bot.domain.shelves.marks import ShelfOwner
from bot.settings import Settings
from bot.ui.kit.text import Markup
from tests.builders import film
from tests.conftest import Club, refused
from tests.discord_payloads import ABOUT_BOT
from tests.scenarios.screen import answer, labels, sentence, text
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import bot_of
from tests.scenarios.traffic import asked

HERE = film("Hidden Here", 1922, trailers=[])
TRAIN = film("Day Train", 1960, trailers=[])
ELSEWHERE = {"film", "synopsis", "trailer", "films", "want", "seen", "my", "help", "about", "Find films mentioned here"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [HERE, TRAIN])


@pytest.fixture
def personal(club: Club) -> Iterator[None]:
    """From now on Discord says that the member installed the bot, and the server did not."""
    parsers = bot_of(club)._connection.parsers  # pyright: ignore[reportPrivateUsage]  # where Discord's word comes in
    parse = parsers["INTERACTION_CREATE"]

    def brought_along(payload: dict[str, Any]) -> None:
        presser = (payload.get("member") or payload)["user"]["id"]
        parse({**payload, "authorizing_integration_owners": {"1": presser}})

    parsers["INTERACTION_CREATE"] = brought_along
    yield
    parsers["INTERACTION_CREATE"] = parse


async def hide(club: Club, slug: str) -> None:
    services = bot_of(club).services
    curator = Actor(guild_id=club.guild.id, member_id=1, name="Noor", manages=True)
    await services.curation.hide(curator, slug, utcnow())


@pytest.mark.usefixtures("personal")
async def test_nothing_that_such_a_server_made_of_the_list_is_used(club: Club) -> None:
    await hide(club, HERE.slug)
    shown = await club.ann.slash(club.lobby, "film", title=HERE.slug)
    card = answer(shown)
    assert HERE.title in text(card)
    assert "Leave a reply" not in labels(card)
    assert sentence("card.add_me", link=Markup(bot_of(club).install_link)) in text(card)
    [choice] = await club.ann.autocomplete(club.lobby, "film", "title", "hidden")
    assert choice["value"] == HERE.slug


async def test_without_it_the_same_server_has_hidden_the_film(club: Club) -> None:
    await hide(club, HERE.slug)
    said = refused(club, await club.ann.slash(club.lobby, "film", title=HERE.slug))
    assert said == sentence("error.film_removed", name=HERE.name)


@pytest.mark.usefixtures("personal")
async def test_what_a_member_keeps_there_belongs_to_them_alone(club: Club) -> None:
    await club.ann.slash(club.lobby, "want", film=TRAIN.slug)
    shelves = bot_of(club).services.shelves
    assert (await shelves.mark(ShelfOwner(0, club.ann.id), TRAIN.slug)).mark.wanted
    assert not (await shelves.mark(ShelfOwner(club.guild.id, club.ann.id), TRAIN.slug)).mark.wanted


async def test_commands_are_offered_everywhere_once_the_portal_has_switched_it_on(club: Club, app: App) -> None:
    bot = app.bot
    switched_on: Any = {**ABOUT_BOT, "integration_types_config": {"0": {}, "1": {}}}
    bot._application = discord.AppInfo(bot._connection, switched_on)  # pyright: ignore[reportPrivateUsage]  # the simulator logs in without it
    assert bot.application_id is not None
    await bot.services.commands.remember(bot.application_id, "other commands", "0.0.1")
    await bot.tree.registration.keep_trying()
    registration = asked(club, "PUT", "/applications/*/commands")[-1]
    assert registration.json is not None
    places = {each["name"]: (each["integration_types"], each["contexts"]) for each in registration.json}
    assert {name for name, where in places.items() if where == ([0, 1], [0, 1, 2])} == ELSEWHERE
    assert places["discuss"] == ([0], [0, 1])
    assert {places[name] == ([0], [0]) for name in ("suggest", "curate", "settings", "who")} == {True}


async def test_until_then_they_are_for_servers_that_have_it(club: Club) -> None:
    [registration] = asked(club, "PUT", "/applications/*/commands")
    assert registration.json is not None
    assert all(each["integration_types"] == [0] and 2 not in each["contexts"] for each in registration.json)
