"""How the bot answers: in time, privately or for all, and once."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final, TypeVar

import aiohttp
import discord

from bot.client import FilmBot
from bot.deliveries import may_be_done, watched
from bot.ui.kit.attempts import attempt
from bot.ui.kit.blocks import rows, said
from bot.ui.kit.layout import Layout
from bot.ui.kit.message_parts import opening_of, opening_text
from bot.ui.kit.sending import rewind, send_accepted
from bot.ui.kit.text import Words, words_for

# Discord gives up on the bot after three seconds; half of that is left for the way there.
_PATIENCE: Final = 1.5
_ANSWERED: Final = "Discord has the first answer, as far as is known"
_WAITING: Final = "an answer was announced and has not come yet"
_TYPED: Final = "what was typed into a form"
_ALREADY_ACKNOWLEDGED: Final = 40060
_READ_BACK: Final = 20

Interaction = discord.Interaction[FilmBot]
_T = TypeVar("_T")


async def run_or_defer(interaction: Interaction, work: Coroutine[Any, Any, _T], *, private: bool) -> _T:
    """The result of `work`; if that takes long, Discord is told meanwhile that an answer is coming."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=_PATIENCE)
        if not task.done():
            await defer(interaction, private=private)
        return await task
    except BaseException:
        task.cancel()  # nobody is left to be told what it finds
        await asyncio.gather(task, return_exceptions=True)
        raise


async def claim(interaction: Interaction, *, in_place: bool = False) -> None:
    """Be the one who answers, before anything is changed; `in_place` says that the pressed message will change.

    While one process takes over from another, both hear of each interaction. Discord takes one answer: who is
    second, or too late, gets its error here and has changed nothing, and the door keeps silent about it.
    """
    if is_answered(interaction):
        return
    if in_place and interaction.message is not None:
        await first_answer(interaction, interaction.response.defer)
        interaction.extras[_WAITING] = "in place"
    else:
        await defer(interaction, private=True)


async def defer(interaction: Interaction, *, private: bool) -> None:
    """Tell Discord that an answer is coming, unless it knows."""
    if not is_answered(interaction):
        await first_answer(interaction, lambda: interaction.response.defer(ephemeral=private, thinking=True))
        interaction.extras[_WAITING] = "private" if private else "public"


def is_answered(interaction: Interaction) -> bool:
    """Whether Discord has a first answer to the interaction."""
    return interaction.response.is_done() or _ANSWERED in interaction.extras


async def first_answer(interaction: Interaction, send: Callable[[], Awaitable[object]]) -> None:
    """Send the first answer, and once more where nobody knows whether Discord has taken it.

    That it has an answer already is Discord's error 40060. After a try of our own that answer is ours.
    """
    with watched() as watch:
        try:
            await _with_second_try(send)
        except discord.HTTPException as error:
            if error.code != _ALREADY_ACKNOWLEDGED or not watch.unsure:
                raise
    interaction.extras[_ANSWERED] = True


async def reply(
    interaction: Interaction,
    content: str | None = None,
    *,
    private: bool,
    view: discord.ui.View | Layout | None = None,
    file: discord.File | None = None,
) -> tuple[str, ...]:
    """Send one message as the answer, or after it. Gives back the addresses that Discord would not have in it."""
    hidden = private and await _hide_public_promise(interaction)

    async def send(**parts: Any) -> None:
        given = {name: part for name, part in parts.items() if part is not None}
        if not is_answered(interaction):
            await first_answer(interaction, lambda: interaction.response.send_message(ephemeral=private, **given))
        elif interaction.extras.get(_WAITING) in {"private", "public"}:
            await _keep_promise(interaction, given, private=private)
        else:
            await _follow_up(interaction, given, private=private)

    parts = {"content": content, "view": view, "file": file}
    sent = await send_accepted(send, parts, interaction.client.refused_addresses)
    if interaction.extras.get(_WAITING) != "in place":
        interaction.extras.pop(_WAITING, None)
    if hidden:
        await attempt(interaction.delete_original_response(), "the end of a promise")
    return sent.left_out


