"""The tables, which the migrations have to equal (a test compares them).

Discord's ids are numbers of up to 64 bits. `scope` is the server that owns a film, or `SHARED`.
"""

import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
)

from bot.domain.fields import MAX_SLUG

SHARED: Final = 0


class UtcDateTime(TypeDecorator[datetime.datetime]):
    """An aware moment. SQLite forgets time zones, so all is stored, and comes back, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        return None if value is None else value.astimezone(datetime.UTC)

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        return None if value is None else value.replace(tzinfo=datetime.UTC)


metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

films = Table(
    "films",
    metadata,
    Column("scope", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("body", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
    PrimaryKeyConstraint("scope", "slug"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("scope", BigInteger, nullable=False, autoincrement=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("scope"),
)

# A row without a thread is a claim: its holder is opening the thread until `claimed_until`.
discussions = Table(
    "discussions",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    Column("thread_id", BigInteger),
    Column("claim", String(32)),
    Column("claimed_until", UtcDateTime),
    PrimaryKeyConstraint("guild_id", "slug"),
)

# What /films random has shown a server since its list last began anew.
picks = Table(
    "picks",
    metadata,
    Column("guild_id", BigInteger, nullable=False, autoincrement=False),
    Column("slug", String(MAX_SLUG), nullable=False),
    PrimaryKeyConstraint("guild_id", "slug"),
)

# The command definitions that Discord was last given, by application.
command_sets = Table(
    "command_sets",
    metadata,
    Column("application_id", BigInteger, nullable=False, autoincrement=False),
    Column("digest", String(64), nullable=False),
    PrimaryKeyConstraint("application_id"),
)
