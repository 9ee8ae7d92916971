"""The first messages in a film's thread: its card, its trailer, and what to talk about without spoiling it."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import discord

from bot.domain.films.films import Film
from bot.ui.films.story import card_layout
from bot.ui.films.trailer import TrailerButton, watch_button
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import THREAD_NAME
from bot.ui.kit.message_parts import opening_text, parts_of
from bot.ui.kit.prose import clip_prose
from bot.ui.kit.text import Markup, Words, clip, clip_name

_TAIL: Final = 40
_QUESTION: Final = 440  # four of them and the opening fit into a message


def thread_name(film: Film) -> str:
    """What the thread is called: the title, shortened if need be, and always the year."""
    return clip_name(film.title, film.year, THREAD_NAME)


def thread_names(film: Film, words: Words) -> Sequence[str]:
    """What the thread may be called, the best first: Discord refuses some words and signs."""
    kind = words.plain(f"kind.{film.kind.value}")
    tail = clip(f"({film.year}, {kind})", _TAIL)
    letters = unicodedata.normalize("NFKC", film.title)
    cleaned = " ".join(re.sub(r"[^\w\s'’.,:!?&-]|_", " ", letters).split())
    names = [thread_name(film)]
    if re.search(r"\w", cleaned):
        names.append(f"{clip(cleaned, THREAD_NAME - _TAIL - 1)} {tail}")
    return tuple(dict.fromkeys((*names, clip(f"{kind} ({film.year})", THREAD_NAME))))


def opening_messages(film: Film, words: Words) -> list[dict[str, Any]]:
    """The messages in order, as arguments for sending; the first one alone can begin a forum post."""
    trailer = [{"content": film.trailers[0].address()}] if film.trailers else []
    return [{"view": _card(film, words)}, *trailer, {"content": _invitation(film, words)}]


def missing(messages: Iterable[dict[str, Any]], there: Collection[str]) -> Iterable[tuple[int, dict[str, Any]]]:
    """The opening messages that do not begin as one of those `there` does, each with its number."""
    known = {_first_line(text) for text in there}
    return [(number, each) for number, each in enumerate(messages) if _begins(each) not in known]


def begins_with_card(film: Film, words: Words, there: Collection[str]) -> bool:
    """Whether one of the texts is the beginning of the film's card."""
    return _begins({"view": _card(film, words)}) in {_first_line(text) for text in there}


def is_about_another(messages: list[discord.Message], film: Film) -> bool:
    """Whether a control in these messages belongs to another film of the same name."""
    ids = [getattr(part, "custom_id", None) or "" for message in messages for part in parts_of(message.components)]
    return any(found.startswith("film:") and found.rpartition(":")[2] != film.slug for found in ids)


def _card(film: Film, words: Words) -> Layout:
    watch = watch_button(film, words)
    buttons = [] if watch is None else [TrailerButton(film.slug, words.plain("button.trailer")), watch]
    return card_layout(film, words, buttons=buttons, private=False)


def _begins(message: dict[str, Any]) -> str:
    return _first_line(opening_text(message) or "")


def _first_line(text: str) -> str:
    """The text's first line without the marks of a heading, or those in which older cards had the title."""
    return re.sub(r"^## |\*\*", "", text.strip().partition("\n")[0])


def _invitation(film: Film, words: Words) -> Markup:
    lines = [words("thread.opening"), ""]
    if film.prompts:
        lines.append(words("thread.prompts"))
        lines += [
            words("thread.prompt", number=number, question=clip_prose(question, _QUESTION))
            for number, question in enumerate(film.prompts, start=1)
        ]
    else:
        lines.append(words("thread.welcome"))
    return Markup("\n".join(lines))
