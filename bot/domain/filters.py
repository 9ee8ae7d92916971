"""Narrowing a list of films by theme, genre, decade, length, country and kind."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.fields import CountryCode, Tag
from bot.domain.films import Film, Kind


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


class FilmFilter(BaseModel):
    """What a film must be. None asks nothing of that side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    theme: Tag | None = None
    genre: Tag | None = None
    decade: Annotated[int, Field(ge=1870, le=2200, multiple_of=10)] | None = None
    length: Length | None = None
    country: CountryCode | None = None
    kind: Kind | None = None

    def accepts(self, film: Film) -> bool:
        """Whether the film is all that is asked. A film of unknown length has no length."""
        return (
            (self.theme is None or self.theme in film.themes)
            and (self.genre is None or self.genre in film.genres)
            and (self.decade is None or self.decade == film.decade)
            and (self.length is None or (film.runtime is not None and length_of(film.runtime) is self.length))
            and (self.country is None or self.country in film.countries)
            and (self.kind is None or self.kind is film.kind)
        )

    def among(self, films: Iterable[Film]) -> tuple[Film, ...]:
        """The films that fit, in the order given."""
        return tuple(film for film in films if self.accepts(film))

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, by field name."""
        return {key: str(value) for key, value in self.model_dump(exclude_none=True).items()}

    @classmethod
    def of(cls, *asked: str | None) -> Self:
        """The filter for values as people choose them, in field order. Raises `ValueError`."""
        return cls.model_validate(dict(zip(cls.model_fields, asked, strict=True)))

    def encoded(self) -> str:
        """A short form for a custom id, six parts in field order: at most 71 characters."""
        values = self.model_dump()
        return ";".join("" if value is None else str(value) for value in values.values())

    @classmethod
    def decoded(cls, text: str) -> Self:
        """The filter that `encoded` gave. Raises `ValueError` for anything else."""
        return cls.of(*(part or None for part in text.split(";")))
