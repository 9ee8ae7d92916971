"""What each server has set for itself, and who may change its list."""

import asyncio
import contextlib
import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any, Final

from bot.domain.curation.changes import Change, ChangeKind
from bot.domain.errors import AlreadyDone, CuratorsOnly, ManagersOnly, StorageUnavailable
from bot.domain.guilds.settings import Actor, GuildSettings, without
from bot.storage.db import changes, guilds, revisions, spotlight
from bot.storage.db.database import Database, Transaction

_DEFAULT: Final = GuildSettings()


class Guilds:
    """Answers from memory, as look-ups do; `refresh` takes up what other processes have set."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = 0  # the number of the last change that has been taken up
        self._erased = 0
        self._settings: Mapping[int, GuildSettings] = {}
        self._refreshing = asyncio.Lock()  # so that an older look never overwrites a newer one

    def settings(self, guild_id: int | None) -> GuildSettings:
        """The server's settings; the defaults for a direct message."""
        return _DEFAULT if guild_id is None else self._settings.get(guild_id, _DEFAULT)

    async def refresh(self) -> None:
        """Look whether any server's settings have changed, and take them up."""
        async with self._refreshing, self._database.read() as tx:
            erased = await revisions.of(tx, revisions.ERASED)
            if erased == self._erased:
                moved, self._seen = await guilds.load(tx, self._seen)
                self._settings = {**self._settings, **moved}
            else:  # whose settings are gone is not told, so all are taken anew
                self._settings, self._seen = await guilds.load(tx)
                self._erased = erased

    async def refresh_if_possible(self) -> None:
        """Take up what this process has just written.

        What is written stays written, so a database that fails only now is no failure of the act: `refresh`,
        which is asked again and again, finds it later.
        """
        with contextlib.suppress(StorageUnavailable):
            await self.refresh()

    async def change(self, actor: Actor, values: Mapping[str, Any], now: datetime.datetime) -> Change:
        """Set some of the settings. Raises `ManagersOnly`, `AlreadyDone` or pydantic's `ValidationError`."""
        self.require_manager(actor)
        async with self._database.begin() as tx:
            before = await guilds.write(tx, actor.guild_id)
            after = GuildSettings.model_validate({**before.model_dump(), **values})
            change = await _put(tx, actor, before, after, ChangeKind.SETTINGS, now)
        await self.refresh_if_possible()
        return change

    async def take_back(self, tx: Transaction, actor: Actor, change: Change, now: datetime.datetime) -> Change:
        """Set back what one change has set, and nothing that came after it. Raises `ManagersOnly`."""
        self.require_manager(actor)
        assert change.settings is not None
        before, after = (GuildSettings.model_validate_json(body) for body in change.settings)
        current = await guilds.write(tx, actor.guild_id)
        return await _put(tx, actor, current, without(before, after, current), ChangeKind.UNDO, now)

    def require_curator(self, actor: Actor) -> None:
        """Raise `CuratorsOnly` unless they may change the server's list."""
        if not actor.curates(self.settings(actor.guild_id)):
            raise CuratorsOnly

    def require_opener(self, actor: Actor) -> None:
        """Raise `OpeningIsForCurators` unless they may open a discussion that is not there yet."""
        actor.check_opens(self.settings(actor.guild_id))

    def require_manager(self, actor: Actor) -> None:
        """Raise `ManagersOnly` unless they may change the server's settings."""
        if not actor.manages:
            raise ManagersOnly


async def _put(
    tx: Transaction, actor: Actor, before: GuildSettings, after: GuildSettings, act: ChangeKind, now: datetime.datetime
) -> Change:
    if before == after:
        raise AlreadyDone
    await guilds.put(tx, actor.guild_id, after)
    if before.time_zone != after.time_zone:
        await spotlight.replan(tx, actor.guild_id, after.time_zone, now)
    bodies = before.model_dump_json(), after.model_dump_json()
    change = Change(actor.guild_id, now, actor.member_id, act, settings=bodies)
    return dataclasses.replace(change, number=await changes.add(tx, change))
