"""Options of commands: a film by its title, and the sides by which the list is narrowed."""

import contextlib
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Final, TypeVar

import discord
from discord import app_commands

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.catalogue.filters import Facet, FilmFilter, Length
from bot.domain.errors import FilmNotFound, NothingMatches, StorageUnavailable
from bot.domain.films.films import Film, Kind
from bot.domain.films.places import country_name, language_name
from bot.domain.recommend.watch_requests import Mood
from bot.domain.text.normalize import fold
from bot.services.films import Films
from bot.services.writings import WRITINGS
from bot.ui.films.card import tag_words
from bot.ui.kit.command_texts import command_text
from bot.ui.kit.limits import CHOICE, CHOICES
from bot.ui.kit.replies import Interaction
from bot.ui.kit.text import clip, clip_name, english, isolated, width

_SLUG: Final = re.compile(r"[a-z0-9-]{1,67}-[0-9]{4}(?:-[0-9]+)?")
_Command = TypeVar("_Command")
# What discord.py lets the value of an option be; all of ours are text.
_Value = str | int | float
_Choice = app_commands.Choice[_Value]


class FilmOption(app_commands.Transformer):
    """A film: picked from the list while typing, or typed as free text."""

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Film:
        films: Films = interaction.client.services.films
        try:
            return films.catalogue_for(interaction.guild_id).find(value, WRITINGS)
        except FilmNotFound:
            if (film := await chosen_before(films, value, interaction.guild_id)) is None:
                raise
            return film

    async def autocomplete(self, interaction: discord.Interaction[Any], value: _Value, /) -> list[_Choice]:
        films = interaction.client.services.films.catalogue_for(interaction.guild_id).suggest(str(value), CHOICES)
        return [_Choice(name=choice_name(film), value=film.slug) for film in films]


async def chosen_before(films: Films, value: str, guild_id: int | None) -> Film | None:
    """The film that was chosen while it stood otherwise; None where no film was chosen.

    Raises `FilmRemoved` where it has been taken off the list before the choice was sent.
    """
    if _SLUG.fullmatch(value):
        with contextlib.suppress(FilmNotFound, StorageUnavailable):
            return await films.get(value, guild_id)
    return None


class KnownValue(app_commands.Transformer):
    """A value that at least one film on the list has; a typed one need not match in case or accents."""

    def __init__(self, values_of: Callable[[Catalogue], Iterable[str]], name_of: Callable[[str], str]) -> None:
        super().__init__()
        self._values_of = values_of
        self._name_of = name_of

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> str:
        typed = fold(value)
        known = self._known(interaction).items()
        found = next((key for key, name in known if typed in {fold(key), fold(name)}), None)
        if found is None:
            raise NothingMatches
        return found

    async def autocomplete(self, interaction: discord.Interaction[Any], value: _Value, /) -> list[_Choice]:
        typed = fold(str(value))
        fitting = [(key, name) for key, name in self._known(interaction).items() if typed in fold(name)]
        return [_Choice(name=clip(name, CHOICE), value=key) for key, name in fitting[:CHOICES]]

    def _known(self, interaction: Interaction) -> dict[str, str]:
        values = self._values_of(interaction.client.services.films.catalogue_for(interaction.guild_id))
        return dict(sorted(((value, self._name_of(value)) for value in values), key=lambda pair: pair[1]))


class FixedValue(app_commands.Transformer):
    """One of the members of an enumeration, each in words."""

    def __init__(self, members: Iterable[StrEnum], noun: str) -> None:
        super().__init__()
        self._choices = [_Choice(name=command_text(f"{noun}.{m}"), value=m.value) for m in members]

    @property
    def choices(self) -> list[_Choice]:
        return self._choices

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> str:
        return value


ThemeOption = app_commands.Transform[str, KnownValue(lambda seen: seen.counts[Facet.THEME], tag_words)]
GenreOption = app_commands.Transform[str, KnownValue(lambda seen: seen.counts[Facet.GENRE], tag_words)]
DecadeOption = app_commands.Transform[
    str,
    KnownValue(lambda seen: seen.counts[Facet.DECADE], lambda decade: english().plain("card.decade", decade=decade)),
]
CountryOption = app_commands.Transform[str, KnownValue(lambda seen: seen.counts[Facet.COUNTRY], country_name)]
LanguageOption = app_commands.Transform[str, KnownValue(lambda seen: seen.languages, language_name)]
LengthOption = app_commands.Transform[str, FixedValue(Length, "length")]
KindOption = app_commands.Transform[str, FixedValue(Kind, "kind")]
MoodOption = app_commands.Transform[str, FixedValue(Mood, "mood")]


def describe_filter(command: _Command) -> _Command:
    """What the options of a command that narrows the list are described as."""
    names = [side for side in FilmFilter.model_fields if side != Facet.DIRECTOR]
    return app_commands.describe(**{name: command_text(f"option.{name}") for name in names})(command)


def choice_name(film: Film) -> str:
    """What the list says while a member types: title, year and director, the year always whole."""
    named = isolated(clip_name(film.title, film.year, 70))
    directors = isolated(clip(", ".join(film.directors), CHOICE - width(named) - len(" – ") - 2))
    return f"{named} – {directors}"
