"""A film entry: what a curator knows about one film and why others should see it."""

import datetime
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Final, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.domain.films.field_types import (
    MAX_SLUG,
    CountryCode,
    HttpsAddress,
    Label,
    LanguageTag,
    Name,
    Note,
    Sentence,
    Slug,
    Story,
    Tag,
    Why,
)
from bot.domain.films.trailers import Provider, Trailer, each_video
from bot.domain.text.normalize import fold

# The word for content notes that have been looked up and are none, where a list cannot be told from no list.
NO_NOTES: Final = "none"


class Kind(StrEnum):
    """What sort of film it is, in the coarsest sense."""

    DOCUMENTARY = "documentary"
    FICTION = "fiction"
    ANIMATION = "animation"
    SHORT = "short"
    ESSAY = "essay"
    EXPERIMENTAL = "experimental"
    CONCERT = "concert"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Synopsis(_Part):
    """The story as far as it may be told, and whose words they are."""

    text: Annotated[Story, Field(description="Free of spoilers.")]
    source: Annotated[Name, Field(description="Who wrote it, or where it was published.")]


class Link(_Part):
    """An address worth following."""

    label: Annotated[Label, Field(description="What a button would say.")]
    address: HttpsAddress


class Ids(_Part):
    """The film's ids elsewhere."""

    imdb: Annotated[str, Field(pattern=r"^tt[0-9]{7,10}$")] | None = None
    tmdb: Annotated[int, Field(gt=0)] | None = None


class Praise(_Part):
    """A list or a prize that named the film."""

    listed_as: Annotated[Note, Field(description="The list's or the prize's own name.")]
    publication: Annotated[Name, Field(description="Who published the list or gave the prize.")]
    year: Annotated[int, Field(ge=1870, le=2200)]


class Pairing(_Part):
    """Another film that goes well with this one."""

    slug: Slug
    why: Annotated[Sentence, Field(description="What the two have to say to each other.")]


_T = TypeVar("_T")


def _unique(values: tuple[_T, ...]) -> tuple[_T, ...]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("twice", "twice")
    return values


def _unique_by(key: Callable[[_T], object]) -> AfterValidator:
    def check(values: tuple[_T, ...]) -> tuple[_T, ...]:
        _unique(tuple(key(value) for value in values))
        return values

    return AfterValidator(check)


def _none_said(notes: tuple[str, ...]) -> tuple[str, ...]:
    return () if [fold(note) for note in notes] == [NO_NOTES] else notes


def _video(trailer: Trailer) -> tuple[Provider, str]:
    return trailer.provider, trailer.id


def _other_film(pairing: Pairing) -> str:
    return pairing.slug


ContentNotes = Annotated[
    tuple[Note, ...],
    Field(max_length=8, description="What some would rather know. Empty: looked up, and there is nothing."),
    AfterValidator(_unique),
    AfterValidator(_none_said),
]


class Film(_Part):
    """One entry. Every text in it is plain: marks of any markup are shown as they are typed."""

    slug: Slug = Field(description="File name and lasting id: the title and the year it came on the list with.")
    title: Name
    original_title: Name | None = None
    other_titles: Annotated[tuple[Name, ...], Field(max_length=10), AfterValidator(_unique)] = ()
    year: Annotated[int, Field(ge=1870, le=2200, description="Year of first release.")]
    directors: Annotated[tuple[Name, ...], Field(min_length=1, max_length=10), AfterValidator(_unique)]
    kind: Kind
    runtime: Annotated[int, Field(ge=1, le=2000, description="Length in minutes.")] | None = None
    countries: Annotated[tuple[CountryCode, ...], Field(max_length=12), AfterValidator(_unique)] = ()
    languages: Annotated[tuple[LanguageTag, ...], Field(max_length=12), AfterValidator(_unique)] = ()
    genres: Annotated[tuple[Tag, ...], Field(max_length=6), AfterValidator(_unique)] = ()
    themes: Annotated[tuple[Tag, ...], Field(max_length=8), AfterValidator(_unique)] = ()
    why: Annotated[Why, Field(description="The curator's reason to watch it.")]
    synopsis: Synopsis
    trailers: Annotated[
        tuple[Trailer, ...],
        Field(max_length=5, description="The best one first."),
        BeforeValidator(each_video),
        _unique_by(_video),
    ] = ()
    picture: HttpsAddress | None = Field(default=None, description="Shown instead of the trailer's still.")
    links: Annotated[tuple[Link, ...], Field(max_length=5)] = ()
    ids: Ids = Ids()
    praise: Annotated[tuple[Praise, ...], Field(max_length=6)] = ()
    content_notes: ContentNotes | None = None
    light: bool | None = Field(default=None, description="Whether it suits who asks for nothing too dark.")
    prompts: Annotated[tuple[Sentence, ...], Field(max_length=4, description="Questions that open the talk.")] = ()
    pairs_with: Annotated[tuple[Pairing, ...], Field(max_length=5), _unique_by(_other_film)] = ()
    curator: Name = Field(description="Who chose the film.")
    suggested_by: Name | None = Field(default=None, description="The member whose suggestion it was.")
    added: datetime.date = Field(description="The day it came on the list.")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if any(pairing.slug == self.slug for pairing in self.pairs_with):
            raise PydanticCustomError("pairs_with_itself", "pairs_with_itself")
        return self

    @property
    def name(self) -> str:
        """Title and year, which together tell most films apart."""
        return f"{self.title} ({self.year})"

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title the film goes by, the usual one first."""
        every = (self.title, self.original_title, *self.other_titles)
        return tuple(dict.fromkeys(title for title in every if title))

    @property
    def decade(self) -> int:
        """The first year of the film's decade."""
        return self.year // 10 * 10

    @property
    def spoken(self) -> tuple[str, ...]:
        """The film's languages without script and region."""
        return tuple(dict.fromkeys(tag.partition("-")[0] for tag in self.languages))

    @property
    def picture_address(self) -> str | None:
        """The picture for the card: the chosen one, or a still of the first trailer that has one."""
        stills = (trailer.still() for trailer in self.trailers)
        return self.picture or next((still for still in stills if still), None)


def slug_for(title: str, year: int) -> str:
    """The slug that belongs to a title and a year; a second film of both adds "-2"."""
    room = MAX_SLUG - len("-2000-99")
    ascii_title = fold(title).encode("ascii", "ignore").decode()
    stem = "-".join(ascii_title.split())[:room].rstrip("-") or "film"
    return f"{stem}-{year}"
