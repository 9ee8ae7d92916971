"""What a posted review says. One that gives the story away stands between bars that its writer cannot break.

All that Discord could read as markup is escaped, bars among it, after the text has been cut and before the bars go
round it; and each line has bars of its own, since a line's end ends a heading, a quote or a list and what they hold.
"""

from typing import Final

from bot.domain.films.films import Film
from bot.domain.shelves.marks import Mark, Review
from bot.domain.text.normalize import has_ink
from bot.ui.kit.text import Markup, Words, clip, clip_plain_name, plain, width
from bot.ui.shelves.mark_lines import stars

# Escaped, 500 characters are at most three times as many; Discord takes 2,000 in all.
_LONGEST: Final = 1500
_NAME: Final = 100


def review_post(film: Film, mark: Mark, review: Review, writer: str, words: Words) -> Markup:
    """The message: who, about which film, how many stars, and what they wrote."""
    who = plain(clip(writer, _NAME)) if review.named else words("review.somebody")
    name = clip_plain_name(film.title, film.year, 200)
    given = Markup(f" {stars(mark.rating)}" if mark.rating else "")
    head = words("review.head", who=who, name=name, stars=given)
    body = guarded(review.text) if review.spoils else _harmless(review.text, _LONGEST)
    parts = [head, words("review.spoils"), body] if review.spoils else [head, body]
    return Markup("\n".join(parts))


def guarded(text: str) -> Markup:
    """The text between bars, line by line; lines that show nothing are left out."""
    lines = [line for line in _harmless(text, _LONGEST).split("\n") if has_ink(line)]
    return Markup("\n".join(f"||{line}||" for line in lines))


def _harmless(text: str, limit: int) -> Markup:
    """Typed text with nothing in it that Discord acts on, cut where it is still as it was typed."""
    room = min(limit, width(text))
    while width(safe := plain(clip(text, room))) > limit:
        room -= max(1, (width(safe) - limit) // 2)
    return safe
