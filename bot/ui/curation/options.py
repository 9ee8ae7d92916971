"""Options of curators' commands: films that are not on the list just now, or only in another form."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.overlays import Overlay
from bot.domain.errors import AlreadyDone, FilmNotFound
from bot.domain.films.films import Film
from bot.services.films import Films
from bot.services.writings import WRITINGS
from bot.ui.films.option import choice_name, chosen_before
from bot.ui.kit.limits import CHOICES

# Some of the films that a server has in a certain way, given what it has made of the shared list.
_FilmsOf = Callable[[Overlay, Catalogue], Catalogue]


class ServerFilm(app_commands.Transformer):
    """One of a few films that the server has in a certain way, found as `/film` finds its own."""

    def __init__(self, films_of: _FilmsOf) -> None:
        super().__init__()
        self._films_of = films_of

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Film:
        try:
            return self._known(interaction).find(value, WRITINGS)
        except FilmNotFound:
            if await chosen_before(interaction.client.services.films, value, interaction.guild_id) is None:
                raise
            raise AlreadyDone from None

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[app_commands.Choice[str | int | float]]:
        films = self._known(interaction).suggest(str(value), CHOICES)
        return [app_commands.Choice(name=choice_name(film), value=film.slug) for film in films]

    def _known(self, interaction: discord.Interaction[Any]) -> Catalogue:
        films: Films = interaction.client.services.films
        return self._films_of(films.overlay(interaction.guild_id or 0), films.catalogue)


RemovedFilm = app_commands.Transform[Film, ServerFilm(lambda overlay, _: overlay.removed)]
HiddenFilm = app_commands.Transform[Film, ServerFilm(lambda overlay, shared: shared.only(overlay.hidden))]
# As the shared list has it.
SharedFilm = app_commands.Transform[Film, ServerFilm(Overlay.shared_part)]
OwnVersion = app_commands.Transform[Film, ServerFilm(Overlay.versions)]
# All that has a history: what is seen, and what has been taken off.
AnyFilm = app_commands.Transform[Film, ServerFilm(Overlay.everything)]
