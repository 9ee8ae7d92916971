"""What the film of the week is drawn from, and in which order."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from bot.domain.films.films import Film

# The films to draw from in one round, the first of them first.
Order = Callable[[int], Sequence[str]]


class SourceKind(StrEnum):
    """Which films there are to draw from."""

    LIST = "list"
    COLLECTION = "collection"
    THEME = "theme"
    WANTED = "wanted"


class Source(BaseModel):
    """The films to draw from; `name` is the slug of the collection or the theme."""

    model_config = ConfigDict(frozen=True)

    kind: SourceKind = SourceKind.LIST
    name: str = ""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if bool(self.name) is not (self.kind in {SourceKind.COLLECTION, SourceKind.THEME}):
            raise ValueError("named")
        return self


def order_of(source: Source, guild_id: int, films: Sequence[Film], wants: Mapping[str, int]) -> Order:
    """In which order films are drawn: a collection in its own, all others by lot, what is wanted by most first.

    `films` are those of the source. The lot is another in each round and each server, and the same whenever it is
    looked at; a film that joins the list changes the order of no others.
    """

    def ordered(draw_round: int) -> Sequence[str]:
        slugs = [film.slug for film in films]
        if source.kind is SourceKind.COLLECTION:
            return slugs
        lots = {slug: _lot(guild_id, draw_round, slug) for slug in slugs}
        if source.kind is SourceKind.WANTED:
            return sorted(slugs, key=lambda slug: (-wants.get(slug, 0), lots[slug]))
        return sorted(slugs, key=lots.__getitem__)

    return ordered


def _lot(guild_id: int, draw_round: int, slug: str) -> bytes:
    return hashlib.blake2b(f"{guild_id} {draw_round} {slug}".encode(), digest_size=8).digest()
