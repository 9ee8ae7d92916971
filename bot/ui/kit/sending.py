"""Sending and editing so that one part which Discord refuses does not cost the whole message."""

import logging
import re
from collections.abc import Awaitable, Callable, Collection
from typing import Any, Final, NamedTuple

import discord

from bot.domain.refused_addresses import RefusedAddresses
from bot.ui.kit.message_parts import Parts, Path, addresses_in, is_whole, opening_text, shape, within, without

log = logging.getLogger(__name__)

# "Invalid form body", and "message blocked by harmful links filter"
# (developers/topics/opcodes-and-status-codes in Discord's documentation).
_FORM, _HARMFUL_LINK = 50035, 240000
# discord.py writes each fault of a form on a line of its own.
_FAULT: Final = re.compile(r"^In ([\w.\[\]]+):", re.MULTILINE)
# Under what the message stands in an answer to an interaction, and in a new forum post.
_WRAPPINGS: Final = {"data", "message"}
_TRIES: Final = 5
# In a message's flags it says that it is a layout.
_SORT: Final = "flags"
_ALL_BUT_TEXT: Final[Collection[Path]] = (("components",),)


class Sent(NamedTuple):
    """What a call gave back, and the addresses that were left out because Discord refuses them."""

    result: Any
    left_out: tuple[str, ...]


class _Less(NamedTuple):
    """What was left out of a message, and the rest of it."""

    paths: Collection[Path]
    addresses: tuple[str, ...]
    parts: dict[str, Any]


async def send_accepted(send: Callable[..., Awaitable[Any]], parts: Parts, refused: RefusedAddresses) -> Sent:
    """Call `send` with the parts; where Discord refuses one, call it again without that part.

    An address that is refused is remembered, and left out at once the next time. Raises what `send` raises
    where nothing can be left out any more.
    """
    known = [path for path, address in addresses_in(parts) if address in refused] if refused else []
    left_out = _addresses_at(parts, known)
    given = without(parts, known) if known else dict(parts)
    for _ in range(_TRIES):
        try:
            return Sent(await send(**given), left_out)
        except discord.HTTPException as error:
            less = _less(given, error)
            if less is None:
                raise
            log.warning("Discord refused parts of a message (%d): %s", error.code, _spelled(less.paths))
            refused.add(less.addresses)
            left_out += less.addresses
            given = less.parts
            rewind(given)
    return Sent(await send(**given), left_out)


def is_refusal(error: discord.HTTPException) -> bool:
    """Whether Discord will never have what was sent, whenever it is asked."""
    return error.code in {_FORM, _HARMFUL_LINK}


def faults_of(error: discord.HTTPException) -> list[Path]:
    """Where Discord found fault with what was sent."""
    if error.code != _FORM:
        return []
    paths = [tuple(re.findall(r"\w+", named)) for named in _FAULT.findall(error.text)]
    inner = [path[1:] if path[0] in _WRAPPINGS else path for path in paths]
    return [path for path in inner if path]


def _less(parts: Parts, error: discord.HTTPException) -> _Less | None:
    """The message without what was refused, as closely as Discord says; else every address; else all but the text.

    None where nothing can be left out.
    """
    if not is_refusal(error):
        return None
    named = faults_of(error)
    if any(path[0] == "name" for path in named):  # of a thread, which has to have one
        return None
    every = [path for path, _ in addresses_in(parts)]
    steps: list[Collection[Path]] = [
        [path for path in named if not is_whole(path, every)],
        [path for path in every if within(path, named)],
        every,
    ]
    if opening_text(parts):
        steps.append(_ALL_BUT_TEXT)
    if any(path[0] == _SORT for path in named):  # the place takes no layout, whatever is in it
        steps = [_ALL_BUT_TEXT]
    before = shape(parts)
    for paths in steps:
        addresses = _addresses_at(parts, paths)
        less = without(parts, paths)  # what stays moves to a new view, so this is done once
        if shape(less) != before:
            return _Less(paths, addresses, less)
    return None


def _addresses_at(parts: Parts, paths: Collection[Path]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for path, address in addresses_in(parts) if within(path, paths)))


def rewind(parts: Parts) -> None:
    """Make a file ready to be read again."""
    if (file := parts.get("file")) is not None:
        file.reset(seek=True)


def _spelled(paths: Collection[Path]) -> str:
    return ", ".join(".".join(path) for path in paths)
