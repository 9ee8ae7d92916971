"""Erasing all that is kept of a server: what goes, and a form in which the server's name has to be typed."""

from collections.abc import Mapping
from typing import Final

import discord

from bot.domain.errors import ServerOnly
from bot.domain.guilds.departures import KEPT_DAYS, confirmation
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import Fixed, Line, Row, Text
from bot.ui.kit.forms import Form, show_form, text_part
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import FIELD_DESCRIPTION
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, edit_or_reply, reply, run_or_defer
from bot.ui.kit.text import clip, isolated, words_for

_NAME: Final = "name"


class EraseButton(PersistentButton, template="settings:erase"):
    """Opens the form."""

    def __init__(self, label: str = "-") -> None:
        style = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label=label, custom_id="settings:erase", style=style))

    async def press(self, interaction: Interaction) -> None:
        interaction.client.services.guilds.require_manager(actor_of(interaction))
        words = words_for(interaction.locale)
        name = isolated(clip(_to_type(interaction), FIELD_DESCRIPTION - 2))
        typed = text_part(_NAME, words.plain("erase.label"), name, required=True)
        await show_form(interaction, "settings:erase", words.plain("erase.title"), [typed])


class EraseForm(Form):
    """Erases, if the name is right."""

    template = "settings:erase"

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        if interaction.guild is None:
            raise ServerOnly
        await claim(interaction, in_place=True)
        work = interaction.client.services.departures.erase(
            actor_of(interaction), typed.get(_NAME, ""), interaction.guild.name, discord.utils.utcnow()
        )
        await run_or_defer(interaction, work, private=True)
        await edit_or_reply(interaction, words_for(interaction.locale)("erase.done"))


async def explain(interaction: Interaction) -> None:
    """Tell a manager what would go, and what would not. Raises `ManagersOnly`."""
    interaction.client.services.guilds.require_manager(actor_of(interaction))
    words = words_for(interaction.locale)
    heading = Fixed(words("erase.heading", title=words("erase.title")))
    what = Line(words, "erase.what", name=_to_type(interaction), days=KEPT_DAYS)
    button = EraseButton(words.plain("erase.button"))
    await reply(interaction, view=Layout([Text(heading, what), Row(button)]), private=True)


def _to_type(interaction: Interaction) -> str:
    if interaction.guild is None:
        raise ServerOnly
    return confirmation(interaction.guild.id, interaction.guild.name)
