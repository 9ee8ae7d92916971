"""Uploads that have been read and wait for a curator to say yes."""

import datetime
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.imports import Mode
from bot.domain.uploads import Upload
from bot.storage.tables import imports


@dataclass(frozen=True)
class _Body:
    upload: Upload
    mode: Mode


_BODY: TypeAdapter[_Body] = TypeAdapter(_Body)


def packed(upload: Upload, mode: Mode) -> str:
    """The form in which an upload is kept. It takes up to a second of pure computing."""
    return _BODY.dump_json(_Body(upload, mode)).decode()


def unpacked(body: str) -> tuple[Upload, Mode]:
    """The upload that is kept so. It takes up to a second of pure computing."""
    kept = _BODY.validate_json(body)
    return kept.upload, kept.mode


async def put(
    tx: AsyncConnection, import_id: str, guild_id: int, author_id: int, body: str, at: datetime.datetime
) -> None:
    """Keep an upload, in place of any that the curator has left lying."""
    await tx.execute(delete(imports).where(imports.c.guild_id == guild_id, imports.c.author_id == author_id))
    await tx.execute(
        insert(imports).values(id=import_id, guild_id=guild_id, author_id=author_id, body=body, read_at=at)
    )


async def body(tx: AsyncConnection, guild_id: int, author_id: int, import_id: str) -> str | None:
    """What is kept, where this curator has sent it in this server."""
    return await tx.scalar(
        select(imports.c.body)
        .where(imports.c.id == import_id)
        .where(imports.c.guild_id == guild_id, imports.c.author_id == author_id)
    )


async def remove(tx: AsyncConnection, import_id: str) -> bool:
    """Forget it; False where it was gone already."""
    return (await tx.execute(delete(imports).where(imports.c.id == import_id))).rowcount == 1
