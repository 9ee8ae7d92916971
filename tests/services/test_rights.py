"""Every method of a service that takes an actor asks first whether that actor may, whatever screen calls it."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from bot.domain.curation.import_plans import Mode
from bot.domain.errors import CuratorsOnly, ManagersOnly
from bot.domain.guilds.settings import Actor
from bot.services.curation import Curation
from bot.services.departures import Departures
from bot.services.drafts import Drafts
from bot.services.guilds import Guilds
from bot.services.imports import Imports
from bot.services.suggestions import Suggestions
from bot.storage.db.database import Database
from tests.services.house import ANN, GUILD, MEMBER, NIGHT, NOW, House, opened

SERVICES: Final[tuple[Any, ...]] = (Curation, Departures, Drafts, Guilds, Imports, Suggestions)
# What every member may do, and what asks a question of its own.
FOR_MEMBERS: Final = {"Suggestions.make", "Guilds.require_opener"}
EXAMPLES: Final[Mapping[str, Any]] = {
    "slug": NIGHT.slug,
    "number": 1,
    "below": None,
    "limit": 5,
    "batch": "b" * 16,
    "undo_id": "c" * 16,
    "draft_id": "d" * 16,
    "import_id": "a" * 16,
    "texts": {"why": "Forged."},
    "keep_mine": True,
    "name": "Club",
    "typed": "Club",
    "content": b"title,year\nA,1999",
    "mode": Mode.ADD,
    "values": {"archive_after": 60},
    "reason": "Forged.",
    "are_films": True,
    "are_same": True,
    "tx": None,
    "change": None,
}
EVERY: Final = {
    f"{service.__name__}.{name}": method
    for service in SERVICES
    for name, method in inspect.getmembers(service, inspect.isfunction)
    if not name.startswith("_") and "actor" in inspect.signature(method).parameters
}
STAFF_ONLY: Final = sorted(EVERY.keys() - FOR_MEMBERS)
MANAGERS_ONLY: Final = {"Departures.erase", "Guilds.change", "Guilds.take_back", "Guilds.require_manager"}


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database will do: who may is decided before any is asked."""
    return f"sqlite:///{tmp_path / 'test.db'}"


async def refusal(house: House, method: str, actor: Actor) -> type[Exception] | None:
    """How the method refuses, given arguments of which most are of no use: the right has to be asked about first."""
    service, name = method.split(".")
    kind = next(each for each in SERVICES if each.__name__ == service)
    asked: Any = house.guilds if kind is Guilds else kind(house.database, house.films, house.guilds)
    given: dict[str, Any] = {**EXAMPLES, "actor": actor, "now": NOW}
    wanted = inspect.signature(EVERY[method]).parameters.keys() - {"self"}
    try:
        called = getattr(asked, name)(**{key: given[key] for key in wanted})
        if inspect.isawaitable(called):
            await called
    except Exception as error:  # noqa: BLE001  # what becomes of an act that is allowed is not asked here
        return type(error)
    return None


@pytest.mark.parametrize("method", STAFF_ONLY)
async def test_a_member_is_refused_and_nothing_is_changed(database: Database, method: str) -> None:
    house = await opened(database)
    before = await house.rows()
    expected = ManagersOnly if method in MANAGERS_ONLY else CuratorsOnly
    assert await refusal(house, method, MEMBER) is expected
    assert await house.rows() == before
    assert await refusal(house, method, ANN) not in {CuratorsOnly, ManagersOnly}


@pytest.mark.parametrize("method", sorted(MANAGERS_ONLY))
async def test_a_curator_without_manage_server_is_refused(database: Database, method: str) -> None:
    house = await opened(database)
    await house.guilds.change(ANN, {"curator_role": 5}, NOW)
    curator = MEMBER.model_copy(update={"role_ids": frozenset({5})})
    house.guilds.require_curator(curator)
    assert await refusal(house, method, curator) is ManagersOnly


@pytest.mark.parametrize("method", STAFF_ONLY)
async def test_the_right_counts_in_the_own_server_alone(database: Database, method: str) -> None:
    house = await opened(database)
    await house.guilds.change(ANN, {"curator_role": 5}, NOW)
    elsewhere = MEMBER.model_copy(update={"role_ids": frozenset({5}), "guild_id": GUILD + 1})
    assert await refusal(house, method, elsewhere) in {CuratorsOnly, ManagersOnly}


def test_there_are_as_many_methods_as_there_were() -> None:
    assert len(STAFF_ONLY) > 25
