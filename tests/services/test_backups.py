"""A backup is whole or not there, comes back as it was, and nobody who was erased comes back with it."""

import datetime
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from bot.domain.errors import StorageUnavailable
from bot.services.backups import Backups, back_up, journal_for
from bot.services.restoring import Restorer
from bot.storage.backups.erasures import ErasureJournal, KeyLost, Kind
from bot.storage.backups.folder import backups, last_drill, manifest_of
from bot.storage.db import departures, member_data
from bot.storage.db.connections import AsyncEngine
from bot.storage.db.database import Database, Transaction, bare_engine
from bot.storage.db.migrate import NewerDatabase
from bot.storage.db.restore import CannotRestore
from bot.storage.db.tables import films, marks, metadata, picks, suggestions
from tests.builders import film
from tests.cli.frontrow import names
from tests.storage.db.test_kept_data import GUILD, MEMBER, OTHER, everything, fill, row

DAY = datetime.timedelta(days=1)
NOW = datetime.datetime(2026, 12, 5, 20, tzinfo=datetime.UTC)  # after what `fill` writes
FORMER = "a former member"


@asynccontextmanager
async def opened(address: str) -> AsyncGenerator[Transaction]:
    database = await Database.open(address)
    try:
        async with database.begin() as tx:
            yield tx
    finally:
        await database.close()


async def stored(address: str) -> str:
    async with opened(address) as tx:
        return str(await everything(tx))


def ending(address: str) -> str:
    return "db" if address.startswith("sqlite") else "dump"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def journal(folder: Path) -> ErasureJournal:
    return ErasureJournal(folder)


def restorer(journal: ErasureJournal | None, now: datetime.datetime = NOW + DAY) -> Restorer:
    return Restorer(journal, FORMER, now)


async def test_what_was_there_then_comes_back_and_what_was_there_now_is_kept(database_url: str, folder: Path) -> None:
    async with opened(database_url) as tx:
        await fill(tx, MEMBER)
    before = await stored(database_url)
    copy = await Backups(database_url, folder).make(NOW)
    async with opened(database_url) as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="since"))
    after = await stored(database_url)
    done = await restorer(None).restore(database_url, copy)
    assert await stored(database_url) == before
    assert done.rows > 10
    assert done.aside is not None
    await restorer(None).restore(database_url, done.aside)
    assert await stored(database_url) == after


async def test_the_bot_may_go_on_writing_while_a_copy_is_made(database_url: str, folder: Path) -> None:
    database = await Database.open(database_url)
    async with database.begin() as tx:
        await fill(tx, MEMBER)
    async with database.begin() as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="not yet there"))
        copy = await Backups(database_url, folder).make(NOW)
    await database.close()
    await restorer(None).restore(database_url, copy)
    assert "not yet there" not in await stored(database_url)
    assert str(MEMBER) in await stored(database_url)


async def erase_member(address: str, journal: ErasureJournal, at: datetime.datetime, *names: str) -> None:
    async with opened(address) as tx:
        await member_data.erase(tx, MEMBER, frozenset(names), FORMER, at)
        journal.note(Kind.MEMBER, MEMBER, at, names)


@pytest.mark.parametrize("has_manifest", [True, False])
async def test_whoever_was_erased_since_stays_erased_and_nobody_else_is(
    database_url: str, folder: Path, journal: ErasureJournal, has_manifest: bool
) -> None:
    async with opened(database_url) as tx:
        await fill(tx, MEMBER)
        await fill(tx, OTHER)
        body = film(curator="Ann", trailers=[]).model_dump_json(exclude_defaults=True)
        await tx.execute(insert(films).values(scope=GUILD, slug=film().slug, body=body, removed=False))
        await tx.execute(update(suggestions).where(suggestions.c.author_id == MEMBER).values(slug=film().slug))
    copy = await Backups(database_url, folder).make(NOW)
    await erase_member(database_url, journal, NOW + DAY, "ann", "Ann")
    erased = await stored(database_url)
    if not has_manifest:
        manifest_of(copy).unlink()
    done = await restorer(journal, NOW + 2 * DAY).restore(database_url, copy)
    assert done.erased == 1
    restored = await stored(database_url)
    assert str(MEMBER) not in restored
    assert '"Ann"' not in restored
    assert restored.count(str(OTHER)) == erased.count(str(OTHER)) > 0


