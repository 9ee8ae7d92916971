"""The registry of what is kept: of each table, whose its rows are, and how a member's are shown, exported and erased.

A new table or column has to be entered here; a test walks the schema and fails otherwise. Erasing a server, leaving
one, `/my data` and `/my erase` do what stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

from sqlalchemy import Column, Table

from bot.storage.db import tables
from bot.storage.db.tables import metadata


class Erasing(Enum):
    """What becomes of a row when the member is erased whose id stands in a column."""

    DELETE = auto()
    FORMER = auto()  # it stays, and the id becomes 0, which is shown as "a former member"


FORMER_MEMBER: Final = 0


@dataclass(frozen=True)
class Held:
    """A column with a member's id.

    `noun` is the key under `member_data` that says what the rows are. `left_out` are columns that are not exported:
    they are about films and not about the member, or they are the member's id, which the file says once.
    """

    column: Column[Any]
    noun: str
    erasing: Erasing
    left_out: frozenset[str] = field(default_factory=frozenset[str])


def _held(table: Table, column: str, noun: str, erasing: Erasing = Erasing.DELETE, *left_out: str) -> Held:
    return Held(table.c[column], noun, erasing, frozenset((column, *left_out)))


MEMBERS: Final[tuple[Held, ...]] = (
    _held(tables.marks, "member_id", "marks", Erasing.DELETE, "pending"),
    _held(tables.viewings, "member_id", "viewings", Erasing.DELETE, "place"),
    _held(tables.reviews, "member_id", "reviews"),
    _held(tables.shown_members, "member_id", "shown"),
    _held(tables.shelf_acts, "member_id", "acts"),
    _held(tables.shelf_imports, "member_id", "shelf_imports"),
    _held(tables.suggestions, "author_id", "suggestions", Erasing.DELETE, "curator_id"),
    _held(tables.suggestions, "curator_id", "decisions", Erasing.FORMER, "author_id", "author_name", "why"),
    _held(tables.drafts, "author_id", "drafts"),
    _held(tables.imports, "author_id", "imports"),
    _held(tables.changes, "actor_id", "changes", Erasing.FORMER, "before", "after", "shared"),
)

# Columns in which no member's id ever stands, by name. Bodies are films, settings, or what the row's own member typed.
IMPERSONAL: Final = frozenset(
    "scope slug body removed number guild_id thread_id claim claimed_until id base texts suggestion written at act "
    "before after shared batch read_at title year why trailer channel_id made state draft reason card_channel_id "
    "card_message_id revision left_at application_id digest wanted_at seen rating hidden counted pending place day "
    "message_id wants raters stars withdrawn shown_raters shown_stars due tries query wanted made_at version shard_id "
    "shard_count holder expires_at successor answered shards guilds bucket free_at oldest "
    "next_slot next_at round trouble slot claimed_at".split()
)
# Columns that name a member without an id; they go with the row of the id beside them.
NAMES: Final[Mapping[Column[Any], Column[Any]]] = {
    tables.suggestions.c.author_name: tables.suggestions.c.author_id,
}
# Tables in which nothing is any server's.
NOBODYS: Final = frozenset(
    {tables.command_sets, tables.shard_leases, tables.processes, tables.identify_gates, tables.schema_floors}
)


def of_servers() -> Mapping[Table, Column[Any]]:
    """Every table with data of servers, and the column that says whose a row is."""
    named = {
        table: table.c.get("guild_id", table.c.get("scope")) for table in metadata.sorted_tables if table not in NOBODYS
    }
    return {table: column for table, column in named.items() if column is not None}
