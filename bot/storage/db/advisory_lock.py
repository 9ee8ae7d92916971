"""Letting transactions of several processes pass one after the other where a rule spans more than one row."""

from typing import Final

from sqlalchemy import text

from bot.storage.db.connections import AsyncConnection

_LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtextextended(:matter, 0))")


async def serialize(tx: AsyncConnection, matter: str) -> None:
    """Wait until no other transaction is at the same matter; the place is given up with the transaction.

    SQLite has one writer at a time anyway.
    """
    if tx.dialect.name == "postgresql":
        await tx.execute(_LOCK, {"matter": f"front-row {matter}"})
