"""Controls and forms in the wrong hands, in the wrong server, too late, twice: an answer, and nothing changed."""

from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

import discord
import pytest
import simcord
from pydantic import SecretStr

from bot.client import FilmBot
from bot.domain.errors import FrontRowError
from bot.domain.guilds.settings import Actor
from bot.settings import Settings
from bot.storage.db import hints
from bot.storage.db.connections import AsyncEngine
from bot.storage.db.database import Database
from tests.builders import write_entry
from tests.conftest import Club
from tests.scenarios.curators import curator
from tests.scenarios.forged import (
    HIDDEN,
    OWN,
    REMOVED,
    SHARED,
    Control,
    Home,
    at_work,
    controls,
    forms,
    kept,
    posted,
    press,
)
from tests.scenarios.presses import at_once, click
from tests.scenarios.screen import Message, sentence
from tests.scenarios.settings_forms import submit_raw
from tests.scenarios.shelf import Restart
from tests.scenarios.staff import take_rights
from tests.scenarios.suggestions import bot_of

FOR_ALL = ("film:show", "film:share", "film:synopsis", "film:play")
UNEXPECTED = sentence("error.unexpected", reference="").partition("**")[0]


@pytest.fixture
def settings(settings: Settings, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    # The simulator takes a connection that only listens for work that never ends. `test_own_servers` has hints.
    monkeypatch.setattr(hints, "heard", _nothing_heard)
    folder = tmp_path / "films"
    folder.mkdir()
    for entry in (SHARED, HIDDEN):
        write_entry(folder, entry)
    return settings.model_copy(update={"films_folder": folder, "database_url": SecretStr(database_url)})


async def _nothing_heard(engine: AsyncEngine) -> AsyncGenerator[None]:
    del engine
    for hint in ():
        yield hint


@pytest.fixture
async def database(settings: Settings) -> AsyncGenerator[Database]:
    opened = await Database.open(settings.database_url.get_secret_value())
    yield opened
    await opened.close()


def actor(member: simcord.MemberActor, *, manages: bool = True) -> Actor:
    return Actor(guild_id=member.guild.id, member_id=member.id, name=member.name, manages=manages)


async def home_of(club: Club, noor: simcord.MemberActor) -> Home:
    return await at_work(bot_of(club).services, actor(noor), actor(club.ann, manages=False))


def check(club: Club, shown: Iterable[Message], *, is_for_all: bool = False) -> None:
    """Nobody else sees the answer, and nothing failed that nobody expected."""
    assert [error for error in club.env.errors if not isinstance(error, FrontRowError)] == []
    for message in shown:
        assert not message.content.startswith(UNEXPECTED)
        assert message.ephemeral or is_for_all


def answers(result: simcord.InteractionResult) -> list[Message]:
    """All that was sent because of it."""
    assert result.acknowledged
    return [shown for shown in (result.response, *result.followups) if shown is not None]


async def press_all(
    club: Club, who: simcord.MemberActor | simcord.UserHandle, channel: simcord.ChannelHandle, every: Iterable[Control]
) -> list[str]:
    """Press one after the other, and tell what was said."""
    said: list[str] = []
    for control in every:
        shown = await press(club, who, channel, control)
        check(club, shown, is_for_all=control.custom_id.startswith(FOR_ALL))
        said += [message.content for message in shown]
    return said


async def test_every_control_is_known_by_one_pattern_and_every_pattern_is_tried(club: Club) -> None:
    home = await home_of(club, curator(club))
    patterns = bot_of(club)._connection._view_store._dynamic_items  # pyright: ignore[reportPrivateUsage]
    tried = set[str]()
    for control in controls(home):
        [one] = [pattern for pattern in patterns if pattern.fullmatch(control.custom_id)]
        tried.add(one.pattern)
    assert tried == {pattern.pattern for pattern in patterns}
    bot = club.env.bot
    assert isinstance(bot, FilmBot)
    submits = bot._forms  # pyright: ignore[reportPrivateUsage]
    assert {p.pattern for p in submits for form in forms(home) if p.fullmatch(form)} == {p.pattern for p in submits}


async def test_in_another_server_nothing_of_the_first_is_seen_or_changed(club: Club, database: Database) -> None:
    home = await home_of(club, curator(club))
    other = club.env.create_guild("Another Club")
    lobby, owner = other.create_text_channel("films"), other.add_member(other.owner)
    await club.env.settle()
    before = await kept(database, club.guild.id)
    said = await press_all(club, owner, lobby, controls(home))
    assert await kept(database, club.guild.id) == before
    assert not [text for text in said if "Mother Joan" in text or "Austeria" in text or "Solaris" in text]


async def test_a_member_changes_nothing(club: Club, database: Database, restart: Restart) -> None:
    home = await home_of(club, curator(club))
    before = await kept(database, club.guild.id)
    await restart()
    said = await press_all(club, club.ben, club.lobby, controls(home))
    for custom_id, typed in forms(home).items():
        shown = answers(await submit_raw(club, club.ben, custom_id, typed))
        check(club, shown)
        said += [message.content for message in shown]
    assert await kept(database, club.guild.id) == before
    assert not [text for text in said if "Austeria" in text or "Solaris" in text]


async def test_a_curator_who_lost_the_right_changes_nothing(club: Club, database: Database, restart: Restart) -> None:
    noor = curator(club)
    home = await home_of(club, noor)
    before = await kept(database, club.guild.id)
    take_rights(club, noor)
    await restart()
    await press_all(club, noor, club.lobby, controls(home))
    for custom_id, typed in forms(home).items():
        check(club, answers(await submit_raw(club, noor, custom_id, typed)))
    assert await kept(database, club.guild.id) == before


async def test_in_a_direct_message_nothing_is_changed(club: Club, database: Database) -> None:
    noor = curator(club)
    home = await home_of(club, noor)
    before = await kept(database, club.guild.id)
    for control in controls(home):
        shown = await press(club, noor.user, noor.user.dm_channel, control)
        check(club, shown, is_for_all=True)
    assert await kept(database, club.guild.id) == before


async def test_a_colleague_gets_at_nobodys_drafts_and_uploads(club: Club, database: Database) -> None:
    home = await home_of(club, curator(club))
    before = await kept(database, club.guild.id)
    theirs = [each for each in controls(home) if each.custom_id.startswith(("draft:", "import:"))]
    theirs = [each for each in theirs if not each.custom_id.startswith("import:undo:")]
    omar = curator(club, "omar")
    said = await press_all(club, omar, club.lobby, theirs)
    assert set(said) == {sentence("error.draft_gone"), sentence("error.import_gone")}
    check(club, answers(await submit_raw(club, omar, f"draft:form:story:{home.draft}", {"why": "Forged."})))
    assert await kept(database, club.guild.id) == before


async def test_whoever_may_is_answered_at_each_press(club: Club) -> None:
    noor = curator(club)
    home = await home_of(club, noor)
    await press_all(club, noor, club.lobby, controls(home))
    for custom_id, typed in forms(home).items():
        check(club, answers(await submit_raw(club, noor, custom_id, typed)))


async def test_what_is_gone_is_said_to_be_gone(club: Club, restart: Restart, database: Database) -> None:
    noor = curator(club)
    home = await home_of(club, noor)
    await bot_of(club).services.departures.erase(
        actor(noor), "Thursday Film Club", "Thursday Film Club", discord.utils.utcnow()
    )
    await restart()
    kinds = ("draft:", "import:", "change:", "suggest:", "film:remove", "film:edit")
    gone = [each for each in controls(home, [OWN, REMOVED]) if each.custom_id.startswith(kinds)]
    await press_all(club, noor, club.lobby, gone)
    for custom_id, typed in forms(home).items():
        if custom_id.startswith(kinds):
            check(club, answers(await submit_raw(club, noor, custom_id, typed)))
    assert not any((await kept(database, club.guild.id)).values())


async def test_two_presses_at_once_are_both_answered_and_one_counts(club: Club, database: Database) -> None:
    noor = curator(club)
    home = await home_of(club, noor)
    for control in (each for each in controls(home) if each.value is None and not each.custom_id.startswith("film")):
        message = posted(club, club.lobby, control)
        results = await at_once(club, [click(club, noor, message, "x") for _ in range(2)])
        check(club, [each for result in results for each in answers(result) if each.id != message.id])
    acts = [row.act for row in (await kept(database, club.guild.id))["changes"]]
    assert {act: acts.count(act) for act in ("add", "import", "undo")} == {"add": 3, "import": 2, "undo": 2}
