"""A server's settings in words."""

import json
from typing import Any

from bot.domain.films.places import language_name
from bot.domain.guilds.settings import SETTINGS, Control
from bot.ui.kit.text import Markup, Words, channel_mention, clip_plain, plain


def setting_lines(bodies: tuple[str, str], words: Words) -> list[Markup]:
    """One line for each setting that differs between two bodies; other versions may have had other settings."""
    before, after = (json.loads(body) for body in bodies)
    return [
        words(
            "history.setting",
            name=words.plain(f"setting.{name}.label"),
            before=value_words(name, before.get(name), words),
            after=value_words(name, value, words),
        )
        for name, value in after.items()
        if name in SETTINGS and before.get(name) != value
    ]


def value_words(name: str, value: Any, words: Words) -> Markup:
    """What the setting stands at, as people would say it."""
    control, key = SETTINGS[name], f"setting.{name}.{'unset' if value is None else value}"
    if words.has(key):  # nothing, or one of the choices
        return words(key)
    if control is Control.ROLE:
        return Markup(f"<@&{value}>")
    if control in {Control.PLACE, Control.CHANNEL}:
        return channel_mention(value, words)
    return plain(language_name(str(value))) if control is Control.LANGUAGE else clip_plain(str(value), 100)
