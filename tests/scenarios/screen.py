"""What is on the screen: the message that answers a member, and what can be pressed below it."""

import json
from collections.abc import Iterator
from typing import Any

import simcord

from bot.ui.kit.text import Markup, english
from tests.conftest import Club

Message = simcord.ResponseMessage
# Discord's numbers for a row, a button, a section, a text and a small picture.
_ROW, _BUTTON, _SECTION, _TEXT, _THUMBNAIL = 1, 2, 9, 10, 11


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


def custom_ids(message: Message) -> list[str]:
    """Of every button and menu, in the order in which they are read."""
    return [part["custom_id"] for part in _parts(message) if "custom_id" in part]


def button(message: Message, label: str) -> dict[str, Any]:
    """The one button that says this."""
    [found] = [button for button in _buttons(message) if button["label"] == label]
    return found


def custom_id(message: Message, label: str) -> str:
    """The custom id of the one button that says this."""
    return str(button(message, label)["custom_id"])


def beside(message: Message, custom_id: str) -> str:
    """What the text says that has the button of this custom id beside it."""
    [section] = [part for part in _parts(message) if part.get("accessory", {}).get("custom_id") == custom_id]
    return "\n".join(part["content"] for part in section["components"])


def menu(message: Message, beginning: str = "") -> dict[str, Any]:
    """The first menu below the message, or the one whose custom id begins like this."""
    return next(part for part in _parts(message) if part["type"] == 3 and part["custom_id"].startswith(beginning))


def choices(message: Message) -> list[str]:
    """The values that the menu offers."""
    return [option["value"] for option in menu(message)["options"]]


def with_controls(club: Club, message: Message, now: str, then: str) -> Message:
    """The message as another version sent it: its custom ids and values have `then` in place of `now`."""
    stored = club.env.backend.get_message(message.channel_id, message.id)
    stored.components = json.loads(json.dumps(stored.components).replace(now, then))
    return simcord.ResponseMessage(club.env, stored)


def below(message: Message) -> list[str]:
    """What the buttons say that stand in rows, not beside an entry."""
    rows = [part for part in _parts(message) if part["type"] == _ROW]
    return [each["label"] for row in rows for each in row["components"] if each["type"] == _BUTTON]


def entries(message: Message) -> list[str]:
    """What the entries of a list say: whatever has a button beside it."""
    return [text["content"] for section in _entries(message) for text in section["components"]]


def named(message: Message) -> list[str]:
    """What the entries of a list are called."""
    return [entry.split("**")[1] for entry in entries(message)]


def opened_by(message: Message) -> list[str]:
    """What the buttons beside the entries of a list are about: the ends of their custom ids, such as films' slugs."""
    return [section["accessory"]["custom_id"].rpartition(":")[2] for section in _entries(message)]


def subheading(message: Message) -> str:
    """The small line below a heading: how many there are, what narrows them, which page it is."""
    return texts(message)[0].split("\n")[1].removeprefix("-# ")


def _entries(message: Message) -> list[dict[str, Any]]:
    sections = [part for part in _parts(message) if part["type"] == _SECTION]
    return [section for section in sections if section["accessory"]["type"] == _BUTTON]


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [part for part in _parts(message) if part["type"] == _BUTTON]


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
