"""The registry knows every table and column, and erasing a member leaves no trace of their id in any of them."""

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Column, Table, insert, select

from bot.storage.db import member_data
from bot.storage.db.database import Database, Transaction
from bot.storage.db.kept_data import IMPERSONAL, MEMBERS, NAMES, NOBODYS, Erasing, of_servers
from bot.storage.db.tables import films, marks, metadata, suggestions
from tests.builders import film
from tests.storage.db.test_departures import anything

NOW = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)
# No other number that stands anywhere looks like these.
MEMBER, OTHER, GUILD = 881234567890123456, 992345678901234567, 7
COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]


def row(table: Table, number: int = 1, **given: object) -> dict[str, object]:
    needed = [column for column in table.columns if not column.nullable and column.autoincrement is not True]
    values: dict[str, Any] = {column.name: anything(column) for column in needed}
    values |= {"id": f"{number:016x}"} if "id" in values else {}
    values |= {"body": '{"text":"So good."}'} if table.name == "reviews" else {}
    return {**values, **({"guild_id": GUILD} if "guild_id" in table.columns else {}), **given}


async def fill(tx: Transaction, member_id: int) -> None:
    for number, held in enumerate(MEMBERS, start=member_id % 1000):
        table = held.column.table
        await tx.execute(insert(table).values(row(table, number, **{held.column.name: member_id})))


async def everything(tx: Transaction) -> Mapping[str, list[str]]:
    return {
        table.name: [str(tuple(each)) for each in await tx.execute(select(table))] for table in metadata.sorted_tables
    }


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_is_in_the_registry(column: Column[Any]) -> None:
    """Whoever adds a column says in `kept_data` whether a member's id stands in it, and what becomes of that."""
    is_members = column in {held.column for held in MEMBERS}
    places = [is_members, column in NAMES, column.name in IMPERSONAL and not is_members]
    assert places.count(True) == 1, f"{column} is not, or more than once, in bot/storage/db/kept_data.py"


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_table_is_of_servers_or_of_nobody(table: Table) -> None:
    assert (table in of_servers()) != (table in NOBODYS)


def test_an_unknown_column_is_noticed() -> None:
    unknown = Column[int]("host_id")
    assert unknown.name not in IMPERSONAL
    assert all(held.column.name not in IMPERSONAL for held in MEMBERS)


def test_whoever_is_erased_from_a_column_is_shown_it_before() -> None:
    nouns = [held.noun for held in MEMBERS]
    assert len(set(nouns)) == len(nouns)


async def test_all_of_a_member_is_told_and_nothing_of_another(database: Database) -> None:
    async with database.begin() as tx:
        await fill(tx, MEMBER)
        await fill(tx, OTHER)
        counted = await member_data.counted(tx, MEMBER)
        exported = await member_data.exported(tx, MEMBER)
    assert counted == {GUILD: {held.noun: 1 for held in MEMBERS}}
    assert {noun: len(rows) for noun, rows in exported.items()} == {held.noun: 1 for held in MEMBERS}
    assert str(OTHER) not in str(exported)


async def test_after_an_erasing_no_table_holds_the_id(database: Database) -> None:
    async with database.begin() as tx:
        await fill(tx, MEMBER)
        await fill(tx, OTHER)
        before = await everything(tx)
        assert str(MEMBER) in str(before)
        await member_data.erase(tx, MEMBER, frozenset(), "a former member", NOW)
        after = await everything(tx)
    assert str(MEMBER) not in str(after)
    for held in MEMBERS:
        name = held.column.table.name
        kept = [each for each in before[name] if str(OTHER) in each]
        assert set(kept) <= set(after[name]) or held.erasing is Erasing.FORMER


async def test_posts_of_reviews_are_put_into_the_queue(database: Database) -> None:
    table = metadata.tables["reviews"]
    async with database.begin() as tx:
        await tx.execute(insert(table).values(row(table, member_id=MEMBER, channel_id=31, message_id=32)))
        await member_data.erase(tx, MEMBER, frozenset(), "a former member", NOW)
        queue = (await tx.execute(select(metadata.tables["post_removals"]))).all()
    assert [(each.guild_id, each.channel_id, each.message_id) for each in queue] == [(GUILD, 31, 32)]


async def test_credits_say_a_former_member_on_the_films_that_were_theirs(database: Database) -> None:
    own = film(curator="Ann", suggested_by="Ben", synopsis={"text": "Two strangers.", "source": "Ann"})
    other = film("Knife in the Water", 1962, curator="Ann", trailers=[])
    async with database.begin() as tx:
        for each in (own, other):
            body = each.model_dump_json(exclude_defaults=True)
            await tx.execute(insert(films).values(scope=GUILD, slug=each.slug, body=body, removed=False))
        proposal = row(suggestions, author_id=MEMBER, author_name="Ben", slug=own.slug)
        await tx.execute(insert(suggestions).values(proposal))
        await member_data.erase(tx, MEMBER, frozenset({"Ann"}), "a former member", NOW)
        bodies = {each.slug: each.body for each in await tx.execute(select(films))}
    renamed = type(own).model_validate_json(bodies[own.slug])
    assert (renamed.curator, renamed.suggested_by, renamed.synopsis.source) == ("a former member",) * 3
    assert '"Ann"' in bodies[other.slug]  # nobody knows that this Ann is the one who goes


async def test_what_is_the_members_alone_goes_too(database: Database) -> None:
    async with database.begin() as tx:
        await tx.execute(insert(marks).values(row(marks, member_id=MEMBER, guild_id=0)))
        await member_data.erase(tx, MEMBER, frozenset(), "a former member", NOW)
        assert str(MEMBER) not in str(await everything(tx))
