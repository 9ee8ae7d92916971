"""What a server sets: only by who may, seen by every process, taken back like any change."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.curation.changes import ChangeKind
from bot.domain.errors import AlreadyDone, ChangedSince, CuratorsOnly, ManagersOnly
from bot.domain.guilds.settings import GuildSettings
from bot.storage.db import departures, guilds
from bot.storage.db.database import Database, Transaction
from tests.services.house import (
    ANN,
    BEN,
    CLEO,
    GUILD,
    MEMBER,
    NOW,
    OTHER,
    SOLARIS,
    House,
    actor,
    opened,
    process,
    statements,
)

CURATOR = actor("Eve", manages=False, role_ids=frozenset({5}))


@pytest.fixture
async def house(database: Database) -> House:
    return await opened(database)


async def test_a_server_begins_with_the_defaults_and_so_does_a_direct_message(house: House) -> None:
    assert house.guilds.settings(GUILD) == house.guilds.settings(None) == GuildSettings()


async def test_what_is_set_holds_at_once_for_this_server_only_and_is_recorded(house: House) -> None:
    change = await house.guilds.change(ANN, {"archive_after": 60, "curator_role": 5}, NOW)
    now = GuildSettings(archive_after=60, curator_role=5)
    assert house.guilds.settings(GUILD) == now
    assert house.guilds.settings(OTHER) == house.guilds.settings(None) == GuildSettings()
    assert (change.act, change.slug, change.actor_id) == (ChangeKind.SETTINGS, None, ANN.member_id)
    assert change.settings is not None
    assert [GuildSettings.model_validate_json(body) for body in change.settings] == [GuildSettings(), now]
    assert await house.history() == (change,)
    assert await house.history(OTHER) == ()
    await house.guilds.change(BEN, {"archive_after": 1440}, NOW)
    assert house.guilds.settings(GUILD) == GuildSettings(archive_after=1440, curator_role=5)


async def test_another_process_takes_it_up_when_it_looks(house: House) -> None:
    other = process(house.database)
    await other.guilds.refresh()
    await other.guilds.load([GUILD])
    await house.guilds.change(ANN, {"archive_after": 60}, NOW)
    assert other.guilds.settings(GUILD) == GuildSettings()
    await other.guilds.refresh()
    assert other.guilds.settings(GUILD) == GuildSettings(archive_after=60)


async def test_what_cannot_be_set_is_refused_and_leaves_no_trace(house: House) -> None:
    await house.guilds.change(ANN, {"archive_after": 60, "curator_role": 5}, NOW)
    before = await house.rows()
    for who, values, refusal in (
        (ANN, {"archive_after": 60}, AlreadyDone),
        (ANN, {}, AlreadyDone),
        (ANN, {"archive_after": 61}, ValidationError),
        (ANN, {"curator_role": "everyone"}, ValidationError),
        (CURATOR, {"archive_after": 1440}, ManagersOnly),
        (MEMBER, {"archive_after": 1440}, ManagersOnly),
    ):
        with pytest.raises(refusal):
            await house.guilds.change(who, values, NOW)
    assert await house.rows() == before
    assert house.guilds.settings(GUILD).archive_after == 60


async def test_the_curators_role_counts_from_the_moment_it_is_set(house: House) -> None:
    with pytest.raises(CuratorsOnly):
        await house.drafts.mine(CURATOR)
    change = await house.guilds.change(ANN, {"curator_role": 5}, NOW)
    assert await house.drafts.mine(CURATOR) == ()
    elsewhere = actor("Eve", OTHER, manages=False, role_ids=frozenset({5}))
    with pytest.raises(CuratorsOnly):
        await house.drafts.mine(elsewhere)
    await house.curation.undo(ANN, change.number, NOW)
    with pytest.raises(CuratorsOnly):
        await house.drafts.mine(CURATOR)


async def test_a_change_is_taken_back_and_what_came_after_it_stays(house: House) -> None:
    first = await house.guilds.change(ANN, {"curator_role": 5, "archive_after": 60}, NOW)
    await house.guilds.change(ANN, {"trailer": "on_request"}, NOW)
    undone = await house.curation.undo(BEN, first.number, NOW)
    assert (undone.act, undone.slug) == (ChangeKind.UNDO, None)
    assert house.guilds.settings(GUILD) == GuildSettings(trailer="on_request")
    with pytest.raises(AlreadyDone):
        await house.curation.undo(BEN, first.number, NOW)
    await house.curation.undo(ANN, undone.number, NOW)
    assert house.guilds.settings(GUILD) == GuildSettings(curator_role=5, archive_after=60, trailer="on_request")
    await house.guilds.change(ANN, {"archive_after": 1440}, NOW)
    before = await house.rows()
    with pytest.raises(ChangedSince):
        await house.curation.undo(BEN, first.number, NOW)
    assert await house.rows() == before


async def test_a_curator_takes_back_films_but_no_settings(house: House) -> None:
    settings = await house.guilds.change(ANN, {"curator_role": 5}, NOW)
    added = await house.add(SOLARIS)
    await house.curation.undo(CURATOR, added.change.number, NOW)
    with pytest.raises(ManagersOnly):
        await house.curation.undo(CURATOR, settings.number, NOW)
    with pytest.raises(AlreadyDone):
        await house.curation.undo(CLEO, settings.number, NOW)
    assert house.guilds.settings(GUILD).curator_role == 5


async def test_a_process_holds_the_settings_of_servers_that_it_was_told_of_and_no_others(house: House) -> None:
    for guild_id in range(1, 40):
        await house.guilds.change(actor("Ann", guild_id), {"archive_after": 60}, NOW)
    fresh = process(house.database)
    with statements("guild_settings.body") as asked:
        await fresh.guilds.refresh()
        assert asked == []
        await fresh.guilds.load([5, GUILD])
        await fresh.guilds.load([GUILD, 5])
        assert len(asked) == 1
    assert fresh.guilds.settings(5) == GuildSettings(archive_after=60)
    assert list(fresh.guilds.at_hand) == [5, GUILD]
    fresh.guilds.let_go([5, 6])
    assert list(fresh.guilds.at_hand) == [GUILD]
    await house.guilds.change(actor("Ann", 5), {"archive_after": 1440}, NOW)
    await fresh.guilds.refresh()
    assert list(fresh.guilds.at_hand) == [GUILD]
    await fresh.guilds.load([5])
    assert fresh.guilds.settings(5) == GuildSettings(archive_after=1440)


async def test_settings_that_are_erased_elsewhere_are_the_defaults_again_and_others_stay(house: House) -> None:
    for guild_id in (GUILD, OTHER):
        await house.guilds.change(actor("Ann", guild_id), {"archive_after": 60}, NOW)
    other = process(house.database)
    await other.guilds.load([GUILD, OTHER, 7])
    await other.guilds.refresh()
    async with house.database.begin() as tx:
        await departures.erase(tx, GUILD)
    await other.guilds.refresh()
    assert other.guilds.settings(GUILD) == GuildSettings()
    assert other.guilds.settings(OTHER) == GuildSettings(archive_after=60)


class Paused:
    """Readings of settings that have read, and go on when they are told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._read, self._go_on = asyncio.Queue[None](), list[asyncio.Event]()
        load = guilds.load

        async def slowly(tx: Transaction, guild_ids: Iterable[int]) -> Mapping[int, GuildSettings]:
            found, go_on = await load(tx, guild_ids), asyncio.Event()
            self._go_on.append(go_on)
            self._read.put_nowait(None)
            await go_on.wait()
            return found

        monkeypatch.setattr(guilds, "load", slowly)

    async def begun(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """The work, which has read."""
        task = asyncio.ensure_future(work)
        await self._read.get()
        return task

    async def end(self, number: int, task: asyncio.Task[None]) -> None:
        self._go_on[number].set()
        await task


async def test_what_is_set_and_looked_for_while_a_server_is_loaded_is_known_after_the_next_look(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = process(house.database)
    await other.guilds.load([OTHER])
    await other.guilds.refresh()
    with monkeypatch.context() as patch:
        paused = Paused(patch)
        loading = await paused.begun(other.guilds.load([GUILD]))
        await house.guilds.change(ANN, {"archive_after": 60}, NOW)
        await other.guilds.refresh()
        await paused.end(0, loading)
    await other.guilds.refresh()
    assert other.guilds.settings(GUILD) == GuildSettings(archive_after=60)


async def test_what_is_erased_while_a_server_is_loaded_and_looked_for_is_known_after_the_next_look(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for guild_id in (GUILD, OTHER):
        await house.guilds.change(actor("Ann", guild_id), {"archive_after": 60}, NOW)
    other = process(house.database)
    await other.guilds.load([OTHER])
    await other.guilds.refresh()
    with monkeypatch.context() as patch:
        paused = Paused(patch)
        loading = await paused.begun(other.guilds.load([GUILD]))
        async with house.database.begin() as tx:
            await departures.erase(tx, GUILD)
        looking = await paused.begun(other.guilds.refresh())
        await paused.end(0, loading)
        await paused.end(1, looking)
    await other.guilds.refresh()
    assert other.guilds.settings(GUILD) == GuildSettings()
    assert other.guilds.settings(OTHER) == GuildSettings(archive_after=60)
