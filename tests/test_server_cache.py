"""What is taken out of servers before discord.py keeps them, and that all the rest is as Discord sent it."""

import copy

from bot.server_cache import thin_channel, thin_server
from tests.discord_payloads import CLUB, TEXT_CHANNEL


def test_what_is_not_used_is_not_kept_and_the_rest_is_as_it_was() -> None:
    guild = copy.deepcopy(CLUB)
    spare = {"description": "d", "presences": [{}], "voice_states": [{}], "stage_instances": [{}]}
    sent = guild | spare | {"channels": [TEXT_CHANNEL | {"topic": "Please mark spoilers.", "last_message_id": "7"}]}
    thin_server(sent)
    wanted = {key: value for key, value in TEXT_CHANNEL.items() if key != "topic"}
    assert sent == CLUB | {"channels": [wanted]}


def test_a_server_without_anything_stays_so() -> None:
    sent = {"id": "7", "unavailable": True}
    thin_server(sent)
    assert sent == {"id": "7", "unavailable": True}


def test_a_channel_that_has_changed_is_thinned_too() -> None:
    sent = TEXT_CHANNEL | {"topic": "x"}
    thin_channel(sent)
    assert "topic" not in sent
    assert sent["permission_overwrites"] == TEXT_CHANNEL["permission_overwrites"]
