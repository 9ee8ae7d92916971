"""The demo's club keeps films, so that what members see of each other is there from the first moment."""

import simcord

from bot.app import App
from bot.demo.world import build_world
from bot.domain.shelves.marks import ShelfOwner
from tests.scenarios.keeping import private
from tests.scenarios.screen import sentence, text


async def test_counts_names_and_picks_are_there_at_once(simcord_env: simcord.Env, app: App) -> None:
    world = await build_world(simcord_env)
    guild, lobby = world.servers[0].guild, world.servers[0].places[0]
    jonas = lobby.viewers[0]
    films = app.bot.services.films.catalogue.by_slug
    assert set((await app.bot.services.shelves.of(ShelfOwner(guild.id, jonas.id))).marks) <= set(films)
    counts = await app.bot.services.club_shelves.counts(guild.id, "persepolis-2007")
    assert (counts.seen, counts.average) == (4, 4.5)
    told = private(await jonas.slash(lobby.channel, "who", film="faces-places-2017"))
    assert "**Want to see it:**" in text(told)
    picked = private(await jonas.slash(lobby.channel, "my picks"))
    assert sentence("picks.by_club") in text(picked)
    assert "Because you gave" in text(picked)
