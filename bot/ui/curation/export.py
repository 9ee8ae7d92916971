"""A server's whole list as a file."""

import io

import discord

from bot.domain.errors import ExportTooLarge
from bot.ui.kit.actors import actor_of
from bot.ui.kit.replies import Interaction, defer, reply
from bot.ui.kit.text import words_for


async def send_export(interaction: Interaction) -> None:
    """The whole list as a file. Raises `ExportTooLarge`."""
    actor, services = actor_of(interaction), interaction.client.services
    services.guilds.require_curator(actor)
    await defer(interaction, private=True)
    content = await services.imports.export(actor)
    if interaction.guild is not None and len(content) > interaction.guild.filesize_limit:
        raise ExportTooLarge
    films = len(services.films.catalogue_for(actor.guild_id).films)
    told = words_for(interaction.locale).count("import.exported", films)
    await reply(interaction, told, file=discord.File(io.BytesIO(content), "front-row-films.zip"), private=True)
