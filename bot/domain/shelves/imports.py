"""Marks that a member brings along from elsewhere: which films of the list they are about, and what becomes of them."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from bot.domain.films.films import Film
from bot.domain.films.identity import FilmIndex, Marks, marks_of
from bot.domain.shelves.marks import NOTHING, HalfStars, Mark, Review


class BroughtMark(BaseModel):
    """What a row of a file says; `is_wanted` of a watch-list, else the film was seen, on that day if it is told."""

    model_config = ConfigDict(frozen=True)

    is_wanted: bool = False
    day: datetime.date | None = None
    rating: HalfStars | None = None
    review: Review | None = None


@dataclass(frozen=True)
class BroughtRow:
    """A row with what tells which film it is about."""

    title: str
    year: int
    mark: BroughtMark
    imdb: str | None = None
    tmdb: int | None = None
    directors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Title and year."""
        return f"{self.title} ({self.year})"


@dataclass(frozen=True)
class BroughtShelf:
    """What a file holds; `cut` reviews were too long, and `passed_over` rows are no film or say nothing of one."""

    rows: tuple[BroughtRow, ...]
    cut: int = 0
    passed_over: int = 0


@dataclass(frozen=True)
class Matches:
    """Rows by the film of the list that they are about, those with another year there, and what is not on the list."""

    found: Mapping[str, tuple[BroughtMark, ...]] = field(default_factory=dict[str, tuple[BroughtMark, ...]])
    year_off: Mapping[str, str] = field(default_factory=dict[str, str])  # the row's name by slug
    unmatched: tuple[str, ...] = ()


def match_shelf(brought: BroughtShelf, films: Iterable[Film]) -> Matches:
    """Find the films: by their ids, by a title with its year, or else by the only one with a year more or less."""
    index = FilmIndex()
    for film in films:
        index.add(film.slug, marks_of(film))
    found: dict[str, list[BroughtMark]] = {}
    year_off: dict[str, str] = {}
    unmatched: dict[str, None] = {}
    for row in brought.rows:
        told = _told(row)
        named = index.by_name(told)
        slug = index.by_id(told) or (named[0] if len(named) == 1 else None)
        if slug is None and not named and (slug := index.near(told)) is not None:
            year_off[slug] = row.name
        if slug is None:
            unmatched[row.name] = None
        else:
            found.setdefault(slug, []).append(row.mark)
    return Matches({slug: tuple(rows) for slug, rows in found.items()}, year_off, tuple(unmatched))


def taken_in(
    found: Mapping[str, Iterable[BroughtMark]], current: Mapping[str, Mark], now: datetime.datetime
) -> dict[str, Mark]:
    """The marks with what was brought. Nothing that is kept already gives way: ratings and reviews stay, days join."""
    return {slug: _joined(current.get(slug, NOTHING), list(rows), now) for slug, rows in found.items()}


def _joined(mark: Mark, rows: list[BroughtMark], now: datetime.datetime) -> Mark:
    seen = [row for row in rows if not row.is_wanted]
    joined = mark
    for day in sorted({row.day for row in seen if row.day is not None}):
        if day not in joined.viewings:
            joined = joined.see(day)
    if seen and not joined.is_seen:
        joined = joined.see(None)
    if any(row.is_wanted for row in rows) and not joined.is_seen and not joined.hidden:
        joined = joined.want(now)
    rating = mark.rating or next((row.rating for row in reversed(seen) if row.rating is not None), None)
    review = mark.review or next((row.review for row in reversed(seen) if row.review is not None), None)
    return joined.model_copy(update={"rating": rating, "review": review})


def _told(row: BroughtRow) -> Marks:
    ids = {"imdb": row.imdb, "tmdb": row.tmdb}
    return marks_of({"title": row.title, "year": row.year, "ids": ids, "directors": row.directors})
