"""Two servers on one database: whatever curators of one do, by whatever name, the other stays as it was."""

from random import Random
from typing import Any

import pytest

from bot.domain.curation.form_codec import texts_of
from bot.domain.errors import FrontRowError
from bot.domain.guilds.settings import Actor
from bot.storage.db.database import Database
from tests.builders import film
from tests.services.house import ANN, BEN, CLEO, GUILD, KNIFE, NIGHT, NOW, OTHER, SOLARIS, House, actor, opened, process

STAFF = {GUILD: (ANN, BEN), OTHER: (CLEO, actor("Ann", OTHER))}
SLUGS = (NIGHT.slug, KNIFE.slug, SOLARIS.slug, "one-1980", "nobody-1999")
ACTS = "hide unhide remove restore reset undo begin edit write publish settle discard change".split()


async def state(database: Database, guild_id: int) -> list[Any]:
    """All that a server has, as its members and its curators see it in a process that has just started."""
    house = process(database)
    await house.films.refresh()
    await house.guilds.refresh()
    await house.films.ensure_loaded(guild_id)
    drafts = [await house.drafts.mine(who) for who in STAFF[guild_id]]
    settings, overlay = house.guilds.settings(guild_id), house.films.overlay(guild_id)
    return [house.seen(guild_id), overlay, settings, drafts, await house.history(guild_id)]


async def act(house: House, who: Actor, begun: list[str], chance: Random) -> None:
    """Something that a curator may do, wisely or not; drafts and changes of the other server are tried too."""
    slug, number = chance.choice(SLUGS), chance.randint(1, 15)
    why = {"why": chance.choice([f"Words of {who.guild_id}.", ""])}
    new, old = f"d{len(begun)}", chance.choice(["nothing", *begun[-5:]])
    match chance.choice(ACTS):
        case "begin":
            await house.drafts.begin(who, new, {**texts_of(chance.choice([SOLARIS, film("One", 1980)])), **why}, NOW)
            begun.append(new)
        case "edit":
            await house.drafts.begin_edit(who, new, slug, NOW)
            begun.append(new)
        case "write":
            await house.drafts.write(who, old, why, NOW)
        case "publish":
            await house.drafts.publish(who, old, NOW)
        case "settle":
            await house.drafts.settle(who, old, keep_mine=chance.choice([True, False]), now=NOW)
        case "discard":
            await house.drafts.discard(who, old)
        case "change":
            await house.guilds.change(who, {"archive_after": chance.choice([60, 1440])}, NOW)
        case "undo":
            await house.curation.undo(who, number, NOW)
        case simple:
            await getattr(house.curation, simple)(who, slug, NOW)


@pytest.mark.parametrize("seed", range(3))
async def test_no_act_in_one_server_is_seen_in_another(database: Database, seed: int) -> None:
    house, chance = await opened(database), Random(seed)  # noqa: S311  (the acts are no secret)
    shared, begun = house.films.catalogue, list[str]()
    done = dict.fromkeys(STAFF, 0)
    for _ in range(150):
        here = chance.choice((GUILD, OTHER))
        there = OTHER if here == GUILD else GUILD
        before = await state(database, there)
        try:
            await act(house, chance.choice(STAFF[here]), begun, chance)
            done[here] += 1
        except FrontRowError:
            pass
        assert await state(database, there) == before
        assert f"Words of {there}." not in repr(await state(database, here))
        assert house.films.catalogue == shared
    assert min(done.values()) > 5
