"""Whole lists of films that come in at once: what taking an upload would change."""

import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import ValidationError

from bot.domain.curated import Fault, film_body
from bot.domain.films import Film, slug_for
from bot.domain.uploads import SOURCE, Complete, Faulty, Unfinished, Upload
from bot.domain.words import fold


class Mode(StrEnum):
    """What happens to a film that is on the list already."""

    ADD = "add"  # it stays as it is
    UPDATE = "update"  # it becomes what the upload says


@dataclass(frozen=True)
class ImportPlan:
    """What taking an upload would do.

    `new` includes films that had been removed and come back (`restored` has their slugs). `left` names
    the films that stay as they are although the upload says something else.
    """

    new: tuple[Film, ...] = ()
    changed: tuple[Film, ...] = ()
    same: tuple[Film, ...] = ()
    left: tuple[str, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    faulty: tuple[Faulty, ...] = ()
    restored: frozenset[str] = frozenset()

    @property
    def films(self) -> tuple[Film, ...]:
        """Every film that would be written."""
        return self.new + self.changed


def plan_import(upload: Upload, known: Mapping[str, str | None], mode: Mode) -> ImportPlan:
    """The way from what is stored to what the upload says.

    `known` maps a stored slug to its body as `film_body` writes it, or to None where the film has been
    removed. A row belongs to the film of its slug, or else to the only one of its title and year.
    Entries come before rows of a table: a table's row of a film that an entry tells is passed over. Of
    two that are told differently the second is a fault.
    """
    sorting = _Sorting(upload, known, mode)
    complete = [row for row in upload.rows if isinstance(row, Complete)]
    for row in sorted(complete, key=lambda row: row.is_table):
        sorting.take(row)
    for row in upload.rows:
        if isinstance(row, Unfinished):
            sorting.put_aside(row)
    faulty = [row for row in upload.rows if isinstance(row, Faulty)]
    return sorting.plan([*faulty, *sorting.told_twice])


_Name = tuple[str, int]


class _Sorting:
    """The plan while it is made."""

    def __init__(self, upload: Upload, known: Mapping[str, str | None], mode: Mode) -> None:
        self._known = known
        self._mode = mode
        self._named = {row.film.slug for row in upload.rows if isinstance(row, Complete) and row.named}
        self._names: dict[str, _Name] = {}
        self._listed: dict[_Name, list[str]] = {}
        for slug, body in known.items():
            if body is not None:
                values = json.loads(body)
                self._names[slug] = name = _name(values["title"], values["year"])
                self._listed.setdefault(name, []).append(slug)
        self._taken: dict[str, tuple[Complete, Film]] = {}
        self._here: dict[_Name, list[str]] = {}
        self._aside: dict[_Name, Unfinished] = {}
        self._sorted: dict[str, list[Film]] = {"new": [], "changed": [], "same": []}
        self._left: dict[str, None] = {}
        self.told_twice: list[Faulty] = []

    def take(self, row: Complete) -> None:
        slug = self._slug_of(row)
        film = row.film if slug == row.film.slug else row.film.model_copy(update={"slug": slug})
        if slug in self._taken:
            first, same = self._taken[slug]
            if film != same and not (row.is_table and not first.is_table):
                self.told_twice.append(_twice(row, first))
            return
        self._taken[slug] = (row, film)
        self._here.setdefault(_name(film.title, film.year), []).append(slug)
        self._sort(_completed(film, row, self._known.get(slug)))

    def put_aside(self, row: Unfinished) -> None:
        name = _name(row.title, row.year)
        if name in self._here:
            return
        if name in self._listed:
            self._left[row.name] = None
        elif (first := self._aside.get(name)) is not None:
            missing = tuple(path for path in first.missing if path in row.missing)
            self._aside[name] = replace(first, entry={**row.entry, **first.entry}, missing=missing)
        else:
            self._aside[name] = row

    def plan(self, faulty: Iterable[Faulty]) -> ImportPlan:
        new = tuple(self._sorted["new"])
        return ImportPlan(
            new=new,
            changed=tuple(self._sorted["changed"]),
            same=tuple(self._sorted["same"]),
            left=tuple(self._left),
            unfinished=tuple(self._aside.values()),
            faulty=tuple(faulty),
            restored=frozenset(film.slug for film in new if film.slug in self._known),
        )

    def _sort(self, film: Film) -> None:
        body = self._known.get(film.slug)
        if body is None:
            self._sorted["new"].append(film)
        elif body == film_body(film):
            self._sorted["same"].append(film)
        elif self._mode is Mode.UPDATE:
            self._sorted["changed"].append(film)
        else:
            self._left[film.name] = None

    def _slug_of(self, row: Complete) -> str:
        """The slug under which the film is stored, or will be."""
        film, name = row.film, _name(row.film.title, row.film.year)
        if row.named:
            if film.slug in self._known or film.slug in self._taken:
                return film.slug
            return self._twin(film, name) or film.slug
        if name in self._here:
            return self._here[name][0]
        if film.slug in self._known and self._names.get(film.slug, name) == name:
            return film.slug
        return self._twin(film, name) or self._free(film)

    def _twin(self, film: Film, name: _Name) -> str | None:
        """The only listed film of that title and year, unless it is plainly another one."""
        twins = self._listed.get(name, [])
        if len(twins) != 1 or twins[0] in self._named or twins[0] in self._taken:
            return None
        is_paired = any(pairing.slug == twins[0] for pairing in film.pairs_with)
        is_numbered = film.slug != slug_for(film.title, film.year)
        if is_paired or (is_numbered and not self._shares_directors(film, twins[0])):
            return None
        return twins[0]

    def _shares_directors(self, film: Film, slug: str) -> bool:
        directors = json.loads(self._known[slug] or "{}").get("directors", ())
        return not {fold(name) for name in film.directors}.isdisjoint(fold(name) for name in directors)

    def _free(self, film: Film) -> str:
        """The film's slug, or the first with a number at its end that belongs to no other film."""
        others = {pairing.slug for pairing in film.pairs_with}.union(self._known, self._taken, self._named)
        numbered = (f"{film.slug}-{number}" for number in itertools.count(2))
        return next(slug for slug in itertools.chain((film.slug,), numbered) if slug not in others)


def _completed(film: Film, row: Complete, body: str | None) -> Film:
    """The film with what its row is silent about taken from the film as it is stored."""
    if body is None or not (row.silent or row.is_table):
        return film
    try:
        stored = Film.model_validate_json(body)
    except ValidationError:  # stored when less was asked of a film than now
        return film
    kept = {name: getattr(stored, name) for name in row.silent - {SOURCE}}
    if SOURCE in row.silent and film.synopsis.text == stored.synopsis.text:
        kept["synopsis"] = stored.synopsis
    if row.is_table and "trailers" not in kept:  # a table cannot hold the moments of a trailer
        moments = {(trailer.provider, trailer.id): trailer.moments for trailer in stored.trailers}
        kept["trailers"] = tuple(
            trailer.model_copy(update={"moments": moments.get((trailer.provider, trailer.id), ())})
            for trailer in film.trailers
        )
    return film.model_copy(update=kept)


def _twice(row: Complete, first: Complete) -> Faulty:
    other = ":".join(str(part) for part in (first.file, first.line) if part)
    fault = Fault(row.file, "", "row_twice", row.line, {"other": other})
    return Faulty((fault,), row.file, row.line, row.film.name)


def _name(title: str, year: int) -> _Name:
    """What tells films apart: the year, and the title without case and accents, if that leaves anything of it."""
    return fold(title) or title.casefold(), year
