"""What Discord's own OpenAPI document has against the requests that a bot made on SimCord.

The document leaves its objects open, so that a misspelt key would pass, and a broken forum post would
pass as a text thread with extras. Here an object may carry only the keys that its schema names. Formats
(dates, addresses) are not looked into, nor the files of an upload: only the JSON sent beside them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match  # pyright: ignore[reportUnknownVariableType]
from simcord import HttpLogEntry

Schema: TypeAlias = dict[str, Any]

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "shared" / "discord-openapi.json"

requires_document: Final = pytest.mark.skipif(
    not DOCUMENT.is_file(), reason=f"Discord's OpenAPI document is not at ../shared/{DOCUMENT.name}"
)

_METHODS: Final = frozenset({"get", "put", "post", "patch", "delete"})
_LONGEST_MESSAGE: Final = 200


@dataclass(frozen=True, eq=False)
class Difference:
    """One thing that Discord takes although its document does not say so.

    `accepts` is taken besides what the document has for `key` of the component `schema`, or for the
    component itself where there is no key.
    """

    schema: str
    key: str | None
    accepts: Schema
    reason: str


_NO_TTS: Final = "discord.py writes tts into every message, edits and posts included; switched off it asks for nothing"

KNOWN_DIFFERENCES: Final = (
    Difference(
        "SnowflakeType",
        None,
        {"type": "integer", "minimum": 0},
        "discord.py sends many ids as numbers; an id is one inside Discord, and only printed as a string "
        "(API reference, ID serialization)",
    ),
    Difference(
        "ApplicationCommandUpdateRequest",
        "nsfw",
        {"type": "boolean"},
        "discord.py always sends it; Discord's reference and this document's response both have it",
    ),
    Difference(
        "RichEmbed",
        "flags",
        {"const": 0},
        "discord.py 2.7 writes the flags of an embed, which only Discord sets; a new embed has none",
    ),
    Difference(
        "CreateForumThreadRequest",
        "type",
        {"const": 11},
        "discord.py says 'public thread' of a forum post too, which cannot be anything else",
    ),
    Difference("BaseCreateMessageCreateRequest", "tts", {"const": False}, _NO_TTS),
    Difference("MessageEditRequestPartial", "tts", {"const": False}, _NO_TTS),
    Difference("IncomingWebhookUpdateRequestPartial", "tts", {"const": False}, _NO_TTS),
    Difference("IncomingWebhookUpdateForInteractionCallbackRequestPartial", "tts", {"const": False}, _NO_TTS),
)


@dataclass(frozen=True, eq=False)
class _Operation:
    method: str
    segments: tuple[str, ...]
    body: Draft202012Validator | None

    def __str__(self) -> str:
        return f"{self.method} /{'/'.join(self.segments)}"

    def fits(self, method: str, path: str) -> bool:
        parts = path.strip("/").split("/")
        return (
            self.method == method
            and len(self.segments) == len(parts)
            and all(_is_name(own) or own == part for own, part in zip(self.segments, parts, strict=True))
        )

    def literals(self) -> int:
        return sum(not _is_name(segment) for segment in self.segments)


def faults(requests: Iterable[HttpLogEntry], known: tuple[Difference, ...] = KNOWN_DIFFERENCES) -> list[str]:
    """One line for each fault: method and path of the document, JSON pointer into the body, what is wrong.

    A request without a body is passed over. One with a body, to a path or with a method that the document
    does not have or that takes no JSON there, is a fault as a whole.
    """
    return [line for request in requests if request.json is not None for line in _faults_of(request, known)]


@cache
def document() -> Schema:
    """Discord's document as it was published; shared, so not to be changed."""
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))


def _faults_of(request: HttpLogEntry, known: tuple[Difference, ...]) -> Iterator[str]:
    fitting = [operation for operation in _operations(known) if operation.fits(request.method, request.path)]
    operation = max(fitting, key=_Operation.literals, default=None)
    if operation is None:
        yield f"{request.method} {request.path}: the document has no such operation"
    elif operation.body is None:
        yield f"{operation}: this operation takes no JSON"
    else:
        # SimCord keeps what discord.py was about to write; a tuple or an enum is judged as it is written.
        yield from _faults_in(operation, json.dumps(request.json))


@cache  # each walk registers the same commands, which take long to judge
def _faults_in(operation: "_Operation", body: str) -> tuple[str, ...]:
    errors: Iterator[ValidationError] = operation.body.iter_errors(json.loads(body))  # pyright: ignore[reportUnknownMemberType, reportOptionalMemberAccess]
    return tuple(f"{operation} {_explain(cause)}" for error in errors for cause in _causes(error))


@cache
def _operations(known: tuple[Difference, ...]) -> tuple[_Operation, ...]:
    closed = cast("Schema", _closed(document()))
    for difference in known:
        _allow(difference, closed["components"]["schemas"])
    return tuple(
        _Operation(method.upper(), tuple(path.strip("/").split("/")), _body(operation, closed["components"]))
        for path, item in closed["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    )


def _closed(node: object) -> object:
    """A copy in which an object that names its keys takes no others."""
    if isinstance(node, list):
        return [_closed(item) for item in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    copy = {key: _closed(value) for key, value in cast("dict[str, object]", node).items()}
    # No request schema spreads an object's keys over an allOf, where closing each part would forbid the rest.
    return {"additionalProperties": False, **copy} if "properties" in copy else copy


def _allow(difference: Difference, schemas: Schema) -> None:
    holder = schemas if difference.key is None else schemas[difference.schema]["properties"]
    name = difference.key or difference.schema
    holder[name] = {"anyOf": [holder[name], difference.accepts]} if name in holder else difference.accepts


def _body(operation: Schema, components: Schema) -> Draft202012Validator | None:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    return Draft202012Validator({**content["application/json"]["schema"], "components": components})


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """The error itself, or the errors in that branch of a union which the value seems to be meant for."""
    branches: defaultdict[object, list[ValidationError]] = defaultdict(list)
    for inner in error.context or ():
        branches[inner.relative_schema_path[0]].append(inner)
    closest = min(branches.values(), key=_distance, default=None)
    if closest is None:
        yield error
    elif any(map(_is_of_another_kind, closest)):
        yield best_match([error]) or error
    else:
        for inner in closest:
            yield from _causes(inner)


def _distance(branch: list[ValidationError]) -> tuple[bool, bool, int]:
    has_other_keys = any(error.validator == "additionalProperties" and not error.relative_path for error in branch)
    return any(map(_is_of_another_kind, branch)), has_other_keys, len(branch)


def _is_of_another_kind(error: ValidationError) -> bool:
    """Whether value and branch differ in JSON type, or in `type`, by which Discord tells its unions apart."""
    path = list(error.relative_path)
    return path == ["type"] or (not path and error.validator == "type")


def _explain(error: ValidationError) -> str:
    pointer = "".join(f"/{step}" for step in error.absolute_path)
    text = error.message
    if len(text) > _LONGEST_MESSAGE:
        half = _LONGEST_MESSAGE // 2
        text = f"{text[:half]} … {text[-half:]}"
    limit = f" ({error.validator} {error.validator_value})" if type(error.validator_value) is int else ""
    return f"#{pointer}: {text}{limit}"


def _is_name(segment: str) -> bool:
    return segment.startswith("{")
