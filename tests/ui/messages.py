"""What Discord has against a message: its limits, what it would draw, and which way it would write.

The limits are those of Discord's documentation; lengths are counted in UTF-16 units, the longest way of
counting that Discord is known to use.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import discord

from bot.domain.text.normalize import has_ink
from bot.ui.kit.layout import Layout
from bot.ui.kit.text import width

_ESCAPED: Final = re.compile(r"\\[^\w\s]|\\_")
# Whatever starts or ends something that Discord draws, wherever it stands or at the beginning of a line.
_MARKS: Final = re.compile(
    r"[\\*_~`|<\[\]]|^\s*(?:>|#{1,3}(?=\s)|-#(?=\s)|[-+](?=\s)|\d+[.)](?=\s))|@(?:everyone|here)|://", re.MULTILINE
)
_OPEN, _CLOSE = "\u2068", "\u2069"


class Shown(NamedTuple):
    """One text of a message: where it stands, how long it may be, and whether marks in it are drawn."""

    place: str
    text: str
    longest: int
    is_drawn: bool


class Message(NamedTuple):
    """A message as Discord is sent it."""

    content: str | None = None
    embeds: Sequence[dict[str, Any]] = ()
    rows: Sequence[dict[str, Any]] = ()
    layout: Sequence[dict[str, Any]] = ()

    @classmethod
    def of(
        cls,
        content: str | None = None,
        embed: discord.Embed | None = None,
        view: discord.ui.View | Layout | None = None,
    ) -> "Message":
        """The message of what the bot's builders give."""
        if isinstance(view, Layout):
            return cls(content, (), (), list(view.to_components()))
        return cls(content, [dict(embed.to_dict())] if embed else [], view.to_components() if view else [])

    @property
    def controls(self) -> list[dict[str, Any]]:
        """Every button and menu."""
        rows = [*self.rows, *(part for part in self.parts if part["type"] == 1)]
        beside = [part["accessory"] for part in self.parts if part.get("accessory", {}).get("type") == 2]
        return [*(control for row in rows for control in row["components"]), *beside]

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Every component of a layout, in the order in which they are read."""
        found: list[dict[str, Any]] = []
        waiting = list(self.layout)
        while waiting:
            part = waiting.pop(0)
            found.append(part)
            waiting = [*part.get("components", ()), *([part["accessory"]] if "accessory" in part else []), *waiting]
        return found

    def texts(self) -> Iterator[Shown]:
        """Every text that members see."""
        if self.content:
            yield Shown("content", self.content, 2000, is_drawn=True)
        for embed in self.embeds:
            yield Shown("title", embed["title"], 256, is_drawn=True)
            yield Shown("description", embed["description"], 4096, is_drawn=True)
            for field in embed.get("fields", ()):
                yield Shown("field name", field["name"], 256, is_drawn=True)
                yield Shown(f"field {field['name']}", field["value"], 1024, is_drawn=True)
            if "footer" in embed:
                yield Shown("footer", embed["footer"]["text"], 2048, is_drawn=False)
        for part in self.parts:
            if part["type"] == 10:
                yield Shown("display", part["content"], 4000, is_drawn=True)
            elif part["type"] == 11:
                yield Shown("alt text", part["description"], 1024, is_drawn=False)
        for control in self.controls:
            yield from _control_texts(control)

    def text(self, place: str) -> str:
        """The one text that stands in this place."""
        [found] = [shown.text for shown in self.texts() if shown.place == place]
        return found


def refusals(message: Message) -> list[str]:
    """Every limit of Discord's that the message exceeds."""
    return [
        *_text_refusals(message),
        *_embed_refusals(message),
        *_control_refusals(message),
        *_layout_refusals(message),
    ]


def marks(text: str) -> str:
    """All that Discord would draw in the text, one after another; empty for text that is shown as it is."""
    return "".join(found.strip() for found in _MARKS.findall(_ESCAPED.sub("x", text)))


def turned(text: str) -> list[str]:
    """Right-to-left characters that turn round what stands beside them, and isolates without their other end."""
    depth, found = 0, list[str]()
    for character in text:
        depth += (character == _OPEN) - (character == _CLOSE)
        if depth < 0:
            found.append("closed twice")
        if depth < 1 and unicodedata.bidirectional(character) in {"R", "AL"}:
            found.append(character)
    return [*found, *(["left open"] if depth > 0 else [])]


def _control_texts(control: dict[str, Any]) -> Iterator[Shown]:
    for key, longest in (("label", 80), ("placeholder", 150)):
        if key in control:
            yield Shown(key, control[key], longest, is_drawn=False)
    for option in control.get("options", ()):
        for key in ("label", "description"):
            if key in option:
                yield Shown(f"option's {key}", option[key], 100, is_drawn=False)


def _text_refusals(message: Message) -> Iterator[str]:
    if not message.content and not message.embeds and not message.layout:
        yield "nothing is said"
    for shown in message.texts():
        if width(shown.text) > shown.longest:
            yield f"{shown.place}: {width(shown.text)} of {shown.longest}"
        if not has_ink(shown.text):
            yield f"{shown.place}: nothing to be seen"


def _embed_refusals(message: Message) -> Iterator[str]:
    places = ("title", "description", "field", "footer")
    said = sum(width(shown.text) for shown in message.texts() if shown.place.startswith(places))
    if said > 6000:
        yield f"embeds: {said} of 6000"
    for embed in message.embeds:
        if len(embed.get("fields", ())) > 25:
            yield f"fields: {len(embed['fields'])} of 25"
        if width(embed.get("image", {}).get("url", "")) > 2048:
            yield "image: address too long"


def _layout_refusals(message: Message) -> Iterator[str]:
    if len(message.parts) > 40:
        yield f"components: {len(message.parts)} of 40"
    displayed = sum(width(shown.text) for shown in message.texts() if shown.place == "display")
    if displayed > 4000:
        yield f"displays: {displayed} of 4000"
    if message.layout and message.content:
        yield "a layout has no content"


def _control_refusals(message: Message) -> Iterator[str]:
    rows = [*message.rows, *(part for part in message.parts if part["type"] == 1)]
    if len(message.rows) > 5:
        yield f"rows: {len(message.rows)} of 5"
    for row in rows:
        most = 1 if any("options" in control for control in row["components"]) else 5
        if not 1 <= len(row["components"]) <= most:
            yield f"row: {len(row['components'])} of {most}"
    for control in message.controls:
        yield from _control_refusal(control)
    yield from _repeated("custom id", [control["custom_id"] for control in message.controls if "custom_id" in control])


def _control_refusal(control: dict[str, Any]) -> Iterator[str]:
    if not 1 <= width(control.get("custom_id", "x")) <= 100:
        yield f"custom id: {width(control['custom_id'])} of 100"
    if not 1 <= width(control.get("url", "x")) <= 512:
        yield f"address: {width(control['url'])} of 512"
    if ("url" in control) == ("custom_id" in control):
        yield "a control wants either an address or a custom id"
    options = control.get("options")
    if options is not None:
        if not 1 <= len(options) <= 25:
            yield f"options: {len(options)} of 25"
        values = [option["value"] for option in options]
        yield from (f"value: {width(value)} of 100" for value in values if not 1 <= width(value) <= 100)
        yield from _repeated("value", values)


def _repeated(what: str, values: Sequence[str]) -> Iterator[str]:
    yield from (f"{what}: {value} twice" for value, times in Counter(values).items() if times > 1)
