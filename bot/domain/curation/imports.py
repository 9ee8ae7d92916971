"""Whole lists of films that come in at once: what taking an upload would change."""

import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.catalogue.cross_checks import Owners, without_strangers
from bot.domain.curation.import_plans import UNANSWERED, Answers, ImportPlan, Mode, YearOff
from bot.domain.curation.stored_films import completed, named_as_listed
from bot.domain.curation.uploads import Asked, Complete, Faulty, LeftOut, Unfinished, Upload
from bot.domain.films.films import Film, slug_for
from bot.domain.films.identity import FilmIndex, Marks, marks_of
from bot.domain.films.loading import ValidationIssue, film_body
from bot.domain.films.vocabulary import Vocabulary


def plan_import(
    upload: Upload,
    known: Mapping[str, str | None],
    mode: Mode,
    answers: Answers = UNANSWERED,
    binding: Vocabulary | None = None,
) -> ImportPlan:
    """The way from what is stored to what the upload says.

    `known` maps a stored slug to its body as `film_body` writes it, or to None where the film has been
    removed. A row belongs to the film of its slug, of its ids, or else to the only one with one of its titles
    and its year. Entries come before rows of a table: a table's row of a film that an entry tells is passed
    over. Of two that are told differently the second is a fault. With the vocabulary that is `binding` for entry
    files the list stays one that `faults_between` accepts: ids and trailers of other films, pairs that are nowhere
    and other words are left out, and each film's slug is one of its title and year.
    """
    sorting = _Sorting(known, mode, answers, binding)
    rows = [row.row if isinstance(row, Asked) else row for row in upload.rows if _is_wanted(row, answers)]
    complete = [row for row in rows if isinstance(row, Complete)]
    sorting.expect(row.film.slug for row in complete if row.named)
    for row in sorted(complete, key=lambda row: row.is_table):
        sorting.take(row)
    for row in rows:
        if isinstance(row, Unfinished):
            sorting.put_aside(row)
    faulty = [row for row in rows if isinstance(row, Faulty)]
    plan = sorting.plan([*faulty, *sorting.told_twice])
    is_open = answers.are_films is None
    return replace(plan, asked=tuple(row for row in upload.rows if is_open and isinstance(row, Asked)))


def _is_wanted(row: object, answers: Answers) -> bool:
    return not isinstance(row, Asked) or answers.are_films is True


