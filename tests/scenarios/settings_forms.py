"""Changing a setting through the panel, and through forms that no client of Discord's would send."""

from typing import Any

import simcord
from simcord import interactions

from tests.conftest import Club
from tests.scenarios.screen import Message, answer, menu

_MODAL_SUBMIT, _LABEL, _TEXT = 5, 18, 4


async def panel(club: Club, member: simcord.MemberActor) -> Message:
    """The settings as shown to a manager."""
    return answer(await member.slash(club.lobby, "settings show"))


async def open_form(club: Club, member: simcord.MemberActor, name: str) -> simcord.InteractionResult:
    """The form of a setting, opened from a new panel."""
    shown = await member.select(await panel(club, member), [name])
    assert shown.modal is not None
    return shown


async def change(club: Club, member: simcord.MemberActor, name: str, value: Any) -> simcord.InteractionResult:
    """Choose or type a value in the form of the setting; None leaves it empty."""
    shown = await open_form(club, member, name)
    return await member.submit_modal(shown, {} if value is None else {"value": value})


async def changed(club: Club, member: simcord.MemberActor, name: str, value: Any) -> Message:
    """The panel after a change that went well."""
    result = await change(club, member, name, value)
    assert not club.env.errors
    assert result.response is not None
    assert menu(result.response)["options"]
    return result.response


def control(shown: simcord.InteractionResult) -> dict[str, Any]:
    """The one part of the form that can be filled in."""
    assert shown.modal is not None
    [label] = shown.modal["components"]
    return label["component"]


async def submit_raw(
    club: Club, member: simcord.MemberActor, custom_id: str, typed: dict[str, str]
) -> simcord.InteractionResult:
    """A form as nobody's client sends it: any id, any parts, any text."""
    parts = [
        {
            "type": _LABEL,
            "id": number,
            "component": {"type": _TEXT, "id": 50 + number, "custom_id": name, "value": text},
        }
        for number, (name, text) in enumerate(typed.items(), start=1)
    ]
    record, payload = interactions.base_payload(
        club.env.backend,
        type=_MODAL_SUBMIT,
        channel_id=club.lobby.id,
        guild_id=club.guild.id,
        user_id=member.id,
        data={"custom_id": custom_id, "components": parts},
    )
    club.env.backend.emit("INTERACTION_CREATE", payload)
    await club.env.settle()
    return simcord.InteractionResult(club.env, record)
