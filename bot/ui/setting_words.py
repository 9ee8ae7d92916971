"""A server's settings in words."""

import json

from bot.ui.text import Markup, Words, clip_plain


def setting_lines(bodies: tuple[str, str], words: Words) -> list[Markup]:
    """One line for each setting that differs between two bodies."""
    before, after = (json.loads(body) for body in bodies)
    return [
        words("history.setting", name=name, before=_value(before.get(name)), after=_value(value))
        for name, value in after.items()
        if before.get(name) != value
    ]


def _value(value: object) -> Markup:
    return clip_plain("–" if value is None else str(value), 100)
