"""The words by which the shipped films are sorted: themes and genres, each with its name, a line, and its kin.

They bind the entries that are written for everybody. A server's own film may be about anything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.domain.films.field_types import Label, Note, Tag


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("twice", "twice")
    return values


class Term(BaseModel):
    """One word of the vocabulary."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: Tag
    name: Annotated[Label, Field(description="What members read.")]
    line: Annotated[Note, Field(description="Which films it is for.")]
    related: Annotated[tuple[Tag, ...], Field(max_length=10), AfterValidator(_unique)] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Every theme and every genre that there is."""

    themes: tuple[Term, ...] = ()
    genres: tuple[Term, ...] = ()

    def name(self, tag: str) -> str:
        """What members read for a theme or a genre; a word that is not here is its own name."""
        return self._names.get(tag) or tag.replace("-", " ").capitalize()

    def related(self, theme: str) -> frozenset[str]:
        """The themes next to this one. It is enough that one of the two names the other."""
        named = (other for term in self.themes if term.slug == theme for other in term.related)
        return frozenset((*named, *(term.slug for term in self.themes if theme in term.related)))

    def strangers(self) -> Iterator[tuple[Term, str]]:
        """Themes that call something related that is no other theme, each with the word."""
        known = {term.slug for term in self.themes}
        for term in self.themes:
            yield from ((term, other) for other in term.related if other not in known - {term.slug})

    @cached_property
    def _names(self) -> dict[str, str]:
        return _names(self.genres) | _names(self.themes)


def _names(terms: Iterable[Term]) -> dict[str, str]:
    return {term.slug: term.name for term in terms}
