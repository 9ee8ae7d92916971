"""Whole lists of films in and out of a server's list."""

import asyncio
import contextlib
import datetime
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.curation.changes import Change, ChangeKind, GuildFilmState
from bot.domain.curation.drafts import MAX_DRAFTS, Draft
from bot.domain.curation.form_codec import texts_of_entry
from bot.domain.curation.import_plans import Answers, ImportPlan, ImportsBusy, Mode
from bot.domain.curation.imports import plan_import
from bot.domain.curation.keeping import IMPORT_KEPT
from bot.domain.curation.uploads import LeftOut, Note
from bot.domain.errors import ImportGone, TooManyDrafts
from bot.domain.films.films import Film
from bot.domain.films.loading import film_body
from bot.domain.guilds.settings import Actor
from bot.services.background import give_back_memory, in_thread, put_off_collection
from bot.services.curation import record_all
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage.db import drafts, films, imports
from bot.storage.db.database import Database, Transaction
from bot.storage.db.imports import Kept
from bot.storage.transfer.exports import export_zip
from bot.storage.transfer.uploads import read_upload

# A file of 8 MB takes about 80 MB while it is read, so they are read one after another.
_MOST_WAITING: Final = 20
_PATIENCE: Final = 600.0  # seconds; Discord takes answers to a command for fifteen minutes


_MOMENT: Final = 0.01


@dataclass(frozen=True)
class DryRun:
    """What taking up an upload would do, and what was passed over when it was read."""

    import_id: str
    plan: ImportPlan
    notes: tuple[Note, ...]
    kept_until: datetime.datetime
    left_out: tuple[LeftOut, ...] = ()


