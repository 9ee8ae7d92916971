"""Films for one member, and for several who come together, from what the club keeps."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from bot.domain.recommend.company import CompanyPick, picks_for_company
from bot.domain.recommend.linear_model import LinearModel, Ratings
from bot.domain.recommend.picks import FEWEST_RATERS, MemberPicks, picks_for, rates
from bot.domain.recommend.watch_requests import PICKS, WatchRequest
from bot.domain.shelves.marks import ShelfOwner
from bot.services.club_shelves import ClubShelves
from bot.services.recommendations import Recommendations
from bot.storage.db import club_shelves, film_counts, shelves
from bot.storage.db.database import Database

# Numbers of four bytes that models of servers are kept of: 64 MB, four clubs of 2,000 members and 2,000 films.
_MOST_NUMBERS: Final = 16_000_000
# Members whose ratings are read in one step, between which everybody else has a turn.
_AT_ONCE: Final = 100


class ForCompany(NamedTuple):
    """Films for several who come together."""

    picks: tuple[CompanyPick, ...]
    known: int  # how many of the others let their marks be seen
    turns: int  # how many times there are other films


class Picks:
    """Knows what is for whom. Models are made in a thread, one at a time, and kept until the server's marks change.

    They learn from members who agreed to be seen, so that nothing of anybody else can show in what another is told.
    """

    def __init__(self, database: Database, club: ClubShelves, recommendations: Recommendations) -> None:
        self._database = database
        self._club = club
        self._recommendations = recommendations
        self._models = OrderedDict[int, tuple[int, LinearModel | None]]()
        self._making = asyncio.Lock()

    async def of(self, owner: ShelfOwner, limit: int = PICKS) -> MemberPicks:
        """At most `limit` films for the member, each with films of their own as its reason."""
        async with self._database.read() as tx:
            marks = await shelves.of(tx, owner)
        taste = await self._recommendations.recommender(None if owner.is_alone else owner.guild_id)
        model = await self._model(owner.guild_id) if rates(marks) and not owner.is_alone else None
        return await asyncio.to_thread(picks_for, taste, marks, model, limit)

    async def for_company(
        self, owner: ShelfOwner, others: Collection[int], evening: WatchRequest, turn: int = 0
    ) -> ForCompany:
        """Films for the member and these others; others of them each turn, until they come again."""
        async with self._database.read() as tx:
            mine = await shelves.of(tx, owner)
        theirs = await self._club.of_several(owner.guild_id, [each for each in others if each != owner.member_id])
        taste = await self._recommendations.recommender(owner.guild_id)
        fitting = self._recommendations.fitting(taste, evening)
        found = await asyncio.to_thread(picks_for_company, taste, fitting, [mine, *theirs.values()])
        turns = max(1, -(-len(found) // PICKS))
        first = turn % turns * PICKS
        return ForCompany(found[first : first + PICKS], len(theirs), turns)

    async def _model(self, guild_id: int) -> LinearModel | None:
        async with self._making:
            async with self._database.read() as tx:
                number = await film_counts.revision(tx, guild_id)
            if guild_id not in self._models or self._models[guild_id][0] != number:
                self._models.pop(guild_id, None)
                self._models[guild_id] = number, await self._made(guild_id)
            self._models.move_to_end(guild_id)
            while sum(_size(model) for _, model in self._models.values()) > _MOST_NUMBERS and len(self._models) > 1:
                self._models.popitem(last=False)
            return self._models[guild_id][1]

    async def _made(self, guild_id: int) -> LinearModel | None:
        ratings, last = Ratings(), -1
        while True:
            async with self._database.read() as tx:
                told = await club_shelves.ratings(tx, guild_id, last, _AT_ONCE)
            if not told:
                break
            last = told[-1][0]
            await asyncio.to_thread(_gather, ratings, [given for _, given in told])
        return None if ratings.members < FEWEST_RATERS else await asyncio.to_thread(LinearModel, ratings)


def _gather(ratings: Ratings, told: Iterable[str]) -> None:
    """Take up members' ratings; between two of them the thread lets go of the interpreter."""
    for given in told:
        pairs = (each.rpartition(":") for each in given.split(" "))
        ratings.add((slug, int(half_stars)) for slug, _, half_stars in pairs)
        time.sleep(0)


def _size(model: LinearModel | None) -> int:
    return 0 if model is None else model.size
