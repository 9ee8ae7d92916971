"""How a draft begins: with the first form of a new film, or with a film on the list."""

import secrets
from collections.abc import Mapping

import discord

from bot.ui.curation.draft_panel import show_draft
from bot.ui.curation.form import film_parts
from bot.ui.kit.actors import actor_of
from bot.ui.kit.forms import Form, show_form
from bot.ui.kit.persistent import PersistentButton
from bot.ui.kit.replies import Interaction, claim, run_or_defer
from bot.ui.kit.text import words_for


class AddForm(Form):
    """The first form of a new film."""

    template = "curate:add"
    gives_back = True

    async def submit(self, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        drafts, now = interaction.client.services.drafts, discord.utils.utcnow()
        await claim(interaction)
        work = drafts.begin(actor_of(interaction), secrets.token_hex(8), typed, now)
        await show_draft(interaction, await run_or_defer(interaction, work, private=True))


class AddButton(PersistentButton, template="curate:begin"):
    """Opens the first form of a new film, like the command."""

    def __init__(self, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id="curate:begin"))

    async def press(self, interaction: Interaction) -> None:
        await begin(interaction)


async def begin(interaction: Interaction) -> None:
    """Open the first form of a new film."""
    interaction.client.services.guilds.require_curator(actor_of(interaction))
    words = words_for(interaction.locale)
    await show_form(interaction, AddForm.template, words.plain("form.add"), film_parts("essentials", {}, words))


async def edit(interaction: Interaction, slug: str) -> None:
    """Open the panel of a film on the list."""
    await claim(interaction)
    drafts, now = interaction.client.services.drafts, discord.utils.utcnow()
    work = drafts.begin_edit(actor_of(interaction), secrets.token_hex(8), slug, now)
    await show_draft(interaction, await run_or_defer(interaction, work, private=True))
