"""Reading the entry files: one TOML file for each film, every fault of every file in one go."""

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from bot.domain.curated import Fault, Reading
from bot.domain.films import Film, slug_for

_MAX_BYTES: Final = 64 * 1024
_TOML_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class FilmsUnreadable(Exception):
    """The folder of entries is missing, or may not be read."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
        self.reason = reason


def read_films(folder: Path) -> Reading:
    """Every entry of the folder, in order of file name. Raises `FilmsUnreadable`."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise FilmsUnreadable(folder, error.strerror or type(error).__name__) from error
    read = [_read(path) for path in paths]
    films = tuple(found for found in read if isinstance(found, Film))
    faults = tuple(fault for found in read if not isinstance(found, Film) for fault in found)
    return Reading(films, faults)


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


def _read(path: Path) -> Film | tuple[Fault, ...]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return (Fault(path.name, "", "file_too_large", values={"limit": _MAX_BYTES // 1024}),)
        entry = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return (Fault(path.name, "", "not_utf8"),)
    except OSError as error:
        return (Fault(path.name, "", "unreadable", values={"reason": error.strerror or "?"}),)
    except (ValueError, RecursionError) as error:  # the reader also gives up on huge numbers and deep nesting
        return (_toml_fault(path.name, str(error)),)
    if "slug" in entry:
        return (Fault(path.name, "slug", "slug_is_file_name"),)
    try:
        film = Film.model_validate({**entry, "slug": path.stem})
    except ValidationError as error:
        return tuple(_fault(path.name, item) for item in error.errors(include_url=False, include_context=True))
    wanted = slug_for(film.title, film.year)
    if not re.fullmatch(rf"{wanted}(-[0-9]+)?", film.slug):
        return (Fault(path.name, "", "slug_mismatch", values={"wanted": wanted}),)
    return film


def _toml_fault(file: str, message: str) -> Fault:
    match = _TOML_LINE.search(message)
    line = int(match[1]) if match and match[1] else None
    return Fault(file, "", "toml", line, {"reason": _TOML_LINE.sub("", message).strip()})


def _fault(file: str, error: Any) -> Fault:
    kind: str = error["type"]
    path = [str(part) for part in error["loc"]]
    values = {key: value if isinstance(value, int) else str(value) for key, value in error.get("ctx", {}).items()}
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(path[-1], _keys_beside(path), n=1)
        kind, values = ("unknown_key_near", {"near": near[0]}) if near else ("unknown_key", {})
    return Fault(file, ".".join(path), kind, values={"message": error["msg"], **values})


def _keys_beside(path: list[str]) -> list[str]:
    """The keys that the model knows where an unknown one was found."""
    model: type[BaseModel] = Film
    for part in path[:-1]:
        if not part.isdecimal():
            model = _models_in(model.model_fields[part].annotation)[0]
    extra = ["address"] if "provider" in model.model_fields else []
    return [key for key in (*model.model_fields, *extra) if key != "slug" or model is not Film]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
