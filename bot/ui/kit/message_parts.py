"""The parts of a message as Discord's errors name them, and the message without some of them.

A path such as ("components", "0", "components", "3", "url") is where a part stands in the payload.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import discord

from bot.ui.kit.layout import Layout

Path: TypeAlias = tuple[str, ...]
# The arguments of a call that sends or edits a message.
Parts: TypeAlias = Mapping[str, Any]
# Parts that a thread can do without.
_SPARE: Final = {"applied_tags", "auto_archive_duration"}
# Under what a component keeps others.
_INSIDE: Final = ("children", "items", "options")


def addresses_in(parts: Parts) -> Iterator[tuple[Path, str]]:
    """Every address that Discord looks at beside the text, and where it stands."""
    if isinstance(layout := parts.get("view"), Layout):
        yield from layout.addresses()
        return
    for row, column, item in _placed(parts.get("view")):
        if address := getattr(item, "url", None):
            yield ("components", row, "components", column, "url"), address


def within(path: Path, named: Collection[Path]) -> bool:
    """Whether the part at `path` is one of those named, a part of one, or the whole of which one is a part."""
    return any(path[: len(each)] == each[: len(path)] for each in named)


def is_whole(path: Path, addresses: Collection[Path]) -> bool:
    """Whether this names a row or a section as a whole, of which only an address may be at fault."""
    if path[:1] == ("components",) and any(
        len(each) > len(path) > 3 and each[: len(path)] == path for each in addresses
    ):
        return True
    return path[0] == "components" and len(path) < 4


def opening_text(parts: Parts) -> str | None:
    """What the message begins with."""
    view = parts.get("view")
    return view.first_text if isinstance(view, Layout) else parts.get("content")


def opening_of(message: discord.Message) -> str:
    """What a message that was sent begins with, whichever sort it is of."""
    texts = (part.content for part in parts_of(message.components) if isinstance(part, discord.TextDisplay))
    return message.content or next(texts, "")


def parts_of(components: Iterable[object]) -> Iterator[object]:
    """The components of a message and all inside them, in the order in which they are shown."""
    for component in components:
        yield component
        for name in _INSIDE:
            yield from parts_of(getattr(component, name, ()))
        if (beside := getattr(component, "accessory", None)) is not None:
            yield from parts_of([beside])


def shape(parts: Parts) -> Mapping[str, Any]:
    """What Discord would see of the parts that can be left out."""
    view = parts.get("view")
    seen = {**parts, "components": view and view.to_components(), "view": None}
    return {name: part for name, part in seen.items() if part is not None}


def without(parts: Parts, paths: Collection[Path]) -> dict[str, Any]:
    """The message without the parts at these paths; what is left out whole is None.

    Where something of a view goes, the rest moves to a new one, and the old one is not to be used any more.
    """
    left = dict(parts)
    for path in paths:
        if path[0] in _SPARE and path[0] in left:
            del left[path[0]]
    gone = [path for path in paths if path[0] == "components"]
    if isinstance(layout := left.get("view"), Layout):
        left["view"] = layout.without(gone) if gone else layout
        if left["view"] is None:
            left["content"] = layout.plain
    elif (view := left.get("view")) is not None:
        left["view"] = _lesser_view(view, gone)
    return left


def _lesser_view(view: discord.ui.View, paths: Collection[Path]) -> discord.ui.View | None:
    kept = [item for row, column, item in _placed(view) if not within(("components", row, "components", column), paths)]
    if len(kept) == len(view.children):
        return view
    return view_of(*kept) if kept else None


def _placed(view: discord.ui.View | None) -> Iterator[tuple[str, str, discord.ui.Item[Any]]]:
    """Each item with the numbers of its row and of its place in it."""
    if view is None:
        return
    waiting = list(view.children)
    for row, line in enumerate(view.to_components()):
        for column, shown in enumerate(line["components"]):
            item = next(item for item in waiting if item.to_component_dict() == shown)
            waiting.remove(item)
            yield str(row), str(column), item


def view_of(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """The components of a message. Its persistent items are found by their custom ids, links need not be.

    The view is stopped before it is sent. Otherwise discord.py keeps it, the one of a private answer with a task for
    fifteen minutes, and forgets the patterns of its persistent items when that has run out.
    """
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
