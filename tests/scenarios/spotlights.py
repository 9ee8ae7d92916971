"""A club with a film of the week, kept by a curator on the panel, and posted at any time that a walk likes."""

import datetime
from typing import Any, Final

import simcord

from bot.storage.db import spotlight
from bot.ui.spotlight import posting
from tests.conftest import Club
from tests.scenarios.screen import Message, answer
from tests.scenarios.suggestions import bot_of

ISO: Final = "%Y%m%d"


async def panel(club: Club, who: simcord.MemberActor) -> Message:
    """What /club weekly shows."""
    return answer(await who.slash(club.lobby, "club weekly"))


async def decide(who: simcord.MemberActor, shown: Message, label: str, **typed: Any) -> Message:
    """Fill in the form behind a button of the panel; the panel as it is then."""
    form = await who.click(shown, label=label)
    assert form.modal is not None
    result = await who.submit_modal(form, {**filled(form), **typed})
    assert result.response is not None
    return result.response


def filled(form: simcord.InteractionResult) -> dict[str, Any]:
    """What stands in the form already, as Discord sends it back."""
    assert form.modal is not None
    found: dict[str, Any] = {}
    for label in form.modal["components"]:
        part = label["component"]
        if "options" in part:
            found[part["custom_id"]] = [option["value"] for option in part["options"] if option.get("default")]
            if part["type"] == 21:  # of a radio group there is one
                found[part["custom_id"]] = next(iter(found[part["custom_id"]]), None)
        elif part["type"] in {4, 23}:
            found[part["custom_id"]] = part.get("value", part.get("default"))
    return found


async def switched_on(club: Club, who: simcord.MemberActor, channel: simcord.ChannelHandle, **typed: Any) -> Message:
    """The panel after the film of the week was given a channel and switched on."""
    shown = await decide(who, await panel(club, who), "Where", channel=[channel], **typed)
    return answer(await who.click(shown, label="Switch on"))


async def next_moment(club: Club) -> datetime.datetime:
    """When the next film is due."""
    async with bot_of(club).services.spotlight_posts._database.read() as tx:  # pyright: ignore[reportPrivateUsage]
        stored = await spotlight.get(tx, club.guild.id)
    assert stored.next_at is not None
    return stored.next_at


async def wait_until(club: Club, now: datetime.datetime) -> None:
    """Let Discord's clock show that time, from which messages have their ids; the bot's own stays as it is."""
    if (seconds := (now - club.env.now()).total_seconds()) > 0:
        club.env.backend.advance_clock(seconds)


async def post(club: Club, now: datetime.datetime) -> None:
    """The loop looks round at that time."""
    await wait_until(club, now)
    await posting.post_due(bot_of(club), lambda: now)
    await club.env.settle()


def skip_of(shown: Message, number: int = 0) -> dict[str, Any]:
    """The button that skips the film at this place."""
    found = [part for part in parts(shown) if part.get("custom_id", "").startswith("spotlight:skip:")]
    return found[number]


def parts(shown: Message) -> list[dict[str, Any]]:
    """Every part of the message, the outer ones first."""
    waiting, found = list(shown.components), list[dict[str, Any]]()
    while waiting:
        part = waiting.pop(0)
        found.append(part)
        waiting = [*part.get("components", ()), *waiting]
    return found
