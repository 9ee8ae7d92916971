"""Whole lists of films in and out of a server's list."""

import asyncio
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.curated import film_body
from bot.domain.curation import Act, Change, Standing
from bot.domain.drafts import MAX_DRAFTS, Draft
from bot.domain.errors import ImportGone, TooManyDrafts
from bot.domain.film_texts import texts_of_entry
from bot.domain.films import Film
from bot.domain.guilds import Actor
from bot.domain.imports import ImportPlan, Mode, plan_import
from bot.domain.uploads import Note, Upload
from bot.services.curation import record_all
from bot.services.films import Films
from bot.services.guilds import Guilds
from bot.storage import drafts, films, imports
from bot.storage.database import Database, Transaction
from bot.storage.exports import export_zip
from bot.storage.uploads import read_upload


@dataclass(frozen=True)
class DryRun:
    """What taking up an upload would do, and what was passed over when it was read."""

    import_id: str
    plan: ImportPlan
    notes: tuple[Note, ...]


class Imports:
    """Reads uploads, keeps them until a curator says yes, and takes them up in one transaction.

    Each method raises `CuratorsOnly`, and those that name an import `ImportGone`. The reading and writing of
    files happens in a thread: it takes up to some seconds of pure computing.
    """

    def __init__(self, database: Database, all_films: Films, guilds: Guilds) -> None:
        self._database = database
        self._films = all_films
        self._guilds = guilds

    async def read(
        self, actor: Actor, import_id: str, name: str, content: bytes, mode: Mode, now: datetime.datetime
    ) -> DryRun:
        """Read a file and tell what it would do. Nothing is changed. Raises `UploadRefused`."""
        self._guilds.require_curator(actor)
        upload = await asyncio.to_thread(read_upload, name, content, actor.name, now.date())
        body = await asyncio.to_thread(imports.packed, upload, mode)
        async with self._database.begin() as tx:
            known = await _known(tx, actor.guild_id)
            await imports.put(tx, import_id, actor.guild_id, actor.member_id, body, now)
        plan = await asyncio.to_thread(plan_import, upload, known, mode)
        return DryRun(import_id, plan, upload.notes)

    async def take(self, actor: Actor, import_id: str, now: datetime.datetime) -> tuple[Film, ...]:
        """Take up all films of the upload, as the list stands now; the import's id is their batch."""
        self._guilds.require_curator(actor)
        upload, mode = await self._kept(actor, import_id)
        async with self._database.begin() as tx:
            await films.write(tx, actor.guild_id)
            if not await imports.remove(tx, import_id):
                raise ImportGone
            plan = await asyncio.to_thread(plan_import, upload, await _known(tx, actor.guild_id), mode)
            standings, shared = await films.standings(tx, actor.guild_id), await films.known(tx)
            made = [
                Change(
                    actor.guild_id,
                    now,
                    actor.member_id,
                    Act.IMPORT,
                    film.slug,
                    before := standings.get(film.slug, Standing()),
                    _imported(film, before, shared.get(film.slug)),
                    shared.get(film.slug),
                    batch=import_id,
                )
                for film in plan.films
            ]
            await record_all(tx, actor.guild_id, made)
        await self._films.catch_up()
        return plan.films

    async def begin_drafts(
        self, actor: Actor, import_id: str, draft_id: Callable[[], str], now: datetime.datetime
    ) -> int:
        """Make drafts of the films that an entry needs more of, as many as there is room for.

        Raises `TooManyDrafts` where there is no room at all.
        """
        self._guilds.require_curator(actor)
        upload, mode = await self._kept(actor, import_id)
        async with self._database.begin() as tx:
            plan = await asyncio.to_thread(plan_import, upload, await _known(tx, actor.guild_id), mode)
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
            if await imports.body(tx, actor.guild_id, actor.member_id, import_id) is None:
                raise ImportGone
            await imports.remove(tx, import_id)

    async def export(self, actor: Actor) -> bytes:
        """The server's list as members see it, as a zip."""
        self._guilds.require_curator(actor)
        return await asyncio.to_thread(export_zip, self._films.seen_in(actor.guild_id).films)

    async def _kept(self, actor: Actor, import_id: str) -> tuple[Upload, Mode]:
        async with self._database.read() as tx:
            body = await imports.body(tx, actor.guild_id, actor.member_id, import_id)
        if body is None:
            raise ImportGone
        return await asyncio.to_thread(imports.unpacked, body)


async def _known(tx: Transaction, guild_id: int) -> Mapping[str, str | None]:
    """Every film as members see it; None for what has been taken off or hidden."""
    shared, standings = await films.known(tx), await films.standings(tx, guild_id)
    return {**shared, **{slug: standing.shown(shared.get(slug)) for slug, standing in standings.items()}}


def _imported(film: Film, before: Standing, shared: str | None) -> Standing:
    """A film that equals the shared one is shown as that; any other becomes the server's own."""
    body = film_body(film)
    return Standing() if body == shared else Standing(own=body, hidden=before.hidden)
