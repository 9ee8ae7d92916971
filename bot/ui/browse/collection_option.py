"""The option by which a collection is named: picked while typing, or typed as free text."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.catalogue.collections import GuildCollection, find, suggest
from bot.ui.kit.limits import CHOICE, CHOICES
from bot.ui.kit.text import clip, isolated


class CollectionName(app_commands.Transformer):
    """A collection as this server sees it. Raises `CollectionNotFound`."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> GuildCollection:
        return find(value, interaction.client.services.collections.catalogue_for(interaction.guild_id))

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[app_commands.Choice[str | int | float]]:
        known = interaction.client.services.collections.catalogue_for(interaction.guild_id)
        return [
            app_commands.Choice(name=isolated(clip(p.collection.name, CHOICE - 2)), value=p.collection.slug)
            for p in suggest(str(value), known, CHOICES)
        ]


CollectionOption = app_commands.Transform[GuildCollection, CollectionName]
