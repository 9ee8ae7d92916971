"""One entry: its TOML text read, its values checked, and every fault told."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from bot.domain.films.films import Film
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import one_line

MAX_ENTRY_BYTES: Final = 72 * 1024  # every text of an entry as long as it may be, in letters of four bytes
_TOML_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
# Everything in TOML in which a dot joins no keys: the four sorts of string, and comments.
_TOML_TEXT: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
_MAX_DOTS: Final = 16
_MAX_CODE: Final = 24 * 1024  # ten times what a full entry has beside its texts
_MAX_SHOWN: Final = 120
_MAX_FAULTS: Final = 50


def parse_toml(file: str, text: str) -> dict[str, Any] | ValidationIssue:
    """The values that an entry's text holds.

    A key of very many parts is refused unread: the reader's time and memory grow with their square, so
    that 72 KiB of `a.a.a` would cost gigabytes.
    """
    code = _TOML_TEXT.sub("", text)
    if len(code) > _MAX_CODE or any(line.count(".") > _MAX_DOTS for line in code.split("\n")):
        return ValidationIssue(file, "", "toml_tangled")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # the reader also gives up on huge numbers and deep nesting
        message = str(error)
        match = _TOML_LINE.search(message)
        line = int(match[1]) if match and match[1] else None
        return ValidationIssue(file, "", "toml", line, {"reason": _TOML_LINE.sub("", message).strip()})


def film_of(file: str, entry: Mapping[str, Any], line: int | None = None) -> Film | tuple[ValidationIssue, ...]:
    """The film that these values make, or the reasons why they make none: all of them, up to fifty."""
    try:
        return Film.model_validate(dict(entry))
    except ValidationError as error:
        return faults_of(file, error, Film, line)


def faults_of(
    file: str, error: ValidationError, model: type[BaseModel], line: int | None = None
) -> tuple[ValidationIssue, ...]:
    """What pydantic found wrong with the values of a model, up to fifty."""
    found = error.errors(include_url=False, include_context=True, include_input=False)
    return tuple(_fault(file, item, model, line) for item in found[:_MAX_FAULTS])


def _fault(file: str, error: Any, model: type[BaseModel], line: int | None) -> ValidationIssue:
    kind: str = error["type"]
    path = [str(part) for part in error["loc"]]
    values = {key: value if isinstance(value, int) else str(value) for key, value in error.get("ctx", {}).items()}
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(path[-1], _keys_beside(path, model), n=1)
        kind, values = ("unknown_key_near", {"near": near[0]}) if near else ("unknown_key", {})
    values = {"message": error["msg"], **values}
    shown = {key: value if isinstance(value, int) else _shown(value) for key, value in values.items()}
    return ValidationIssue(file, _shown(".".join(path)), kind, line, shown)


def _shown(text: str) -> str:
    """What somebody else typed, on one line and no longer than a reader needs to recognise it."""
    clean = one_line(text[: 4 * _MAX_SHOWN])
    return clean if len(clean) <= _MAX_SHOWN else clean[: _MAX_SHOWN - 1] + "…"


def _keys_beside(path: list[str], whole: type[BaseModel]) -> list[str]:
    """The keys that the model knows where an unknown one was found."""
    model = whole
    for part in path[:-1]:
        if not part.isdecimal():
            model = _models_in(model.model_fields[part].annotation)[0]
    extra = ["address"] if "provider" in model.model_fields else []
    return [key for key in (*model.model_fields, *extra) if key != "slug" or model is not whole]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
