"""Reading the entry files: one TOML file for each film, every fault of every file in one go."""

import re
from pathlib import Path
from typing import Any

from bot.domain.films.films import Film, slug_for
from bot.domain.films.loading import LoadResult, ValidationIssue
from bot.storage.content.entries import MAX_ENTRY_BYTES, film_of, parse_toml


class FilmsUnreadable(Exception):
    """The folder of entries is missing, or may not be read."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.reason = reason


def read_films(folder: Path) -> LoadResult:
    """Every entry of the folder, in order of file name. Raises `FilmsUnreadable`."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise FilmsUnreadable(folder, error.strerror or type(error).__name__) from error
    read = [_read(path) for path in paths]
    films = tuple(found for found in read if isinstance(found, Film))
    faults = tuple(fault for found in read if not isinstance(found, Film) for fault in found)
    return LoadResult(films, faults)


def entry_schema() -> dict[str, Any]:
    """The JSON schema of an entry file, by which editors complete and check what is typed."""
    schema = Film.model_json_schema()
    del schema["properties"]["slug"]  # the file's name says it
    schema["required"].remove("slug")
    trailer = schema["$defs"]["Trailer"]
    trailer["properties"]["address"] = {
        "type": "string",
        "description": "Any address of the video, instead of provider and id.",
    }
    trailer["anyOf"] = [{"required": trailer.pop("required")}, {"required": ["address"]}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def toml_of(path: Path, file: str) -> dict[str, Any] | ValidationIssue:
    """The values in a file that curators wrote; `file` is what a fault calls it."""
    try:
        if path.stat().st_size > MAX_ENTRY_BYTES:
            return ValidationIssue(file, "", "file_too_large", values={"limit": MAX_ENTRY_BYTES // 1024})
        return parse_toml(file, path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return ValidationIssue(file, "", "not_utf8")
    except OSError as error:
        return ValidationIssue(file, "", "unreadable", values={"reason": error.strerror or "?"})


def _read(path: Path) -> Film | tuple[ValidationIssue, ...]:
    entry = toml_of(path, path.name)
    if isinstance(entry, ValidationIssue):
        return (entry,)
    if "slug" in entry:
        return (ValidationIssue(path.name, "slug", "slug_is_file_name"),)
    film = film_of(path.name, {**entry, "slug": path.stem})
    if isinstance(film, Film):
        wanted = slug_for(film.title, film.year)
        if not re.fullmatch(rf"{wanted}(-[0-9]+)?", film.slug):
            return (ValidationIssue(path.name, "", "slug_mismatch", values={"wanted": wanted}),)
    return film
