"""Everything that can be read in a message: what was written, embeds, forwarded messages, polls and components."""

from collections.abc import Iterable, Iterator
from typing import Final

import discord

from bot.ui.kit.message_parts import parts_of

_SAID: Final = ("content", "description")
_PRINTED: Final = ("label", "placeholder")  # on buttons and menus


def texts_of(message: discord.Message) -> list[str]:
    """The texts of a message that belong together, each by itself, in the order in which they are shown.

    Discord sends all of it with a command from a message's menu, also to a bot that may not read messages otherwise.
    """
    texts = [*_written(message), *(text for forwarded in message.message_snapshots for text in _written(forwarded))]
    if message.poll is not None:
        texts.append(_joined([message.poll.question, *(answer.text for answer in message.poll.answers)]))
    return [text for text in texts if text.strip()]


def _written(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        yield from _of_embed(embed)
    yield _joined(attachment.description for attachment in message.attachments)
    parts = list(parts_of(message.components))
    yield _joined(text for part in parts for text in _strings(part, _SAID))
    yield _joined(text for part in parts for text in _strings(part, _PRINTED))


def _of_embed(embed: discord.Embed) -> Iterator[str]:
    """Its title by itself, for it stands alone, and as the heading of the rest."""
    yield embed.title or ""
    # The result of a poll has fields with names that are for programs.
    named = embed.type != "poll_result"
    fields = (text for field in embed.fields for text in (field.name if named else None, field.value))
    if embed.description or embed.fields:
        yield _joined([embed.title, embed.description, *fields])
    yield embed.author.name or ""
    yield embed.footer.text or ""


def _strings(part: object, names: Iterable[str]) -> Iterator[str]:
    values: Iterator[object] = (getattr(part, name, None) for name in names)
    yield from (value for value in values if isinstance(value, str))


def _joined(lines: Iterable[str | None]) -> str:
    return "\n".join(line for line in lines if line)