class Imports:
    """Reads uploads, keeps them until a curator says yes, and takes them up in one transaction.

    Each method raises `CuratorsOnly`, and those that name an import `ImportGone`. The reading and writing of
    files happens in a thread: it takes up to some seconds of pure computing.
    """

    def __init__(self, database: Database, all_films: Films, guilds: Guilds) -> None:
        self._database = database
        self._films = all_films
        self._guilds = guilds
        self._one_at_a_time = asyncio.Semaphore(1)
        self._waiting = 0

    @property
    def is_busy(self) -> bool:
        """Whether somebody who comes now has to wait for the turn."""
        return self._one_at_a_time.locked()

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Work on one upload while all others wait; the memory that it took is given back. Raises `ImportsBusy`."""
        if self._waiting >= _MOST_WAITING:
            raise ImportsBusy
        self._waiting += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._one_at_a_time.acquire()
        except TimeoutError:
            raise ImportsBusy from None
        finally:
            self._waiting -= 1
        try:
            with put_off_collection():
                try:
                    yield
                finally:  # the thread that has worked last may still hold what it worked on; another one waits for it
                    await asyncio.to_thread(time.sleep, _MOMENT)
        finally:
            try:
                await asyncio.to_thread(give_back_memory)
            finally:
                self._one_at_a_time.release()

    async def read(
        self, actor: Actor, import_id: str, name: str, content: bytes, mode: Mode, now: datetime.datetime
    ) -> DryRun:
        """Read a file and tell what it would do. Nothing is changed. Raises `UploadRefused`."""
        self._guilds.require_curator(actor)
        upload = await in_thread(read_upload, name, content, actor.name, now.date())
        kept = Kept(upload, mode)
        body = await in_thread(imports.packed, kept)
        async with self._database.begin() as tx:
            known = await _known(tx, actor.guild_id)
            await imports.put(tx, import_id, actor.guild_id, actor.member_id, body, now)
        return await self._dry_run(import_id, kept, known, now)

    async def answer(
        self,
        actor: Actor,
        import_id: str,
        now: datetime.datetime,
        *,
        are_films: bool | None = None,
        are_same: bool | None = None,
    ) -> DryRun:
        """Answer a question of the dry run, which is made anew; what is None stays as it has been answered."""
        self._guilds.require_curator(actor)
        kept = await self._kept(actor, import_id, now)
        before = kept.answers
        answers = Answers(
            before.are_films if are_films is None else are_films, before.are_same if are_same is None else are_same
        )
        kept = replace(kept, answers=answers)
        body = await in_thread(imports.packed, kept)
        async with self._database.begin() as tx:
            known = await _known(tx, actor.guild_id)
            if not await imports.write(tx, import_id, body, now):
                raise ImportGone
        return await self._dry_run(import_id, kept, known, now)

    async def forget_old(self, now: datetime.datetime) -> int:
        """Let go of all uploads that nobody has decided on in time; tells of how many."""
        async with self._database.begin() as tx:
            return await imports.forget_old(tx, now - IMPORT_KEPT)

    async def take(self, actor: Actor, import_id: str, now: datetime.datetime) -> tuple[Film, ...]:
        """Take up all films of the upload, as the list stands now; the import's id is their batch."""
        self._guilds.require_curator(actor)
        kept = await self._kept(actor, import_id, now)
        async with self._database.begin() as tx:
            await films.write(tx, actor.guild_id)
            if not await imports.remove(tx, import_id):
                raise ImportGone
            plan = await in_thread(_planned, kept, await _known(tx, actor.guild_id))
            standings, shared = await films.standings(tx, actor.guild_id), await films.known(tx)

            def change(film: Film) -> Change:
                before, body = standings.get(film.slug, GuildFilmState()), shared.get(film.slug)
                after = _imported(film, before, body)
                place = actor.guild_id, now, actor.member_id
                return Change(*place, ChangeKind.IMPORT, film.slug, before, after, body, batch=import_id)

            made = await in_thread(lambda: [change(film) for film in plan.films])
            await record_all(tx, actor.guild_id, made)
        await self._films.refresh_if_possible()
        return plan.films

    async def begin_drafts(
        self, actor: Actor, import_id: str, draft_id: Callable[[], str], now: datetime.datetime
    ) -> int:
        """Make drafts of the films that an entry needs more of, as many as there is room for.

        Raises `TooManyDrafts` where there is no room at all.
        """
        self._guilds.require_curator(actor)
        kept = await self._kept(actor, import_id, now)
        async with self._database.begin() as tx:
            plan = await in_thread(_planned, kept, await _known(tx, actor.guild_id))
            room = MAX_DRAFTS - await drafts.count(tx, actor.guild_id, actor.member_id)
            if room <= 0:
                raise TooManyDrafts
            mine = {draft.title for draft in await drafts.of_author(tx, actor.guild_id, actor.member_id)}
            begun = [row for row in plan.unfinished if row.name not in mine][:room]
            for row in begun:
                texts = texts_of_entry(row.entry)
                await drafts.add(tx, Draft(draft_id(), actor.guild_id, actor.member_id, texts, now))
        return len(begun)

    async def forget(self, actor: Actor, import_id: str) -> None:
        """Take nothing up."""
        self._guilds.require_curator(actor)
        async with self._database.begin() as tx:
            if not await imports.is_there(tx, actor.guild_id, actor.member_id, import_id):
                raise ImportGone
            await imports.remove(tx, import_id)

    async def export(self, actor: Actor) -> bytes:
        """The server's list as members see it, as a zip."""
        self._guilds.require_curator(actor)
        return await asyncio.to_thread(export_zip, self._films.catalogue_for(actor.guild_id).films)

    async def _dry_run(
        self, import_id: str, kept: Kept, known: Mapping[str, str | None], now: datetime.datetime
    ) -> DryRun:
        plan = await in_thread(_planned, kept, known)
        upload = kept.upload
        return DryRun(import_id, plan, upload.notes, now + IMPORT_KEPT, upload.left_out + plan.left_out)

    async def _kept(self, actor: Actor, import_id: str, now: datetime.datetime) -> Kept:
        async with self._database.read() as tx:
            body = await imports.body(tx, actor.guild_id, actor.member_id, import_id, now - IMPORT_KEPT)
        if body is None:
            raise ImportGone
        return await in_thread(imports.unpacked, body)


def _planned(kept: Kept, known: Mapping[str, str | None]) -> ImportPlan:
    return plan_import(kept.upload, known, kept.mode, kept.answers)


async def _known(tx: Transaction, guild_id: int) -> Mapping[str, str | None]:
    """Every film as members see it; None for what has been taken off or hidden."""
    shared, standings = await films.known(tx), await films.standings(tx, guild_id)
    return await in_thread(
        lambda: {**shared, **{slug: standing.shown(shared.get(slug)) for slug, standing in standings.items()}}
    )


def _imported(film: Film, before: GuildFilmState, shared: str | None) -> GuildFilmState:
    """A film that equals the shared one is shown as that; any other becomes the server's own."""
    body = film_body(film)
    return GuildFilmState() if body == shared else GuildFilmState(own=body, hidden=before.hidden)
