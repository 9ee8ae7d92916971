"""Collections: films that somebody put together, in an order and with a reason for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from rapidfuzz import fuzz

from bot.domain.catalogue.catalogue import Catalogue
from bot.domain.errors import FrontRowError
from bot.domain.films.field_types import Introduction, Label, Line, Name, Slug, Year
from bot.domain.films.films import Film
from bot.domain.text.normalize import comparable, fold, one_line

MAX_COLLECTION_SLUG: Final = 60
# Scores are rapidfuzz's, 0-100: near enough to be offered, and near enough to be meant.
_NEAR: Final = 70
_SURE: Final = 88
_NEAR_MATCHES: Final = 5
_MAX_QUERY: Final = 120
_SLIP: Final = 3


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CollectionFilm(_Part):
    """One film's place in a collection."""

    slug: Slug
    line: Annotated[Line, Field(description="What the film does in this company.")]


def _each_once(films: tuple[CollectionFilm, ...]) -> tuple[CollectionFilm, ...]:
    seen: set[str] = set()
    for film in films:
        if film.slug in seen:
            raise PydanticCustomError("film_twice", "film_twice", {"slug": film.slug})
        seen.add(film.slug)
    return films


class Collection(_Part):
    """Films in a curator's order, or a list that somebody published."""

    slug: Annotated[str, StringConstraints(max_length=MAX_COLLECTION_SLUG, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")] = (
        Field(description="File name and lasting id: the name in small letters.")
    )
    name: Label
    introduction: Annotated[Introduction, Field(description="Why these films, and why in this order.")]
    curator: Annotated[Name, Field(description="Who put them together.")]
    publication: Annotated[Name | None, Field(description="Of a published list: who published it.")] = None
    year: Annotated[Year | None, Field(description="Of a published list: the year that it is of.")] = None
    films: Annotated[tuple[CollectionFilm, ...], Field(min_length=2, max_length=50), AfterValidator(_each_once)]

    @model_validator(mode="after")
    def _published_whole(self) -> Self:
        if (self.publication is None) is not (self.year is None):
            raise PydanticCustomError("published_when", "published_when")
        return self


class NearCollection(NamedTuple):
    """A collection that may have been meant."""

    slug: str
    name: str


class CollectionNotFound(FrontRowError):
    """No collection answers to `query`; `near` holds the closest ones, best first, and may be empty."""

    key = "error.collection_not_found"

    def __init__(self, query: str, near: tuple[NearCollection, ...] = ()) -> None:
        super().__init__(query=query)
        self.near = near


class NoCollections(FrontRowError):
    """There is no collection with a film that this server sees."""

    key = "error.no_collections"


@dataclass(frozen=True)
class GuildCollection:
    """A collection as one server sees it: only films that are on its list, each with its line."""

    collection: Collection
    films: tuple[tuple[Film, str], ...]


def collection_slug(name: str) -> str:
    """The slug that belongs to a name."""
    ascii_name = fold(name).encode("ascii", "ignore").decode()
    return "-".join(ascii_name.split())[:MAX_COLLECTION_SLUG].rstrip("-") or "collection"


def guild_collections(collections: Iterable[Collection], seen: Catalogue) -> tuple[GuildCollection, ...]:
    """The collections of which the list has any film, in the order of their names."""
    ordered = sorted(collections, key=lambda collection: (fold(collection.name), collection.slug))
    shown = (
        GuildCollection(each, tuple((seen.by_slug[f.slug], f.line) for f in each.films if f.slug in seen.by_slug))
        for each in ordered
    )
    return tuple(programme for programme in shown if programme.films)


def suggest(typed: str, known: Sequence[GuildCollection], limit: int) -> Sequence[GuildCollection]:
    """Programmes for what has been typed so far, likeliest first; all of them for nothing typed."""
    if not comparable(typed):
        return known[:limit]
    return [programme for _, programme in _ranked(typed, known)][:limit]


def find(typed: str, known: Sequence[GuildCollection]) -> GuildCollection:
    """The one that is meant by a slug, a name or a part that only its name has.

    Raises `CollectionNotFound` with near matches where none, or more than one, may be meant.
    """
    slug = typed.strip()
    if (named := next((each for each in known if each.collection.slug == slug), None)) is not None:
        return named
    ranked = _ranked(typed, known)
    fitting = [each for rank, each in ranked if rank < _SLIP]
    if ranked and (ranked[0][0] == 0 or len(fitting) == 1):
        return ranked[0][1]
    sure = [each for _, each in ranked if fuzz.ratio(fold(typed), fold(each.collection.name)) >= _SURE]
    if len(sure) == 1 and not fitting:
        return sure[0]
    near = (each.collection for _, each in ranked[:_NEAR_MATCHES])
    shown = one_line(typed)[:_MAX_QUERY]
    raise CollectionNotFound(shown, tuple(NearCollection(each.slug, each.name) for each in near))


def _ranked(typed: str, known: Iterable[GuildCollection]) -> list[tuple[float, GuildCollection]]:
    """Those that the words fit, the best first; an exact name has rank 0, slips `_SLIP` and more."""
    query = comparable(typed[:_MAX_QUERY])
    ranks = ((_rank(query, comparable(each.collection.name)), each) for each in known)
    fitting = [(rank, each) for rank, each in ranks if rank is not None]
    return sorted(fitting, key=lambda pair: pair[0])


def _rank(query: str, name: str) -> float | None:
    if not query:
        return None
    if query == name:
        return 0
    if name.startswith(query):
        return 1
    words = name.split()
    if all(any(word.startswith(typed) for word in words) for typed in query.split()):
        return 2
    score = fuzz.WRatio(query, name)
    return _SLIP + (100 - score) / 100 if score >= _NEAR else None
