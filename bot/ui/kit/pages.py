"""Lists in pages. Every list is built alike.

Text(title, small line: how many, what narrows them, which page)
a section for each entry, with the button that opens it beside it
RULE
whatever turns the pages, narrows and orders them
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar

import discord

from bot.ui.kit.blocks import RULE, AnyLine, Block, Fixed, Joined, Line, Text, rows
from bot.ui.kit.layout import Layout, fitting
from bot.ui.kit.replies import Interaction, edit_or_reply, reply
from bot.ui.kit.text import Markup, Words

# As many entries as a phone shows without much scrolling.
AT_A_GLANCE: Final = 7

_Entry = TypeVar("_Entry")


class Turn(NamedTuple):
    """A way to another page: its number, the locale key of its label, and whether there is no such page."""

    page: int
    label: str
    is_off: bool


class Page(Generic[_Entry]):
    """One page of a list; the last one where there are not so many."""

    def __init__(self, every: Sequence[_Entry], page: int, size: int) -> None:
        self.pages = max(1, -(-len(every) // size))
        self.number = min(max(page, 0), self.pages - 1)
        self.shown = every[self.number * size : (self.number + 1) * size]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The ways back and on; none for a single page."""
        if self.pages == 1:
            return ()
        return (
            Turn(max(self.number - 1, 0), "button.previous", self.number == 0),
            Turn(self.number + 1, "button.next", self.number == self.pages - 1),
        )

    def head(self, words: Words, title: AnyLine, found: Markup, *more: Line | Fixed) -> Text:
        """The first block: the title, and in small print how many there are, `more`, and which page it is."""
        place = [Line(words, "page.place", page=self.number + 1, pages=self.pages)] if self.pages > 1 else []
        return Text(title, Joined(Line(words, "page.small", said=found), *more, *place))


def page_size(*, buttons: int = 2, menus: int = 0, texts: int = 0, at_a_glance: int = AT_A_GLANCE) -> int:
    """How many entries a page has beside so many buttons and menus below it and texts between the entries.

    As many as Discord takes in one message, and no more than can be read at a glance.
    """
    below = rows(*(discord.ui.Button[Any]() for _ in range(buttons)), *(discord.ui.Select[Any]() for _ in range(menus)))
    return min(at_a_glance, fitting([*[Text()] * (1 + texts), RULE, *below]))


def listing(head: Text, entries: Iterable[Block], *below: discord.ui.Item[Any]) -> Layout:
    """The list as a message."""
    return Layout([head, *entries, RULE, *rows(*below)])


async def show_page(interaction: Interaction, layout: Layout) -> None:
    """Show a list: in place of what was pressed, or as a first answer for the member alone."""
    if interaction.type is discord.InteractionType.component:
        await edit_or_reply(interaction, None, view=layout)
    else:
        await reply(interaction, view=layout, private=True)
