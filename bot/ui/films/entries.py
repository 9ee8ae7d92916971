"""A film in a list: a section with its name and facts, why it is there in small print, and a button that opens it."""

from typing import Any, Final

import discord

from bot.domain.films.films import Film
from bot.ui.films.card import runtime_words
from bot.ui.kit.blocks import AnyLine, Fixed, Joined, Line, Prose, Section
from bot.ui.kit.text import Words, listed, opening, plain

# On a phone these are one or two lines of names, and three or four of small print.
_DIRECTORS: Final = 60
_OPENING: Final = 90


def film_entry(film: Film, words: Words, *reasons: AnyLine) -> Section:
    """The film with the reasons why it is in the list; without any, with the beginning of why it is on the list."""
    return Section((*_facts(film, words), *(reasons or [first_words(film, words)])), open_button(film, words))


def first_words(film: Film, words: Words) -> Line:
    """The first sentences of why the film is on the list, in small print."""
    return small_print(opening(film.why, _OPENING), words)


def small_print(text: str, words: Words) -> Line:
    """A curator's text in small print, on one line."""
    return Line(words, "page.small", said=Prose(" ".join(text.split())))


def open_button(film: Film, words: Words) -> discord.ui.Item[Any]:
    """What shows the film's card to whoever presses it; `PeekButton` answers."""
    return discord.ui.Button(label=words.plain("button.open"), custom_id=f"film:peek:{film.slug}")


def _facts(film: Film, words: Words) -> tuple[AnyLine, AnyLine]:
    """Title and year, and below them, so that a phone breaks neither, who made it and how long it is."""
    facts = [Fixed(listed(film.directors, _DIRECTORS))]
    if film.runtime is not None:
        facts.append(Fixed(plain(runtime_words(film.runtime, words))))
    return Line(words, "page.name", title=film.title, year=film.year), Joined(*facts)
