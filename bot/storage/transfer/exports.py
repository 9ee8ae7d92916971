"""Writing a list of films as a zip: an entry file for each, and one table of them all for spreadsheets.

The same films give the same bytes. The zip is read back without a loss, since entry files come before
tables. The table alone holds everything but the moments of trailers.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from bot.domain.films.films import NO_NOTES, Film
from bot.domain.films.trailers import Provider, Trailer
from bot.storage.content.entry_text import entry_text
from bot.storage.transfer.uploads.cells import disarmed, escaped, joined
from bot.storage.transfer.uploads.columns import COLUMNS

Step = Callable[[int, int], object]
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows


def export_zip(films: Iterable[Film], step: Step = lambda _done, _of: None) -> bytes:
    """The zip of these films. `step` is told how many of how many entries are written."""
    ordered = sorted(films, key=lambda film: film.slug)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(_file("films.csv"), films_csv(ordered), compresslevel=6)
        for done, film in enumerate(ordered, 1):
            archive.writestr(_file(f"films/{film.slug}.toml"), entry_text(film).encode(), compresslevel=6)
            step(done, len(ordered))
    return packed.getvalue()


def films_csv(films: Iterable[Film]) -> bytes:
    """The table of these films, in UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for film in films:
        cells = _cells(film)
        writer.writerow([disarmed(cells[column]) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _file(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix, wherever this runs
    info.external_attr = 0o100644 << 16
    return info


def _cells(film: Film) -> Mapping[str, str]:
    lists = {
        "other_titles": film.other_titles,
        "countries": film.countries,
        "languages": film.languages,
        "genres": film.genres,
        "themes": film.themes,
        "content_notes": (NO_NOTES,) if film.content_notes == () else film.content_notes or (),
        "prompts": film.prompts,
    }
    return {
        "title": film.title,
        "original_title": film.original_title or "",
        "year": str(film.year),
        "directors": "; ".join(escaped(name, ",") for name in film.directors),
        "kind": film.kind.value,
        "runtime": str(film.runtime or ""),
        "why": film.why,
        "synopsis": film.synopsis.text,
        "synopsis_source": film.synopsis.source,
        "trailers": joined(f"{trailer.label} <{_address(trailer)}>" for trailer in film.trailers),
        "picture": film.picture or "",
        "links": joined(f"{link.label} <{link.address}>" for link in film.links),
        "imdb": film.ids.imdb or "",
        "tmdb": str(film.ids.tmdb or ""),
        "praise": "; ".join(
            f"{praise.year} :: {escaped(praise.publication, ':')} :: {escaped(praise.listed_as)}"
            for praise in film.praise
        ),
        "pairs_with": joined(f"{pairing.slug} :: {pairing.why}" for pairing in film.pairs_with),
        "curator": film.curator,
        "suggested_by": film.suggested_by or "",
        "light": {None: "", True: "yes", False: "no"}[film.light],
        "added": film.added.isoformat(),
        "slug": film.slug,
        **{column: joined(values) for column, values in lists.items()},
    }


def _address(trailer: Trailer) -> str:
    """The video's address with both its times, as `read_address` reads it."""
    address = trailer.address()
    if trailer.stop is None:
        return address
    if trailer.start or (trailer.provider is Provider.YOUTUBE):
        return f"{address}&end={trailer.stop}"
    return f"{address}{'#' if trailer.provider is Provider.VIMEO else '?'}end={trailer.stop}"
