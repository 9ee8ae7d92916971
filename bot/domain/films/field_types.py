"""The kinds of field that an entry is made of, as types that clean and check what they are given.

A refusal is a `PydanticCustomError` whose type is a key of the `fault` texts; its template is never
shown.
"""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.domain.films.places import is_country, is_language
from bot.domain.text.normalize import has_ink, one_line, paragraphs

MAX_SLUG: Final = 72  # leaves room for a noun and a verb in a custom id of 100 characters
FIRST_YEAR: Final = 1870  # before the first moving picture
LAST_YEAR: Final = 2200
MAX_NAME: Final = 150
MAX_WHY: Final = 600
MAX_INTRODUCTION: Final = 400
MAX_SYNOPSIS: Final = 1500
MAX_TAG: Final = 20  # what Discord allows a forum tag


def _cleaned_line(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _cleaned_paragraphs(value: object) -> object:
    return paragraphs(value) if isinstance(value, str) else value


def _with_ink(value: str) -> str:
    if not has_ink(value):
        raise PydanticCustomError("blank", "blank")
    return value


def _https(value: str) -> str:
    try:
        parts = urlsplit(value)
        secure = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        secure = False
    if not secure or not value.isascii() or re.search(r"[\x00-\x20\x7f<>\"'()\\]", value):
        raise PydanticCustomError("https_address", "https_address")
    return value


def _country(value: str) -> str:
    if not is_country(value):
        raise PydanticCustomError("country_code", "country_code", {"code": value})
    return value


def _language(value: str) -> str:
    if not is_language(value):
        raise PydanticCustomError("language_tag", "language_tag", {"code": value})
    return value


_LINE: Final = BeforeValidator(_cleaned_line)
_PARAGRAPHS: Final = BeforeValidator(_cleaned_paragraphs)
_INK: Final = AfterValidator(_with_ink)

Label = Annotated[str, Field(max_length=80), _LINE, _INK]
Line = Annotated[str, Field(max_length=160), _LINE, _INK]
Note = Annotated[str, Field(max_length=120), _LINE, _INK]
Name = Annotated[str, Field(max_length=MAX_NAME), _LINE, _INK]
Sentence = Annotated[str, Field(max_length=300), _LINE, _INK]
Why = Annotated[str, Field(max_length=MAX_WHY), _PARAGRAPHS, _INK]
Introduction = Annotated[str, Field(max_length=MAX_INTRODUCTION), _PARAGRAPHS, _INK]
Story = Annotated[str, Field(max_length=MAX_SYNOPSIS), _PARAGRAPHS, _INK]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Slug = Annotated[
    str, StringConstraints(max_length=MAX_SLUG, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{4}(?:-[0-9]+)?$")
]
Tag = Annotated[str, StringConstraints(max_length=MAX_TAG, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
HttpsAddress = Annotated[str, Field(max_length=500), AfterValidator(_https)]
CountryCode = Annotated[str, AfterValidator(_country)]
LanguageTag = Annotated[str, AfterValidator(_language)]
