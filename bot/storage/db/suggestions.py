"""Members' suggestions in the database, and what became of them."""

import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, insert, select, update

from bot.domain.curation.suggestions import UNDECIDED, State, Suggestion
from bot.storage.db.advisory_lock import serialize
from bot.storage.db.connections import AsyncConnection
from bot.storage.db.tables import suggestions

_WAITING = suggestions.c.state.in_([state.value for state in UNDECIDED])


async def waiting_of(tx: AsyncConnection, guild_id: int, author_id: int) -> int:
    """How many of the member's are undecided; until the transaction ends, the member makes no other."""
    await serialize(tx, f"suggestions {guild_id} {author_id}")
    return await tx.scalar(select(func.count()).where(_by(guild_id, author_id), _WAITING)) or 0


async def last_made(tx: AsyncConnection, guild_id: int, author_id: int) -> datetime.datetime | None:
    """When the member made the latest one, whatever became of it."""
    newest = select(suggestions.c.made).where(_by(guild_id, author_id)).order_by(suggestions.c.made.desc()).limit(1)
    return await tx.scalar(newest)


async def add(tx: AsyncConnection, suggestion: Suggestion) -> int:
    """Keep a new suggestion; the result is its number."""
    number = await tx.scalar(
        insert(suggestions)
        .values(
            guild_id=suggestion.guild_id,
            author_id=suggestion.author_id,
            author_name=suggestion.author_name,
            title=suggestion.title,
            year=suggestion.year,
            why=suggestion.why,
            trailer=suggestion.trailer,
            channel_id=suggestion.channel_id,
            made=suggestion.made,
            state=suggestion.state.value,
        )
        .returning(suggestions.c.number)
    )
    assert number is not None  # the database gives every row one
    return number


async def get(tx: AsyncConnection, guild_id: int, number: int) -> Suggestion | None:
    """The suggestion, where that server has it."""
    rows = await tx.execute(select(suggestions).where(_one(guild_id, number)))
    row = rows.mappings().first()
    return None if row is None else _suggestion(row)


async def hold(tx: AsyncConnection, guild_id: int, number: int) -> Suggestion | None:
    """The suggestion to be decided on; until the transaction ends, nobody else decides."""
    await serialize(tx, f"suggestion {number}")
    return await get(tx, guild_id, number)


async def waiting(tx: AsyncConnection, guild_id: int) -> tuple[Suggestion, ...]:
    """All that are undecided, the oldest first."""
    rows = await tx.execute(
        select(suggestions).where(suggestions.c.guild_id == guild_id, _WAITING).order_by(suggestions.c.number)
    )
    return tuple(_suggestion(row) for row in rows.mappings())


async def decide(tx: AsyncConnection, suggestion: Suggestion) -> None:
    """Keep in whose hands it is, and what became of it."""
    await tx.execute(
        update(suggestions)
        .where(_one(suggestion.guild_id, suggestion.number))
        .values(
            state=suggestion.state.value,
            curator_id=suggestion.curator_id,
            draft=suggestion.draft,
            slug=suggestion.slug,
            reason=suggestion.reason,
        )
    )


async def remember_card(tx: AsyncConnection, guild_id: int, number: int, channel_id: int, message_id: int) -> None:
    """Keep where its card is."""
    card = {"card_channel_id": channel_id, "card_message_id": message_id}
    await tx.execute(update(suggestions).where(_one(guild_id, number)).values(**card))


def _one(guild_id: int, number: int) -> ColumnElement[bool]:
    return and_(suggestions.c.guild_id == guild_id, suggestions.c.number == number)


def _by(guild_id: int, author_id: int) -> ColumnElement[bool]:
    return and_(suggestions.c.guild_id == guild_id, suggestions.c.author_id == author_id)


def _suggestion(row: RowMapping) -> Suggestion:
    values: dict[str, Any] = {str(column): value for column, value in row.items()}
    values["state"] = State(values["state"])
    return Suggestion(**values)
