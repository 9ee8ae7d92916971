"""Films in the database: what is stored comes back, what is removed is kept, every change is counted."""

import asyncio

import pytest
from sqlalchemy import text

from bot.domain.catalogue.overlays import Overlay
from bot.domain.curation.changes import GuildFilmState
from bot.domain.films.films import Film
from bot.domain.films.loading import SeedPlan, film_body
from bot.domain.guilds.settings import GuildSettings
from bot.storage.db import departures, films, guilds, revisions
from bot.storage.db.database import Database
from bot.storage.db.tables import SHARED
from tests.builders import film

NIGHT = film()
KNIFE = film("Knife in the Water", 1962, original_title="Nóż w wodzie")
GUILD, OTHER = 2**63 - 1, 7
OWN = GuildFilmState(own=film_body(film(runtime=100)))


def plan(*, add: tuple[Film, ...] = (), update: tuple[Film, ...] = (), remove: tuple[str, ...] = ()) -> SeedPlan:
    return SeedPlan(add, update, remove)


def by_slug(found: tuple[Film, ...]) -> dict[str, Film]:
    return {entry.slug: entry for entry in found}


async def apply(database: Database, wanted: SeedPlan) -> int:
    async with database.begin() as tx:
        await films.apply(tx, wanted)
    async with database.read() as tx:
        return (await revisions.after(tx, 0)).get(SHARED, 0)


async def test_an_empty_database_has_no_films_and_no_revision(database: Database) -> None:
    async with database.read() as tx:
        assert await films.present(tx) == ()
        assert await films.known(tx) == {}
        assert await films.get(tx, NIGHT.slug) is None
        assert await revisions.after(tx, 0) == {}


async def test_a_film_comes_back_as_it_was_put_in(database: Database) -> None:
    await apply(database, plan(add=(NIGHT, KNIFE)))
    async with database.read() as tx:
        assert await films.get(tx, KNIFE.slug) == KNIFE
        assert by_slug(await films.present(tx)) == {NIGHT.slug: NIGHT, KNIFE.slug: KNIFE}
        assert await films.known(tx) == {NIGHT.slug: film_body(NIGHT), KNIFE.slug: film_body(KNIFE)}


async def test_a_text_of_any_script_comes_back_letter_for_letter(database: Database) -> None:
    texts = ("Nóż 🎬 “quoted” \\ % :name", "艾未未：道歉你妹", "'; DROP TABLE films; --", "عربي")
    stored = film(other_titles=texts, why="\n\n".join(texts))
    await apply(database, plan(add=(stored,)))
    async with database.read() as tx:
        assert await films.get(tx, stored.slug) == stored


async def test_a_change_replaces_the_film_and_no_other(database: Database) -> None:
    await apply(database, plan(add=(NIGHT, KNIFE)))
    changed = film(runtime=100)
    await apply(database, plan(update=(changed,)))
    async with database.read() as tx:
        assert by_slug(await films.present(tx)) == {changed.slug: changed, KNIFE.slug: KNIFE}


async def test_a_removed_film_is_off_the_list_but_its_body_stays(database: Database) -> None:
    await apply(database, plan(add=(NIGHT, KNIFE)))
    await apply(database, plan(remove=(NIGHT.slug,)))
    async with database.read() as tx:
        assert await films.present(tx) == (KNIFE,)
        assert (await films.known(tx))[NIGHT.slug] is None
        assert await films.get(tx, NIGHT.slug) == NIGHT


async def test_a_removed_film_comes_back_in_its_new_form(database: Database) -> None:
    await apply(database, plan(add=(NIGHT,)))
    await apply(database, plan(remove=(NIGHT.slug,)))
    back = film(runtime=100)
    await apply(database, plan(update=(back,)))
    async with database.read() as tx:
        assert await films.present(tx) == (back,)
        assert await films.known(tx) == {back.slug: film_body(back)}


async def test_every_change_raises_the_revision_by_one(database: Database) -> None:
    seen = [
        await apply(database, plan(add=(NIGHT, KNIFE))),
        await apply(database, plan(update=(film(runtime=100),))),
        await apply(database, plan(remove=(NIGHT.slug,))),
    ]
    assert seen == [1, 2, 3]


async def test_a_body_that_is_no_film_any_more_is_left_out_and_the_others_serve(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.begin() as tx:
        await films.apply(tx, plan(add=(NIGHT, KNIFE)))
        await tx.execute(text("UPDATE films SET body = '{}' WHERE slug = 'knife-in-the-water-1962'"))
    async with database.read() as tx:
        assert [entry.slug for entry in await films.present(tx)] == [NIGHT.slug]
    assert KNIFE.slug in caplog.text


async def put(database: Database, guild_id: int, slug: str, wanted: GuildFilmState) -> None:
    async with database.begin() as tx:
        await films.write(tx, guild_id)
        await films.put(tx, guild_id, slug, wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        GuildFilmState(),
        OWN,
        GuildFilmState(own=OWN.own, removed=True),
        GuildFilmState(hidden=True),
        GuildFilmState(own=OWN.own, removed=True, hidden=True),
    ],
)
async def test_a_film_stands_in_a_server_as_it_was_put_there(database: Database, wanted: GuildFilmState) -> None:
    await apply(database, plan(add=(NIGHT,)))
    await put(database, OTHER, NIGHT.slug, OWN)
    for before in (GuildFilmState(), OWN, GuildFilmState(hidden=True)):
        await put(database, GUILD, NIGHT.slug, before)
        await put(database, GUILD, NIGHT.slug, wanted)
        async with database.read() as tx:
            assert await films.standing(tx, GUILD, NIGHT.slug) == wanted
            assert await films.standing(tx, OTHER, NIGHT.slug) == OWN
            assert await films.standing(tx, GUILD, KNIFE.slug) == GuildFilmState()
            assert await films.shared_body(tx, NIGHT.slug) == film_body(NIGHT)
            assert await films.present(tx) == (NIGHT,)


