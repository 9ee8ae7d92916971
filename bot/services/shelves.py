"""What members want to see, have seen, and think of it: each act is one transaction that can be taken back."""

import datetime
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bot.domain.shelves.marks import NOTHING, Mark, MarkChanged, Review, ShelfOwner, Step, taken_back
from bot.domain.shelves.posts import Post
from bot.services.club_shelves import ClubShelves
from bot.storage.db import posted_reviews, shelf_acts, shelves
from bot.storage.db.database import Database, Transaction

ACTS_KEPT: Final = datetime.timedelta(days=30)


class Marked(NamedTuple):
    """What an act made of a mark; `number` takes it back, and is None where nothing has changed."""

    mark: Mark
    number: int | None
    post: Post | None = None  # where the review is posted


class Shelf(NamedTuple):
    """All marks of a member by film, and whether the others of the server see them."""

    marks: Mapping[str, Mark]
    is_shown: bool


class Shelves:
    """Keeps members' marks. The counts of their server are brought up to date with each."""

    def __init__(self, database: Database, club: ClubShelves) -> None:
        self._database = database
        self._club = club

    async def of(self, owner: ShelfOwner) -> Shelf:
        """The whole shelf."""
        async with self._database.read() as tx:
            return Shelf(await shelves.of(tx, owner), await shelves.is_shown(tx, owner))

    async def is_shown(self, owner: ShelfOwner) -> bool:
        """Whether the others of the server see what the member wants and has seen."""
        if owner.is_alone:
            return False
        async with self._database.read() as tx:
            return await shelves.is_shown(tx, owner)

    async def mark(self, owner: ShelfOwner, slug: str) -> Marked:
        """What the member keeps of the film."""
        async with self._database.read() as tx:
            mark = (await shelves.of(tx, owner, slug)).get(slug, NOTHING)
            return Marked(mark, None, await posted_reviews.post_of(tx, owner, slug))

    async def want(self, owner: ShelfOwner, slug: str, now: datetime.datetime) -> Marked:
        """The member wants to see it."""
        return await self._alter(owner, slug, lambda mark: mark.want(now), now)

    async def unwant(self, owner: ShelfOwner, slug: str, now: datetime.datetime) -> Marked:
        """The member does not want to see it any more."""
        return await self._alter(owner, slug, Mark.unwant, now)

    async def toggle_want(self, owner: ShelfOwner, slug: str, now: datetime.datetime) -> Marked:
        """The one of both that is not so yet."""
        return await self._alter(owner, slug, lambda mark: mark.unwant() if mark.wanted else mark.want(now), now)

    async def see(self, owner: ShelfOwner, slug: str, day: datetime.date | None, now: datetime.datetime) -> Marked:
        """The member has seen it, perhaps once more."""
        return await self._alter(owner, slug, lambda mark: mark.see(day), now)

    async def toggle_seen(
        self, owner: ShelfOwner, slug: str, day: datetime.date | None, now: datetime.datetime
    ) -> Marked:
        """Seen, or no longer so; where more is kept of it than that, nothing is lost and nothing changes."""

        def step(mark: Mark) -> Mark:
            if not mark.is_seen:
                return mark.see(day)
            return mark.unsee() if mark.is_bare else mark

        return await self._alter(owner, slug, step, now)

    async def unsee(self, owner: ShelfOwner, slug: str, now: datetime.datetime) -> Marked:
        """The member has not seen it after all."""
        return await self._alter(owner, slug, Mark.unsee, now)

    async def saw(
        self,
        owner: ShelfOwner,
        slug: str,
        rating: int | None,
        day: datetime.date | None,
        today: datetime.date,
        now: datetime.datetime,
    ) -> Marked:
        """The member has seen it, perhaps on a day before, and perhaps rates it; what they wrote stays."""
        return await self._alter(owner, slug, lambda mark: mark.saw(rating, day, today), now)

    async def say(
        self,
        owner: ShelfOwner,
        slug: str,
        rating: int | None,
        review: Review | None,
        day: datetime.date | None,
        now: datetime.datetime,
    ) -> Marked:
        """What a form says, in place of what was said before; of a film that was not seen an empty one says nothing."""

        def step(mark: Mark) -> Mark:
            is_silent = rating is None and review is None and day is None
            return mark if is_silent and not mark.is_seen else mark.say(rating, review, day)

        return await self._alter(owner, slug, step, now)

    async def turn_down(self, owner: ShelfOwner, slug: str, now: datetime.datetime) -> Marked:
        """The film is not to be recommended to the member any more."""
        return await self._alter(owner, slug, Mark.turn_down, now)

    async def put_all(
        self, owner: ShelfOwner, wanted: Callable[[Mapping[str, Mark]], Mapping[str, Mark]], now: datetime.datetime
    ) -> tuple[int | None, int]:
        """Change many marks at once, given those there are; tells the number of the act, and of how many films."""
        async with self._database.begin() as tx:
            await shelves.hold(tx, owner)
            number, changed = await self._put(tx, owner, wanted, await shelves.of(tx, owner), now)
        await self._club.take_up(owner.guild_id)
        return number, changed

    async def undo(self, owner: ShelfOwner, number: int, now: datetime.datetime) -> Mapping[str, Mark]:
        """Take an act of the member's back; what became of each film. Raises `MarkChanged`."""
        async with self._database.begin() as tx:
            await shelves.hold(tx, owner)
            steps = await shelf_acts.get(tx, owner, number)
            if steps is None:
                raise MarkChanged
            back = taken_back(steps, await shelves.of(tx, owner))
            await shelves.put(tx, owner, back, now)
            await shelf_acts.remove(tx, number)
        await self._club.take_up(owner.guild_id)
        return back

    async def show(self, owner: ShelfOwner, now: datetime.datetime, *, shown: bool) -> None:
        """Let the others of the server see what the member wants and has seen, or no longer."""
        if owner.is_alone:
            return
        async with self._database.begin() as tx:
            await shelves.hold(tx, owner)
            await shelves.show(tx, owner, now, shown=shown)
        await self._club.take_up(owner.guild_id)

    async def remember_post(self, owner: ShelfOwner, slug: str, post: Post) -> bool:
        """Note where a review is posted; False where it has gone or was posted meanwhile, and this post is to go."""
        async with self._database.begin() as tx:
            await shelves.hold(tx, owner)
            kept = await posted_reviews.remember_post(tx, owner, slug, post)
            if not kept:
                await posted_reviews.remove_posts(tx, [post])
        return kept

    async def unpost(self, owner: ShelfOwner, slug: str) -> Marked:
        """The review stays, and its post is to go."""
        async with self._database.begin() as tx:
            await shelves.hold(tx, owner)
            post = await posted_reviews.post_of(tx, owner, slug)
            if post is not None:
                await posted_reviews.forget_post(tx, post)
                await posted_reviews.remove_posts(tx, [post])
            return Marked((await shelves.of(tx, owner, slug)).get(slug, NOTHING), None)

    async def forget_post(self, post: Post) -> None:
        """A posted review was deleted in Discord."""
        async with self._database.begin() as tx:
            await posted_reviews.forget_post(tx, post)

    async def forget_old(self, now: datetime.datetime) -> int:
        """Forget acts that nobody takes back any more; tells how many."""
        async with self._database.begin() as tx:
            return await shelf_acts.forget_old(tx, now - ACTS_KEPT)

    async def _alter(
        self, owner: ShelfOwner, slug: str, step: Callable[[Mark], Mark], now: datetime.datetime
    ) -> Marked:
        async with self._database.begin() as tx:
            await shelves.hold(tx, owner)
            before = (await shelves.of(tx, owner, slug)).get(slug, NOTHING)
            post = await posted_reviews.post_of(tx, owner, slug)
            after = step(before)
            number, _ = await self._put(tx, owner, lambda _: {slug: after}, {slug: before}, now)
        if number is not None:
            await self._club.take_up(owner.guild_id)
        return Marked(after, number, post if after.review else None)

    async def _put(
        self,
        tx: Transaction,
        owner: ShelfOwner,
        wanted: Callable[[Mapping[str, Mark]], Mapping[str, Mark]],
        current: Mapping[str, Mark],
        now: datetime.datetime,
    ) -> tuple[int | None, int]:
        after = wanted(current)
        changed = {slug: mark for slug, mark in after.items() if mark != current.get(slug, NOTHING)}
        if not changed:
            return None, 0
        await shelves.put(tx, owner, changed, now)
        steps = {slug: Step(before=current.get(slug, NOTHING), after=mark) for slug, mark in changed.items()}
        return await shelf_acts.add(tx, owner, steps, now), len(changed)
