"""What a layout is made of, as data: lines of words, a section with something beside it, a row of controls, a rule.

    Text(Line(words, "card.title", title=film.title, year=film.year))
    Section((Line(words, "card.facts", directors=..., ...),), Picture(address, alt))
    Section((Line(words, "list.film", ...),), PeekButton(film.slug, words.plain("button.open")))
    Row(button, button)  or  Row(menu)
    RULE

Typed values give way where room is short, so no screen counts characters: see `layout`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import discord

from bot.ui.kit.limits import DISPLAYED, IN_ROW
from bot.ui.kit.prose import clip_prose, prose
from bot.ui.kit.text import Markup, Words, clip_plain, plain, width

_DOT: Final = " · "


class Prose(str):
    """A curator's text, in which titles may be marked."""

    __slots__ = ()


class Line:
    """A sentence of the locale file. Its typed values are made harmless, and clipped where room is short."""

    def __init__(self, words: Words, key: str, /, **values: str | int) -> None:
        self._sentence: Callable[..., Markup] = words
        self._key = key
        self._values: Mapping[str, str | int] = values
        self._typed = {
            name: value for name, value in values.items() if isinstance(value, str) and not isinstance(value, Markup)
        }
        # Made once: a card asks for each of them three times.
        self._safe = {
            name: prose(value) if isinstance(value, Prose) else plain(value) for name, value in self._typed.items()
        }
        self._widths = {name: width(value) for name, value in self._safe.items()}

    def needs(self) -> Iterator[int]:
        """How long each typed value is in full."""
        yield from self._widths.values()

    def frame(self) -> int:
        """How long it is without them."""
        return width(self._sentence(self._key, **{**self._values, **dict.fromkeys(self._typed, Markup())}))

    def drawn(self, share: int = DISPLAYED) -> Markup:
        """The line with no typed value longer than `share`."""
        typed = {name: self._clipped(name, share) for name in self._typed}
        return self._sentence(self._key, **{**self._values, **typed})

    def _clipped(self, name: str, share: int) -> Markup:
        if self._widths[name] <= share:
            return self._safe[name]
        value = self._typed[name]
        return clip_prose(value, share) if isinstance(value, Prose) else clip_plain(value, share)


@dataclass(frozen=True)
class Fixed:
    """A line that is Discord's markdown already, and stays as long as it is."""

    text: Markup

    def needs(self) -> Iterator[int]:
        """Nothing in it gives way."""
        return iter(())

    def frame(self) -> int:
        """How long it is."""
        return width(self.text)

    def drawn(self, share: int = DISPLAYED) -> Markup:
        """The line, whatever the share."""
        del share
        return self.text


@dataclass(frozen=True, init=False)
class Joined:
    """Lines that are read as one, with a dot between each and the next."""

    parts: tuple[Line | Fixed, ...]

    def __init__(self, *parts: Line | Fixed) -> None:
        object.__setattr__(self, "parts", parts)

    def needs(self) -> Iterator[int]:
        """How long each typed value of its parts is in full."""
        for part in self.parts:
            yield from part.needs()

    def frame(self) -> int:
        """How long it is without them."""
        return sum(part.frame() + len(_DOT) for part in self.parts)

    def drawn(self, share: int = DISPLAYED) -> Markup:
        """The line with no typed value longer than `share`."""
        return Markup(_DOT.join(part.drawn(share) for part in self.parts))


AnyLine: TypeAlias = Line | Fixed | Joined


class Picture(NamedTuple):
    """A picture by its address; `alt` says what it shows to those who do not see it."""

    address: str
    alt: str


@dataclass(frozen=True, init=False)
class Text:
    """Lines that belong together, one below another."""

    lines: tuple[AnyLine, ...]

    def __init__(self, *lines: AnyLine) -> None:
        object.__setattr__(self, "lines", lines)


@dataclass(frozen=True)
class Section:
    """Lines with a picture or a button beside them."""

    lines: tuple[AnyLine, ...]
    beside: Picture | discord.ui.Item[Any]


@dataclass(frozen=True, init=False)
class Row:
    """Up to five buttons, or one menu."""

    items: tuple[discord.ui.Item[Any], ...]

    def __init__(self, *items: discord.ui.Item[Any]) -> None:
        object.__setattr__(self, "items", items)


@dataclass(frozen=True)
class Attached:
    """A file that is sent along, by its name: Discord shows none in a layout that has no place for it."""

    name: str


@dataclass(frozen=True)
class Rule:
    """A line between what does not belong together."""


Block: TypeAlias = Text | Section | Row | Attached | Rule
RULE: Final = Rule()


def said(text: str) -> Text:
    """One sentence that is safe already."""
    return Text(Fixed(Markup(text)))


def rows(*items: discord.ui.Item[Any]) -> tuple[Row, ...]:
    """Buttons and menus in as many rows as Discord needs for them: five buttons, or one menu."""
    made: list[Row] = []
    for item in items:
        if made and item.width == 1 and sum(each.width for each in made[-1].items) < IN_ROW:
            made[-1] = Row(*made[-1].items, item)
        else:
            made.append(Row(item))
    return tuple(made)


def components_of(block: Block) -> int:
    """How many of Discord's components it takes: a section counts itself, its text and what stands beside it."""
    if isinstance(block, Section):
        return 3
    return 1 + len(block.items) if isinstance(block, Row) else 1
