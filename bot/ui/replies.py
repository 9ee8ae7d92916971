"""How the bot answers: in time, privately or for all."""

import asyncio
import io
from collections.abc import Coroutine, Mapping
from typing import Any, Final, TypeVar

import discord

from bot.client import FilmBot
from bot.ui.text import Words, words_for

# Discord gives up on the bot after three seconds; half of that is left for the way there.
_PATIENCE: Final = 1.5
_WAITING: Final = "an answer was announced and has not come yet"
_TYPED: Final = "what was typed into a form"

Interaction = discord.Interaction[FilmBot]
_T = TypeVar("_T")


async def in_time(interaction: Interaction, work: Coroutine[Any, Any, _T], *, private: bool) -> _T:
    """The result of `work`; if that takes long, Discord is told meanwhile that an answer is coming."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=_PATIENCE)
    if not task.done():
        try:
            await defer(interaction, private=private)
        except BaseException:
            task.cancel()  # nobody is left to be told what it finds
            raise
    return await task


async def defer(interaction: Interaction, *, private: bool) -> None:
    """Tell Discord that an answer is coming, unless it knows."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=private, thinking=True)
        interaction.extras[_WAITING] = "private" if private else "public"


async def reply(
    interaction: Interaction,
    content: str | None = None,
    *,
    private: bool,
    embed: discord.Embed | None = None,
    view: discord.ui.View | None = None,
    file: discord.File | None = None,
) -> None:
    """Send one message as the answer, or after it."""
    if private:
        await _take_back_public_promise(interaction)
    parts: dict[str, Any] = {"content": content, "embed": embed, "view": view, "file": file}
    given = {name: part for name, part in parts.items() if part is not None}
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=private, **given)
        interaction.extras.pop(_WAITING, None)
    else:
        await interaction.response.send_message(ephemeral=private, **given)


async def show_in_place(
    interaction: Interaction,
    content: str,
    *,
    embed: discord.Embed | None = None,
    view: discord.ui.View | None = None,
) -> None:
    """Put this where the message was that was pressed; where there is none, or it took long, answer privately."""
    if interaction.message is None or interaction.response.is_done():
        await reply(interaction, content, embed=embed, view=view, private=True)
    else:
        await interaction.response.edit_message(content=content, embed=embed, view=view, attachments=[])


def keep_typed(interaction: Interaction, typed: Mapping[str, str]) -> None:
    """Have at hand what was typed, should it turn out that it cannot be kept."""
    interaction.extras[_TYPED] = "\n\n".join(text for text in typed.values() if text.strip())


def typed_back(interaction: Interaction) -> discord.File | None:
    """What was typed, as a file for whoever typed it; None where nothing was."""
    typed = interaction.extras.pop(_TYPED, "")
    return discord.File(io.BytesIO(typed.encode("utf-8", "replace")), "what-you-typed.txt") if typed else None


def words_to(interaction: Interaction, *, private: bool) -> Words:
    """The words of the member who alone reads the answer, or of the server in which all read it."""
    if private:
        return words_for(interaction.locale)
    chosen = interaction.client.services.guilds.settings(interaction.guild_id).language
    return words_for(chosen or interaction.guild_locale or interaction.locale)


async def _take_back_public_promise(interaction: Interaction) -> None:
    """Remove an answer that was announced to all: what is sent in its place would be for all too.

    It has to become a message first; what is sent after a promise that was only deleted has no place.
    """
    if interaction.extras.pop(_WAITING, None) == "public":
        await interaction.edit_original_response(content="…")
        await interaction.delete_original_response()
