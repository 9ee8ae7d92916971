"""A process of its own in which a curator works without a pause, until somebody kills it.

`python -m tests.process.curating_process ADDRESS SEED` says on a line what it is about to do, and on the next what
came of it.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from random import Random
from typing import Any

from bot.domain.curation.drafts import Draft, Published
from bot.domain.curation.form_codec import texts_of
from bot.domain.errors import FrontRowError
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import ANN, KNIFE, NIGHT, NOW, House, opened

DRAFT_ACTS = ("begin", "begin", "edit", "write", "publish", "publish", "discard")
FILM_ACTS = ("hide", "unhide", "remove", "restore", "reset", "undo")


def say(**values: Any) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def announce(draft_id: str | None = None, texts: Mapping[str, str] | None = None, changes: int = 0) -> None:
    """Whose texts will be these, or none any more, and how many changes will be on record."""
    say(draft=draft_id, texts=texts, changes=changes)


async def begin(house: House, new: str) -> None:
    texts = texts_of(film(f"Reel {new}", 1980, trailers=[]))
    announce(new, texts)
    await house.drafts.begin(ANN, new, texts, NOW)
    say(done=True)


async def edit(house: House, new: str, drafts: tuple[Draft, ...], chance: Random) -> None:
    slug = chance.choice([*house.seen()])
    if any(draft.slug == slug for draft in drafts):
        announce()
    else:
        announce(new, texts_of(house.seen()[slug]))
    await house.drafts.begin_edit(ANN, new, slug, NOW)
    say(done=True)


async def write(house: House, new: str, held: Draft) -> None:
    texts = {**held.texts, "why": f"Written as {new}.", "synopsis": new * 100}
    announce(held.id, texts)
    await house.drafts.write(ANN, held.id, texts, NOW)
    say(done=True)


async def work_on_drafts(house: House, name: str, new: str, drafts: tuple[Draft, ...], chance: Random) -> None:
    if name == "begin" or not drafts:
        return await begin(house, new)
    if name == "edit" and house.seen():
        return await edit(house, new, drafts, chance)
    held = chance.choice(drafts)
    if name == "discard":
        announce(held.id, changes=0)
        await house.drafts.discard(ANN, held.id)
        return say(done=True)
    await write(house, new, held)
    if name == "publish":
        announce(held.id, changes=1)
        say(done=isinstance(await house.drafts.publish(ANN, held.id, NOW), Published))
    return None


async def work_on_films(house: House, name: str, chance: Random) -> None:
    history = await house.curation.history(ANN, None, None, 30)
    slug = chance.choice([NIGHT.slug, KNIFE.slug, *(change.slug or "" for change in history[:5])])
    announce(changes=1)
    if name == "undo":
        await house.curation.undo(ANN, chance.choice(history).number if history else 0, NOW)
    else:
        await getattr(house.curation, name)(ANN, slug, NOW)
    say(done=True)


async def main(address: str, seed: str) -> None:
    chance = Random(seed)  # noqa: S311  (the acts are no secret)
    house = await opened(await Database.open(address))
    for number in range(1_000_000):
        drafts = await house.drafts.mine(ANN)
        name = chance.choice(("publish", "discard") if len(drafts) > 20 else (*DRAFT_ACTS, *FILM_ACTS))
        try:
            if name in FILM_ACTS:
                await work_on_films(house, name, chance)
            else:
                await work_on_drafts(house, name, f"{seed}-{number}", drafts, chance)
        except FrontRowError:
            say(done=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
