"""Many presses in the same instant, which actors on SimCord cannot make: they wait for each other."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import simcord
from simcord import interactions
from simcord.backend import serializers
from simcord.backend.models import Interaction

from tests.conftest import Club
from tests.scenarios.screen import Message, button

_COMMAND, _COMPONENT, _BUTTON = 2, 3, 2


class Press(NamedTuple):
    """An interaction that Discord knows of and the bot has not heard of yet."""

    record: Interaction
    payload: dict[str, Any]


def slash(club: Club, member: simcord.MemberActor, channel: simcord.ChannelHandle, name: str) -> Press:
    """A command without options."""
    root, *path = name.split()
    command = club.env.backend.find_command(root, club.guild.id)
    assert command is not None
    leaf, nesting = interactions.walk_to_subcommand(command, path)
    assert leaf["name"] == name.rsplit(maxsplit=1)[-1]
    options = interactions.nest_options(command, nesting, [])
    data = {"id": command["id"], "name": root, "type": 1, "options": options}
    return _press(club, _COMMAND, member, channel.id, data)


def click(club: Club, member: simcord.MemberActor, message: Message, label: str) -> Press:
    """A click on the button of the message that says this."""
    data = {"custom_id": button(message, label)["custom_id"], "component_type": _BUTTON}
    press = _press(club, _COMPONENT, member, message.channel_id, data)
    stored = club.env.backend.get_message(message.channel_id, message.id)
    press.payload["message"] = dict(serializers.message_payload(club.env.backend, stored))
    press.record.source_message_id = message.id
    return press


def begin(club: Club, presses: Sequence[Press]) -> list[simcord.InteractionResult]:
    """Tell the bot of all of them, without waiting for any answer."""
    for press in presses:
        club.env.backend.emit("INTERACTION_CREATE", press.payload)
    return [simcord.InteractionResult(club.env, press.record) for press in presses]


async def at_once(club: Club, presses: Sequence[Press]) -> list[simcord.InteractionResult]:
    """Tell the bot of all of them, and wait until it has answered."""
    results = begin(club, presses)
    await club.env.settle(timeout=30)
    return results


def _press(club: Club, kind: int, member: simcord.MemberActor, channel_id: int, data: dict[str, Any]) -> Press:
    record, payload = interactions.base_payload(
        club.env.backend,
        type=kind,
        channel_id=channel_id,
        guild_id=member.guild.id,
        user_id=member.id,
        data=data,
    )
    return Press(record, payload)
