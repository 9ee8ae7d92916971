"""Entries in a JSON text: one, a list of them, or a table with a list called "films" or as other sites call theirs."""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any, Final, Never, cast

from bot.domain.errors import UploadRefused

MAX_FIELD: Final = 64 * 1024
_MAX_DEPTH: Final = 16
_MAX_LEFT: Final = 100
_MAX_PARTS: Final = 600_000  # 5,000 entries with everything in them have fewer
_MAX_SIZE: Final = 64  # of any list or table in an entry
_MAX_DIGITS: Final = 20
# Under which other sites keep what is in a list or an account.
_LISTS: Final = frozenset(
    "movies shows anime items results ratings wishes watchlist watched history seasons episodes".split()
)
_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_HALF: Final = re.compile("[\ud800-\udfff]")


def entries_in(file: str, text: str, limit: int) -> list[Any]:
    """The entries, not yet checked: what stands in the list may be anything. Raises `UploadRefused`."""
    is_deep = _check_shape(file, text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _table(file, pairs),
            parse_constant=lambda name: _no_number(file, name),
            parse_int=lambda digits: _whole(file, digits),
        )
    except json.JSONDecodeError as error:
        raise UploadRefused("json_broken", file=file, problem=error.msg, line=error.lineno) from None
    except RecursionError:
        raise UploadRefused("json_deep", file=file) from None
    if is_deep:
        raise UploadRefused("json_deep", file=file)
    films = _films(file, value)
    if len(films) > limit:
        raise UploadRefused("too_many_rows", limit=limit)
    for entry in films:
        for part in _parts(entry):
            _check(file, part)
    return films


def _films(file: str, value: Any) -> list[Any]:
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        parts = [cast("list[Any]", part) for name, part in table.items() if name in _LISTS and isinstance(part, list)]
        value = table.get("films", list(itertools.chain(*parts)) if parts else [table])
    if not isinstance(value, list):
        raise UploadRefused("json_films", file=file)
    return cast("list[Any]", value)


def _check_shape(file: str, text: str) -> bool:
    """Judge size and depth by the commas and brackets alone, before anything is built.

    Tells whether something is deeper than an entry goes, or never closed.
    """
    bare = _STRING.sub("", text)
    if bare.count(",") + bare.count("[") + bare.count("{") > _MAX_PARTS:
        raise UploadRefused("json_large", file=file)
    brackets = re.sub(r"[^\[\]{}]+", "", bare)
    for _ in range(_MAX_DEPTH):
        brackets = brackets.replace("[]", "").replace("{}", "")
    if len(brackets) > _MAX_LEFT:
        raise UploadRefused("json_deep", file=file)
    return bool(brackets)


def _table(file: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        seen: set[str] = set()
        key = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise UploadRefused("json_key_twice", file=file, key=key[:40].encode("utf-8", "replace").decode())
    return table


def _no_number(file: str, name: str) -> Never:
    raise UploadRefused("json_number", file=file, number=name)


def _whole(file: str, digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise UploadRefused("json_number", file=file, number=f"{digits[:_MAX_DIGITS]}…")
    return int(digits)


def _parts(value: Any) -> Iterator[Any]:
    """The value and everything in it, keys included."""
    yield value
    if isinstance(value, dict):
        for key, part in cast("dict[str, Any]", value).items():
            yield key
            yield from _parts(part)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            yield from _parts(part)


def _check(file: str, part: Any) -> None:
    if isinstance(part, str):
        if len(part) > MAX_FIELD:
            raise UploadRefused("field_too_long", file=file, limit=MAX_FIELD // 1024)
        if _HALF.search(part):
            raise UploadRefused("json_half", file=file)
    elif isinstance(part, dict | list) and len(cast("list[Any]", part)) > _MAX_SIZE:
        raise UploadRefused("json_large", file=file)
