"""What a film that is stored already adds to a row that says less of it, or calls it otherwise."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.domain.curation.uploads import SOURCE, Complete
from bot.domain.films.films import Film
from bot.domain.text.normalize import fold


def completed(film: Film, row: Complete, body: str | None) -> Film:
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


def named_as_listed(film: Film, row: Complete, body: Mapping[str, Any] | None) -> Film:
    """The film under the title and year that it is listed with, where the row has not told it by its slug.

    It has been told by an id then, or by another of its titles, and its slug goes with what it is called here.
    """
    if body is None or (row.named and row.film.slug == film.slug):
        return film
    if fold(film.title) == fold(body["title"]) and film.year == body["year"]:
        return film
    return film.model_copy(update={"title": body["title"], "year": body["year"]})
