"""Narrowing a list of films by theme, genre, decade, length, country, kind and director."""

import base64
import hashlib
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.domain.films.field_types import CountryCode, Tag
from bot.domain.films.films import Film, Kind
from bot.domain.text.normalize import fold

_KEY: Final = 7  # 35 bits: two of a thousand directors share a key once in seventy thousand lists


class Length(StrEnum):
    """How much of an evening a film takes."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    EPIC = "epic"


# The last minute of each length; an epic has none.
LAST_MINUTE: Final = {Length.SHORT: 60, Length.MEDIUM: 100, Length.LONG: 140}


def length_of(minutes: int) -> Length:
    """The length that a running time in minutes belongs to."""
    return next((length for length, last in LAST_MINUTE.items() if minutes <= last), Length.EPIC)


class Facet(StrEnum):
    """What a list can be narrowed by; the fields of a filter, in their order."""

    THEME = "theme"
    GENRE = "genre"
    DECADE = "decade"
    LENGTH = "length"
    COUNTRY = "country"
    KIND = "kind"
    DIRECTOR = "director"


@lru_cache(maxsize=1 << 16)
def director_key(name: str) -> str:
    """A short form of a director's name, for places where names do not fit: the same however it is spelled."""
    digest = hashlib.blake2s((fold(name) or name).encode()).digest()
    return base64.b32encode(digest)[:_KEY].decode().lower()


def values_of(film: Film, side: Facet) -> tuple[str, ...]:
    """The values that the film has on this side, each once. A film of unknown length has no length."""
    match side:
        case Facet.THEME:
            return film.themes
        case Facet.GENRE:
            return film.genres
        case Facet.DECADE:
            return (str(film.decade),)
        case Facet.LENGTH:
            return () if film.runtime is None else (length_of(film.runtime).value,)
        case Facet.COUNTRY:
            return film.countries
        case Facet.KIND:
            return (film.kind.value,)
        case Facet.DIRECTOR:
            return tuple(dict.fromkeys(director_key(name) for name in film.directors))


class FilmFilter(BaseModel):
    """What a film must be. None asks nothing of that side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    theme: Tag | None = None
    genre: Tag | None = None
    decade: Annotated[int, Field(ge=1870, le=2200, multiple_of=10)] | None = None
    length: Length | None = None
    country: CountryCode | None = None
    kind: Kind | None = None
    director: Annotated[str, StringConstraints(pattern=rf"^[a-z2-7]{{{_KEY}}}$")] | None = Field(
        default=None, description="The `director_key` of the name."
    )

    def accepts(self, film: Film) -> bool:
        """Whether the film is all that is asked."""
        return all(value in values_of(film, Facet(side)) for side, value in self.asked.items())

    def among(self, films: Iterable[Film]) -> tuple[Film, ...]:
        """The films that fit, in the order given."""
        asked = [(Facet(side), value) for side, value in self.asked.items()]
        return tuple(film for film in films if all(value in values_of(film, side) for side, value in asked))

    def narrowed(self, side: Facet, value: str | None) -> Self:
        """The filter with this asked of that side, or with nothing. Raises `ValueError`."""
        return self.model_validate({**self.asked, side.value: value})

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, by field name."""
        return {key: str(value) for key, value in self.model_dump(exclude_none=True).items()}

    @classmethod
    def of(cls, *asked: str | None) -> Self:
        """The filter for values as people choose them, in field order, with or without a director.

        Raises `ValueError`.
        """
        names = tuple(cls.model_fields)
        return cls.model_validate(dict(zip(names[: max(len(asked), len(names) - 1)], asked, strict=True)))

    def encoded(self) -> str:
        """A short form for a custom id: at most 79 characters.

        Six parts in field order, and a seventh only where there is a director, so that filters in custom ids
        from before there was one are read as they were meant.
        """
        *six, director = (self.asked.get(name, "") for name in type(self).model_fields)
        return ";".join([*six, director] if director else six)

    @classmethod
    def decoded(cls, text: str) -> Self:
        """The filter that `encoded` gave. Raises `ValueError` for anything else."""
        *six, last = text.split(";")
        if last == "" and len(six) == len(cls.model_fields) - 1:
            raise ValueError(text)
        return cls.of(*(part or None for part in (*six, last)))
