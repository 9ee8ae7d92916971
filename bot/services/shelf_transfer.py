"""Shelves in and out of files: first what would happen, then one press, and one press back."""

import datetime
from typing import NamedTuple

from bot.domain.curation.keeping import IMPORT_KEPT
from bot.domain.errors import ImportGone
from bot.domain.shelves.imports import Matches, match_shelf, taken_in
from bot.domain.shelves.marks import NOTHING, ShelfOwner
from bot.services.background import in_thread
from bot.services.films import Films
from bot.services.shelves import Shelves
from bot.storage.db import shelf_imports
from bot.storage.db.database import Database
from bot.storage.transfer.shelf_exports import export_shelf
from bot.storage.transfer.uploads.shelf_tables import read_shelf


class ShelfDryRun(NamedTuple):
    """What an upload would do: the films it is about, and how many marks would change."""

    import_id: str
    matches: Matches
    changes: int
    cut: int
    passed_over: int
    kept_until: datetime.datetime


class ShelfTransfer:
    """Reads members' exports of other sites, and writes theirs. Whoever reads takes a turn of `Imports` first."""

    def __init__(self, database: Database, all_films: Films, shelves: Shelves) -> None:
        self._database = database
        self._films = all_films
        self._shelves = shelves

    async def read(
        self, owner: ShelfOwner, import_id: str, name: str, content: bytes, now: datetime.datetime
    ) -> ShelfDryRun:
        """Read a file and tell what it would do. Nothing is marked. Raises `UploadRefused`."""
        brought = await in_thread(read_shelf, name, content)
        catalogue = self._films.catalogue_for(None if owner.is_alone else owner.guild_id)
        matches = await in_thread(match_shelf, brought, catalogue.films)
        body = await in_thread(shelf_imports.packed, matches.found)
        async with self._database.begin() as tx:
            await shelf_imports.put(tx, owner, import_id, body, now)
        current = (await self._shelves.of(owner)).marks
        after = taken_in(matches.found, current, now)
        changes = sum(mark != current.get(slug, NOTHING) for slug, mark in after.items())
        return ShelfDryRun(import_id, matches, changes, brought.cut, brought.passed_over, now + IMPORT_KEPT)

    async def take(self, owner: ShelfOwner, import_id: str, now: datetime.datetime) -> tuple[int | None, int]:
        """Mark what was read; the number that takes it back, and how many films. Raises `ImportGone`."""
        async with self._database.read() as tx:
            found = await shelf_imports.get(tx, owner, import_id, now - IMPORT_KEPT)
        if found is None:
            raise ImportGone
        done = await self._shelves.put_all(owner, lambda current: taken_in(found, current, now), now)
        async with self._database.begin() as tx:  # taken twice it would do nothing more
            await shelf_imports.remove(tx, owner)
        return done

    async def export(self, owner: ShelfOwner) -> bytes:
        """The member's shelf as a zip."""
        marks = (await self._shelves.of(owner)).marks
        films = self._films.catalogue_for(None if owner.is_alone else owner.guild_id).by_slug
        return await in_thread(export_shelf, marks, films)

    async def forget_old(self, now: datetime.datetime) -> int:
        """Let go of uploads that nobody has decided on in time."""
        async with self._database.begin() as tx:
            return await shelf_imports.forget_old(tx, now - IMPORT_KEPT)
