"""A server's settings in words."""

import discord

from bot.domain.guilds import SETTINGS, Control, GuildSettings
from bot.domain.places import language_name
from bot.domain.time_zones import local_time
from bot.ui.text import Markup, Words, plain


def value_words(name: str, settings: GuildSettings, words: Words, guild: discord.Guild | None = None) -> Markup:
    """What the setting stands at, as people would say it; with the server at hand, what is gone is called so."""
    value, control = getattr(settings, name), SETTINGS[name]
    if value is None:
        return words(f"setting.{name}.unset")
    if control is Control.CHOICE:
        return words(f"setting.{name}.{value}")
    if control is Control.ROLE:
        is_gone = guild is not None and guild.get_role(value) is None
        return words("settings.gone_role") if is_gone else Markup(f"<@&{value}>")
    if control is Control.LANGUAGE:
        return plain(language_name(value))
    if control is Control.TIME_ZONE:
        clock = local_time(discord.utils.utcnow(), value)
        return words("settings.time_zone", name=value, clock=f"{clock:%H:%M}")
    is_gone = guild is not None and guild.get_channel(value) is None
    return words("settings.gone_channel") if is_gone else Markup(f"<#{value}>")


def setting_lines(bodies: tuple[str, str], words: Words) -> list[Markup]:
    """One line for each setting that differs between two bodies."""
    before, after = (GuildSettings.model_validate_json(body) for body in bodies)
    return [
        words(
            "history.setting",
            label=words(f"setting.{name}.label"),
            before=value_words(name, before, words),
            after=value_words(name, after, words),
        )
        for name in SETTINGS
        if getattr(before, name) != getattr(after, name)
    ]
