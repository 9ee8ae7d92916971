"""Reading the collections: one TOML file for each, in `collections` beside the folder of the entries."""

from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from bot.domain.catalogue.collections import Collection, collection_slug
from bot.domain.films.loading import ValidationIssue
from bot.storage.content.entries import faults_of
from bot.storage.content.films import toml_of

FOLDER: Final = "collections"


class CollectionReading(NamedTuple):
    """The good collections, and every fault of all the others."""

    collections: tuple[Collection, ...]
    faults: tuple[ValidationIssue, ...]


def read_collections(films: Path) -> CollectionReading:
    """Every collection that lies beside this folder of entries, in order of file name; there need not be any."""
    folder = films.parent / FOLDER
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return CollectionReading((), ())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return CollectionReading((), (ValidationIssue(FOLDER, "", "unreadable", values={"reason": reason}),))
    read = [_read(path) for path in paths]
    good = tuple(found for found in read if isinstance(found, Collection))
    return CollectionReading(
        good, tuple(fault for found in read if not isinstance(found, Collection) for fault in found)
    )


def collection_file(collection: Collection) -> str:
    """What faults call the collection's file."""
    return f"{FOLDER}/{collection.slug}.toml"


def collection_schema() -> dict[str, Any]:
    """The JSON schema of a collection's file."""
    schema = Collection.model_json_schema()
    del schema["properties"]["slug"]  # the file's name says it
    schema["required"].remove("slug")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _read(path: Path) -> Collection | tuple[ValidationIssue, ...]:
    file = f"{FOLDER}/{path.name}"
    values = toml_of(path, file)
    if isinstance(values, ValidationIssue):
        return (values,)
    if "slug" in values:
        return (ValidationIssue(file, "slug", "slug_is_file_name"),)
    try:
        collection = Collection.model_validate({**values, "slug": path.stem})
    except ValidationError as error:
        return faults_of(file, error, Collection)
    wanted = collection_slug(collection.name)
    if collection.slug != wanted:
        return (ValidationIssue(file, "", "name_mismatch", values={"wanted": wanted}),)
    return collection
