"""What a change of the list did, and the button that takes it back."""

import datetime
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import discord

from bot.domain.curation.changes import Change
from bot.domain.guilds.settings import Actor
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import Fixed, Section
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import NUMBER, PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import Markup, Words, clip_plain_name, words_for

_T = TypeVar("_T", str, int)
# One of the methods of `Curation`, about a film's slug or a change's number.
_Act = Callable[[Actor, _T, datetime.datetime], Coroutine[Any, Any, Change]]


class UndoButton(PersistentButton, template=f"change:undo:{NUMBER}"):
    """Takes one change back."""

    def __init__(self, number: int, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"change:undo:{number}"))
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        await apply_change(interaction, interaction.client.services.curation.undo, self.number)


async def apply_change(interaction: Interaction, act: _Act[_T], about: _T, *, in_place: bool = False) -> None:
    """Change the list, and tell the curator what has been done, with a way back."""
    await claim(interaction, in_place=in_place)
    work = act(actor_of(interaction), about, discord.utils.utcnow())
    change = await run_or_defer(interaction, work, private=True)
    words = words_for(interaction.locale)
    said = Fixed(words(f"changed.{change.act.value}", name=name_of(change, words)))
    layout = Layout([Section((said,), UndoButton(change.number, words.plain("button.undo")))])
    if in_place:
        await edit_or_reply(interaction, None, view=layout)
    else:
        await reply(interaction, view=layout, private=True)


def name_of(change: Change, words: Words) -> Markup:
    """What the change is about: a film, or the settings."""
    if change.slug is None:
        return words("changed.settings_name")
    film = change.film
    return clip_plain_name(film.title, film.year, 200) if film else Markup(change.slug)