async def test_a_server_has_an_overlay_of_its_own(database: Database) -> None:
    await apply(database, plan(add=(NIGHT,)))
    await put(database, GUILD, NIGHT.slug, OWN)
    await put(database, GUILD, KNIFE.slug, GuildFilmState(own=film_body(KNIFE), removed=True))
    await put(database, GUILD, "solaris-1972", GuildFilmState(hidden=True))
    async with database.read() as tx:
        overlays = {guild_id: await films.overlay(tx, guild_id) for guild_id in (GUILD, OTHER)}
        assert await revisions.after(tx, 0) == {SHARED: 1, GUILD: 4}
        assert await revisions.after(tx, 1) == {GUILD: 4}
        assert await revisions.after(tx, 4) == {}
    assert overlays == {
        GUILD: Overlay.of([film(runtime=100)], [KNIFE], ["solaris-1972"]),
        OTHER: Overlay(),
    }


async def test_a_shared_film_that_was_removed_is_not_shared_but_its_slug_stays_taken(database: Database) -> None:
    await apply(database, plan(add=(NIGHT,)))
    await apply(database, plan(remove=(NIGHT.slug,)))
    await put(database, GUILD, KNIFE.slug, GuildFilmState(own=film_body(KNIFE)))
    async with database.read() as tx:
        assert await films.shared_body(tx, NIGHT.slug) is None
        assert await films.slugs(tx, GUILD) == {NIGHT.slug, KNIFE.slug}
        assert await films.slugs(tx, OTHER) == {NIGHT.slug}
        assert await films.get(tx, KNIFE.slug) is None
        assert await films.get(tx, KNIFE.slug, GUILD) == KNIFE
        assert await films.get(tx, KNIFE.slug, OTHER) is None


async def test_a_look_since_a_revision_finds_what_has_changed_and_no_more(database: Database) -> None:
    first = await apply(database, plan(add=(NIGHT, KNIFE)))
    async with database.read() as tx:
        assert await films.changed_since(tx, SHARED, 0) == {NIGHT.slug, KNIFE.slug}
        assert await films.changed_since(tx, SHARED, first) == frozenset()
        assert await films.present(tx, first) == ()
    changed = film(runtime=100)
    await apply(database, plan(update=(changed,)))
    last = await apply(database, plan(remove=(KNIFE.slug,)))
    async with database.read() as tx:
        assert await films.changed_since(tx, SHARED, first) == {NIGHT.slug, KNIFE.slug}
        assert await films.present(tx, first) == (changed,)
        assert await films.changed_since(tx, SHARED, last - 1) == {KNIFE.slug}
        assert await films.changed_since(tx, GUILD, 0) == frozenset()


async def test_what_a_server_has_changed_since_a_revision_is_its_own(database: Database) -> None:
    await put(database, GUILD, NIGHT.slug, OWN)
    await put(database, GUILD, KNIFE.slug, GuildFilmState(own=film_body(KNIFE), removed=True))
    await put(database, GUILD, "solaris-1972", GuildFilmState(hidden=True))
    await put(database, OTHER, KNIFE.slug, OWN)
    await put(database, GUILD, NIGHT.slug, GuildFilmState())
    async with database.read() as tx:
        assert await films.overlay(tx, GUILD, 1) == Overlay.of((), [KNIFE], ["solaris-1972"])
        assert await films.overlay(tx, GUILD, 2) == Overlay.of((), (), ["solaris-1972"])
        assert await films.overlay(tx, GUILD, 3) == Overlay()
        assert await films.changed_since(tx, GUILD, 5) == frozenset()
        assert await films.changed_since(tx, GUILD, 2) == {"solaris-1972", NIGHT.slug}
        assert await films.changed_since(tx, OTHER, 0) == {KNIFE.slug}


async def test_numbers_of_changes_grow_even_where_those_of_the_last_ones_are_erased(database: Database) -> None:
    await put(database, OTHER, NIGHT.slug, GuildFilmState(hidden=True))
    await put(database, GUILD, NIGHT.slug, GuildFilmState(hidden=True))
    async with database.begin() as tx:
        last = await guilds.put(tx, GUILD, GuildSettings(archive_after=60))
        assert last == 3
    for number in (4, 6):
        async with database.begin() as tx:
            await departures.erase(tx, GUILD)
        async with database.read() as tx:
            assert await revisions.after(tx, 0) == {OTHER: 1, revisions.ERASED: number}
        await put(database, GUILD, NIGHT.slug, GuildFilmState(hidden=True))
        async with database.read() as tx:
            assert (await revisions.after(tx, 0))[GUILD] == number + 1


async def test_whoever_has_seen_a_number_has_seen_all_below_it(database_url: str) -> None:
    """Of many who write at once, none is given a number below one that others have seen already."""
    databases = [await Database.open(database_url) for _ in range(2)]
    seen, missed = [0], list[int]()

    async def change(guild_id: int) -> None:
        await put(databases[guild_id % 2], guild_id, NIGHT.slug, GuildFilmState(hidden=True))

    async def look() -> None:
        while len(known) < 30:
            async with databases[0].read() as tx:
                moved = await revisions.after(tx, seen[-1])
            missed.extend(scope for scope in moved if scope in known)
            known.update(moved)
            seen.append(max([seen[-1], *moved.values()]))

    known = set[int]()
    try:
        async with asyncio.timeout(60):
            await asyncio.gather(look(), *(change(guild_id) for guild_id in range(1, 31)))
    finally:
        for database in databases:
            await database.close()
    assert (known, missed) == (set(range(1, 31)), [])
