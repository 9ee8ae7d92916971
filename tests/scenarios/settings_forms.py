"""Changing a setting through the panel, and through forms that no client of Discord's would send."""

from typing import Any

import simcord
from simcord import interactions

from bot.ui.kit.text import Markup
from tests.conftest import Club
from tests.scenarios.screen import Message, answer, beside, custom_ids, sentence, texts

_MODAL_SUBMIT, _LABEL, _TEXT = 5, 18, 4


async def panel(club: Club, member: simcord.MemberActor) -> Message:
    """The settings as shown to a manager."""
    return answer(await member.slash(club.lobby, "settings show"))


async def open_form(club: Club, member: simcord.MemberActor, name: str) -> simcord.InteractionResult:
    """The form of a setting, opened from a new panel."""
    shown = await member.click(await panel(club, member), custom_id=f"settings:change:{name}")
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
    assert f"settings:change:{name}" in custom_ids(result.response)
    return result.response


def shown(message: Message, name: str) -> str:
    """What the panel says that a setting stands at, without what it is for."""
    said, _, about = beside(message, f"settings:change:{name}").partition("\n")
    assert about == sentence("settings.help", help=Markup(sentence(f"setting.{name}.help")))
    label = sentence(f"setting.{name}.label")
    assert said.startswith(f"**{label}:** ")
    return said.removeprefix(f"**{label}:** ")


def news(message: Message) -> list[str]:
    """The lines below the panel's title: what has just happened."""
    title, said, *_ = texts(message)
    assert title.splitlines()[0] == sentence("settings.title")
    return said.splitlines() if not said.startswith("### ") else []


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
