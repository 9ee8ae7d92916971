"""The list: brought up to date from the files at each start, and seen alike by every process."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.catalogue.filters import Facet, FilmFilter
from bot.domain.catalogue.orders import Order
from bot.domain.errors import FilmNotFound, FilmRemoved
from bot.domain.films.films import Kind
from bot.domain.films.loading import LoadResult
from bot.services.films import Films
from bot.storage.content.films import read_films
from bot.storage.db import departures, revisions
from bot.storage.db.database import Database
from bot.storage.db.tables import SHARED
from tests.builders import film, write_entry
from tests.services.house import ANN, GUILD, NOW, OTHER, SOLARIS, opened, process, statements

NIGHT, KNIFE, ASHES = film(), film("Knife in the Water", 1962), film("Ashes and Diamonds", 1958)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two entries."""
    films = tmp_path / "films"
    films.mkdir()
    for entry in (NIGHT, KNIFE):
        write_entry(films, entry)
    return films


async def started(database: Database, folder: Path) -> Films:
    """The list after a start."""
    films = Films(database)
    await films.seed(read_films(folder))
    return films


async def revision(database: Database) -> int:
    """How often the shared list has been changed."""
    async with database.read() as tx:
        return (await revisions.after(tx, 0)).get(SHARED, 0)


def slugs(films: Films) -> set[str]:
    return set(films.catalogue.by_slug)


async def test_before_the_first_look_there_is_nothing(database: Database) -> None:
    assert Films(database).catalogue.films == ()


async def test_the_first_start_puts_every_film_on_the_list(database: Database, folder: Path) -> None:
    films = Films(database)
    plan = await films.seed(read_films(folder))
    assert plan.add == (KNIFE, NIGHT)
    assert slugs(films) == {NIGHT.slug, KNIFE.slug}
    assert await revision(database) == 1


async def test_a_start_on_unchanged_files_writes_nothing(database: Database, folder: Path) -> None:
    await started(database, folder)
    films = Films(database)
    plan = await films.seed(read_films(folder))
    assert plan.is_empty
    assert await revision(database) == 1
    assert slugs(films) == {NIGHT.slug, KNIFE.slug}


async def test_a_changed_entry_is_changed_on_the_list(database: Database, folder: Path) -> None:
    await started(database, folder)
    changed = film(runtime=100)
    write_entry(folder, changed)
    films = Films(database)
    plan = await films.seed(read_films(folder))
    assert (plan.add, plan.update, plan.remove) == ((), (changed,), ())
    assert await films.get(NIGHT.slug) == changed
    assert await revision(database) == 2


async def test_an_entry_taken_away_is_taken_off_the_list_and_may_come_back(database: Database, folder: Path) -> None:
    await started(database, folder)
    (folder / f"{NIGHT.slug}.toml").unlink()
    films = await started(database, folder)
    assert slugs(films) == {KNIFE.slug}
    with pytest.raises(FilmRemoved) as removed:
        await films.get(NIGHT.slug)
    assert removed.value.values == {"name": "Night Train (1959)"}

    write_entry(folder, NIGHT)
    films = await started(database, folder)
    assert await films.get(NIGHT.slug) == NIGHT
    assert await revision(database) == 3


async def test_a_broken_entry_keeps_its_last_good_form(database: Database, folder: Path) -> None:
    await started(database, folder)
    (folder / f"{NIGHT.slug}.toml").write_text("title = ")
    films = Films(database)
    plan = await films.seed(read_films(folder))
    assert plan.is_empty
    assert await films.get(NIGHT.slug) == NIGHT


async def test_an_entry_that_was_never_good_is_not_on_the_list(database: Database, folder: Path) -> None:
    (folder / f"{ASHES.slug}.toml").write_text("title = ")
    films = await started(database, folder)
    assert slugs(films) == {NIGHT.slug, KNIFE.slug}
    with pytest.raises(FilmNotFound):
        await films.get(ASHES.slug)


async def test_a_film_that_never_was_there_is_unknown(database: Database, folder: Path) -> None:
    films = await started(database, folder)
    with pytest.raises(FilmNotFound) as unknown:
        await films.get(ASHES.slug)
    assert unknown.value.values == {"query": ASHES.slug}


