"""What Discord shows of the commands in each member's language: descriptions and choices, never names."""

import logging
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Place

from bot.ui.kit.limits import CHOICE, COMMAND_DESCRIPTION
from bot.ui.kit.text import english, languages, width, words_for

log = logging.getLogger(__name__)

_Context = app_commands.TranslationContext[Any, Any]
_KEY: Final = "key"
# Names stay as they are everywhere, so that help, docs and members speak of the same command.
_LONGEST: Final = {
    Place.command_description: COMMAND_DESCRIPTION,
    Place.group_description: COMMAND_DESCRIPTION,
    Place.parameter_description: COMMAND_DESCRIPTION,
    Place.choice_name: CHOICE,
}
# Discord shows Americans the British text where there is no American one, and the other way round.
_ENGLISH: Final = "en-US"


def command_text(key: str, /, **values: str | int) -> app_commands.locale_str:
    """A sentence of the locale files, in English at first."""
    return app_commands.locale_str(english().plain(key, **values), **{_KEY: key}, values=values)


class CommandTranslator(app_commands.Translator):
    """Says a command's texts in the languages that the bot speaks; Discord falls back from es-419 to es-ES itself."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """The text; None where English is to be shown.

        One text that is too long would make Discord refuse all commands together, so it is left out.
        """
        key, longest = string.extras.get(_KEY), _LONGEST.get(context.location)
        if key is None or longest is None or not (locale.value in languages() or locale.value == _ENGLISH):
            return None
        words = words_for(locale.value)
        said = words.plain(key, **string.extras["values"])
        if width(said) > longest:
            log.error("%s is too long in %s for Discord: %d of %d", key, words.locale, width(said), longest)
            return None
        return said
