"""Taking a film off a server's list: asked once, done at once, with a way back."""

import discord

from bot.domain.films.films import Film
from bot.ui.curation.undo import apply_change
from bot.ui.kit.actors import actor_of
from bot.ui.kit.blocks import Line, Row, Text
from bot.ui.kit.layout import Layout
from bot.ui.kit.persistent import FilmButton
from bot.ui.kit.replies import Interaction, edit_or_reply, reply
from bot.ui.kit.text import words_for


class RemoveButton(FilmButton, verb="remove", style=discord.ButtonStyle.danger):
    """Takes the film off this server's list."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await apply_change(interaction, interaction.client.services.curation.remove, film.slug, in_place=True)


class KeepButton(FilmButton, verb="keep"):
    """Leaves the film where it is."""

    async def act(self, interaction: Interaction, film: Film) -> None:
        await edit_or_reply(interaction, words_for(interaction.locale)("removal.kept", name=film.name))


async def ask_removal(interaction: Interaction, film: Film) -> None:
    """Ask whether the film may go; nothing that members wrote goes with it."""
    services, words = interaction.client.services, words_for(interaction.locale)
    actor = actor_of(interaction)
    services.guilds.require_curator(actor)
    is_own = film.slug in services.films.overlay(actor.guild_id).own.by_slug
    question = Line(words, "removal.ask" if is_own else "removal.ask_shared", name=film.name)
    row = Row(RemoveButton(film.slug, words.plain("button.remove")), KeepButton(film.slug, words.plain("button.keep")))
    await reply(interaction, view=Layout([Text(question), row]), private=True)
