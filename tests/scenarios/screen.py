"""What is on the screen: the message that answers a member, and what can be pressed below it."""

from collections.abc import Iterator
from typing import Any

import simcord

from bot.ui.kit.text import Markup, english
from tests.conftest import Club

Message = simcord.ResponseMessage
# Discord's numbers for a text and for a small picture.
_TEXT, _THUMBNAIL = 10, 11


def sentence(key: str, /, **values: str | int) -> str:
    """What the locale file says there, so that a walk outlives a better wording."""
    return english()(key, **values)


def place(channel: simcord.ChannelHandle) -> Markup:
    """The channel or thread as something to press."""
    return Markup(channel.mention)


def answer(result: simcord.InteractionResult) -> Message:
    """The message that answers, where nothing follows it."""
    assert result.response is not None
    assert not result.followups
    return result.response


def card_and_trailer(result: simcord.InteractionResult) -> tuple[Message, Message]:
    """The two messages in which a film with a trailer is shown."""
    assert result.response is not None
    [trailer] = result.followups
    return result.response, trailer


def posts(club: Club, channel_id: int) -> list[Message]:
    """What was written for all in a channel, oldest first, without Discord's own notices."""
    stored = sorted(club.env.backend.messages[channel_id].values(), key=lambda message: message.id)
    shown = [simcord.ResponseMessage(club.env, message) for message in stored if message.system_metadata is None]
    return [message for message in shown if not message.ephemeral]


def labels(message: Message) -> list[str]:
    """What the buttons below the message say."""
    return [button["label"] for button in _buttons(message)]


def button(message: Message, label: str) -> dict[str, Any]:
    """The one button that says this."""
    [found] = [button for button in _buttons(message) if button["label"] == label]
    return found


def menu(message: Message, beginning: str = "") -> dict[str, Any]:
    """The first menu below the message, or the one whose custom id begins like this."""
    return next(part for part in _parts(message) if part["type"] == 3 and part["custom_id"].startswith(beginning))


def choices(message: Message) -> list[str]:
    """The values that the menu offers."""
    return [option["value"] for option in menu(message)["options"]]


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [part for part in _parts(message) if part["type"] == 2]


def texts(message: Message) -> list[str]:
    """What the message says, one text after another, whatever it is made of."""
    shown = [message.content] if message.content else []
    for embed in message.embeds:
        fields = [text for field in embed.fields for text in (field.name, field.value)]
        shown += [text for text in (embed.title, embed.description, *fields, embed.footer.text) if text]
    return [*shown, *(part["content"] for part in _parts(message) if part["type"] == _TEXT)]


def text(message: Message) -> str:
    """All that the message says."""
    return "\n".join(texts(message))


def heading(message: Message) -> str:
    """What the message begins with, which is what a notification shows: without the marks of a heading."""
    return texts(message)[0].partition("\n")[0].removeprefix("## ")


def picture(message: Message) -> str | None:
    """The address of the picture in the message."""
    found = [part["media"]["url"] for part in _parts(message) if part["type"] == _THUMBNAIL]
    return (found + [embed.image.url for embed in message.embeds] + [None])[0]


def _parts(message: Message) -> Iterator[dict[str, Any]]:
    waiting = list(message.components)
    while waiting:
        part = waiting.pop(0)
        yield part
        waiting = [*part.get("components", ()), *([part["accessory"]] if "accessory" in part else []), *waiting]
