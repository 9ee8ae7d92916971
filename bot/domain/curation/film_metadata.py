"""What a film database knows of a film: facts that a curator checks before they become an entry."""

from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.films.field_types import CountryCode, LanguageTag, Name, Story, Tag
from bot.domain.films.films import Ids, Kind
from bot.domain.films.trailers import Trailer

Year = Annotated[int, Field(ge=1870, le=2200)]
Minutes = Annotated[int, Field(ge=1, le=2000)]


class Candidate(NamedTuple):
    """A film that may have been meant. `original_title` is there only where it is another one."""

    tmdb_id: int
    title: str
    year: int | None
    original_title: str | None


class FilmMetadata(BaseModel):
    """The facts of one film, by the names that `Film` has for them and fit for its fields.

    What is not known is empty. `overview` is somebody else's text and no synopsis of ours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name
    original_title: Name | None = None
    year: Year | None = None
    directors: Annotated[tuple[Name, ...], Field(max_length=10)] = ()
    kind: Kind | None = None
    runtime: Minutes | None = None
    countries: Annotated[tuple[CountryCode, ...], Field(max_length=12)] = ()
    languages: Annotated[tuple[LanguageTag, ...], Field(max_length=12)] = ()
    genres: Annotated[tuple[Tag, ...], Field(max_length=6)] = ()
    overview: Story | None = None
    trailer: Trailer | None = None
    ids: Ids = Ids()
