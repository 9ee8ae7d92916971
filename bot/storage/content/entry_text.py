"""An entry as the text of its file: the keys in the order of docs/curating.md, the long texts pleasant to read.

No library writes TOML in this shape; an entry has few kinds of value, so this is short.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from bot.domain.films.films import Film

_SCHEMA: Final = "#:schema ../film.schema.json"
_WIDTH: Final = 100
_CLOSING: Final = re.compile(r'"(?=""|\Z)')  # would end the text, or join its end
_LONG: Final = frozenset({"why", "text"})
_FIRST: Final = (
    *("title", "original_title", "other_titles", "year", "directors", "kind", "runtime", "countries", "languages"),
    *(
        "genres",
        "themes",
        "why",
        "content_notes",
        "light",
        "prompts",
        "picture",
        "curator",
        "added",
        "synopsis",
        "trailers",
    ),
)


def entry_text(film: Film) -> str:
    """What the film's entry file says; the slug is the file's name."""
    values = film.model_dump(exclude_defaults=True, exclude={"slug"})
    ordered = {key: values[key] for key in (*_FIRST, *values) if key in values}
    return "\n".join((_SCHEMA, *_table(ordered, ""))) + "\n"


def _table(values: Mapping[str, Any], path: str) -> Iterator[str]:
    """The lines of a table: its own values first, then the tables in it."""
    below = {key: value for key, value in values.items() if _is_table(value)}
    for key, value in values.items():
        if key not in below:
            yield f"{key} = {_value(key, value)}"
    for key, value in below.items():
        name = f"{path}.{key}" if path else key
        is_one = isinstance(value, dict)
        for table in cast("list[dict[str, Any]]", [value] if is_one else value):
            yield ""
            yield f"[{name}]" if is_one else f"[[{name}]]"
            yield from _table(table, name)


def _is_table(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(part, dict) for part in cast("tuple[object, ...]", value))
    return isinstance(value, dict)


def _value(key: str, value: Any) -> str:
    if isinstance(value, str):
        return _paragraphs(value) if key in _LONG else _string(value)
    if isinstance(value, tuple):
        return _list([_string(part) for part in cast("tuple[str, ...]", value)])
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # which escapes all that TOML wants escaped in a clean text


def _list(strings: list[str]) -> str:
    line = f"[{', '.join(strings)}]"
    if len(line) <= _WIDTH:
        return line
    return "\n".join(("[", *(f"  {string}," for string in strings), "]"))


def _paragraphs(text: str) -> str:
    """Wrapped within the paragraphs: an entry's texts are read with every run of white space as one space."""
    lines = "\n\n".join("\n".join(_wrapped(block)) for block in text.split("\n\n"))
    safe = _CLOSING.sub(r"\"", lines.replace("\\", "\\\\"))
    return f'"""\n{safe}"""'


def _wrapped(paragraph: str) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        if line and len(line) + len(word) >= _WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
