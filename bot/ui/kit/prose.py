"""A curator's text as Discord draws it: harmless like everything typed, but for its one mark, which becomes italics."""

from typing import Final

from bot.domain.films.marked_titles import MARKED_TITLE, without_half_a_mark
from bot.ui.kit.text import Markup, clip, plain, width

# Stands for an asterisk while everything else is made harmless; of Unicode's private use, so it says nothing itself.
_STAND_IN: Final = "\ue000"


def prose(text: str) -> Markup:
    """`plain`, with what stands between asterisks in italics."""
    marked = MARKED_TITLE.sub(rf"{_STAND_IN}\g<title>{_STAND_IN}", text.replace(_STAND_IN, ""))
    return Markup(plain(marked).replace(_STAND_IN, "*"))


def clip_prose(text: str, limit: int) -> Markup:
    """`prose` in at most `limit`: what was written is clipped until its harmless form fits."""
    room = limit
    while width(safe := prose(without_half_a_mark(clip(text, room), text))) > limit:
        room -= max(1, (width(safe) - limit) // 2)
    return safe
