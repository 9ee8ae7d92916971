"""The list of films: brought up to date from the entry files, searched in memory."""

from random import Random

from bot.domain.catalogue import Catalogue
from bot.domain.curated import Reading, SeedPlan, plan_seed
from bot.domain.errors import FilmNotFound, FilmRemoved, NothingMatches
from bot.domain.films import Film
from bot.domain.filters import FilmFilter
from bot.storage import films, picks
from bot.storage.database import Database


class Films:
    """Answers which films there are.

    Look-ups are answered from `catalogue`, a snapshot in memory, so they neither wait for the database
    nor fail with it. `refresh` exchanges the snapshot when another process has changed the list.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._catalogue = Catalogue.of(())

    @property
    def catalogue(self) -> Catalogue:
        """The list as last seen."""
        return self._catalogue

    async def seed(self, reading: Reading) -> SeedPlan:
        """Make the stored list equal to the files, and look at it; tells what that took."""
        async with self._database.begin() as tx:
            await films.write(tx)
            plan = plan_seed(reading, await films.known(tx))
            if not plan.is_empty:
                await films.apply(tx, plan)
            self._catalogue = Catalogue.of(await films.present(tx), await films.revision(tx))
        return plan

    async def refresh(self) -> bool:
        """Look whether the list has changed, and take it up if so; tells whether it had."""
        async with self._database.read() as tx:
            revision = await films.revision(tx)
            if revision == self._catalogue.revision:
                return False
            self._catalogue = Catalogue.of(await films.present(tx), revision)
        return True

    async def get(self, slug: str) -> Film:
        """The film of that slug. Raises `FilmRemoved` or `FilmNotFound`.

        Only a film that is not in the snapshot costs a look into the database: it may have been
        added elsewhere a moment ago, or taken off.
        """
        if (film := self._catalogue.by_slug.get(slug)) is not None:
            return film
        await self.refresh()
        if (film := self._catalogue.by_slug.get(slug)) is not None:
            return film
        async with self._database.read() as tx:
            gone = await films.get(tx, slug)
        if gone is None:
            raise FilmNotFound(slug)
        raise FilmRemoved(gone.name)

    async def pick(self, guild_id: int | None, wanted: FilmFilter, chance: Random) -> Film:
        """A film by chance that this server has not been given since its list last ran out.

        A direct message (`guild_id` is None) has no such memory. Raises `NothingMatches`.
        """
        candidates = wanted.among(self._catalogue.films)
        if not candidates:
            raise NothingMatches
        if guild_id is None:
            return chance.choice(candidates)
        async with self._database.begin() as tx:
            shown = await picks.shown(tx, guild_id)
            fresh = [film for film in candidates if film.slug not in shown]
            if not fresh:
                await picks.forget(tx, guild_id, [film.slug for film in candidates])
            film = chance.choice(fresh or candidates)
            await picks.add(tx, guild_id, film.slug)
        return film
