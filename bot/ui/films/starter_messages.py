"""The first messages in a film's thread: its card, its trailer, and what to talk about without spoiling it."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import discord

from bot.domain.films.films import Film
from bot.ui.films.card import film_card
from bot.ui.films.trailer import TrailerButton, watch_button
from bot.ui.kit.limits import THREAD_NAME
from bot.ui.kit.message_parts import view_of
from bot.ui.kit.text import Markup, Words, clip, clip_name, clip_plain

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
    card = film_card(film, words)
    first: dict[str, Any] = {"content": card.content, "embed": card.embed}
    if (watch := watch_button(film, words)) is not None:
        first["view"] = view_of(TrailerButton(film.slug, words.plain("button.trailer")), watch)
    trailer = [{"content": card.trailer}] if card.trailer else []
    return [first, *trailer, {"content": _invitation(film, words)}]


def missing(messages: Iterable[dict[str, Any]], there: Collection[str]) -> Iterable[tuple[int, dict[str, Any]]]:
    """The opening messages whose text is not among those `there`, each with its number."""
    known = {text.strip() for text in there}
    return [(number, each) for number, each in enumerate(messages) if str(each["content"]).strip() not in known]


def is_about_another(messages: list[discord.Message], film: Film) -> bool:
    """Whether a control in these messages belongs to another film of the same name."""
    ids = [
        getattr(child, "custom_id", None) or ""
        for message in messages
        for row in message.components
        for child in getattr(row, "children", ())
    ]
    return any(found.startswith("film:") and found.rpartition(":")[2] != film.slug for found in ids)


def _invitation(film: Film, words: Words) -> Markup:
    lines = [words("thread.opening"), ""]
    if film.prompts:
        lines.append(words("thread.prompts"))
        lines += [
            words("thread.prompt", number=number, question=clip_plain(question, _QUESTION))
            for number, question in enumerate(film.prompts, start=1)
        ]
    else:
        lines.append(words("thread.welcome"))
    return Markup("\n".join(lines))