async def test_a_server_that_was_erased_since_stays_erased(
    database_url: str, folder: Path, journal: ErasureJournal
) -> None:
    async with opened(database_url) as tx:
        await fill(tx, MEMBER)
        await tx.execute(insert(picks).values(guild_id=GUILD + 1, slug="theirs"))
    copy = await Backups(database_url, folder).make(NOW)
    async with opened(database_url) as tx:
        await departures.erase(tx, GUILD)
        journal.note(Kind.SERVER, GUILD, NOW + DAY)
    done = await restorer(journal).restore(database_url, copy)
    assert done.erased == 1
    async with opened(database_url) as tx:
        assert await departures.with_data(tx) == {GUILD + 1}


async def test_who_came_back_before_the_copy_was_made_is_not_erased_again(
    database_url: str, folder: Path, journal: ErasureJournal
) -> None:
    async with opened(database_url) as tx:
        await fill(tx, MEMBER)
    await erase_member(database_url, journal, NOW - 2 * DAY)
    async with opened(database_url) as tx:
        again = row(marks, member_id=MEMBER, guild_id=GUILD, wanted_at=NOW - DAY)
        await tx.execute(insert(marks).values(again))
    copy = await Backups(database_url, folder).make(NOW)
    for _ in range(2):  # with the file beside it, and by what stands in the copy itself
        assert (await restorer(journal).restore(database_url, copy)).erased == 0
        assert str(MEMBER) in await stored(database_url)
        manifest_of(copy).unlink(missing_ok=True)


async def test_a_drill_leaves_everything_as_it_was_and_is_remembered_by_the_command(
    database_url: str, folder: Path, journal: ErasureJournal
) -> None:
    async with opened(database_url) as tx:
        await fill(tx, MEMBER)
    copy = await Backups(database_url, folder).make(NOW)
    await erase_member(database_url, journal, NOW + DAY)
    before, files = await stored(database_url), names(folder)
    databases = await names_of_databases(database_url)
    done = await restorer(journal).drill(database_url, copy)
    assert (done.erased, done.aside) == (1, None)
    assert await stored(database_url) == before
    assert names(folder) == files
    assert {name for name in await names_of_databases(database_url) - databases if "drill" in name} == set()
    assert last_drill(folder) is None


async def names_of_databases(address: str) -> set[str]:
    if address.startswith("sqlite"):
        return set()
    async with opened(address) as tx:
        return {str(name) for name in await tx.scalars(text("SELECT datname FROM pg_database"))}


def cut_off(copy: Path) -> None:
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) * 2 // 3])


def overwritten(copy: Path) -> None:
    whole = bytearray(copy.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    copy.write_bytes(bytes(whole))


def of_another_time(copy: Path) -> None:
    beside = manifest_of(copy)
    said = json.loads(beside.read_text())
    said["sha256"] = "0" * 64
    beside.write_text(json.dumps(said))


def torn_manifest(copy: Path) -> None:
    manifest_of(copy).write_text('{"made_at": ')


def fewer_rows(copy: Path) -> None:
    beside = manifest_of(copy)
    said = json.loads(beside.read_text())
    said["counts"]["picks"] += 1
    beside.write_text(json.dumps(said))


def cut_off_without_manifest(copy: Path) -> None:
    cut_off(copy)
    manifest_of(copy).unlink()


def something_else(copy: Path) -> None:
    copy.write_text("What I thought of the film.\n" * 500)
    manifest_of(copy).unlink()


def gone(copy: Path) -> None:
    copy.unlink()


@pytest.mark.parametrize("drill", [True, False])
@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (cut_off, "restore_changed"),
        (overwritten, "restore_changed"),
        (of_another_time, "restore_changed"),
        (torn_manifest, "restore_changed"),
        (fewer_rows, "restore_differs"),
        (cut_off_without_manifest, "restore_damaged"),
        (something_else, "restore_damaged"),
        (gone, "restore_missing"),
    ],
)
async def test_what_is_not_what_was_copied_is_refused(
    database_url: str, folder: Path, spoil: Any, key: str, drill: bool
) -> None:
    async with opened(database_url) as tx:
        await fill(tx, MEMBER)
        # So much that the copy has more than its first pages.
        await tx.execute_many(insert(picks), [{"guild_id": 1, "slug": f"film-{n}"} for n in range(3000)])
    copy = await Backups(database_url, folder).make(NOW)
    async with opened(database_url) as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="since"))
    before = await stored(database_url)
    spoil(copy)
    work = restorer(None)
    with pytest.raises(CannotRestore) as refused:
        await (work.drill if drill else work.restore)(database_url, copy)
    assert refused.value.key == f"cli.{key}"
    assert await stored(database_url) == before