async def test_a_film_that_another_process_added_is_found_at_once(database: Database, folder: Path) -> None:
    ours = await started(database, folder)
    write_entry(folder, ASHES)
    await started(database, folder)
    assert ASHES.slug not in slugs(ours)
    assert await ours.get(ASHES.slug) == ASHES
    assert ASHES.slug in slugs(ours)


async def test_what_another_process_changed_or_removed_is_seen_after_a_refresh(
    database: Database, folder: Path
) -> None:
    ours = await started(database, folder)
    assert not await ours.refresh()
    before = ours.catalogue
    changed = film(runtime=100)
    write_entry(folder, changed)
    (folder / f"{KNIFE.slug}.toml").unlink()
    theirs = await started(database, folder)
    assert ours.catalogue is before
    assert await ours.refresh()
    assert ours.catalogue == theirs.catalogue
    assert await ours.get(NIGHT.slug) == changed
    with pytest.raises(FilmRemoved):
        await ours.get(KNIFE.slug)
    assert not await ours.refresh()


async def test_known_films_are_found_without_the_database(database_url: str, folder: Path) -> None:
    database = await Database.open(database_url)
    films = await started(database, folder)
    async with database.begin():  # a writer that takes its time
        assert await asyncio.wait_for(films.get(NIGHT.slug), 1) == NIGHT
    await database.close()


async def test_several_processes_may_start_at_once_on_an_empty_database(database_url: str, folder: Path) -> None:
    reading = read_films(folder)
    databases = [await Database.open(database_url) for _ in range(3)]
    try:
        every = [Films(database) for database in databases]
        await asyncio.gather(*(films.seed(reading) for films in every))
        assert [slugs(films) for films in every] == [{NIGHT.slug, KNIFE.slug}] * 3
        assert await revision(databases[0]) == 1
    finally:
        for database in databases:
            await database.close()


async def test_a_start_that_fails_half_way_leaves_the_list_as_it_was(database: Database, folder: Path) -> None:
    films = await started(database, folder)
    twice = LoadResult((NIGHT, KNIFE, ASHES, ASHES), ())
    with pytest.raises(Exception, match=r"(?i)unique"):
        await films.seed(twice)
    await started(database, folder)
    assert await revision(database) == 1


async def test_a_look_takes_up_what_has_changed_and_leaves_the_other_films_as_they_are(database: Database) -> None:
    house = await opened(database)
    before = house.films.catalogue.by_slug
    await process(database).films.seed(LoadResult((film(runtime=100), KNIFE, ASHES), ()))
    assert await house.films.refresh()
    after = house.films.catalogue.by_slug
    assert after[NIGHT.slug].runtime == 100
    assert set(after) == {NIGHT.slug, KNIFE.slug, ASHES.slug}
    await process(database).films.seed(LoadResult((film(runtime=100), ASHES), ()))
    assert await house.films.refresh()
    assert set(house.films.catalogue.by_slug) == {NIGHT.slug, ASHES.slug}
    assert house.films.catalogue.by_slug[ASHES.slug] is after[ASHES.slug]
    assert KNIFE.slug in before
    assert not await house.films.refresh()


async def test_a_servers_other_films_stay_as_they_are_when_one_is_added(database: Database) -> None:
    house = await opened(database)
    await house.add(SOLARIS)
    solaris = house.seen()[SOLARIS.slug]
    await house.add(film("Stalker", 1979, trailers=[]))
    assert house.seen()[SOLARIS.slug] is solaris
    await house.curation.remove(ANN, SOLARIS.slug, NOW)
    assert SOLARIS.slug not in house.seen()
    assert list(house.films.overlay(GUILD).removed.by_slug) == [SOLARIS.slug]
    fresh = process(database)
    await fresh.films.refresh()
    await fresh.films.ensure_loaded(GUILD)
    assert fresh.films.overlay(GUILD) == house.films.overlay(GUILD)
    assert fresh.seen().keys() == house.seen().keys()


