"""The door: whatever goes wrong in a command or a control ends here, as one private sentence."""

import logging
import secrets
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.client import CommandTree, FilmBot, FormUnknown
from bot.domain.errors import FilmNotFound, StorageUnavailable
from bot.ui.errors.error_messages import cause_of, is_too_late, refusal
from bot.ui.errors.ways_on import kind_of, ways_on
from bot.ui.kit.blocks import rows, said
from bot.ui.kit.forms import typed_in
from bot.ui.kit.layout import Layout
from bot.ui.kit.replies import Interaction, keep_typed, reply, typed_back
from bot.ui.kit.text import Markup, Words, clip_plain_name, english, joined, words_for

log = logging.getLogger(__name__)


class FilmTree(CommandTree):
    """Explains every error to the member, and logs the ones that nobody expected."""

    def __init__(self, client: FilmBot) -> None:
        super().__init__(client)
        # Of an error while something is typed discord.py tells only its log.
        logging.getLogger(app_commands.tree.__name__).addFilter(_is_news)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        cause = cause_of(error)
        self.client.dispatch("answer_error", interaction, error)  # for whoever counts them
        if interaction.type is discord.InteractionType.autocomplete:
            _note_untold(interaction, cause)
            return
        if is_too_late(cause):
            log.warning("too late to answer %s", _used(interaction))
            return
        if isinstance(cause, FormUnknown):
            keep_typed(interaction, typed_in(interaction))
        words = words_for(interaction.locale)
        sentence = self._said(cause, interaction, words)
        try:
            await _answer(interaction, sentence, ways_on(cause, interaction, words), words)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unsaid:
            log.warning("could not explain a failure of %s (%s)", _used(interaction), type(unsaid).__name__)

    @singledispatchmethod
    def _said(self, cause: BaseException, interaction: Interaction, words: Words) -> Markup:
        if (sentence := refusal(cause, words)) is not None:
            return sentence
        reference = secrets.token_hex(4)
        where = {"reference": reference, "command": _used(interaction), "guild": interaction.guild_id}
        log.error("reference %s: %s failed", reference, _used(interaction), exc_info=cause, extra=where)
        return words("error.unexpected", reference=reference)

    @_said.register
    def _(self, cause: FilmNotFound, interaction: Interaction, words: Words) -> Markup:
        if not cause.near:
            browse = Markup(self.mention("films browse"))
            return words("error.film_not_found_help", **cause.values, browse=browse)
        if kind_of(interaction) is not None:
            return words("error.film_not_found_near", **cause.values)
        names = joined([clip_plain_name(near.title, near.year, 200) for near in cause.near], ", ", 1200)
        return words("error.film_not_found_names", **cause.values, names=names)

    @_said.register
    def _(self, cause: StorageUnavailable, interaction: Interaction, words: Words) -> Markup:
        log.error("the database failed %s (%s)", _used(interaction), cause.reason)
        return words(cause.key, **cause.values)


async def _answer(
    interaction: Interaction, sentence: Markup, ways: Sequence[discord.ui.Item[Any]], words: Words
) -> None:
    """What happened and what to do, and below it what does it; or with it, what was typed into a form."""
    if (typed := typed_back(interaction)) is not None:
        await reply(interaction, f"{sentence}\n{words('error.typed_back')}", private=True, file=typed)
    elif ways:
        await reply(interaction, view=Layout([said(sentence), *rows(*ways)]), private=True)
    else:
        await reply(interaction, sentence, private=True)


def _note_untold(interaction: Interaction, cause: BaseException) -> None:
    """Log what kept choices from somebody who types; there is no place in which to tell them."""
    if (
        isinstance(cause, discord.HTTPException | aiohttp.ClientError | OSError)
        or refusal(cause, english()) is not None
    ):
        log.warning("nothing to choose from in %s (%s)", _used(interaction), type(cause).__name__)
    else:
        log.error("nothing to choose from in %s", _used(interaction), exc_info=cause)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether discord.py logs more than that Discord takes no choices: somebody has typed on, or it has trouble."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None or not (is_too_late(error) or refusal(error, english()) is not None):
        return True
    log.info("choices came to nothing (%s)", type(error).__name__)
    return False


def _used(interaction: Interaction) -> str:
    """What was used: a command's name, or noun and verb of a control. Never what was typed."""
    if isinstance(interaction.command, app_commands.ContextMenu):
        return interaction.command.name
    if isinstance(interaction.command, app_commands.Command):
        return f"/{interaction.command.qualified_name}"
    custom_id = str((interaction.data or {}).get("custom_id", ""))
    return ":".join(custom_id.split(":")[:2]) or "an interaction"
