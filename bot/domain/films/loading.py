"""Entry files and what becomes of them: faults to report, and the plan that brings the list up to date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.films.films import Film


@dataclass(frozen=True)
class ValidationIssue:
    """One thing that is wrong in one file.

    `path` is a dotted path into the entry or "" for the whole file; `kind` is a key of the `fault`
    texts, or a sentence of pydantic's where there is no such key.
    """

    file: str
    path: str
    kind: str
    line: int | None = None
    values: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


class LoadResult(NamedTuple):
    """What a folder of entries holds: the good films, and every fault of all the others."""

    films: tuple[Film, ...]
    faults: tuple[ValidationIssue, ...]


@dataclass(frozen=True)
class SeedPlan:
    """What has to change so that the stored list equals the files."""

    add: tuple[Film, ...]
    update: tuple[Film, ...]
    remove: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the stored list equals the files already."""
        return not (self.add or self.update or self.remove)


def plan_seed(reading: LoadResult, known: Mapping[str, str | None]) -> SeedPlan:
    """The way from what is stored to what the files say.

    `known` maps a stored slug to its body as `film_body` writes it, or to None where the film has been
    removed. A film whose file has a fault keeps its last good form.
    """
    broken = {fault.file.removesuffix(".toml") for fault in reading.faults}
    slugs = {film.slug for film in reading.films}
    present = {slug for slug, body in known.items() if body is not None}
    return SeedPlan(
        add=tuple(film for film in reading.films if film.slug not in known),
        update=tuple(f for f in reading.films if f.slug in known and known[f.slug] != film_body(f)),
        remove=tuple(sorted(present - slugs - broken)),
    )


def film_body(film: Film) -> str:
    """The form in which a film is stored: equal films have equal bodies."""
    return film.model_dump_json(exclude_defaults=True)