@pytest.mark.parametrize(("before", "after"), [(1, 1), (1, 2), (2, 1), (2, 3), (3, 3)])
async def test_a_server_that_begins_anew_after_all_was_erased_has_its_new_films_only(
    database: Database, before: int, after: int
) -> None:
    house, other = await opened(database), process(database)
    for number in range(before):
        await house.add(film(f"Old {number}", 1970, trailers=[]))
    await other.films.refresh()
    await other.films.ensure_loaded(GUILD)
    async with database.begin() as tx:
        await departures.erase(tx, GUILD)
    fresh = process(database)
    await fresh.films.refresh()
    for number in range(after):
        await fresh.add(film(f"New {number}", 1970, trailers=[]))
    await other.films.refresh()
    assert set(other.films.overlay(GUILD).own.by_slug) == {f"new-{number}-1970" for number in range(after)}


async def test_what_a_version_without_revisions_of_films_has_written_is_taken_up(database: Database) -> None:
    house = await opened(database)
    await house.add(SOLARIS)
    await house.films.refresh()
    async with database.begin() as tx:
        for scope in (SHARED, GUILD):
            await tx.execute(text(f"DELETE FROM films WHERE scope = {scope}"))  # noqa: S608  # a number of ours
            await tx.execute(text(f"DELETE FROM revisions WHERE scope = {scope}"))  # noqa: S608
            await tx.execute(text(f"INSERT INTO revisions (scope, number) VALUES ({scope}, 9)"))  # noqa: S608
    assert await house.films.refresh()
    assert house.seen() == {}
    assert house.films.catalogue.films == ()
    await house.add(film("Stalker", 1979, trailers=[]))
    assert set(house.seen()) == {"stalker-1979"}


async def test_a_servers_long_list_is_at_hand_once_it_is_awake_and_as_it_is_by_then(database: Database) -> None:
    house = await opened(database)
    await house.bring("batch", *(f"Film {number}" for number in range(200)))
    fresh = process(database)
    await fresh.films.refresh()
    for guild_id in (None, OTHER, GUILD):
        await fresh.films.ensure_loaded(guild_id)
    assert len(fresh.seen()) == 202
    assert fresh.films.catalogue_for(GUILD) is fresh.films.catalogue_for(GUILD)
    asleep = process(database)
    await asleep.films.refresh()
    await house.add(SOLARIS)
    await asyncio.gather(asleep.films.ensure_loaded(GUILD), asleep.films.refresh(), asleep.films.ensure_loaded(GUILD))
    assert asleep.seen() == house.seen()
    assert SOLARIS.slug in asleep.seen()


async def test_many_who_wake_the_same_list_wait_for_one_piece_of_work(database: Database) -> None:
    house = await opened(database)
    await house.add(SOLARIS)
    asleep = process(database)
    await asleep.films.refresh()
    with statements("FROM films") as asked:
        await asyncio.gather(*(asleep.films.ensure_loaded(GUILD) for _ in range(12)))
        assert len(asked) == 1
        assert asleep.seen() == house.seen()
        await asleep.films.ensure_loaded(GUILD)
    assert len(asked) == 1


async def test_each_server_looks_at_its_own_list_through_a_filter_and_in_an_order(
    database: Database,
) -> None:
    house = await opened(database)
    await house.add(SOLARIS)
    everything = await house.films.facets(GUILD, FilmFilter())
    assert everything.fitting == house.films.catalogue_for(GUILD).films
    assert everything.counts[Facet.DECADE] == {"1950": 1, "1960": 1, "1970": 1}
    by_year = await house.films.facets(GUILD, FilmFilter(kind=Kind.FICTION), Order.YEAR)
    assert [film.year for film in by_year.fitting] == [1959, 1962, 1972]
    assert (await house.films.facets(OTHER, FilmFilter(decade=1970))).fitting == ()
    by_title = await house.films.facets(None, FilmFilter(), Order.TITLE)
    assert [film.slug for film in by_title.fitting] == [KNIFE.slug, NIGHT.slug]


async def test_a_message_is_searched_for_films_that_the_server_sees(database: Database) -> None:
    house = await opened(database)
    await house.add(SOLARIS)
    said = "We saw **Solaris (1972)** and then Knife in the Water"
    assert [film.slug for film in await house.films.mentioned([said], GUILD)] == [SOLARIS.slug, KNIFE.slug]
    assert [film.slug for film in await house.films.mentioned([said], OTHER)] == [KNIFE.slug]