class _Sorting:
    """The plan while it is made."""

    def __init__(
        self, known: Mapping[str, str | None], mode: Mode, answers: Answers, binding: Vocabulary | None
    ) -> None:
        self._known = known
        self._mode = mode
        self._answers = answers
        self._binding = binding
        self._named: frozenset[str] = frozenset()
        self._listed, self._here, self._drafts = FilmIndex(), FilmIndex(), FilmIndex()
        self._bodies: dict[str, dict[str, Any]] = {}
        for slug, body in known.items():
            if body is not None:
                self._bodies[slug] = values = json.loads(body)
                self._listed.add(slug, marks_of(values))
        self._taken: dict[str, tuple[Complete, Film]] = {}
        self._aside: dict[str, Unfinished] = {}
        self._sorted: dict[str, list[Film]] = {"new": [], "changed": [], "same": []}
        self._left: dict[str, None] = {}
        self._year_off: list[YearOff] = []
        self._left_out: list[LeftOut] = []
        self.told_twice: list[Faulty] = []

    def expect(self, named: Iterable[str]) -> None:
        """The slugs that rows name for themselves, which no other row is given."""
        self._named = frozenset(named)

    def take(self, row: Complete) -> None:
        row = self._fitted(row)
        slug = self._slug_of(row)
        if slug is None:
            return
        film = row.film if slug == row.film.slug else row.film.model_copy(update={"slug": slug})
        if slug in self._taken:
            first, same = self._taken[slug]
            if film != same and not (row.is_table and not first.is_table):
                self.told_twice.append(_twice(row, first))
            return
        self._taken[slug] = (row, film)
        self._here.add(slug, marks_of(film))
        self._sort(named_as_listed(completed(film, row, self._known.get(slug)), row, self._bodies.get(slug)))

    def put_aside(self, row: Unfinished) -> None:
        marks = marks_of({**row.entry, "title": row.title, "year": row.year})
        if self._one_of(self._here, marks) is not None:
            return
        if self._one_of(self._listed, marks) is not None:
            self._left[row.name] = None
        elif (slug := self._one_of(self._drafts, marks)) is not None:
            first = self._aside[slug]
            missing = tuple(path for path in first.missing if path in row.missing)
            self._aside[slug] = replace(first, entry={**row.entry, **first.entry}, missing=missing)
        elif (near := self._near(row, marks)) is None:
            self._aside[number := str(len(self._aside))] = row
            self._drafts.add(number, marks)
        elif self._answers.are_same:
            self._left[near] = None

    def plan(self, faulty: Iterable[Faulty]) -> ImportPlan:
        films = [*self._sorted["changed"], *self._sorted["new"]]
        settled = films if self._binding is None else self._settled(films, self._binding)
        changed = [film for film in settled if self._known.get(film.slug) is not None]
        new = tuple(film for film in settled if self._known.get(film.slug) is None)
        same = [film for film in changed if self._known[film.slug] == film_body(film)]
        return ImportPlan(
            new=new,
            changed=tuple(film for film in changed if film not in same),
            same=(*self._sorted["same"], *same),
            left=tuple(self._left),
            unfinished=tuple(self._aside.values()),
            faulty=tuple(faulty),
            restored=frozenset(film.slug for film in new if film.slug in self._known),
            year_off=tuple(self._year_off),
            left_out=tuple(self._left_out),
        )

    def _settled(self, films: list[Film], binding: Vocabulary) -> list[Film]:
        """The films without what belongs to others, and without words and pairs that there are not."""
        written = {film.slug for film in films}
        owners = Owners(self._bodies[slug] for slug in self._bodies if slug not in written)
        known = frozenset((*self._known, *written))
        found: list[Film] = []
        for film in films:
            row = self._taken[film.slug][0]
            fit, faults = without_strangers(film, owners, known, binding)
            self._left_out += [LeftOut(replace(fault, file=row.file, line=row.line)) for fault in faults]
            found.append(fit)
        return found

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

    def _fitted(self, row: Complete) -> Complete:
        """The row with a slug of its own title and year, where entry files ask for that."""
        film, wanted = row.film, slug_for(row.film.title, row.film.year)
        if self._binding is None or not row.named or _is_of(film.slug, wanted):
            return row
        if (body := self._bodies.get(film.slug)) is not None:
            fault = ValidationIssue(row.file, "title", "slug_mismatch", row.line, {"wanted": wanted})
            self._left_out.append(LeftOut(fault, film.title))
            return replace(row, film=film.model_copy(update={"title": body["title"], "year": body["year"]}))
        return replace(row, film=film.model_copy(update={"slug": wanted}), named=False)

    def _slug_of(self, row: Complete) -> str | None:
        """The slug under which the film is stored, or will be; None where that is a question."""
        film, marks = row.film, marks_of(row.film)
        if row.named and (film.slug in self._known or film.slug in self._taken):
            return film.slug
        if not row.named and (slug := self._one_of(self._here, marks)) is not None:
            return slug
        if (slug := self._listed.by_id(marks)) is not None and self._is_free(slug, row):
            return slug
        if not row.named and film.slug in self._known and not self._is_another(film.slug, marks):
            return film.slug
        if (twin := self._twin(row, marks)) is not None:
            return twin
        if not row.named and (near := self._near(row, marks)) is not None:
            return near if self._answers.are_same else None
        return film.slug if row.named else self._free(film)

    def _is_free(self, slug: str, row: Complete) -> bool:
        """Whether no row names it, nor another one has it; an entry that names another slug may be paired with it."""
        is_paired = any(pairing.slug == slug for pairing in row.film.pairs_with)
        return slug not in self._named and slug not in self._taken and not is_paired

    def _is_another(self, slug: str, marks: Marks) -> bool:
        """Whether the film that has the slug made of this title and year is another one all the same."""
        if self._known[slug] is None:
            return False
        other = self._listed[slug]
        return marks.is_another(other) or other.year != marks.year or other.titles[0] != marks.titles[0]

    def _one_of(self, index: FilmIndex, marks: Marks) -> str | None:
        return index.by_id(marks) or next(iter(index.by_name(marks)), None)

    def _near(self, row: Complete | Unfinished, marks: Marks) -> str | None:
        """The film that may be meant although its year is another; None where there is none, or it is not meant.

        An open question is noted.
        """
        slug = self._listed.near(marks) or self._here.near(marks)
        if slug is None or self._answers.are_same is False:
            return None
        other = self._taken[slug][1].name if slug in self._taken else _name_in(self._bodies[slug])
        if self._answers.are_same is None:
            self._year_off.append(YearOff(row, other))
        return slug if isinstance(row, Complete) else other

    def _twin(self, row: Complete, marks: Marks) -> str | None:
        """The only listed film of that name and year, unless it is plainly another one."""
        twins = self._listed.by_name(marks)
        if len(twins) != 1 or not self._is_free(twins[0], row):
            return None
        is_numbered = row.film.slug != slug_for(row.film.title, row.film.year)
        named_alike = marks.directors & self._listed[twins[0]].directors
        return None if is_numbered and not named_alike else twins[0]

    def _free(self, film: Film) -> str:
        """The film's slug, or the first with a number at its end that belongs to no other film."""
        others = {pairing.slug for pairing in film.pairs_with}.union(self._known, self._taken, self._named)
        numbered = (f"{film.slug}-{number}" for number in itertools.count(2))
        return next(slug for slug in itertools.chain((film.slug,), numbered) if slug not in others)


def _twice(row: Complete, first: Complete) -> Faulty:
    other = ":".join(str(part) for part in (first.file, first.line) if part)
    fault = ValidationIssue(row.file, "", "row_twice", row.line, {"other": other})
    return Faulty((fault,), row.file, row.line, row.film.name)


def _name_in(body: Mapping[str, Any]) -> str:
    return f"{body['title']} ({body['year']})"


def _is_of(slug: str, wanted: str) -> bool:
    """Whether a slug is the one that is wanted, or that with a number at its end."""
    return slug == wanted or (slug.startswith(f"{wanted}-") and slug.removeprefix(f"{wanted}-").isdecimal())
