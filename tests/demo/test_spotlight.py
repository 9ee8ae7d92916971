"""The demo's club has a film of the week: the last one is there, the next ones are planned."""

import simcord

from bot.demo.world import build_world
from tests.scenarios.keeping import private
from tests.scenarios.screen import labels, text


async def test_the_last_film_is_there_and_the_next_are_planned(simcord_env: simcord.Env) -> None:
    world = await build_world(simcord_env)
    await simcord_env.settle()
    place = next(each for each in world.servers[0].places if each.channel.name == "film-of-the-week")
    stored = sorted(simcord_env.backend.messages[place.channel.id].values(), key=lambda message: message.id)
    shown = [simcord.ResponseMessage(simcord_env, each) for each in stored if each.system_metadata is None]
    assert "Film of the week" in text(shown[0])
    assert len(place.threads()) == 1
    noor = place.viewers[-1]
    panel = private(await noor.slash(place.channel, "club weekly"))
    assert labels(panel).count("Skip") == 3
