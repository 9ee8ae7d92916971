"""A film as the texts that a person types into forms, and the way back.

Both ways are one table, `FIELDS`. A text that nobody has changed keeps the value that it was made of,
so what a form cannot express, such as a trailer's moments, outlives an edit.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from bot.domain.curation.film_metadata import FilmMetadata
from bot.domain.curation.form_fields import FIELDS
from bot.domain.curation.text_fields import UnreadableLine
from bot.domain.films.films import Film, Ids
from bot.domain.films.loading import ValidationIssue
from bot.domain.text.normalize import has_ink, one_line

# Where a text holds several things, what pydantic finds wrong with one of them is said of that one.
_KINDS: Final[Mapping[tuple[str, str], str]] = {
    ("year", "greater_than_equal"): "year_too_early",
    ("year", "less_than_equal"): "year_too_late",
    ("runtime", "greater_than_equal"): "length",
    ("source", "string_too_long"): "source_too_long",
    ("label", "string_too_long"): "label_too_long",
    ("address", "string_too_long"): "address_too_long",
    ("publication", "string_too_long"): "publication_too_long",
    ("listed_as", "string_too_long"): "award_too_long",
    ("tmdb", "greater_than"): "ids_line",
}
_LONGEST_QUOTE: Final = 60
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


def texts_of_facts(facts: FilmMetadata) -> dict[str, str]:
    """The texts of a film that is known from elsewhere, for a curator to complete."""
    entry = facts.model_dump(mode="json", exclude={"overview", "trailer", "year"}, exclude_none=True)
    texts = texts_of_entry(
        {
            **entry,
            **({"year": facts.year} if facts.year else {}),
            "trailers": [facts.trailer.model_dump(mode="json")] if facts.trailer else [],
            **({"synopsis": {"text": facts.overview, "source": "TMDB"}} if facts.overview else {}),
        }
    )
    return {"name": facts.title, **texts}


def typed(texts: Texts, name: str) -> str:
    """The text of that name, as texts are compared."""
    return texts.get(name, "").replace("\r\n", "\n").strip()


def read_texts(texts: Texts, origin: Origin) -> Film | tuple[ValidationIssue, ...]:
    """The film that the texts make, or what is wrong with them: one fault for each text, in the order of the forms.

    `Fault.path` begins with a text's name; the number of the line or word may follow.
    """
    values: dict[str, Any] = {"slug": origin.slug, "added": origin.added}
    if has_ink(one_line(origin.suggested_by or "")):  # a name that cannot be seen is no fault of the curator's
        values["suggested_by"] = origin.suggested_by
    faults: dict[str, ValidationIssue] = {}
    known = origin.base.model_dump(mode="json") if origin.base else {}
    unchanged = texts_of(origin.base) if origin.base else {}
    for name, field in FIELDS.items():
        text = typed(texts, name)
        if origin.base is not None and text == unchanged.get(name, ""):
            values.update({key: known[key] for key in keys_of(name)})
            continue
        try:
            values.update(field.read(text, known))
        except UnreadableLine as error:
            path = f"{name}.{error.line}" if error.line else name
            faults[name] = ValidationIssue("", path, error.kind, values=_brief(error.values))
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


def _film(values: Mapping[str, Any], faults: dict[str, ValidationIssue]) -> Film | tuple[ValidationIssue, ...]:
    try:
        film = Film.model_validate({key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        for item in error.errors(include_url=False):
            if item["loc"] == ("synopsis", "source") and item["input"] == values["curator"]:
                continue  # the curator's name is wrong, which is said there
            name = _text_of(item)
            faults.setdefault(name, _fault(name, item))
    else:
        if not faults:
            return film
    return tuple(faults[name] for name in FIELDS if name in faults)


def _text_of(error: Any) -> str:
    if error["type"] == "pairs_with_itself":  # which the entry as a whole does
        return "pairs_with"
    first = str(error["loc"][0]) if error["loc"] else ""
    name = _TEXT_OF.get(first, first)
    return name if name in FIELDS else "name"


def _fault(name: str, error: Any) -> ValidationIssue:
    number = next((f".{part + 1}" for part in error["loc"] if isinstance(part, int)), "")
    last = str(error["loc"][-1]) if error["loc"] else ""
    values = {key: value if isinstance(value, int) else str(value) for key, value in error.get("ctx", {}).items()}
    kind: str = error["type"]
    return ValidationIssue(
        "", f"{name}{number}", _KINDS.get((last, kind), kind), values={"message": error["msg"], **values}
    )


def _brief(values: Mapping[str, str | int]) -> dict[str, str | int]:
    """The values with what was typed at length cut short."""
    return {
        key: f"{value[:_LONGEST_QUOTE]}…" if isinstance(value, str) and len(value) > _LONGEST_QUOTE else value
        for key, value in values.items()
    }