async def test_the_copy_of_a_newer_version_is_refused_and_so_is_copying_it(database_url: str, folder: Path) -> None:
    copy = await Backups(database_url, folder).make(NOW)
    async with opened(database_url) as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        await Backups(database_url, folder).make(NOW + DAY)
    if ending(database_url) == "dump":  # a file would be put aside as it is
        with pytest.raises(NewerDatabase):
            await restorer(None).restore(database_url, copy)
    assert [path.name for path in backups(folder)] == [copy.name]


async def test_a_running_bot_keeps_its_database(database_url: str, folder: Path) -> None:
    copy = await Backups(database_url, folder).make(NOW)
    running = await Database.open(database_url)
    async with running.begin() as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="now"))
    with pytest.raises(CannotRestore) as refused:
        await restorer(None).restore(database_url, copy)
    assert refused.value.key == "cli.restore_in_use"
    async with running.begin() as tx:
        await tx.execute(insert(picks).values(guild_id=1, slug="and on"))
    await running.close()
    assert "and on" in await stored(database_url)


async def test_without_the_key_of_the_list_nothing_is_restored(
    database_url: str, folder: Path, journal: ErasureJournal
) -> None:
    copy = await Backups(database_url, folder).make(NOW)
    journal.note(Kind.MEMBER, MEMBER, NOW)
    (folder / "erasures.key").unlink()
    for work in (restorer(journal).restore, restorer(journal).drill):
        with pytest.raises(KeyLost):
            await work(database_url, copy)


async def test_one_a_day_is_made_of_a_file_and_old_ones_go(tmp_path: Path, folder: Path) -> None:
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    await (await Database.open(address)).close()
    work = Backups(address, folder)
    (folder.parent / "backups").mkdir()
    (folder / "notes.txt").write_text("mine")
    for hours in range(0, 40 * 24, 6):
        assert await work.make_if_due(NOW + datetime.timedelta(hours=hours)) == (hours % 24 == 0)
    last = NOW + 39 * DAY
    assert await work.age(last + DAY / 2) == DAY / 2
    assert 7 <= len(backups(folder)) <= 11
    assert all(manifest_of(path).exists() for path in backups(folder))
    assert len([name for name in names(folder) if name.endswith(".json")]) == len(backups(folder))
    assert (folder / "notes.txt").exists()


async def test_a_clock_that_was_ahead_keeps_no_backup_from_being_made(tmp_path: Path, folder: Path) -> None:
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    await (await Database.open(address)).close()
    work = Backups(address, folder)
    assert await work.make_if_due(NOW + 400 * DAY)
    assert await work.make_if_due(NOW)
    assert not await work.make_if_due(NOW + DAY / 2)


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_in_memory_has_no_backup(address: str, folder: Path) -> None:
    with pytest.raises(StorageUnavailable) as refused:
        await back_up(address, folder / "copy.db", NOW)
    assert "in memory" in refused.value.reason
    with pytest.raises(CannotRestore):
        await restorer(None).restore(address, folder / "copy.db")


async def test_postgresql_makes_none_by_itself_and_keeps_no_list_without_a_folder(folder: Path) -> None:
    address = "postgresql://club:hunter2@127.0.0.1:1/films"
    assert not Backups(address, folder).are_made_here
    assert not await Backups(address, folder).make_if_due(NOW)
    assert journal_for(address, None) is None


async def test_only_what_is_committed_is_in_the_copy_and_the_source_stays_as_it_is(
    database_url: str, folder: Path
) -> None:
    async with bare_engine(database_url) as engine:
        before = await rows(engine)
        await Backups(database_url, folder).make(NOW)
        assert await rows(engine) == before


async def rows(engine: AsyncEngine) -> list[int]:
    async with engine.connect() as connection:
        return [len((await connection.execute(select(table))).all()) for table in metadata.sorted_tables]
