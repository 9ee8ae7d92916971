"""Uploads that have been read and wait for a curator to say yes."""

import datetime
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, insert, select, update

from bot.domain.curation.import_plans import Answers, Mode
from bot.domain.curation.uploads import Row, Upload
from bot.domain.errors import ImportGone
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import imports


@dataclass(frozen=True)
class Kept:
    """An upload as it waits, and what has been said to its questions."""

    upload: Upload
    mode: Mode
    answers: Answers = field(default_factory=Answers)


_ROW: TypeAdapter[Row] = TypeAdapter(Row)
_REST: TypeAdapter[Kept] = TypeAdapter(Kept)


def packed(kept: Kept) -> str:
    """The form in which an upload is kept: a line for each row, for one of all would hold every thread up."""
    rest = replace(kept, upload=replace(kept.upload, rows=()))
    return "\n".join(line.decode() for line in (_REST.dump_json(rest), *map(_ROW.dump_json, kept.upload.rows)))


def unpacked(body: str) -> Kept:
    """The upload that is kept so. It takes up to a second of pure computing. Raises `ImportGone` for other forms."""
    first, *lines = body.split("\n")
    try:
        kept = _REST.validate_json(first)
        rows = kept.upload.rows + tuple(_ROW.validate_json(line) for line in lines)
    except ValidationError:
        raise ImportGone from None
    return replace(kept, upload=replace(kept.upload, rows=rows))


async def put(
    tx: AsyncConnection, import_id: str, guild_id: int, author_id: int, body: str, at: datetime.datetime
) -> None:
    """Keep an upload, in place of any that the curator has left lying."""
    await tx.execute(delete(imports).where(imports.c.guild_id == guild_id, imports.c.author_id == author_id))
    await tx.execute(
        insert(imports).values(id=import_id, guild_id=guild_id, author_id=author_id, body=body, read_at=at)
    )


async def body(
    tx: AsyncConnection, guild_id: int, author_id: int, import_id: str, since: datetime.datetime
) -> str | None:
    """What is kept, where this curator has sent it in this server, and not before that moment."""
    return await tx.scalar(
        select(imports.c.body)
        .where(imports.c.id == import_id, imports.c.read_at >= since)
        .where(imports.c.guild_id == guild_id, imports.c.author_id == author_id)
    )


async def write(tx: AsyncConnection, import_id: str, body: str, at: datetime.datetime) -> bool:
    """Keep other answers with it, from that moment on; False where it is gone."""
    return (
        await tx.execute(update(imports).where(imports.c.id == import_id).values(body=body, read_at=at))
    ).rowcount == 1


async def forget_old(tx: AsyncConnection, before: datetime.datetime) -> int:
    """Forget all that have been waiting since before that moment; tells how many."""
    return (await tx.execute(delete(imports).where(imports.c.read_at < before))).rowcount


async def is_there(tx: AsyncConnection, guild_id: int, author_id: int, import_id: str) -> bool:
    """Whether this curator has sent it in this server, without reading it."""
    found = select(imports.c.id).where(imports.c.id == import_id)
    mine = found.where(imports.c.guild_id == guild_id, imports.c.author_id == author_id)
    return await tx.scalar(mine) is not None


async def remove(tx: AsyncConnection, import_id: str) -> bool:
    """Forget it; False where it was gone already."""
    return (await tx.execute(delete(imports).where(imports.c.id == import_id))).rowcount == 1
