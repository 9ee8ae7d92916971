"""The menus below a page of the list: by what to narrow it, to what, and in which order to read it.

What an option does stands in its value: `theme` opens the themes, `theme+23` the ones after the first 23,
`theme=trains` asks for one, `-theme` gives it up, `sides` goes back.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import discord

from bot.domain.catalogue.facets import Facets, most_first
from bot.domain.catalogue.filters import Facet, Length
from bot.domain.catalogue.orders import Order
from bot.ui.browse.facet_labels import value_names
from bot.ui.kit.limits import OPTION, OPTIONS
from bot.ui.kit.text import Words, clip, isolated

BACK: Final = "sides"
_STEP: Final = OPTIONS - 2  # beside the way back and the way on
_CHOICE: Final = re.compile(r"(?P<off>-)?(?P<side>[a-z]+)(?:\+(?P<skip>\d{1,6})|=(?P<value>.+))?")


class Choice(NamedTuple):
    """What an option of the narrowing menu means: open a side's values, ask for one, or give the side up."""

    side: Facet
    value: str | None = None
    skip: int = 0
    is_removal: bool = False


def read_choice(value: str) -> Choice | None:
    """The meaning of an option's value; None for the way back. Raises `ValueError` for anything else."""
    if value == BACK:
        return None
    match = _CHOICE.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return Choice(Facet(match["side"]), match["value"], int(match["skip"] or 0), is_removal=bool(match["off"]))


def side_options(seen: Facets, asked: Mapping[str, str], words: Words) -> list[discord.SelectOption]:
    """What is asked for, to be given up, and the sides that are still open. Empty where neither is any use."""
    given_up = [
        discord.SelectOption(
            label=_label(words.plain("browse.remove", side=words.plain(f"filter.{side}"), value=name)),
            value=f"-{side}",
            description=words.count("page.found", seen.without[Facet(side)]),
        )
        for side, value in asked.items()
        for name in value_names(Facet(side), [value], seen.fitting, words).values()
    ]
    still_open = [
        discord.SelectOption(
            label=words.plain(f"browse_side.{side.value}"),
            value=side.value,
            description=words.count("browse.values", len(seen.counts[side])),
        )
        for side in seen.open_sides
    ]
    return [*given_up, *still_open]


def value_options(seen: Facets, side: Facet, skip: int, words: Words) -> list[discord.SelectOption]:
    """The side's values and how many films each would leave; more than fit are on further screens of the menu."""
    counts = seen.counts[side]
    names = value_names(side, counts, seen.fitting, words)
    values = _sorted(side, counts, names)
    if len(values) > OPTIONS - 1:
        values, rest = values[skip : skip + _STEP], len(values) - skip - _STEP
    else:
        rest = 0
    options = [discord.SelectOption(label=words.plain("browse.back"), value=BACK)]
    options += [
        discord.SelectOption(
            label=_label(names[value]), value=f"{side}={value}", description=words.count("page.found", counts[value])
        )
        for value in values
    ]
    if rest > 0:
        more = words.count("browse.more", rest)
        options.append(discord.SelectOption(label=more, value=f"{side}+{skip + _STEP}"))
    return options


def order_options(order: Order, words: Words) -> list[discord.SelectOption]:
    """The orders, the present one marked."""
    return [
        discord.SelectOption(label=words.plain(f"order.{each.value}"), value=each.value, default=each is order)
        for each in Order
    ]


def _sorted(side: Facet, counts: Mapping[str, int], names: Mapping[str, str]) -> Sequence[str]:
    known = {value: count for value, count in counts.items() if value in names}
    if side is Facet.DECADE:
        return sorted(known, key=int)
    if side is Facet.LENGTH:
        return [length for length in Length if length in known]
    return most_first(known, names)


def _label(name: str) -> str:
    return isolated(clip(name, OPTION - 2))
