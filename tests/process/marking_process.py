"""A process of its own in which members mark films without a pause, until somebody kills it.

`python -m tests.process.marking_process ADDRESS SEED` says the number of each act once it is done.
"""

import asyncio
import sys
from random import Random

from bot.domain.shelves.marks import NOTHING, Review, ShelfOwner
from bot.services.club_shelves import ClubShelves
from bot.services.shelves import Shelves
from bot.storage.db.database import Database
from tests.services.house import NOW

GUILD, MEMBERS, FILMS = 7, range(1000, 1008), [f"film-{number}-2000" for number in range(6)]


async def main(address: str, seed: str) -> None:
    chance = Random(seed)  # noqa: S311  (the acts are no secret)
    database = await Database.open(address)
    shelves = Shelves(database, ClubShelves(database))

    async def act() -> None:
        owner, slug = ShelfOwner(GUILD, chance.choice(MEMBERS)), chance.choice(FILMS)
        rating = chance.randint(1, 10)
        match chance.randrange(6):
            case 0:
                await shelves.show(owner, NOW, shown=chance.random() < 0.8)
            case 1:
                await shelves.toggle_want(owner, slug, NOW)
            case 2:
                await shelves.unsee(owner, slug, NOW)
            case 3:
                many = {each: NOTHING.say(rating, Review(text="So good."), NOW.date()) for each in FILMS}
                await shelves.put_all(owner, lambda _: many, NOW)
            case _:
                await shelves.saw(owner, slug, rating, None, NOW.date(), NOW)

    for number in range(1_000_000):
        await asyncio.gather(*(act() for _ in range(4)))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
