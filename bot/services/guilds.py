"""What each server has set for itself, and who may change its list."""

import asyncio
import contextlib
import dataclasses
import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from bot.domain.curation.changes import Change, ChangeKind
from bot.domain.errors import AlreadyDone, CuratorsOnly, ManagersOnly, StorageUnavailable
from bot.domain.guilds.settings import Actor, GuildSettings, without
from bot.storage.db import changes, guilds, revisions, spotlight
from bot.storage.db.database import Database, Transaction

_DEFAULT: Final = GuildSettings()


class Guilds:
    """Answers from memory, as look-ups do, for servers that were loaded; `refresh` takes up what others have set."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._number = 0  # of the last change that has been taken up
        self._loads = 0
        self._settings: dict[int, GuildSettings] = {}
        self._refreshing = asyncio.Lock()  # so that an older look never overwrites a newer one

    def settings(self, guild_id: int | None) -> GuildSettings:
        """The server's settings; the defaults for a direct message, and for a server that was not loaded."""
        return _DEFAULT if guild_id is None else self._settings.get(guild_id, _DEFAULT)

    @property
    def at_hand(self) -> Collection[int]:
        """The servers that were loaded."""
        return self._settings.keys()

    async def load(self, guild_ids: Iterable[int]) -> None:
        """Have the settings of these servers at hand; costs nothing where they are. Raises `StorageUnavailable`."""
        missing = [guild_id for guild_id in guild_ids if guild_id not in self._settings]
        if not missing:
            return
        number = self._number
        async with self._database.read() as tx:
            found = await guilds.load(tx, missing)
        self._settings |= {guild_id: found.get(guild_id, _DEFAULT) for guild_id in missing}
        # What a look has passed over meanwhile, as it was of no server at hand, is looked for once more.
        self._number = min(self._number, number)
        self._loads += 1

    def let_go(self, guild_ids: Iterable[int]) -> None:
        """Keep nothing more of these servers in memory."""
        for guild_id in guild_ids:
            self._settings.pop(guild_id, None)

    async def refresh(self) -> None:
        """Look whether the settings of any server at hand have changed, and take them up."""
        async with self._refreshing, self._database.read() as tx:
            loads = self._loads
            if self._settings:
                number = await self._take_up(tx)
            else:  # nothing is at hand that could be out of date
                number = await revisions.latest(tx)
            if loads == self._loads:  # otherwise the next look takes the same up for what has come meanwhile
                self._number = number

    async def _take_up(self, tx: Transaction) -> int:
        """Put the newest settings in place of those at hand; the result is the number of the last change."""
        erased = await revisions.erased_since(tx, self._number)
        moved, number = await guilds.changed_since(tx, self._number)
        if erased is not None:  # whose settings are gone is not told
            chosen = [guild_id for guild_id, each in self._settings.items() if each is not _DEFAULT]
            kept = await guilds.load(tx, chosen)
            moved = {**{guild_id: kept.get(guild_id, _DEFAULT) for guild_id in chosen}, **moved}
        self._settings |= {guild_id: each for guild_id, each in moved.items() if guild_id in self._settings}
        return max(number, erased or 0)

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