async def edit_or_reply(
    interaction: Interaction,
    content: str | None,
    *,
    view: discord.ui.View | Layout | None = None,
) -> tuple[str, ...]:
    """Put this where the message was that was pressed; where there is none, or it took long, answer privately.

    Gives back the addresses that Discord would not have in it.
    """
    if not can_show_in_place(interaction):
        return await reply(interaction, content, view=view, private=True)
    if content is not None and not isinstance(view, Layout) and _is_layout(interaction.message):
        content, view = None, Layout([said(content), *rows(*(view.children if view is not None else ()))])

    nothing_else: dict[str, Any] = {"attachments": [], "embeds": []}  # of what the message was before

    async def edit(**parts: Any) -> None:
        if is_answered(interaction):
            await _with_second_try(lambda: interaction.edit_original_response(**nothing_else, **parts))
        else:
            await first_answer(interaction, lambda: interaction.response.edit_message(**nothing_else, **parts))

    parts = {"content": content, "view": view}
    try:
        return (await send_accepted(edit, parts, interaction.client.refused_addresses)).left_out
    except discord.NotFound:
        if not is_answered(interaction):
            raise
        del interaction.extras[_WAITING]  # the message has been deleted meanwhile
        return await reply(interaction, content, view=view, private=True)


def can_show_in_place(interaction: Interaction) -> bool:
    """Whether the message that was pressed can still be changed by the answer."""
    if interaction.message is None:
        return False
    return not is_answered(interaction) or interaction.extras.get(_WAITING) == "in place"


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


def _is_layout(message: discord.Message | None) -> bool:
    """Whether words alone cannot take the message's place: an edit takes the newer sort's flag off nothing."""
    return message is not None and message.flags.components_v2


async def _with_second_try(send: Callable[[], Awaitable[object]]) -> None:
    try:
        await send()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        if not may_be_done(error):
            raise
        try:
            await send()
        except discord.HTTPException as second:
            if second.code != _ALREADY_ACKNOWLEDGED:
                raise


async def _keep_promise(interaction: Interaction, given: Mapping[str, Any], *, private: bool) -> None:
    """Put the answer where it was announced. A second try writes to the same place, so that it is there once."""
    try:
        with watched(once=True):
            await interaction.followup.send(ephemeral=private, **given)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        if not may_be_done(error):
            raise
        parts = dict(given)
        rewind(parts)
        if (file := parts.pop("file", None)) is not None:
            parts["attachments"] = [file]
        await _with_second_try(lambda: interaction.edit_original_response(**parts))


async def _follow_up(interaction: Interaction, given: Mapping[str, Any], *, private: bool) -> None:
    """Send a message after the answer, and again where Discord failed and it is not there.

    Discord takes no nonce here. What only one member sees may be there twice, rather than not at all.
    """
    try:
        with watched(once=True):
            await interaction.followup.send(ephemeral=private, **given)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        if not may_be_done(error):
            raise
        if private or not await _is_there(interaction, given):
            rewind(given)
            await interaction.followup.send(ephemeral=private, **given)


async def _is_there(interaction: Interaction, given: Mapping[str, Any]) -> bool:
    """Whether the channel has had a message with this text from the bot since; False where it cannot be read."""
    channel = interaction.channel
    text = opening_text(given)
    if not isinstance(channel, discord.abc.Messageable) or text is None:
        return False
    try:
        since = [message async for message in channel.history(limit=_READ_BACK, after=discord.Object(interaction.id))]
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        return False
    return any(message.author == interaction.client.user and opening_of(message) == text for message in since)


async def _hide_public_promise(interaction: Interaction) -> bool:
    """Make way where an answer was announced to all: what is sent in its place would be for all too.

    The promise has to become a message before it goes; what is sent after one that was only deleted has no
    place. It goes once the private answer is there.
    """
    if interaction.extras.get(_WAITING) != "public":
        return False
    await interaction.edit_original_response(content="…")
    del interaction.extras[_WAITING]
    return True
