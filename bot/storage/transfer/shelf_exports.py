"""A member's shelf as a file: tables in the form that Letterboxd imports, and everything as JSON.

Letterboxd's form: https://letterboxd.com/about/importing-data/
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.domain.films.films import Film
from bot.domain.shelves.marks import Mark
from bot.storage.transfer.uploads.cells import disarmed

_SEEN: Final = ("Title", "Year", "Directors", "imdbID", "tmdbID", "WatchedDate", "Rating", "Rewatch", "Review")
_WANTED: Final = ("Title", "Year", "Directors", "imdbID", "tmdbID")


def export_shelf(marks: Mapping[str, Mark], films: Mapping[str, Film]) -> bytes:
    """The zip of these marks; films that are on no list any more are in the JSON alone."""
    listed = {slug: mark for slug, mark in sorted(marks.items()) if slug in films}
    seen = (row for slug, mark in listed.items() for row in _viewings(films[slug], mark))
    wanted = (_film(films[slug]) for slug, mark in listed.items() if mark.wanted)
    everything = {slug: mark.model_dump(mode="json", exclude_defaults=True) for slug, mark in sorted(marks.items())}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("watched.csv", _table(_SEEN, seen))
        archive.writestr("watchlist.csv", _table(_WANTED, wanted))
        archive.writestr("everything.json", json.dumps(everything, ensure_ascii=False, indent=1))
    return packed.getvalue()


def _viewings(film: Film, mark: Mark) -> Iterator[Sequence[str]]:
    """A row for each viewing; rating and review go with the latest."""
    for number, day in enumerate(mark.viewings, start=1):
        is_last = number == len(mark.viewings)
        rating = f"{mark.rating / 2:g}" if is_last and mark.rating else ""
        review = mark.review.text if is_last and mark.review else ""
        yield (*_film(film), day.isoformat() if day else "", rating, "true" if number > 1 else "", review)


def _film(film: Film) -> tuple[str, ...]:
    tmdb = "" if film.ids.tmdb is None else str(film.ids.tmdb)
    return film.title, str(film.year), ", ".join(film.directors), film.ids.imdb or "", tmdb


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([disarmed(cell) for cell in row] for row in rows)
    return text.getvalue()
