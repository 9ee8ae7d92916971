"""Titles of films inside a curator's text: they stand `*between asterisks*`, which screens draw in italics."""

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.films.films import Film

# Not inside a word, so that M*A*S*H and 2*3*4 mark nothing, and not beside a backslash, which some put before an
# asterisk that is to be one; what follows may be 's or a comma.
MARKED_TITLE: Final = re.compile(r"(?<![\w*\\])\*(?P<title>[^\s*\\](?:[^*\n\\]*[^\s*\\])?)\*(?![\w*])")


def has_lone_asterisk(text: str) -> bool:
    """Whether an asterisk stands in the text that marks no title."""
    return "*" in MARKED_TITLE.sub("", text)


def without_half_a_mark(cut: str, text: str) -> str:
    """`cut`, which begins like `text` and ends early, without an asterisk whose other half is gone."""
    for mark in MARKED_TITLE.finditer(text):
        if mark.start() < len(cut) < mark.end() + 1 and not MARKED_TITLE.match(cut, mark.start()):
            return cut[: mark.start()] + cut[mark.start() + 1 :]
    return cut


def texts_with_titles(film: Film) -> Iterator[tuple[str, str]]:
    """Every text of the film in which titles may be marked, with its path in the entry."""
    yield "why", film.why
    yield "synopsis.text", film.synopsis.text
    yield from ((f"prompts.{number}", prompt) for number, prompt in enumerate(film.prompts))
    yield from ((f"pairs_with.{number}.why", pair.why) for number, pair in enumerate(film.pairs_with))
