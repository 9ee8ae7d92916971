"""Nothing that a member or a curator typed reaches the log, whatever goes wrong on the way."""

import contextlib
import logging
from collections.abc import Generator, Iterator
from io import StringIO

import pytest
import simcord
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.domain.curation.form_fields import FIELDS
from bot.logs import LogFormatter
from bot.settings import Settings
from bot.ui.curation.form import FORMS
from tests.builders import film
from tests.conftest import Club
from tests.scenarios.curators import add, curator
from tests.scenarios.database import another_process
from tests.scenarios.screen import Message
from tests.scenarios.settings_forms import submit_raw
from tests.scenarios.shelf import stocked
from tests.scenarios.suggestions import bot_of, desk_of, waiting

SECRET = "Zqxjk"
ENTRY = f"""title,year,why,directors,{SECRET}
{SECRET},1999,{SECRET},,
{SECRET} again,{SECRET},{SECRET},{SECRET},
"""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return stocked(settings, [film()])


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """All that our modules log, and what others warn of, as the operator reads it."""
    stream, root = StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LogFormatter())
    levels = {name: logging.getLogger(name).level for name in ("bot", "cogs")}
    root.handlers.insert(0, handler)  # the first one to write an exception down decides how it reads
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def custom_ids(message: Message) -> list[str]:
    return [part["custom_id"] for row in message.components for part in row["components"] if "custom_id" in part]


async def every_text(club: Club, noor: simcord.MemberActor, panel: Message) -> None:
    """Type the secret wherever anything can be typed."""
    for custom_id in custom_ids(panel):
        if custom_id.startswith("draft:form"):
            typed = dict.fromkeys(FORMS[custom_id.split(":")[2]], SECRET)
            await submit_raw(club, noor, custom_id, typed)
    await submit_raw(club, noor, "curate:add", {**dict.fromkeys(FIELDS, SECRET), "name": f"{SECRET} (1999)"})
    await club.ann.slash(club.lobby, "suggest", title=SECRET, why=SECRET, trailer=SECRET)
    await club.ben.slash(club.lobby, "suggest", title=SECRET, why=SECRET)
    for kept in await waiting(club):
        await submit_raw(club, noor, f"suggest:merge:{kept.number}", {"film": SECRET})
    await submit_raw(club, noor, "suggest:decline:1", {"reason": SECRET})
    await submit_raw(club, noor, "settings:set:time_zone", {"value": SECRET})
    await submit_raw(club, noor, "settings:erase", {"name": SECRET})
    for command in ("edit", "remove", "restore", "hide", "unhide", "reset", "history"):
        await noor.slash(club.lobby, f"curate {command}", title=SECRET)
        await noor.autocomplete(club.lobby, f"curate {command}", "title", SECRET)
    await noor.slash(club.lobby, "curate import", file=(f"{SECRET}.csv", ENTRY.encode()))
    await noor.slash(club.lobby, "curate import", file=(f"{SECRET}.toml", SECRET.encode()))


def check(logged: StringIO) -> str:
    said = logged.getvalue()
    assert SECRET.casefold() not in said.casefold()
    return said


async def test_where_all_goes_well(club: Club, logged: StringIO) -> None:
    noor = curator(club)
    await desk_of(club)
    await every_text(club, noor, await add(club, noor))
    assert club.env.errors
    check(logged)


@contextlib.contextmanager
def refusing(part: str) -> Generator[None]:
    """The database refuses every statement that holds this text, and quotes what was sent to it."""

    def refuse(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if part in statement:
            raise ValueError(f"{parameters!r} {SECRET}")

    event.listen(Engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", refuse)


@pytest.mark.parametrize("part", ["INSERT", "UPDATE", "SELECT"])
async def test_where_the_database_fails_as_nobody_expected(club: Club, logged: StringIO, part: str) -> None:
    noor = curator(club)
    panel = await add(club, noor)
    with refusing(part), contextlib.suppress(ValueError):
        await every_text(club, noor, panel)
    assert club.env.errors
    assert "ValueError" in check(logged)


async def test_where_a_film_of_a_servers_own_is_none_any_more(club: Club, logged: StringIO, settings: Settings) -> None:
    noor = curator(club)
    panel = await add(club, noor, name=f"{SECRET} (1999)")
    await noor.click(panel, label="Publish")
    with another_process(settings) as connection:
        connection.execute("UPDATE films SET body = '{}' WHERE scope <> 0")
        connection.execute("UPDATE revisions SET number = 1 + (SELECT max(number) FROM revisions)")
        connection.execute("UPDATE film_revisions SET number = (SELECT number FROM revisions WHERE scope = 0)")
    await bot_of(club).services.films.refresh()
    await noor.slash(club.lobby, "curate edit", title=f"{SECRET} (1999)")
    await noor.slash(club.lobby, "curate history")
    assert club.env.errors
    assert "left out" in check(logged)
