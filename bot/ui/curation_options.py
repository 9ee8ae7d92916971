"""Options of curators' commands: films that are not on the list just now, or only in another form."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import discord
from discord import app_commands

from bot.domain.catalogue import Catalogue
from bot.domain.films import Film
from bot.services.films import Films
from bot.ui.film_option import choice_name

_CHOICES: Final = 25
_FilmsOf = Callable[[Films, int], Iterable[Film]]


class ServerFilm(app_commands.Transformer):
    """One of a few films that the server has in a certain way, found as `/film` finds its own."""

    def __init__(self, films_of: _FilmsOf) -> None:
        super().__init__()
        self._films_of = films_of

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Film:
        return self._known(interaction).find(value)

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: str | float, /
    ) -> list[app_commands.Choice[str | int | float]]:
        films = self._known(interaction).suggest(str(value), _CHOICES)
        return [app_commands.Choice(name=choice_name(film), value=film.slug) for film in films]

    def _known(self, interaction: discord.Interaction[Any]) -> Catalogue:
        films: Films = interaction.client.services.films
        return Catalogue.of(self._films_of(films, interaction.guild_id or 0))


def _removed(films: Films, guild_id: int) -> Iterable[Film]:
    return films.overlay(guild_id).removed


def _hidden(films: Films, guild_id: int) -> Iterable[Film]:
    hidden = films.overlay(guild_id).hidden
    return (film for film in films.catalogue.films if film.slug in hidden)


def _shared(films: Films, guild_id: int) -> Iterable[Film]:
    """Films that this server shows as the shared list has them."""
    overlay = films.overlay(guild_id)
    covered = {film.slug for film in (*overlay.own, *overlay.removed)} | overlay.hidden
    return (film for film in films.catalogue.films if film.slug not in covered)


def _versions(films: Films, guild_id: int) -> Iterable[Film]:
    return films.overlay(guild_id).versions(films.catalogue)


def _any(films: Films, guild_id: int) -> Iterable[Film]:
    """All that has a history: what is seen, and what has been taken off."""
    return (*films.seen_in(guild_id).films, *_removed(films, guild_id), *_hidden(films, guild_id))


RemovedFilm = app_commands.Transform[Film, ServerFilm(_removed)]
HiddenFilm = app_commands.Transform[Film, ServerFilm(_hidden)]
SharedFilm = app_commands.Transform[Film, ServerFilm(_shared)]
OwnVersion = app_commands.Transform[Film, ServerFilm(_versions)]
AnyFilm = app_commands.Transform[Film, ServerFilm(_any)]
