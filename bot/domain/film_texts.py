"""A film as the texts that a person types into forms, and the way back.

Both ways are one table, `FIELDS`. A text that nobody has changed keeps the value that it was made of,
so what a form cannot express, such as a trailer's moments, outlives an edit.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from bot.domain.curated import Fault
from bot.domain.film_lines import FIELDS
from bot.domain.films import Film, Ids
from bot.domain.text_fields import UnreadableLine

# The keys of an entry that one text stands for, where they are not called the same.
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {"name": ("title", "year")}
_TEXT_OF: Final = {key: text for text, keys in _KEYS.items() for key in keys}

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Origin:
    """What a film has besides its texts: where it comes from, and what it was before."""

    slug: str
    added: datetime.date
    curator: str
    base: Film | None = None
    suggested_by: str | None = None


def texts_of(film: Film) -> dict[str, str]:
    """Every text of the film, as a form is filled in with it; empty ones are left out."""
    values = film.model_dump(mode="json")
    texts = {name: field.write(values) for name, field in FIELDS.items()}
    return {name: text for name, text in texts.items() if text}


def texts_of_entry(entry: Mapping[str, Any]) -> dict[str, str]:
    """The texts of an entry that is not whole; what is missing in it, or no part of a film, is left out."""
    values = {name: field.get_default() for name, field in Film.model_fields.items() if not field.is_required()}
    values = {**values, "ids": Ids().model_dump(), "curator": "", **entry}
    texts: dict[str, str] = {}
    for name, field in FIELDS.items():
        try:
            texts[name] = field.write(values)
        except (KeyError, TypeError, ValueError):  # ValidationError is a ValueError
            continue
    return {name: text for name, text in texts.items() if text}


def read_texts(texts: Texts, origin: Origin) -> Film | tuple[Fault, ...]:
    """The film that the texts make, or all that is wrong with them; `Fault.path` begins with a text's name."""
    values: dict[str, Any] = {"slug": origin.slug, "added": origin.added, "suggested_by": origin.suggested_by}
    faults: list[Fault] = []
    known = origin.base.model_dump(mode="json") if origin.base else {}
    unchanged = texts_of(origin.base) if origin.base else {}
    for name, field in FIELDS.items():
        text = texts.get(name, "").strip()
        if origin.base is not None and text == unchanged.get(name, ""):
            values.update({key: known[key] for key in keys_of(name)})
            continue
        try:
            values.update(field.read(text, known))
        except UnreadableLine as error:
            faults.append(Fault("", name, error.kind, values=error.values))
    values.setdefault("curator", origin.curator)
    _credit(values)
    return _film(values, faults)


def keys_of(name: str) -> tuple[str, ...]:
    """The keys of an entry that the text stands for."""
    return _KEYS.get(name, (name,))


def _credit(values: dict[str, Any]) -> None:
    """A story that names nobody is the curator's own."""
    story = values.get("synopsis")
    if story is not None and not story.get("source"):
        values["synopsis"] = {**story, "source": values["curator"]}


def _film(values: Mapping[str, Any], faults: list[Fault]) -> Film | tuple[Fault, ...]:
    try:
        film = Film.model_validate({key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        named = {fault.path for fault in faults}
        for item in error.errors(include_url=False):
            fault = _fault(item)
            if fault.path.partition(".")[0] not in named:
                faults.append(fault)
        return tuple(faults)
    return tuple(faults) if faults else film


def _fault(error: Any) -> Fault:
    first, *rest = (str(part) for part in error["loc"]) if error["loc"] else ("name",)
    path = ".".join((_TEXT_OF.get(first, first), *(str(int(part) + 1) for part in rest if part.isdecimal())))
    values = {key: value if isinstance(value, int) else str(value) for key, value in error.get("ctx", {}).items()}
    return Fault("", path, error["type"], values={"message": error["msg"], **values})
